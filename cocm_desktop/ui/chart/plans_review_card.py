"""The summary's card of plans and reviews: of when they are, and what is still to be done."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cocm_desktop.actions.chart_page import ChartPage
from cocm_desktop.domain.plans import PlanKind, newest
from cocm_desktop.domain.wording import count_of, days_ago, long_date
from cocm_desktop.ui.chart.cards import Facts
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.labels import Card, Label


class PlansReviewCard(Card):
    """Plans with the day of the one that holds, the last review, open recommendations."""

    plans_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.all = LinkButton(self.tr("Plan and treatment"))
        self._facts = Facts()
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Plans and review"), "strong"), 1)
        head.addWidget(self.all)
        self.body.addLayout(head)
        self.body.addLayout(self._facts)

        self.all.clicked.connect(self.plans_wanted)

    def show_page(self, page: ChartPage) -> None:
        self._facts.show_facts(self._of(page))

    def _of(self, page: ChartPage) -> Iterator[tuple[str, str, str]]:
        today = page.chart.row.today
        for kind in PlanKind:
            plan = newest(page.plans, kind)
            words = long_date(plan.written_on) if plan else self.tr("None yet")
            yield kind.value, words, "" if plan else "secondary"
        reviews = page.chart.reviews
        if not reviews:
            yield self.tr("Last review"), self.tr("None yet"), "secondary"
            return
        last = reviews[-1]
        ago = days_ago(last.reviewed_on, today)
        yield self.tr("Last review"), f"{long_date(last.reviewed_on)} · {ago}", ""
        waiting = [each for review in reviews for each in review.recommendations]
        still_open = [each for each in waiting if each.awaits_action]
        words = "\n".join(each.words for each in still_open)
        if still_open:
            label = count_of(len(still_open), "open recommendation")
            yield self.tr("To be done"), f"{label}\n{words}", ""
        else:
            yield self.tr("To be done"), self.tr("No recommendation is open"), "secondary"
