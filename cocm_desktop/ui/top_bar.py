"""The top bar: find, who is signed in, lock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.staff.words import role_words
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.chips import Chip, ChipLabel
from cocm_desktop.ui.widgets.labels import ElidingLabel

HEIGHT = 48
HINT_EDGE = 24
"""Pixels at both ends of the find box where its hint cannot stand."""


class FindBox(QLineEdit):
    """Narrows the screen while it is typed. Esc empties it, Down or Enter go to the list."""

    left = Signal()

    def __init__(self, hints: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints = tuple(hints)
        self._choose_hint()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_hint()

    def _choose_hint(self) -> None:
        """Show the longest hint that is not cut off."""
        measure, room = self.fontMetrics().horizontalAdvance, self.width() - HINT_EDGE
        fitting = (hint for hint in self._hints if measure(hint) <= room)
        self.setPlaceholderText(next(fitting, self._hints[-1]))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in {
            Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape,
        }:  # fmt: skip
            self.left.emit()
        else:
            super().keyPressEvent(event)


class TopBar(QFrame):
    """Stands on every screen, whatever the person does."""

    def __init__(self, staff: StaffMember, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "top")
        self.find_box = FindBox(
            (
                self.tr("Find patient: name, date of birth, phone or MRN  ·  Ctrl+F"),
                self.tr("Find patient: name, birth, phone or MRN  ·  Ctrl+F"),
                self.tr("Find patient: name, birth, MRN"),
                self.tr("Find patient"),
            )
        )
        self.find_box.setAccessibleName(self.tr("Find patient"))
        self.find_box.setToolTip(self.tr("Find a patient (Ctrl+F)"))
        self.sample = ChipLabel(Chip(self.tr("Sample clinic"), Tone.SAMPLE))
        self.sample.setToolTip(self.tr("Invented people. Nothing here is about a real patient."))
        self.sample.hide()
        self.person = ElidingLabel(_words(staff), "secondary")
        self.lock = Button(self.tr("Lock"))
        self.lock.setToolTip(self.tr("Lock the clinic (Ctrl+Shift+L)"))

        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(self.find_box, 5)
        row.addStretch(3)
        row.addWidget(self.sample)
        row.addWidget(self.person)
        row.addWidget(self.lock)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def add(self, button: QWidget) -> None:
        """Put a button of the window before the person's name."""
        self._row.insertWidget(self._row.indexOf(self.person), button)

    def _fit(self) -> None:
        theme = theme_of(self)
        self.setFixedHeight(theme.px(HEIGHT))
        self.find_box.setMinimumWidth(theme.px(220))
        self.find_box.setMaximumWidth(theme.px(440))
        self.person.setMaximumWidth(theme.px(340))


def _words(staff: StaffMember) -> str:
    return f"{staff.title} · {role_words(staff)}"
