"""The lists of the day as menu and keys, on every screen that lists patients."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.downtime import print_downtime_list
from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.dialog import PaperRequest, preview
from cocm_desktop.ui.patient_papers.day_dialog import DayListDialog
from cocm_desktop.ui.patient_papers.papers_dialog import PatientPapersDialog

DAY_KEYS = "Ctrl+Shift+Y"


class DayPaperActions(QObject):
    """What a person may not print is not offered."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self.blank_forms = self._action(
            self.tr("Print blank forms…"), self._choose_form, needs=Permission.PRINT_FORMS
        )
        self.day_list = self._action(
            self.tr("Print day list…"),
            self._choose_day,
            needs=Permission.PRINT_FORMS,
            keys=DAY_KEYS,
        )
        self.downtime = self._action(
            self.tr("Print downtime list"), self.print_downtime, needs=Permission.SEE_REGISTRY
        )

    @property
    def all(self) -> tuple[QAction, ...]:
        return (self.day_list, self.downtime, self.blank_forms)

    @Slot()
    def print_downtime(self) -> None:
        request = PaperRequest(
            print_downtime_list, self.tr("Downtime list"), f"downtime-list-{self._desk.today()}"
        )
        preview(self._desk, request, self._window)

    def _action(
        self, words: str, do: Callable[[], object], *, needs: Permission, keys: str = ""
    ) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        is_allowed = self._desk.may(needs)
        action.setVisible(is_allowed)
        action.setEnabled(is_allowed)
        action.triggered.connect(do)
        self._window.addAction(action)
        return action

    @Slot()
    def _choose_day(self) -> None:
        DayListDialog(self._desk, self._window).open()

    @Slot()
    def _choose_form(self) -> None:
        PatientPapersDialog(self._desk, None, self._window).open()
