"""The payers, whom they cover, and what patients without coverage name."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.actions.payer import Payers, change_payer, read_payers
from cocm_desktop.domain.billing.coverage_draft import NamedPayer
from cocm_desktop.domain.billing.payer import Payer
from cocm_desktop.domain.billing.payer_draft import PayerDraft
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import short_date
from cocm_desktop.ui.charges.payer_dialog import CoverNamedDialog, PayerDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.chips import Chip
from cocm_desktop.ui.widgets.labels import EmptyState, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

LEAST_TABLE, MOST_NAMED = 130, 5


class PayersPage(QWidget):
    """Two lists, each with what can be done about the row that is chosen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read: Payers | None = None
        self.table = Table(self.tr("Payers"))
        self.model = RowsModel[Payer](self._columns(), self)
        self.table.set_rows_model(self.model)
        self.named_table = Table(self.tr("Named by patients"))
        self.named_model = RowsModel[NamedPayer](self._named_columns(), self)
        self.named_table.set_rows_model(self.named_model, most_rows=MOST_NAMED)
        self.none = EmptyState(
            "report-money",
            self.tr("No payer is set up"),
            words=self.tr("A claim names its payer, the rules by which it pays, and its id."),
        )
        self.add = PrimaryButton(self.tr("New payer…"), "plus")
        self.change = Button(self.tr("Change…"), "edit")
        self.retire = Button(self.tr("Retire"), "archive")
        self.set_up = Button(self.tr("Set up this payer…"), "plus")
        self.cover = Button(self.tr("Cover patients…"), "users")
        self.named_title = Label(self.tr("Named by patients without coverage"), "strong")
        self._build()
        self._connect()

    def read_again(self) -> None:
        self._desk.read(read_payers, self.show_payers)

    def show_payers(self, read: Payers) -> None:
        row, named_row = (
            max(table.currentIndex().row(), 0) for table in (self.table, self.named_table)
        )
        self._read = read
        self.model.show_rows(read.payers)
        self.named_model.show_rows(read.named)
        self.table.select_row(min(row, len(read.payers) - 1))
        self.named_table.select_row(min(named_row, len(read.named) - 1))
        self.table.setVisible(bool(read.payers))
        self.none.setVisible(not read.payers)
        for each in (self.named_title, self.named_table, self.set_up, self.cover):
            each.setVisible(bool(read.named))
        self._offer()

    @property
    def chosen(self) -> Payer | None:
        return self.model.row_at(self.table.currentIndex())

    @property
    def chosen_name(self) -> NamedPayer | None:
        return self.named_model.row_at(self.named_table.currentIndex())

    def _columns(self) -> tuple[Column[Payer], ...]:
        return (
            Column(self.tr("Payer"), lambda each: each.name, width=0, hint=lambda each: each.name),
            Column(self.tr("Payer id"), lambda each: each.payer_number or None, width=84),
            Column(self.tr("Rules"), self._rules, width=240, hint=self._rules),
            Column(self.tr("Filed as"), lambda e: e.filing.value, width=168, hint=_filed),
            Column(self.tr("Patients"), self._patients, right=True, width=78),
            Column(self.tr("Confirmed"), self._confirmed, _said, width=116),
        )

    def _named_columns(self) -> tuple[Column[NamedPayer], ...]:
        return (
            Column(self.tr("As written"), lambda each: each.words, width=0),
            Column(self.tr("Patients"), lambda e: len(e.patients), right=True, width=84),
            Column(self.tr("No member id"), lambda e: e.without_member_id, right=True, width=112),
            Column(self.tr("Payer"), self._set_up_words, _said, width=240),
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

    def _set_up_words(self, named: NamedPayer) -> object:
        return named.payer.name if named.payer else Chip(self.tr("Not set up"), Tone.INFO)

    def _build(self) -> None:
        self.table.setMinimumHeight(theme_of(self).px(LEAST_TABLE))
        top = _line(self.add, self.change, self.retire)
        below = _line(self.cover, self.set_up)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.none, 1)
        column.addWidget(self.named_title)
        column.addWidget(self.named_table)
        column.addLayout(below)

    def _connect(self) -> None:
        may = self._desk.may(Permission.SET_UP_CHARGES)
        for button in (self.add, self.change, self.retire, self.cover, self.set_up):
            button.setEnabled(may)
        self.add.clicked.connect(self._add)
        self.change.clicked.connect(self._change)
        self.table.doubleClicked.connect(self._change)
        self.table.activated.connect(self._change)
        self.retire.clicked.connect(self._retire)
        self.set_up.clicked.connect(self._set_up)
        self.cover.clicked.connect(self._cover)
        self.table.selectionModel().currentRowChanged.connect(self._offer)
        self.named_table.selectionModel().currentRowChanged.connect(self._offer)

    @Slot()
    def _offer(self) -> None:
        may, payer, named = (
            self._desk.may(Permission.SET_UP_CHARGES),
            self.chosen,
            self.chosen_name,
        )
        is_retired = payer is not None and not payer.active
        self.change.setEnabled(may and payer is not None)
        self.retire.setEnabled(may and payer is not None)
        self.retire.setText(self.tr("Offer again") if is_retired else self.tr("Retire"))
        any_active = self._read is not None and any(each.active for each in self._read.payers)
        self.set_up.setEnabled(may and named is not None and named.payer is None)
        self.cover.setEnabled(may and named is not None and any_active)

    @Slot()
    def _add(self) -> None:
        self._open_new("")

    @Slot()
    def _set_up(self) -> None:
        if self.chosen_name is not None:
            self._open_new(self.chosen_name.words)

    def _open_new(self, name: str) -> None:
        if self._read is not None:
            PayerDialog(self._desk, self._read.rules, name=name, parent=self).open()

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

    @Slot()
    def _cover(self) -> None:
        if self.chosen_name is not None and self._read is not None:
            CoverNamedDialog(self._desk, self.chosen_name, self._read, parent=self).open()


def _said(value: object) -> str:
    return value.text if isinstance(value, Chip) else str(value)


def _filed(payer: Payer) -> str:
    return payer.filing.value


def _line(*buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
