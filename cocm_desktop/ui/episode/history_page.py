"""The chart's tab of episodes: dates, phases, people, target and pace; earlier ones in full."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from cocm_desktop.actions.episode_history import EpisodeHistory, EpisodeRecord, read_episodes
from cocm_desktop.domain.episode_phase import Phase
from cocm_desktop.domain.follow_up import interval_words
from cocm_desktop.domain.wording import (
    NOT_RECORDED,
    NOTHING,
    count_of,
    long_date,
    minutes_of,
    short_date,
)
from cocm_desktop.ui.chart.cards import Facts
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.record_text import record_lines
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.form import Page
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

MOST_PHASES = 8


class EpisodesPage(Page):
    """The latest episode first. What an earlier one held is read here, never changed."""

    follow_up_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._patient_id = ""
        self.cards: list[EpisodeRecordCard] = []
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        self.body.addLayout(self._cards)
        self.body.addStretch(1)

    def show_patient(self, patient_id: str) -> None:
        """Read and show the episodes of a patient; of the one before nothing stays in sight."""
        if patient_id != self._patient_id:
            self._clear()
        self._patient_id = patient_id
        self._desk.read(partial(read_episodes, patient_id=patient_id), self._show)

    def _show(self, history: EpisodeHistory) -> None:
        if any(each.episode.patient_id != self._patient_id for each in history.records):
            return
        self._clear()
        number = len(history.records)
        for record in history.records:
            card = EpisodeRecordCard(record, history, number=number)
            card.follow_up_wanted.connect(self.follow_up_wanted)
            self.cards.append(card)
            self._cards.addWidget(card)
            number -= 1

    def _clear(self) -> None:
        self.cards = []
        empty(self._cards)


class EpisodeRecordCard(Card):
    """One episode: what is dated, who is who, how it went on, how it stands or ended."""

    follow_up_wanted = Signal()

    def __init__(self, record: EpisodeRecord, history: EpisodeHistory, *, number: int) -> None:
        super().__init__()
        self._record = record
        self._names = history.staff_names
        self._settings = history.settings
        episode = record.episode
        title = self.tr("Episode %1 · %2").replace("%1", str(number))
        self.title = Label(title.replace("%2", episode.status.value), "strong")
        self.pace = LinkButton(self.tr("Target and pace"))
        if episode.closed_on is not None:
            self.pace.hide()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.pace)
        facts = Facts()
        facts.show_facts(self._facts())
        self.phases = self._phase_table()
        self.body.addLayout(head)
        self.body.addLayout(facts)
        self.body.addWidget(Label(self.tr("Phases"), "secondary"))
        self.body.addWidget(self.phases)
        if episode.closed_on is not None:
            self.body.addLayout(self._everything())

        self.pace.clicked.connect(self.follow_up_wanted)

    def _facts(self) -> Iterator[tuple[str, str, str]]:
        record, episode = self._record, self._record.episode
        yield self.tr("Referred"), _day(episode.referred_on), ""
        consent = record.consent
        given = f"{long_date(consent.given_on)} · {consent.method.value}" if consent else None
        yield self.tr("Consent"), given or NOT_RECORDED, ""
        yield self.tr("Enrolled"), _day(episode.enrolled_on), ""
        if episode.closed_on and episode.close_reason:
            closed = f"{long_date(episode.closed_on)} · {episode.close_reason.value}"
            note = f"\n{episode.close_note}" if episode.close_note else ""
            yield self.tr("Closed"), closed + note, ""
        yield self.tr("Care manager"), self._names[episode.care_manager_id], ""
        treating = episode.treating_practitioner_id
        yield self.tr("Practitioner"), self._names[treating] if treating else NOT_RECORDED, ""
        yield self.tr("Primary scale"), str(episode.primary_instrument_id), ""
        yield self.tr("Target"), self._record.target_words(self._settings), ""
        yield self.tr("Contacts"), interval_words(episode.interval_weeks), ""
        yield self.tr("Scores"), self._scores(), ""
        yield self.tr("Outcome"), "\n".join(each.words for each in record.verdicts), ""

    def _scores(self) -> str:
        course = self._record.course
        if course.baseline is None:
            return self.tr("No baseline")
        first = f"{course.baseline.total} ({long_date(course.baseline.taken_on)})"
        if not course.follow_ups:
            return self.tr("Baseline %1, no score after it").replace("%1", first)
        last = course.follow_ups[-1]
        words = self.tr("Baseline %1, last %2, %3").replace("%1", first)
        words = words.replace("%2", f"{last.total} ({long_date(last.taken_on)})")
        return words.replace("%3", course.change_words)

    def _phase_table(self) -> Table:
        table = Table(self.tr("Phases"))
        columns: list[Column[Phase]] = [
            Column(self.tr("Since"), lambda each: each.changed_on, short_date, width=104),
            Column(self.tr("From"), self._from, width=150),
            Column(self.tr("To"), lambda each: each.to_status.value, width=150),
            Column(self.tr("Reason"), lambda each: each.reason, width=0),
        ]
        model: RowsModel[Phase] = RowsModel(columns, table)
        model.show_rows(self._record.phases)
        table.set_rows_model(model, most_rows=MOST_PHASES)
        return table

    @staticmethod
    def _from(phase: Phase) -> str:
        return phase.from_status.value if phase.from_status else NOTHING

    def _everything(self) -> QLayout:
        """Offer all that was recorded in an episode that is over, as text."""
        record = self._record
        column = QVBoxLayout()
        counts = (
            count_of(len(record.contacts), "contact"),
            count_of(len(record.measures), "measure"),
            count_of(len(record.reviews), "review"),
            count_of(minutes_of(record.seconds), "minute"),
        )
        self.show_all = LinkButton(self.tr("Show all of it"))
        self.all = Label("\n".join(record_lines(record, self._names)), wraps=True)
        self.all.hide()
        line = QHBoxLayout()
        line.addWidget(Label(" · ".join(counts), "secondary"), 1)
        line.addWidget(self.show_all)
        column.addLayout(line)
        column.addWidget(self.all)
        self.show_all.clicked.connect(self._turn)
        return column

    @Slot()
    def _turn(self) -> None:
        is_shown = self.all.isHidden()
        self.all.setVisible(is_shown)
        self.show_all.setText(self.tr("Show less") if is_shown else self.tr("Show all of it"))


def _day(day: date | None) -> str:
    return long_date(day) if day else NOT_RECORDED
