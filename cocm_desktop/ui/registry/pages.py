"""The middle of the registry: its table, or what an empty one says."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.labels import EmptyState


class RegistryPages(QStackedWidget):
    """Nobody on file yet, and nobody who matches, are different things: each says its way on."""

    import_wanted = Signal()
    add_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self, desk: Desk, table: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.nobody = EmptyState(
            "users",
            self.tr("No patients yet"),
            words=self.tr("Import the patient list of your record system, or add one patient."),
        )
        self.none_match = EmptyState("search", self.tr("No patient matches"))
        for each in (table, self.none_match, self.nobody):
            self.addWidget(each)
        if desk.may(Permission.IMPORT_PATIENTS):
            bring = PrimaryButton(self.tr("Import a patient list"), "database-import")
            bring.clicked.connect(self.import_wanted)
            self.nobody.add_action(bring)
        if desk.may(Permission.CHANGE_PATIENT):
            add = Button(self.tr("Add one patient"), "user-plus")
            add.clicked.connect(self.add_wanted)
            self.nobody.add_action(add)
        clear = PrimaryButton(self.tr("Clear filters"))
        clear.clicked.connect(self.clear_wanted)
        self.none_match.add_action(clear)

    def show_for(self, *, are_shown: bool, are_any: bool, words: str) -> None:
        empty = self.none_match if are_any else self.nobody
        self.setCurrentWidget(self.table if are_shown else empty)
        self.none_match.say(self.tr("No patient matches"), words)
