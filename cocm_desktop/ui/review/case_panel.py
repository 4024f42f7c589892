"""One case of the agenda: why it is there, what is asked, its history, the course, contacts."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.domain.contact import LONGEST_QUESTION
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
    ProtectedCard,
    SafetyLines,
    ScoresCard,
)
from cocm_desktop.ui.widgets.buttons import Button, IconButton, LinkButton
from cocm_desktop.ui.widgets.chips import Chip, ChipLabel
from cocm_desktop.ui.widgets.escape import keep_escape
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.score_chart import ScoreChart
from cocm_desktop.ui.widgets.way_back import WayBack

LINK_EDGE = 6
"""Pixels that set a line of words level with the words of a link beside it."""


class QuestionEntry(QLineEdit):
    """One sentence to the consultant: Enter gives it, Esc leaves it as it was."""

    given = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(LONGEST_QUESTION)
        self.setPlaceholderText(self.tr("One sentence: what should the consultant answer?"))
        self.setAccessibleName(self.tr("Question for the consultant"))

    @override
    def event(self, event: QEvent) -> bool:
        """Keep Esc for this field; elsewhere on the screen it leads away."""
        return keep_escape(event) or super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.given.emit(self.text())
        else:
            super().keyPressEvent(event)


class CasePanel(QScrollArea):
    """Shows what the agenda knows at once, and the contacts when they have been read."""

    chart_wanted = Signal()
    question_given = Signal(object, str)
    """The RegistryRow of the case, and the question to the consultant typed here."""
    clearing_wanted = Signal()
    step_wanted = Signal(int)
    chart_read = Signal(object)
    """The Chart of the case that is shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, steps: bool = True) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case: Case | None = None
        self.name = Label("", "banner", wraps=True)
        self.facts = Label("", "secondary", wraps=True)
        self.place = Label("", "caption")
        self.question = Label("", wraps=True)
        self.ask = LinkButton(self.tr("Ask a question"))
        self.clear = LinkButton(self.tr("Clear"))
        self.entry = QuestionEntry()
        self.entry_hint = Label(self.tr("Enter saves, Esc leaves it"), "caption")
        self.course = Label("", "secondary", wraps=True)
        self.chart = ScoreChart(is_small=True)
        self.readout = Label("", "caption", wraps=True)
        self.safety = SafetyLines()
        self.story = EightLinesCard()
        self.protected = ProtectedCard()
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
        self._way_back = WayBack(self.ask)
        self._build(steps=steps)

        self.ask.clicked.connect(self.write_question)
        self.entry.given.connect(self._give_question)
        self.entry.left.connect(self._leave_question)
        self.clear.clicked.connect(self.clearing_wanted)
        self.contacts.all_wanted.connect(self.chart_wanted)
        self.chart.stepped.connect(self.readout.setText)

    @property
    def is_asking(self) -> bool:
        """Whether a question is typed here and not given yet."""
        row = self._case.entry.row if self._case else None
        is_open = not self.entry.isHidden()
        return row is not None and is_open and self.entry.text().strip() != row.question

    def show_case(self, case: Case, *, count: int) -> None:
        """Show a case; of another patient nothing stays in sight, and no question is lost."""
        row, before = case.entry.row, self._case
        is_same = before is not None and before.entry.row.key == row.key
        asked = self.entry.text() if self.is_asking and not is_same else ""
        self._case = case
        self.name.setText(row.name)
        born = self.tr("Born %1 (%2 y)").replace("%1", long_date(row.born_on))
        week = "" if row.weeks is None else self.tr(", week %1").replace("%1", str(row.weeks))
        mrn = self.tr("MRN %1").replace("%1", row.mrn or NOT_RECORDED)
        parts = (born.replace("%2", str(row.age)), mrn, f"{row.status_words}{week}")
        self.facts.setText(" · ".join((*parts, row.care_manager)))
        place = self.tr("Case %1 of %2").replace("%1", str(case.number))
        left_out = self.tr("Left out of this meeting")
        self.place.setText(left_out if case.is_left_out else place.replace("%2", str(count)))
        self._show_reasons(case)
        self._show_question(row.question, may_ask=row.is_open)
        self.course.setText(course_words(row.primary, today=row.today))
        if not is_same:
            self._turn_question(is_typed=False)
            for part in (*self._read, self.protected):
                part.hide()
            self.safety.show_words(row.safety_words if row.has_safety_open else "")
            self.chart.show_picture(score_picture_of_row(row))
            self.verticalScrollBar().setValue(0)
        self._desk.read(partial(read_chart, patient_id=row.patient_id), self._show_chart)
        if before is not None and asked.strip():
            self.question_given.emit(before.entry.row, asked)

    @Slot()
    def write_question(self) -> None:
        """Let the question be typed where it stands."""
        if self._case is None or not self._case.entry.row.is_open:
            return
        if not self.is_asking:
            self.entry.setText(self._case.entry.row.question)
        if self.entry.isHidden():
            self._way_back.remember()
        self._turn_question(is_typed=True)
        self.entry.setFocus()
        self.entry.selectAll()

    @Slot(str)
    def _give_question(self, words: str) -> None:
        self._turn_question(is_typed=False)
        self._way_back.take()
        if self._case is not None:
            self.question_given.emit(self._case.entry.row, words)

    @Slot()
    def _leave_question(self) -> None:
        self._turn_question(is_typed=False)
        self._way_back.take()

    def _turn_question(self, *, is_typed: bool) -> None:
        self.entry.setVisible(is_typed)
        self.entry_hint.setVisible(is_typed)
        self.question.setVisible(not is_typed)

    def _show_chart(self, chart: Chart) -> None:
        if self._case is None or chart.row.key != self._case.entry.row.key:
            return
        picture = score_picture(chart)
        self.chart.show_picture(picture)
        self.scores.show_picture(chart, picture)
        for part in self._read:
            part.show()
        for card in (self.safety, self.story, self.protected, self.medicines, self.contacts):
            card.show_chart(chart)
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
        for words in (case.entry.carried_words, case.left_out):
            if words:
                self._reasons.addWidget(Label(words, "due", wraps=True))

    def _show_question(self, question: str, *, may_ask: bool) -> None:
        self.question.setText(question or self.tr("No question yet"))
        self.question.set_role("" if question else "secondary")
        self.ask.setText(self.tr("Change") if question else self.tr("Ask a question"))
        self.ask.setVisible(may_ask)
        self.clear.setVisible(bool(question))

    def _build(self, *, steps: bool) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("role", "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(10)
        who, asked, trend = self._who(steps=steps), self._asked(), self._trend()
        known = (self.story, self.protected, trend)
        rest = (*known, self.medicines, self.scores, self.contacts)
        for card in (who, self.safety, asked, *rest):
            column.addWidget(card)
        column.addStretch(1)
        self.setWidget(inner)

    def _who(self, *, steps: bool) -> Card:
        """Say who it is; `steps` adds the way to the neighbors, where nothing else does."""
        back = IconButton(self.tr("Previous case (Alt+Up)"), "chevron-up")
        on = IconButton(self.tr("Next case (Alt+Down)"), "chevron-down")
        back.clicked.connect(lambda: self.step_wanted.emit(-1))
        on.clicked.connect(lambda: self.step_wanted.emit(1))
        open_chart = Button(self.tr("Open chart"))
        open_chart.clicked.connect(self.chart_wanted)
        card, top = Card(), QHBoxLayout()
        top.setSpacing(6)
        for each in (self.place, back, on):
            each.setVisible(steps)
            top.addWidget(each)
        if steps:
            top.addStretch(1)
            top.addWidget(open_chart)
            card.body.addLayout(top)
            card.body.addWidget(self.name)
        else:
            top.addWidget(self.name, 1)
            top.addWidget(open_chart)
            card.body.addLayout(top)
        card.body.addWidget(self.facts)
        self._reasons.setSpacing(4)
        card.body.addLayout(self._reasons)
        return card

    def _asked(self) -> Card:
        card, row, top = Card(), QHBoxLayout(), Qt.AlignmentFlag.AlignTop
        row.setSpacing(10)
        title = Label(self.tr("Question"), "strong")
        for label in (title, self.question):
            label.setContentsMargins(0, LINK_EDGE, 0, 0)
        row.addWidget(title, 0, top)
        row.addWidget(self.question, 1, top)
        row.addWidget(self.entry, 1)
        row.addWidget(self.ask, 0, top)
        row.addWidget(self.clear, 0, top)
        card.body.addLayout(row)
        card.body.addWidget(self.entry_hint)
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
