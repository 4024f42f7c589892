"""The entries of the audit as sentences, 500 a page, sorted by any column."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.actions.audit import read_audit, read_audited_people
from cocm_desktop.domain.audit_entry import AuditEntry
from cocm_desktop.domain.audit_query import AuditOrder, AuditPage, AuditQuery
from cocm_desktop.domain.wording import clock_time, long_date, short_date
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.audit.filters import AuditFilters
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.chips import Chip
from cocm_desktop.ui.widgets.labels import Card, Label, ProblemLabel
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

ORDERS = tuple(AuditOrder)
"""By column: the table has them in this order."""


class AuditView(QWidget):
    """Filters above, one entry told in full below."""

    def __init__(self, desk: Desk, patient_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._order, self._is_descending, self._page_number = AuditOrder.WHEN, True, 1
        self._of_one = bool(patient_id)
        self.page = AuditPage(AuditQuery(), (), 0)
        self.filters = AuditFilters(desk, patient_id)
        self.problems = ProblemLabel()
        self.table = Table(self.tr("Audit"))
        self.model: RowsModel[AuditEntry] = RowsModel(self._columns(), self)
        self.counted = Label("", "secondary")
        self.earlier = Button(self.tr("Previous page"), "chevron-left")
        self.later = Button(self.tr("Next page"), "chevron-right")
        self.title = Label("", "strong", wraps=True)
        self.told = Label("", wraps=True)
        self.circumstances = Label("", "caption", wraps=True)
        self.of_patient = Button(self.tr("Only this patient"))
        self.of_person = Button(self.tr("Only this person"))
        self._build()
        self._connect()

    def query(self) -> AuditQuery:
        """Give what is asked for, with the order and the page."""
        return replace(
            self.filters.query(),
            order=self._order,
            is_descending=self._is_descending,
            page=self._page_number,
        )

    @property
    def orders(self) -> tuple[AuditOrder, ...]:
        """Give what each column sorts by; of one patient the name need not be told."""
        return tuple(o for o in ORDERS if o is not AuditOrder.PATIENT or not self._of_one)

    @property
    def chosen(self) -> AuditEntry | None:
        return self.model.row_at(self.table.currentIndex())

    @Slot()
    def read_again(self) -> None:
        self._desk.read(read_audited_people, self.filters.offer_people)
        self._desk.read(partial(read_audit, query=self.query()), self._show, failed=self._refuse)

    @Slot()
    def begin_anew(self) -> None:
        """Read the first page of what is asked for now."""
        self._page_number = 1
        self.read_again()

    def _show(self, page: AuditPage) -> None:
        self.page = page
        self.problems.clear_problems()
        self.model.show_rows(page.entries)
        self.counted.setText(page.counted)
        self.earlier.setEnabled(page.query.page > 1)
        self.later.setEnabled(page.query.page < page.pages)
        self.table.select_row(0)
        self._show_chosen()

    def _refuse(self, error: CocmError) -> None:
        self.problems.show_error(error, self.filters.fields)

    def _columns(self) -> tuple[Column[AuditEntry], ...]:
        columns: tuple[Column[AuditEntry], ...] = (
            Column(self.tr("When"), _when, width=158),
            Column(self.tr("Who"), lambda entry: entry.staff_name, width=130),
            Column(self.tr("What"), lambda entry: entry.sentence, width=0, hint=_hint),
            Column(self.tr("Patient"), lambda entry: entry.patient, width=150, is_spare=True),
            Column(self.tr("Outcome"), self._outcome, _chip_words, width=104),
            Column(self.tr("Computer"), lambda entry: entry.device, width=120, is_spare=True),
        )
        wanted = zip(ORDERS, columns, strict=True)
        return tuple(column for order, column in wanted if order in self.orders)

    def _outcome(self, entry: AuditEntry) -> Chip | None:
        """Give what stands out: most entries are done, and say nothing."""
        if entry.outcome:
            return Chip(entry.outcome_words, Tone.MODERATE)
        if entry.is_emergency:
            return Chip(self.tr("Emergency"), Tone.SEVERE)
        return None

    def _build(self) -> None:
        self.table.set_rows_model(self.model)
        header = self.table.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
        pager = QHBoxLayout()
        pager.setSpacing(8)
        pager.addWidget(self.counted, 1)
        pager.addWidget(self.earlier)
        pager.addWidget(self.later)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.filters)
        column.addWidget(self.problems)
        column.addWidget(self.table, 1)
        column.addLayout(pager)
        column.addWidget(self._detail())

    def _detail(self) -> Card:
        card = Card()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.title, 1)
        row.addWidget(self.of_patient)
        row.addWidget(self.of_person)
        card.body.addLayout(row)
        card.body.addWidget(self.told)
        card.body.addWidget(self.circumstances)
        return card

    def _connect(self) -> None:
        self.filters.changed.connect(self.begin_anew)
        self.earlier.clicked.connect(lambda: self._turn(-1))
        self.later.clicked.connect(lambda: self._turn(1))
        self.of_patient.clicked.connect(self._only_patient)
        self.of_person.clicked.connect(self._only_person)
        self.table.horizontalHeader().sectionClicked.connect(self._sort)
        self.table.selectionModel().currentRowChanged.connect(self._follow)

    def _turn(self, by: int) -> None:
        self._page_number += by
        self.read_again()

    @Slot(int)
    def _sort(self, column: int) -> None:
        order = self.orders[column]
        is_same = order is self._order
        self._is_descending = not self._is_descending if is_same else order is AuditOrder.WHEN
        self._order = order
        direction = Qt.SortOrder
        shown = direction.DescendingOrder if self._is_descending else direction.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(column, shown)
        self.begin_anew()

    @Slot(QModelIndex, QModelIndex)
    def _follow(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self._show_chosen()

    def _show_chosen(self) -> None:
        entry = self.chosen
        self.of_patient.setEnabled(entry is not None and entry.patient_id is not None)
        self.of_person.setEnabled(entry is not None)
        if entry is None:
            for label in (self.title, self.told, self.circumstances):
                label.clear()
            return
        when = f"{long_date(entry.at.date())}, {clock_time(entry.at)}"
        self.title.setText(f"{entry.staff_name}, {when}: {entry.sentence}")
        self.told.setText("\n".join(entry.details))
        self.told.setVisible(bool(entry.details))
        about = (
            entry.roles_words,
            self.tr("computer %1").replace("%1", entry.device),
            self.tr("account %1").replace("%1", entry.os_account) if entry.os_account else "",
            self.tr("program %1").replace("%1", entry.app_version),
            self.tr("entry %1").replace("%1", f"{entry.seq:,}"),
            self.tr("seal %1").replace("%1", entry.mac[:16]) if entry.mac else self.tr("no seal"),
        )
        self.circumstances.setText(" · ".join(part for part in about if part))

    @Slot()
    def _only_patient(self) -> None:
        if (entry := self.chosen) is not None and entry.patient_id:
            self.filters.show_patient(entry.patient_id, entry.patient)

    @Slot()
    def _only_person(self) -> None:
        if (entry := self.chosen) is not None:
            self.filters.show_person(entry.staff_id)


def _when(entry: AuditEntry) -> str:
    return f"{short_date(entry.at.date())} {clock_time(entry.at)}"


def _hint(entry: AuditEntry) -> str:
    return "\n".join((entry.sentence, *entry.details))


def _chip_words(chip: Chip) -> str:
    return chip.text
