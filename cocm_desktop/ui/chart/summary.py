"""The chart's first tab: the course, what is next, the month's minutes, the last contacts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.chart_page import ChartPage
from cocm_desktop.ui.chart.cards import (
    ContactsCard,
    EpisodeCard,
    MinutesCard,
    NextCard,
)
from cocm_desktop.ui.chart.plans_review_card import PlansReviewCard
from cocm_desktop.ui.chart.trend_card import TrendCard
from cocm_desktop.ui.theme import theme_of

SIDE_WIDTH = 360
WIDE = 860


class SummaryPage(QScrollArea):
    """Two columns of cards; it scrolls where the text is large."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.trend = TrendCard()
        self.contacts = ContactsCard()
        self.next = NextCard()
        self.minutes = MinutesCard()
        self.plans = PlansReviewCard()
        self.episode = EpisodeCard()
        inner = QWidget()
        inner.setProperty("role", "page")
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(12)
        left.addWidget(self.trend)
        left.addWidget(self.contacts)
        left.addStretch(1)
        for card in (self.next, self.plans, self.minutes, self.episode):
            right.addWidget(card)
        right.addStretch(1)
        self._side = QWidget()
        self._side.setLayout(right)
        self._right = right
        right.setContentsMargins(0, 0, 0, 0)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._both.setContentsMargins(16, 12, 16, 12)
        self._both.setSpacing(12)
        self._both.addLayout(left, 1)
        self._both.addWidget(self._side)
        self.setWidget(inner)

    def add_card(self, card: QWidget) -> None:
        """Put one more card at the side, after what is next."""
        self._right.insertWidget(1, card)

    def show_page(self, page: ChartPage) -> None:
        self.trend.show_chart(page.chart)
        self.contacts.show_chart(page.chart)
        self.next.show_page(page)
        self.plans.show_page(page)
        self.minutes.show_page(page)
        self.episode.show_chart(page.chart)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the side below where there is no room beside."""
        theme = theme_of(self)
        is_wide = self.viewport().width() >= theme.px(WIDE)
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        self._side.setMinimumWidth(theme.px(SIDE_WIDTH) if is_wide else 0)
        self._side.setMaximumWidth(theme.px(SIDE_WIDTH) if is_wide else self.maximumWidth())
        super().resizeEvent(event)
