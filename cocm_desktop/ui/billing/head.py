"""The head of the billing screen: the month, and what can be done with it and what is chosen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.domain.billing.month_list import RULES, MonthFilter, Notices
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.wording import count_of, month_day
from cocm_desktop.ui.billing.month_field import MonthField
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, IconButton, LinkButton, PrimaryButton
from cocm_desktop.ui.widgets.filter_row import FilterRow
from cocm_desktop.ui.widgets.labels import ElidingLabel, IconLabel, Label

ROOMY = 1000
"""From this width on, at the usual text size, buttons say how many they are about."""
NARROWEST = 600


class BillingHead(QWidget):
    """The buttons say how many patients they are about, where there is room for it."""

    def __init__(self, this_month: ServiceMonth, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = (0, 0, 0)
        self.month = MonthField(this_month)
        self.until = ElidingLabel("", "secondary")
        self.close_month = LinkButton(self.tr("Close month"))
        self.reopen = LinkButton(self.tr("Reopen"))
        self.print_batch = Button(self.tr("Print batch"), "printer")
        self.approve = PrimaryButton(self.tr("Approve"), "circle-check")
        self.signed = Button(self.tr("Record signed approval"))
        self.signed.hide()
        self.issue = PrimaryButton(self.tr("Issue"), "check")
        self.filters = FilterRow[MonthFilter](
            (each, self.tr(each.value), self.tr(RULES[each])) for each in MonthFilter
        )
        self.details = IconButton(self.tr("Show details (Ctrl+Y)"), "eye")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._top())
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(self.filters, 1)
        below.addWidget(self.details)
        column.addLayout(below)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme_of(self).px(NARROWEST), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_counts()

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(Label(self.tr("Billing"), "title"))
        top.addSpacing(8)
        top.addWidget(self.month)
        top.addWidget(self.until)
        top.addWidget(self.close_month)
        top.addWidget(self.reopen)
        top.addStretch(1)
        for button in (self.print_batch, self.signed, self.approve, self.issue):
            top.addWidget(button)
        return top

    def show_details(self, *, is_shown: bool) -> None:
        """Say what the button does next."""
        words = self.tr("Hide details (Ctrl+Y)") if is_shown else self.tr("Show details (Ctrl+Y)")
        self.details.setToolTip(words)
        self.details.setAccessibleName(words)
        self.details.show_icon("eye-off" if is_shown else "eye")

    def show_openness(self, *, is_over: bool, closed: str) -> None:
        """Say whether minutes may still be added to the month; `closed` says since when not."""
        ends = month_day(self.month.month.last_day)
        still = self.tr("Open until %1: minutes may still be added").replace("%1", ends)
        self.until.setText(closed or (self.tr("Over, not closed yet") if is_over else still))

    def show_chosen(self, *, to_approve: int, to_issue: int, to_print: int) -> None:
        """Say on the buttons how many patients they are about."""
        self._counts = (to_approve, to_issue, to_print)
        self._say_counts()

    def _say_counts(self) -> None:
        to_approve, to_issue, to_print = self._counts
        is_roomy = self.width() >= theme_of(self).px(ROOMY)
        months, bills = count_of(to_approve, "month"), count_of(to_issue, "superbill")
        batch = self.tr("Print batch (%1)").replace("%1", f"{to_print:,}")
        for button, words, count, usual in (
            (self.approve, self.tr("Approve %1").replace("%1", months), to_approve, "Approve"),
            (self.issue, self.tr("Issue %1").replace("%1", bills), to_issue, "Issue"),
            (self.print_batch, batch, to_print, "Print batch"),
        ):
            button.setText(words if count and is_roomy else self.tr(usual))
            button.setToolTip(words if count else "")


class NoticeBar(QWidget):
    """What is true of the whole month and should be known before anything of it goes out."""

    rates_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said: tuple[str, ...] = ()
        self._words = ElidingLabel()
        self.rates = LinkButton(self.tr("Open rates and codes"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(IconLabel("alert-triangle", "due", size=16))
        line.addWidget(self._words)
        line.addWidget(self.rates)
        line.addStretch(1)
        self.hide()

        self.rates.clicked.connect(self.rates_wanted)

    def say(self, notices: Notices) -> None:
        self.said = notices.words
        self._words.setText(" ".join(self.said))
        self.rates.setVisible(notices.is_about_tables)
        self.setVisible(bool(self.said))
