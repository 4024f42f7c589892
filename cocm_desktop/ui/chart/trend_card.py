"""The course of an episode: where it stands, its chart over a fixed window, and its table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from cocm_desktop.domain.outcome_sets import Verdict
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.score_picture import score_picture
from cocm_desktop.domain.standing import standing_of
from cocm_desktop.domain.trend import Window
from cocm_desktop.ui.chart.score_table import ScoreTable
from cocm_desktop.ui.widgets.announce import announce
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.fields import ChoiceField, words_of
from cocm_desktop.ui.widgets.flow import FlowLayout
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.score_chart import ScoreChart


class TrendCard(Card):
    """The newest score large with those it is compared with, and the verdict of every set."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._chart: Chart | None = None
        self.scale = Label("", "strong")
        self.number = Label("", "number")
        self.course = Label("", "secondary", wraps=True)
        self._verdicts = FlowLayout(gap=14, line_gap=2)
        self.readout = Label("", "caption", wraps=True)
        self.window_shown: ChoiceField[Window] = ChoiceField(words_of(Window))
        self.window_shown.setAccessibleName(self.tr("Time shown"))
        self.chart = ScoreChart()
        self.table = ScoreTable()
        self.toggle = LinkButton(self.tr("Show as table"))
        self._pages = QStackedWidget()
        self._build()
        self._explain("")

        self.toggle.clicked.connect(self._turn)
        self.chart.stepped.connect(self._explain)
        self.window_shown.activated.connect(self._choose_window)

    def show_chart(self, chart: Chart) -> None:
        standing = standing_of(chart.row)
        self._chart = chart
        self.scale.setText(standing.scale)
        self.number.setText(standing.number)
        self.number.set_role("stale_number" if standing.is_stale else "number")
        self.number.setAccessibleName(standing.newest_words)
        self.number.setToolTip(standing.newest_words)
        self.course.setText(standing.course_words)
        self._show_verdicts(standing.verdicts)
        self._draw()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.course)
        words.addLayout(self._verdicts)
        head.addWidget(self.scale)
        head.addWidget(self.number)
        head.addLayout(words, 1)
        head.addWidget(self.window_shown, 0, Qt.AlignmentFlag.AlignTop)
        self._pages.addWidget(self.chart)
        self._pages.addWidget(self.table)
        foot = QHBoxLayout()
        foot.addWidget(self.readout, 1)
        foot.addWidget(self.toggle)
        self.body.addLayout(head)
        self.body.addWidget(self._pages, 1)
        self.body.addLayout(foot)

    def _show_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        empty(self._verdicts)
        for verdict in verdicts:
            label = Label(verdict.words, "caption")
            label.setToolTip(verdict.explanation)
            label.setAccessibleName(verdict.explanation)
            self._verdicts.addWidget(label)

    def _draw(self) -> None:
        if self._chart is not None:
            picture = score_picture(self._chart, self.window_shown.choice())
            self.chart.show_picture(picture)
            self.table.show_picture(picture)

    @Slot(int)
    def _choose_window(self, _place: int) -> None:
        self._draw()
        announce(self.window_shown, self.window_shown.currentText())

    @Slot()
    def _turn(self) -> None:
        shows_chart = self._pages.currentWidget() is self.chart
        self._pages.setCurrentWidget(self.table if shows_chart else self.chart)
        words = self.tr("Show as chart") if shows_chart else self.tr("Show as table")
        self.toggle.setText(words)
        self._explain("")

    @Slot(str)
    def _explain(self, words: str) -> None:
        shows_chart = self._pages.currentWidget() is self.chart
        hint = self.tr("Left and right arrow keys read the days one by one, with Ctrl the scores")
        self.readout.setText(words or (hint if shows_chart else ""))
