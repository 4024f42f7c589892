"""One case of the agenda: why it is there, what is asked, its history, the course, contacts."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.review_priority import Section
from cocm_desktop.domain.score_picture import course_words, score_picture, score_picture_of_row
from cocm_desktop.domain.wording import NOT_RECORDED, long_date
from cocm_desktop.ui.chart.cards import ContactsCard
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.review.agenda_model import Case
from cocm_desktop.ui.review.story import (
    EightLinesCard,
    MedicinesCard,
    SafetyLines,
    ScoresCard,
)
from cocm_desktop.ui.widgets.buttons import Button, IconButton, LinkButton
from cocm_desktop.ui.widgets.chips import Chip, ChipLabel
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.score_chart import ScoreChart


class CasePanel(QScrollArea):
    """Shows what the agenda knows at once, and the contacts when they have been read."""

    chart_wanted = Signal()
    question_wanted = Signal()
    clearing_wanted = Signal()
    step_wanted = Signal(int)
    chart_read = Signal(object)
    """The Chart of the case that is shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case: Case | None = None
        self.name = Label("", "banner", wraps=True)
        self.facts = Label("", "secondary", wraps=True)
        self.place = Label("", "caption")
        self.question = Label("", wraps=True)
        self.ask = LinkButton(self.tr("Ask a question"))
        self.clear = LinkButton(self.tr("Clear"))
        self.course = Label("", "secondary", wraps=True)
        self.chart = ScoreChart(is_small=True)
        self.readout = Label("", "caption", wraps=True)
        self.safety = SafetyLines()
        self.story = EightLinesCard()
        self.medicines = MedicinesCard()
        self.scores = ScoresCard()
        self.contacts = ContactsCard()
        self._read: tuple[QWidget, ...] = (
            self.story,
            self.medicines,
            self.scores,
            self.contacts,
        )
        self._reasons = QVBoxLayout()
        self._build()

        self.ask.clicked.connect(self.question_wanted)
        self.clear.clicked.connect(self.clearing_wanted)
        self.contacts.all_wanted.connect(self.chart_wanted)
        self.chart.stepped.connect(self.readout.setText)

    def show_case(self, case: Case, *, count: int) -> None:
        """Show a case; of another patient nothing stays in sight."""
        row = case.entry.row
        is_same = self._case is not None and self._case.entry.row.key == row.key
        self._case = case
        self.name.setText(row.name)
        born = self.tr("Born %1 (%2 y)").replace("%1", long_date(row.born_on))
        week = "" if row.weeks is None else self.tr(", week %1").replace("%1", str(row.weeks))
        mrn = self.tr("MRN %1").replace("%1", row.mrn or NOT_RECORDED)
        parts = (born.replace("%2", str(row.age)), mrn, f"{row.status_words}{week}")
        self.facts.setText(" · ".join((*parts, row.care_manager)))
        place = self.tr("Case %1 of %2").replace("%1", str(case.number))
        self.place.setText(place.replace("%2", str(count)))
        self._show_reasons(case)
        self._show_question(row.question, may_ask=row.is_open)
        self.course.setText(course_words(row.primary, today=row.today))
        if not is_same:
            for part in self._read:
                part.hide()
            self.safety.show_words(row.safety_words if row.has_safety_open else "")
            self.chart.show_picture(score_picture_of_row(row))
            self.verticalScrollBar().setValue(0)
        self._desk.read(partial(read_chart, patient_id=row.patient_id), self._show_chart)

    def _show_chart(self, chart: Chart) -> None:
        if self._case is None or chart.row.key != self._case.entry.row.key:
            return
        picture = score_picture(chart)
        self.chart.show_picture(picture)
        self.scores.show_picture(chart, picture)
        for card in (self.safety, self.story, self.medicines, self.contacts):
            card.show_chart(chart)
        for part in self._read:
            part.show()
        self.chart_read.emit(chart)

    def _show_reasons(self, case: Case) -> None:
        while (item := self._reasons.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for reason in case.entry.reasons:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            is_urgent = reason.section is Section.SAFETY
            tone = Tone.SAFETY if is_urgent else Tone.NEUTRAL
            top = Qt.AlignmentFlag.AlignTop
            row.addWidget(ChipLabel(Chip(reason.section.letter, tone)), 0, top)
            row.addWidget(Label(reason.words, wraps=True), 1)
            rule = Label(reason.rule, "caption")
            rule.setToolTip(self.tr("The rule, as it stands in the packet"))
            row.addWidget(rule, 0, top)
            self._reasons.addWidget(line)

    def _show_question(self, question: str, *, may_ask: bool) -> None:
        self.question.setText(question or self.tr("No question yet"))
        self.question.set_role("" if question else "secondary")
        self.ask.setText(self.tr("Change") if question else self.tr("Ask a question"))
        self.ask.setVisible(may_ask)
        self.clear.setVisible(bool(question))

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("role", "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(10)
        who, asked, trend = self._who(), self._asked(), self._trend()
        rest = (self.story, trend, self.medicines, self.scores, self.contacts)
        for card in (who, self.safety, asked, *rest):
            column.addWidget(card)
        column.addStretch(1)
        self.setWidget(inner)

    def _who(self) -> Card:
        back = IconButton(self.tr("Previous case (Alt+Up)"), "chevron-up")
        on = IconButton(self.tr("Next case (Alt+Down)"), "chevron-down")
        back.clicked.connect(lambda: self.step_wanted.emit(-1))
        on.clicked.connect(lambda: self.step_wanted.emit(1))
        open_chart = Button(self.tr("Open chart"))
        open_chart.clicked.connect(self.chart_wanted)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.place)
        top.addWidget(back)
        top.addWidget(on)
        top.addStretch(1)
        top.addWidget(open_chart)
        card = Card()
        card.body.addLayout(top)
        card.body.addWidget(self.name)
        card.body.addWidget(self.facts)
        self._reasons.setSpacing(4)
        card.body.addLayout(self._reasons)
        return card

    def _asked(self) -> Card:
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(Label(self.tr("Question for the consultant"), "strong"), 1)
        top.addWidget(self.ask)
        top.addWidget(self.clear)
        card = Card()
        card.body.addLayout(top)
        card.body.addWidget(self.question)
        return card

    def _trend(self) -> Card:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(Label("PHQ-9", "strong"), 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.course, 1)
        card = Card()
        card.body.addLayout(top)
        card.body.addWidget(self.chart)
        card.body.addWidget(self.readout)
        return card
