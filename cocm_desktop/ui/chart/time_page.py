"""The tab of a chart with the time log of a month: what counts, and why the rest does not."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFont, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from cocm_desktop.actions.chart_page import ChartPage
from cocm_desktop.actions.time_entry import sign_time, void_time
from cocm_desktop.actions.time_log import read_time_log
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.time_log import LogLine, TimeLog, history_words
from cocm_desktop.domain.wording import count_of, long_date, short_date
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.billing.month_field import MonthField
from cocm_desktop.ui.chart.list_page import ListPage
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.void_dialog import Voidable
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.bar import Bar
from cocm_desktop.ui.widgets.buttons import Button, LinkButton
from cocm_desktop.ui.widgets.labels import Card, ElidingLabel, EmptyState, Label
from cocm_desktop.ui.widgets.table import Column, Index, RowsModel

BAR_WIDTH, TEXT_HEIGHT = 140, 44
BILLING = "billing"


class LogModel(RowsModel[LogLine]):
    """Strikes out what was voided."""

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.FontRole:
            row = self.row_at(index)
            font = QFont(QApplication.font())
            font.setStrikeOut(row is not None and row.logged.is_voided)
            return font
        return super().data(index, role)


class TimePage(ListPage[LogLine]):
    """Reads a month when it is looked at. One's own entries are signed here; all are corrected."""

    correct_wanted = Signal(object)  # TimeEntry
    time_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        empty = EmptyState("clock", desk.tr("No time recorded in this month"))
        super().__init__(desk, desk.tr("Time and billing"), empty)
        self._patient_id = ""
        self._is_stale = False
        self.log = TimeLog(ServiceMonth.of(desk.today()))
        self.month = MonthField(self.log.month)
        self.total = Label("", "banner")
        self.next = ElidingLabel("", "secondary")
        self.reached = Label("", "strong")
        self.blocked = ElidingLabel("", "caption")
        self.bar = Bar()
        self.bar.setFixedWidth(theme_of(self).px(BAR_WIDTH))
        self.record = Button(self.tr("Record time"))
        self.sign = Button(self.tr("Sign"))
        self.sign_all = Button("")
        self.correct = Button(self.tr("Correct…"))
        self.open_billing = LinkButton(self.tr("Open the billing month"))
        self._lay_out()
        self.detail.setFixedHeight(theme_of(self).px(TEXT_HEIGHT))
        may = desk.may(Permission.RECORD_TIME)
        for button in (self.record, self.correct, self.void):
            button.setVisible(may)
        self.open_billing.setVisible(desk.may(Permission.SEE_BILLING))

        self.month.changed.connect(self._read)
        self.record.clicked.connect(self.time_wanted)
        self.sign.clicked.connect(self._sign_chosen)
        self.sign_all.clicked.connect(self._sign_all)
        self.correct.clicked.connect(self._ask_correction)
        self.open_billing.clicked.connect(partial(desk.place_wanted.emit, BILLING))

    @property
    def chosen(self) -> LogLine | None:
        return self.model.row_at(self.table.currentIndex())

    def show_page(self, page: ChartPage) -> None:
        """Read the month anew, now or when the tab is turned to."""
        if page.chart.row.patient_id != self._patient_id:
            self._patient_id = page.chart.row.patient_id
            self._show(self._patient_id, TimeLog(self.month.month))
        self.record.setEnabled(page.chart.row.is_open)
        self._is_stale = True
        self.month.move_on(ServiceMonth.of(self._desk.today()))
        if self.isVisible():
            self._read()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._order()
        if self._is_stale:
            self._read()

    @override
    def make_model(self, columns: Any) -> RowsModel[LogLine]:
        return LogModel(columns, self)

    @override
    def describe(self, row: LogLine) -> tuple[str, str]:
        facts = (row.entry.activity.value, row.length, row.clock, row.by)
        title = f"{long_date(row.entry.worked_on)} · {', '.join(filter(None, facts))}"
        return title, history_words(row, self.log)

    def _lay_out(self) -> None:
        card = Card()
        numbers = QHBoxLayout()
        numbers.setSpacing(12)
        numbers.addWidget(self.total)
        numbers.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignVCenter)
        numbers.addWidget(self.reached)
        numbers.addWidget(self.next, 1)
        numbers.addWidget(self.open_billing)
        head = QHBoxLayout()
        head.addWidget(self.month)
        head.addWidget(self.blocked, 1)
        head.addWidget(self.record)
        head.addWidget(self.sign_all)
        card.body.addLayout(head)
        card.body.addLayout(numbers)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(0, card)
        for button in (self.sign, self.correct):
            self.beside_void.addWidget(button)

    def _order(self) -> None:
        """Let Tab go as the page reads. Once shown: a change of window loses what was before."""
        month = self.month
        head = (month.back, month.on, month.home, self.record, self.sign_all, self.open_billing)
        for before, after in pairwise(
            (*head, self.table, self.sign, self.correct, self.void, self.detail)
        ):
            self.setTabOrder(before, after)

    @Slot()
    def _read(self) -> None:
        if self._patient_id:
            self._is_stale = False
            question = partial(read_time_log, patient_id=self._patient_id, month=self.month.month)
            self._desk.read(question, partial(self._show, self._patient_id))

    def _show(self, patient_id: str, log: TimeLog) -> None:
        if patient_id != self._patient_id or log.month != self.month.month:
            return
        self.log = log
        self.total.setText(log.total_words)
        self.bar.show_fraction(log.share, ink="success" if log.reached else "primary")
        self.reached.setText(log.reached_words)
        self.next.setText(log.next_words)
        self.bar.setVisible(log.next is not None)
        self.blocked.setText(log.blocked_words)
        self.blocked.whole = "\n".join(log.blocks)
        own = log.unsigned_of(self._desk.staff.id)
        words = self.tr("Sign all of mine (%1)").replace("%1", str(len(own)))
        self.sign_all.setText(words)
        self.sign_all.setVisible(bool(own))
        columns: list[Column[LogLine]] = [
            Column(self.tr("Date"), lambda r: r.entry.worked_on, short_date, width=92),
            Column(self.tr("From – to"), lambda r: r.clock, width=140),
            Column(self.tr("Length"), lambda r: r.length, right=True, width=88),
            Column(self.tr("What for"), lambda r: r.entry.activity.value, width=196),
            Column(self.tr("By"), lambda r: r.by, width=136, is_spare=True),
            Column(
                self.tr("Recorded"),
                lambda r: r.origin,
                width=134,
                hint=lambda r: r.origin,
                is_spare=True,
            ),
            Column(self.tr("Counts"), lambda r: r.state, width=0, hint=lambda r: r.state),
        ]
        self.show_rows(columns, tuple(reversed(log.lines)), voidable=self._voidable_of)

    @Slot(QModelIndex, QModelIndex)
    @override
    def _show_chosen(self, current: QModelIndex, before: QModelIndex) -> None:
        super()._show_chosen(current, before)
        row = self.model.row_at(current)
        is_on_file = row is not None and not row.logged.is_voided
        self.void.setEnabled(is_on_file)
        self.correct.setEnabled(is_on_file)
        is_own = row is not None and row in self.log.unsigned_of(self._desk.staff.id)
        self.sign.setVisible(is_own)

    def _voidable_of(self, row: LogLine) -> Voidable:
        entry = row.entry
        words = f"{entry.activity.value}, {row.length}, {long_date(entry.worked_on)}"
        also = self.tr("The contact it belongs to stays.") if entry.contact_id else ""
        if entry.meeting_id:
            also = self.tr("The meeting and the others' time stay.")
        return Voidable(
            words, also, lambda workspace, reason: void_time(workspace, entry.id, reason=reason)
        )

    @Slot()
    def _ask_correction(self) -> None:
        if self.chosen is not None:
            self.correct_wanted.emit(self.chosen.entry)

    @Slot()
    def _sign_chosen(self) -> None:
        if self.chosen is not None:
            self._sign((self.chosen,))

    @Slot()
    def _sign_all(self) -> None:
        self._sign(self.log.unsigned_of(self._desk.staff.id))

    def _sign(self, lines: tuple[LogLine, ...]) -> None:
        entries = [line.entry.id for line in lines]

        def tell() -> None:
            words = count_of(len(entries), "entry", "entries")
            self._desk.told.emit(self.tr("Signed: %1.").replace("%1", words))

        def refuse(error: CocmError) -> None:
            self._desk.tell(error)

        self._desk.do(partial(sign_time, entry_ids=entries), done=tell, refused=refuse)
