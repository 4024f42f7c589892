"""The patients chosen in the registry, and what is done with all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.letters.mail_dialog import MailDialog
from cocm_desktop.ui.registry.chosen_dialogs import AssignDialog, MarksDialog, TasksDialog
from cocm_desktop.ui.registry.list_out import ListOut
from cocm_desktop.ui.registry.selection_bar import SelectionBar
from cocm_desktop.ui.registry.table import RegistryTable


class ChosenPatients(QObject):
    """Shows its bar while several rows are selected; each dialog says for how many it is."""

    print_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, desk: Desk, table: RegistryTable, list_out: ListOut) -> None:
        super().__init__(table)
        self._desk = desk
        self._table = table
        self._list_out = list_out
        self.managers: Sequence[StaffMember] = ()
        self.bar = bar = SelectionBar(desk)
        table.chosen_changed.connect(self._count)
        table.registry.modelReset.connect(self._count)
        bar.cleared.connect(self.choose_one)
        bar.assign.clicked.connect(self.assign)
        bar.task.clicked.connect(self.add_tasks)
        bar.mark.clicked.connect(self.set_marks)
        bar.sheets.clicked.connect(self.print_sheets)
        bar.paper.clicked.connect(self.print_wanted)
        bar.mail.clicked.connect(self.print_mail)
        bar.export.clicked.connect(self.export_wanted)

    @property
    def rows(self) -> tuple[RegistryRow, ...]:
        keys = set(self._table.keys_chosen)
        return tuple(row for row in self._table.registry.rows if row.key in keys)

    @Slot()
    def choose_one(self) -> None:
        """Let only the current row stay chosen."""
        self._table.selectRow(self._table.currentIndex().row())

    @Slot()
    def assign(self) -> None:
        AssignDialog(self._desk, self.rows, self.bar.window(), managers=self.managers).open()

    @Slot()
    def add_tasks(self) -> None:
        TasksDialog(self._desk, self.rows, self.bar.window()).open()

    @Slot()
    def set_marks(self) -> None:
        MarksDialog(self._desk, self.rows, self.bar.window()).open()

    @Slot()
    def print_sheets(self) -> None:
        self._list_out.print_sheets(tuple(row.patient_id for row in self.rows))

    @Slot()
    def print_mail(self) -> None:
        ids = [row.patient_id for row in self.rows]
        MailDialog(self._desk, ids, self.bar.window()).open()

    @Slot()
    def _count(self) -> None:
        self.bar.show_count(len(self._table.keys_chosen))
