"""The cards of a chart's summary: what is next, minutes, last contacts, the episode."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.actions.chart_page import ChartPage
from cocm_desktop.domain.due import closing_proposal
from cocm_desktop.domain.follow_up import (
    Due,
    NextDue,
    Urgency,
    contact_due_on,
    measure_due_on,
)
from cocm_desktop.domain.review_packet import Chart, ContactWithMinutes
from cocm_desktop.domain.score_picture import day_words
from cocm_desktop.domain.wording import NOT_RECORDED, days_ago, long_date
from cocm_desktop.ui.widgets.bar import Bar
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.labels import Card, ElidingLabel, Label, Line

ROLES = {Urgency.OVERDUE: "overdue", Urgency.TODAY: "due", Urgency.LATER: ""}
LAST_CONTACTS = 4


class Facts(QGridLayout):
    """Labels to the left, values to the right, wrapping where they are long."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(14)
        self.setVerticalSpacing(5)
        self.setColumnStretch(1, 1)

    def show_facts(self, facts: Iterator[tuple[str, str, str]]) -> None:
        """Show label, value and the value's role in place of what was shown."""
        empty(self)
        for number, (label, value, role) in enumerate(facts):
            self.addWidget(Label(label, "secondary"), number, 0, Qt.AlignmentFlag.AlignTop)
            self.addWidget(Label(value, role, wraps=True), number, 1)


class NextCard(Card):
    """What is due, why the patient comes to the review, and what the consultant is asked."""

    question_wanted = Signal()
    why_wanted = Signal()
    closing_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._facts = Facts()
        self.question = Label("", wraps=True)
        self.ask = LinkButton(self.tr("Ask a question"))
        self.why = LinkButton(self.tr("Why is this here?"))
        self.proposal = Label("", wraps=True)
        self.close_episode = LinkButton(self.tr("Close…"))
        self._proposed = QWidget()
        proposed = QHBoxLayout(self._proposed)
        proposed.setContentsMargins(0, 0, 0, 0)
        proposed.addWidget(self.proposal, 1)
        proposed.addWidget(self.close_episode, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(_headed(Label(self.tr("Next"), "strong"), self.why))
        self.body.addLayout(self._facts)
        self.body.addWidget(self._proposed)
        self.body.addWidget(Line())
        self.body.addLayout(_headed(Label(self.tr("For the consultant"), "secondary"), self.ask))
        self.body.addWidget(self.question)
        self.body.addStretch(1)

        self.ask.clicked.connect(self.question_wanted)
        self.why.clicked.connect(self.why_wanted)
        self.close_episode.clicked.connect(self.closing_wanted)

    def show_page(self, page: ChartPage) -> None:
        row = page.chart.row
        self._facts.show_facts(self._due(page))
        self.question.setText(row.question)
        self.question.setVisible(bool(row.question))
        self.ask.setText(self.tr("Change") if row.question else self.tr("Ask a question"))
        self.ask.setVisible(row.is_open)
        proposal = closing_proposal(row)
        self._proposed.setVisible(proposal is not None)
        if proposal is not None:
            self.proposal.setText(proposal.words)

    def _due(self, page: ChartPage) -> Iterator[tuple[str, str, str]]:
        row = page.chart.row
        yield self._due_line(self.tr("Contact due"), contact_due_on(row.follow_up), page)
        yield self._due_line(self.tr("Measure due"), measure_due_on(row.follow_up), page)
        if row.last_contact_on:
            ago = days_ago(row.last_contact_on, row.today)
            on = day_words(row.last_contact_on, today=row.today)
            yield self.tr("Last reached"), f"{on} · {ago}", ""
        else:
            yield self.tr("Last reached"), self.tr("Not yet"), ""
        because = "\n".join(reason.words for reason in page.reasons)
        yield self.tr("Case review"), because or self.tr("No rule applies"), ""

    def _due_line(self, label: str, on: date | None, page: ChartPage) -> tuple[str, str, str]:
        if on is None:
            return label, self.tr("Nothing planned"), "secondary"
        today = page.chart.row.today
        due = NextDue(on, Due.CONTACT)
        urgency, day = due.urgency(today), day_words(on, today=today)
        words = day if urgency is Urgency.LATER else f"{due.words(today)}, {day}"
        return label, words, ROLES[urgency]


class MinutesCard(Card):
    """Counted minutes of the month, the code they reach, and what does not count."""

    time_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.heading = Label("", "strong")
        self.number = Label("", "number")
        self.words = Label("", "secondary", wraps=True)
        self.bar = Bar()
        self.left_out = Label("", "secondary", wraps=True)
        self.record = LinkButton(self.tr("Record time"))
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.number)
        top.addWidget(self.words, 1)
        self.body.addLayout(_headed(self.heading, self.record))
        self.body.addLayout(top)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.left_out)
        self.body.addStretch(1)

        self.record.clicked.connect(self.time_wanted)

    def show_page(self, page: ChartPage) -> None:
        month = page.month
        self.heading.setText(self.tr("Minutes in %1").replace("%1", str(month.month)))
        self.number.setText(str(month.counted))
        said = (self.tr("counted"), month.reached_words, month.next_words)
        self.words.setText(" · ".join(words for words in said if words))
        ink = "success" if month.reached else "primary"
        self.bar.show_fraction(month.share, ink=ink)
        self.left_out.setText("\n".join(each.words for each in month.left_out))
        self.left_out.setVisible(bool(month.left_out))
        self.record.setVisible(page.chart.row.is_open)


