"""What is missing before the first claim, each with the way to where it is set up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.actions.charge_setup import ReadSetUp
from cocm_desktop.domain.billing.charge_setup import Gap, SetupPlace
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.form import Page
from cocm_desktop.ui.widgets.labels import Card, EmptyState, IconLabel, Label

LINE_HEIGHT = 32


class MissingPage(Page):
    """First what a claim needs, then what is worth a look."""

    wanted = Signal(object)
    """A SetupPlace: open it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = self.tr("Everything a claim needs is set up.")
        self.nothing = EmptyState("circle-check", words)
        self.needed = Card(self.tr("A claim needs"))
        self.others = Card(self.tr("Worth a look"))
        self.lines: list[Label] = []
        self._lists = [QVBoxLayout(), QVBoxLayout()]
        for card, lines in zip((self.needed, self.others), self._lists, strict=True):
            lines.setSpacing(0)
            card.body.addLayout(lines)
            self.body.addWidget(card)
        self.body.addWidget(self.nothing, 1)
        self.body.addStretch(1)

    def show_gaps(self, read: ReadSetUp) -> None:
        self.lines = []
        needed = [gap for gap in read.gaps if gap.is_needed]
        others = [gap for gap in read.gaps if not gap.is_needed]
        self._fill(self._lists[0], needed, "alert-circle")
        self._fill(self._lists[1], others, "info-circle")
        self.needed.setVisible(bool(needed))
        self.others.setVisible(bool(others))
        self.nothing.setVisible(not read.gaps)

    def _fill(self, lines: QVBoxLayout, gaps: Iterable[Gap], icon: str) -> None:
        empty(lines)
        before: SetupPlace | None = None
        for gap in gaps:
            lines.addWidget(self._line(gap, icon, has_link=gap.place is not before))
            before = gap.place

    def _line(self, gap: Gap, icon: str, *, has_link: bool) -> QWidget:
        """Show a gap; the first of a place has the way there."""
        line = QWidget()
        line.setMinimumHeight(theme_of(self).px(LINE_HEIGHT))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, "due" if gap.is_needed else "secondary"))
        label = Label(gap.words, wraps=True)
        self.lines.append(label)
        row.addWidget(label, 1)
        if has_link:
            link = LinkButton(gap.place.value)
            link.setAccessibleName(self.tr("Open %1").replace("%1", gap.place.value))
            link.clicked.connect(partial(self._go, gap.place))
            row.addWidget(link)
        return line

    def _go(self, place: SetupPlace) -> None:
        self.wanted.emit(place)
