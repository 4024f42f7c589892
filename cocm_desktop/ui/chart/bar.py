"""The bar of the chart: its parts, and as many of the usual buttons as there is room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabBar, QWidget
from typing_extensions import override

from cocm_desktop.ui.widgets.buttons import Button, IconButton, PrimaryButton

GAP, EDGE = 8, 16
BOLDER = 14
"""What the chosen part's name needs beyond its usual letters."""


class ChartBar(QFrame):
    """Every part stays in sight; a button that finds no room is in the menu, as all are."""

    def __init__(
        self, parts: Sequence[str], short: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "top")
        self._parts, self._short = parts, short
        self._offered: frozenset[Button] = frozenset()
        self.tabs = QTabBar()
        for words in parts:
            self.tabs.addTab(words)
        self.tabs.setAccessibleName(self.tr("Parts of the chart"))
        self.tabs.setExpanding(False)
        self.flag = Button(self.tr("Flag for review"))
        self.measure = Button(self.tr("Record measure"))
        self.contact = PrimaryButton(self.tr("Record contact"))
        self.more = IconButton(self.tr("More for this patient"), "dots")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(GAP, 4, EDGE, 4)
        row.setSpacing(GAP)
        row.addWidget(self.tabs)
        row.addStretch(1)
        for button in (self.flag, self.measure, self.contact, self.more):
            row.addWidget(button)

    def offer(self, buttons: Sequence[Button]) -> None:
        """Show these buttons, the first of them longest where there is little room."""
        self._offered = frozenset(buttons)
        self._fit()

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than the menu needs: what does not fit goes there."""
        return QSize(self.more.sizeHint().width(), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def event(self, event: QEvent) -> bool:
        """Measure again when the style, the text size or a button has changed what it needs."""
        is_handled = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Show}:
            self._fit()
        return is_handled

    def _fit(self) -> None:
        kept = [each for each in (self.contact, self.measure, self.flag) if each in self._offered]
        is_short = self._needed(kept, is_short=False) > self.width()
        while kept and self._needed(kept, is_short=is_short) > self.width():
            kept.pop()
        self._name_parts(is_short=is_short)
        for button in (self.flag, self.measure, self.contact):
            button.setVisible(button in kept)
        self._row.activate()

    def _needed(self, buttons: Sequence[Button], *, is_short: bool) -> int:
        ends = GAP + EDGE + GAP + self.more.sizeHint().width()
        tabs = 0 if self.tabs.isHidden() else self._tabs_width(is_short=is_short)
        return ends + tabs + sum(each.sizeHint().width() + GAP for each in buttons)

    def _tabs_width(self, *, is_short: bool) -> int:
        """Tell how wide the parts are under either names, whichever they bear now."""
        width, metrics = self.tabs.sizeHint().width() + BOLDER, self.tabs.fontMetrics()
        for place, words in enumerate(self._parts):
            here, then = self.tabs.tabText(place), self._name(words, is_short=is_short)
            width += metrics.horizontalAdvance(then) - metrics.horizontalAdvance(here)
        return width

    def _name(self, words: str, *, is_short: bool) -> str:
        return self._short.get(words, words) if is_short else words

    def _name_parts(self, *, is_short: bool) -> None:
        for place, words in enumerate(self._parts):
            shown = self._name(words, is_short=is_short)
            if self.tabs.tabText(place) != shown:
                self.tabs.setTabText(place, shown)
                self.tabs.setTabToolTip(place, words if is_short else "")