class ContactsCard(Card):
    """The last few contacts, newest first."""

    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.all = LinkButton(self.tr("All contacts"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.body.addLayout(_headed(Label(self.tr("Last contacts"), "strong"), self.all))
        self.body.addLayout(self._lines)
        self.body.addStretch(1)

        self.all.clicked.connect(self.all_wanted)

    def show_chart(self, chart: Chart) -> None:
        empty(self._lines)
        self.all.setVisible(bool(chart.contacts))
        for each in reversed(chart.contacts[-LAST_CONTACTS:]):
            self._lines.addWidget(self._line(each, chart.row.today))
        if not chart.contacts:
            self._lines.addWidget(Label(self.tr("No contact recorded yet"), "secondary"))

    def _line(self, made: ContactWithMinutes, today: date) -> QWidget:
        contact = made.contact
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(day_words(contact.made_on, today=today), "strong"))
        kind = f"{contact.kind.value}, {contact.outcome.value.lower()}"
        head.addWidget(Label(kind))
        minutes = self.tr("%n min", "", made.minutes) if made.minutes else ""
        told = " · ".join(filter(None, (minutes, made.staff_name)))
        head.addWidget(ElidingLabel(told, "secondary"), 1)
        column.addLayout(head)
        if contact.note:
            note = ElidingLabel(" ".join(contact.note.split()), "secondary")
            note.setToolTip(contact.note)
            column.addWidget(note)
        return holder


class EpisodeCard(Card):
    """Diagnosis, consent, who cares and who treats, and how to reach the patient."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.body.addWidget(Label(self.tr("Episode"), "strong"))
        self._facts = Facts()
        self.body.addLayout(self._facts)
        self.body.addStretch(1)

    def show_chart(self, chart: Chart) -> None:
        self._facts.show_facts(self._about(chart))

    def _about(self, chart: Chart) -> Iterator[tuple[str, str, str]]:
        episode, consent = chart.episode, chart.consent
        named = [f"{each.code} {each.title}".strip() for each in chart.diagnoses]
        yield self.tr("Diagnosis"), "\n".join(named) or NOT_RECORDED, ""
        if consent:
            given = f"{long_date(consent.given_on)} · {consent.method.value.lower()}"
            yield self.tr("Consent"), given, ""
        if episode:
            started = long_date(episode.enrolled_on) if episode.enrolled_on else self.tr("Not yet")
            yield self.tr("Assessed"), started, ""
            if episode.closed_on and episode.close_reason:
                closed = f"{long_date(episode.closed_on)} · {episode.close_reason.value}"
                yield self.tr("Closed"), closed, ""
        if chart.care_manager:
            yield self.tr("Care manager"), chart.care_manager.title, ""
        yield self.tr("Phone"), chart.patient.reach.phone or NOT_RECORDED, ""
        yield self.tr("Payer"), chart.patient.coverage.payer or NOT_RECORDED, ""


def _headed(heading: QWidget, link: QWidget) -> QHBoxLayout:
    """Put a heading and, at the right, what can be done about it."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(heading, 1)
    row.addWidget(link)
    return row
