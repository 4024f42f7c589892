"""What the main window shows: one screen at a time, and what it needs to know of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.desk import Desk


class Screen(QWidget):
    """Base of every screen. It reads when it is first shown and when a topic of it changes.

    A change that comes while the screen is hidden is read when it is shown again.
    """

    topics = Topic(0)
    """What is shown here: a Change of one of these makes the screen read again."""
    help_page = "start"
    """The page of resources/help that F1 opens."""

    menu_title = "&Patient"
    """The menu in which this screen's actions stand."""

    can_narrow = False
    """Whether the find box narrows what is shown here."""

    counted = Signal(object)
    """How many there are, for the rail; None for no number."""
    status_changed = Signal(str)
    """What is shown and how it is sorted, for the status line."""
    find_cleared = Signal()
    """The screen shows everything again: the find box is emptied."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.status_words = ""
        self._is_stale = True
        self.status_changed.connect(self._keep_status)
        desk.changed.connect(self._note_change)

    def read_again(self) -> None:
        """Read what is shown. F5 does this too."""

    def show_part(self, name: str) -> None:
        """Bring one part into view, by its name."""

    def narrow(self, words: str) -> None:
        """Narrow what is shown to what the find box says."""

    def take_focus(self) -> None:
        """Put the cursor where work begins."""
        self.setFocus()

    def menu_actions(self) -> Sequence[QAction]:
        """Give the screen's own actions; they stand in the menu while it is shown."""
        return ()

    def has_unsaved(self) -> bool:
        """Tell whether something typed here would be lost if the window closed now."""
        return False

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        if change.topics & self.topics:
            self._is_stale = True
            self._read_if_stale()

    @Slot(str)
    def _keep_status(self, words: str) -> None:
        self.status_words = words

    def _read_if_stale(self) -> None:
        if self._is_stale and self.isVisible():
            self._is_stale = False
            self.read_again()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_if_stale()


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go. Without its permission a person does not see it; nor with `unless`.

    The find box goes to the first place that is a list; one outside the rail is opened by others.
    """

    key: str
    title: str
    icon: str
    permission: Permission
    make: Callable[[Desk], Screen]
    is_list: bool = False
    in_rail: bool = True
    unless: Permission | None = None

    def is_open_to(self, desk: Desk) -> bool:
        return desk.may(self.permission) and not (self.unless and desk.may(self.unless))


class PatientScreen(Screen):
    """A screen about one patient, opened from anywhere by `desk.patient_wanted`."""

    def show_patient(self, patient_id: str) -> None:
        """Read and show another patient."""
        raise NotImplementedError
