"""The head of the billing screen: the month, and what can be done with the superbills."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.domain.billing.month_list import RULES, MonthFilter
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.wording import count_of, month_day
from cocm_desktop.ui.billing.month_field import MonthField
from cocm_desktop.ui.widgets.buttons import Button, IconButton, PrimaryButton
from cocm_desktop.ui.widgets.filter_row import FilterRow
from cocm_desktop.ui.widgets.labels import ElidingLabel, Label


class BillingHead(QWidget):
    """The buttons say how many superbills they are about."""

    def __init__(self, this_month: ServiceMonth, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.month = MonthField(this_month)
        self.until = ElidingLabel("", "secondary")
        self.print_batch = Button(self.tr("Print batch"), "printer")
        self.issue = PrimaryButton(self.tr("Issue"), "check")
        self.filters = FilterRow[MonthFilter](
            (each, self.tr(each.value), self.tr(RULES[each])) for each in MonthFilter
        )
        self.details = IconButton(self.tr("Show details (Space)"), "eye")
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(Label(self.tr("Billing"), "title"))
        top.addSpacing(8)
        top.addWidget(self.month)
        top.addWidget(self.until, 1)
        top.addWidget(self.print_batch)
        top.addWidget(self.issue)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(top)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.filters, 1)
        below.addWidget(self.details)
        column.addLayout(below)

    def show_details(self, *, is_shown: bool) -> None:
        """Say what the button does next."""
        words = self.tr("Hide details (Space)") if is_shown else self.tr("Show details (Space)")
        self.details.setToolTip(words)
        self.details.setAccessibleName(words)
        self.details.show_icon("eye-off" if is_shown else "eye")

    def show_openness(self, *, is_open: bool) -> None:
        """Say whether minutes may still be added to the month."""
        ends = month_day(self.month.month.last_day)
        words = self.tr("Open until %1: minutes may still be added").replace("%1", ends)
        self.until.setText(words if is_open else self.tr("Closed"))

    def show_chosen(self, *, to_issue: int, to_print: int) -> None:
        """Say on the buttons how many superbills they are about."""
        words = count_of(to_issue, "superbill")
        issue = self.tr("Issue %1").replace("%1", words) if to_issue else self.tr("Issue")
        self.issue.setText(issue)
        batch = self.tr("Print batch (%1)").replace("%1", f"{to_print:,}")
        self.print_batch.setText(batch if to_print else self.tr("Print batch"))
