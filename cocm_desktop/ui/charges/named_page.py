"""What patients without coverage on file name as their payer, and giving it to them."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.actions.payer import Payers, cover_matched, read_payers
from cocm_desktop.domain.billing.coverage_draft import NamedPayer
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import count_of
from cocm_desktop.ui.charges.payer_dialog import CoverNamedDialog, PayerDialog
from cocm_desktop.ui.charges.payers_page import said
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.chips import Chip
from cocm_desktop.ui.widgets.labels import EmptyState, Label
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table


class NamedPage(QWidget):
    """A row for each payer as patients name it, however it is written."""

    emptied = Signal()
    """Nothing is left here that could take the keys which came to this page."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read: Payers | None = None
        self.table = Table(self.tr("Payers named by patients"))
        self.model = RowsModel[NamedPayer](self._columns(), self)
        self.table.set_rows_model(self.model)
        self.none = EmptyState(
            "circle-check", self.tr("Every patient who names a payer has coverage on file")
        )
        self.cover_all = PrimaryButton(self.tr("Cover all that match…"), "users")
        self.cover = Button(self.tr("Cover patients…"))
        self.set_up = Button(self.tr("Set up this payer…"), "plus")
        self._build()

        self.cover_all.clicked.connect(self._ask_to_cover_all)
        self.cover.clicked.connect(self._cover)
        self.set_up.clicked.connect(self._set_up)
        self.table.doubleClicked.connect(self._do_next)
        self.table.activated.connect(self._do_next)
        self.table.selectionModel().currentRowChanged.connect(self._offer)

    def read_again(self) -> None:
        self._desk.read(read_payers, self.show_payers)

    def show_payers(self, read: Payers) -> None:
        row, had_focus = max(self.table.currentIndex().row(), 0), self._has_focus
        self._read = read
        self.model.show_rows(read.named)
        self.table.select_row(min(row, len(read.named) - 1))
        self.table.setVisible(bool(read.named))
        self.none.setVisible(not read.named)
        self._offer()
        if had_focus and not read.named:
            self.emptied.emit()

    @property
    def _has_focus(self) -> bool:
        """Whether the keys go to this page, or will once the dialog over it is closed."""
        focused = self.window().focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    @property
    def chosen(self) -> NamedPayer | None:
        return self.model.row_at(self.table.currentIndex())

    def _columns(self) -> tuple[Column[NamedPayer], ...]:
        return (
            Column(self.tr("As written"), lambda each: each.words, width=0),
            Column(self.tr("Patients"), lambda e: len(e.patients), right=True, width=84),
            Column(self.tr("No member id"), lambda e: e.without_member_id, right=True, width=112),
            Column(self.tr("Payer"), self._payer, said, width=240),
        )

    def _payer(self, named: NamedPayer) -> object:
        return named.payer.name if named.payer else Chip(self.tr("Not set up"), Tone.INFO)

    def _build(self) -> None:
        words = self.tr(
            "Coverage takes the member id and group number of the patient's details. Who has no "
            "member id that fits the payer is left for the front desk."
        )
        top = QHBoxLayout()
        top.setSpacing(8)
        for button in (self.cover_all, self.cover, self.set_up):
            top.addWidget(button)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(Label(words, "secondary", wraps=True))
        column.addWidget(self.table, 1)
        column.addWidget(self.none, 1)

    @Slot()
    def _offer(self) -> None:
        may, named = self._desk.may(Permission.SET_UP_CHARGES), self.chosen
        has_payer = self._read is not None and any(each.active for each in self._read.payers)
        self.cover_all.setEnabled(may and self._matched > 0)
        self.cover.setEnabled(may and named is not None and has_payer)
        self.set_up.setEnabled(may and named is not None and named.payer is None)

    @property
    def _matched(self) -> int:
        """How many patients name a payer that is set up."""
        return sum(len(each.patients) for each in self.model.rows if each.payer)

    @Slot()
    def _do_next(self) -> None:
        if self.set_up.isEnabled():
            self._set_up()
        elif self.cover.isEnabled():
            self._cover()

    @Slot()
    def _set_up(self) -> None:
        if self.chosen is not None and self._read is not None:
            rules, name = self._read.rules, self.chosen.words
            PayerDialog(self._desk, rules, name=name, parent=self).open()

    @Slot()
    def _cover(self) -> None:
        if self.chosen is not None and self._read is not None:
            CoverNamedDialog(self._desk, self.chosen, self._read, parent=self).open()

    @Slot()
    def _ask_to_cover_all(self) -> None:
        title = self.tr("Cover %1 by the payers they name?")
        question = Question(
            title.replace("%1", count_of(self._matched, "patient")),
            self.tr(
                "Each gets coverage without a first day, by the payer of the name in their "
                "details. It can be changed or voided for each of them."
            ),
            self.tr("Cover them"),
            parent=self,
        )
        question.accepted.connect(self._cover_all)
        question.open()

    @Slot()
    def _cover_all(self) -> None:
        self._desk.do(cover_matched, done=self.table.setFocus, refused=self._desk.tell)
