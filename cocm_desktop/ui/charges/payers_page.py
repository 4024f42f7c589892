"""The payers: whom the practice bills, by which rules, and how many patients each covers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.actions.payer import Payers, change_payer, read_payers
from cocm_desktop.domain.billing.payer import Payer
from cocm_desktop.domain.billing.payer_draft import PayerDraft
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import short_date
from cocm_desktop.ui.charges.payer_dialog import PayerDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.chips import Chip
from cocm_desktop.ui.widgets.labels import EmptyState
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table


class PayersPage(QWidget):
    """A list, and what can be done about the payer that is chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read: Payers | None = None
        self.table = Table(self.tr("Payers"))
        self.model = RowsModel[Payer](self._columns(), self)
        self.table.set_rows_model(self.model)
        self.none = EmptyState(
            "report-money",
            self.tr("No payer is set up"),
            words=self.tr("A claim names its payer, the rules by which it pays, and its id."),
        )
        self.add = PrimaryButton(self.tr("New payer…"), "plus")
        self.change = Button(self.tr("Change…"), "edit")
        self.retire = Button(self.tr("Retire"), "archive")
        self._build()

        self.add.clicked.connect(self._add)
        self.change.clicked.connect(self._change)
        self.table.doubleClicked.connect(self._change)
        self.table.activated.connect(self._change)
        self.retire.clicked.connect(self._retire)
        self.table.selectionModel().currentRowChanged.connect(self._offer)

    def read_again(self) -> None:
        self._desk.read(read_payers, self.show_payers)

    def show_payers(self, read: Payers) -> None:
        row = max(self.table.currentIndex().row(), 0)
        self._read = read
        self.model.show_rows(read.payers)
        self.table.select_row(min(row, len(read.payers) - 1))
        self.table.setVisible(bool(read.payers))
        self.none.setVisible(not read.payers)
        self._offer()

    @property
    def chosen(self) -> Payer | None:
        return self.model.row_at(self.table.currentIndex())

    def _columns(self) -> tuple[Column[Payer], ...]:
        return (
            Column(self.tr("Payer"), lambda each: each.name, width=190, hint=lambda e: e.name),
            Column(self.tr("Payer id"), lambda each: each.payer_number or None, width=78),
            Column(self.tr("Rules"), self._rules, width=300, hint=self._rules),
            Column(self.tr("Filed as"), lambda e: e.filing.value, width=0, hint=_filed),
            Column(self.tr("Patients"), self._patients, right=True, width=78),
            Column(self.tr("Confirmed"), self._confirmed, said, width=116),
        )

    def _rules(self, payer: Payer) -> str:
        return (self._read.rule_title(payer) if self._read else "") or payer.rule_set

    def _patients(self, payer: Payer) -> int:
        return self._read.covered.get(payer.id, 0) if self._read else 0

    def _confirmed(self, payer: Payer) -> object:
        if not payer.active:
            return Chip(self.tr("Retired"), Tone.NEUTRAL)
        if payer.confirmed_on is None:
            return Chip(self.tr("Not confirmed"), Tone.INFO)
        return short_date(payer.confirmed_on)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        for button in (self.add, self.change, self.retire):
            top.addWidget(button)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.none, 1)

    @Slot()
    def _offer(self) -> None:
        payer = self.chosen
        is_retired = payer is not None and not payer.active
        self.retire.setText(self.tr("Offer again") if is_retired else self.tr("Retire"))
        may = self._desk.may(Permission.SET_UP_CHARGES)
        self.add.setEnabled(may)
        for button in (self.change, self.retire):
            button.setEnabled(may and payer is not None)

    @Slot()
    def _add(self) -> None:
        if self._read is not None:
            PayerDialog(self._desk, self._read.rules, parent=self).open()

    @Slot()
    def _change(self) -> None:
        may = self._desk.may(Permission.SET_UP_CHARGES)
        if self.chosen is not None and self._read is not None and may:
            PayerDialog(self._desk, self._read.rules, payer=self.chosen, parent=self).open()

    @Slot()
    def _retire(self) -> None:
        if (payer := self.chosen) is None:
            return
        draft = replace(PayerDraft.of(payer), active=not payer.active)
        other = partial(change_payer, draft=draft, version=payer.version)
        self._desk.do(other, done=self.table.setFocus, refused=self._desk.tell)


def said(value: object) -> str:
    """Read a cell that is a chip on some rows."""
    return value.text if isinstance(value, Chip) else str(value)


def _filed(payer: Payer) -> str:
    return payer.filing.value
