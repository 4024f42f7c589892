"""A month's superbills as a person arranges them: filtered, sorted, one or several chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.domain.billing.month_list import (
    MonthFilter,
    counts,
    notices,
    shown,
    to_print,
)
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.billing.month_totals import MonthTotals
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.wording import count_of
from cocm_desktop.ui.billing.columns import BY_KEY, COLUMNS, BillColumn, in_order
from cocm_desktop.ui.billing.head import BillingHead, NoticeBar
from cocm_desktop.ui.billing.panel import BillPanel
from cocm_desktop.ui.billing.table import BillTable
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import PrimaryButton
from cocm_desktop.ui.widgets.labels import EmptyState, Label

WIDE = 1000
"""From this width on there is room for the panel; below it a person asks for it."""
PANEL_WIDTH = 288


class MonthView(QWidget):
    """Reads nothing; whoever shows a month here says what may be done with it."""

    choice_changed = Signal()
    status_changed = Signal(str)
    find_cleared = Signal()

    def __init__(self, this_month: ServiceMonth, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[MonthRow, ...] = ()
        self._only = MonthFilter.EVERYONE
        self._find = ""
        self._column: BillColumn = BY_KEY["patient"]
        self._descending = False
        self._wants_details: bool | None = None
        self.head = BillingHead(this_month)
        self.notices = NoticeBar()
        self.table = BillTable(self.tr("Superbills of the month"))
        self.panel = BillPanel()
        self.panel.focus_lost.connect(self.table.setFocus)
        self.totals = Label("", "secondary", wraps=True)
        self.nothing = EmptyState("file-invoice", "")
        self.none_match = EmptyState("search", self.tr("No patient matches"))
        self._build()
        self.head.filters.show_choice(self._only)
        self.table.show_sorting(0, descending=False)

        self.head.filters.chosen.connect(self.show_only)
        self.table.sort_wanted.connect(self.sort_by)
        self.table.choice_changed.connect(self.choice_changed)
        self.head.details.clicked.connect(self.turn_details)

    @property
    def rows(self) -> tuple[MonthRow, ...]:
        """Everybody of the month, whatever the filter."""
        return self._rows

    @property
    def to_preview(self) -> tuple[Superbill, ...]:
        return to_print(self.table.chosen)

    @property
    def to_print(self) -> tuple[Superbill, ...]:
        """The batch: what is ticked, or chosen where several are, or else all that is shown."""
        acted_on = self.table.acted_on
        is_some = bool(self.table.ticked) or len(acted_on) > 1
        return to_print(acted_on if is_some else self.table.bills.rows)

    def show_rows(self, rows: Sequence[MonthRow]) -> None:
        self._rows = tuple(rows)
        self._arrange()
        self.notices.say(notices(rows))
        self.table.show_next(is_open=any(row.is_open for row in rows))

    def narrow(self, words: str) -> None:
        self._find = words
        self._arrange()

    @Slot(object)
    def show_only(self, only: MonthFilter) -> None:
        """Show what a filter stands for, as a click on it does."""
        self._only = only
        self.head.filters.show_choice(only)
        self._arrange()

    @Slot(int)
    def sort_by(self, place: int) -> None:
        """Sort by a column; the same column again turns the order round."""
        column = COLUMNS[place]
        is_same = column is self._column
        self._descending = not self._descending if is_same else column.starts_descending
        self._column = column
        self.table.show_sorting(place, descending=self._descending)
        self._arrange()

    @Slot()
    def clear_filters(self) -> None:
        self._find = ""
        self.show_only(MonthFilter.EVERYONE)
        self.find_cleared.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_panel()

    def _build(self) -> None:
        clear = PrimaryButton(self.tr("Clear filters"))
        clear.clicked.connect(self.clear_filters)
        self.none_match.add_action(clear)
        self._pages = QStackedWidget()
        list_and_panel = QWidget()
        beside = QHBoxLayout(list_and_panel)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        beside.addWidget(self.table, 1)
        beside.addWidget(self.panel)
        for page in (list_and_panel, self.none_match, self.nothing):
            self._pages.addWidget(page)
        self._list_page = list_and_panel
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(10)
        column.addWidget(self.head)
        column.addWidget(self.notices)
        column.addWidget(self._pages, 1)
        column.addWidget(self.totals)

    def _arrange(self) -> None:
        found = shown(self._rows, only=self._only, find=self._find)
        rows = in_order(found, self._column, descending=self._descending)
        self.head.filters.show_counts(counts(self._rows))
        self.table.show_rows(rows)
        self._show_page(rows)
        self.totals.setText(" · ".join(MonthTotals.of(rows).words))
        self.totals.setVisible(bool(rows))
        self.status_changed.emit(self._words(rows))

    def _show_page(self, rows: Sequence[MonthRow]) -> None:
        if rows:
            self._pages.setCurrentWidget(self._list_page)
        elif self._rows:
            self._pages.setCurrentWidget(self.none_match)
        else:
            month = str(self.head.month.month)
            self.nothing.say(
                self.tr("No minutes in %1").replace("%1", month),
                self.tr(
                    "Minutes come with the contacts, and with time recorded on the registry or "
                    "on a patient's chart."
                ),
            )
            self._pages.setCurrentWidget(self.nothing)

    def _words(self, rows: Sequence[MonthRow]) -> str:
        """Say what is shown, of how many, and in which order."""
        of_all = count_of(len(self._rows), "patient")
        find = f"“{self._find.strip()}”" if self._find.strip() else ""
        only = "" if self._only is MonthFilter.EVERYONE else self._only.value
        order = self._column.orders[self._descending]
        parts = (f"Showing {len(rows):,} of {of_all}", only, find, order)
        return " · ".join(filter(None, parts))

    @Slot()
    def turn_details(self) -> None:
        """Show the panel beside the list, or leave the list all the room."""
        self._wants_details = self.panel.isHidden()
        self._place_panel()

    def _place_panel(self) -> None:
        theme, wanted = theme_of(self), self._wants_details
        self.panel.setFixedWidth(theme.px(PANEL_WIDTH))
        is_shown = self.width() >= theme.px(WIDE) if wanted is None else wanted
        self.panel.setVisible(is_shown)
        self.head.show_details(is_shown=is_shown)
