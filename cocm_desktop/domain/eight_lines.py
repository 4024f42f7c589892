"""A patient's history in eight lines, as the consultant hears it before giving advice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cocm_desktop.domain.allergies import NOT_RECORDED as NO_ALLERGIES
from cocm_desktop.domain.background import HistoryNote
from cocm_desktop.domain.case_review import CaseReview, Recommendation
from cocm_desktop.domain.contact import ContactOutcome
from cocm_desktop.domain.diagnosis import DiagnosisStatus
from cocm_desktop.domain.follow_through import follow_through
from cocm_desktop.domain.intervention import sessions_by_kind
from cocm_desktop.domain.medication import Medication, PastTrial
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.score_picture import course_words, day_words
from cocm_desktop.domain.wording import count_of, days_ago

LONGEST_LINE = 190
CUT = "…"
NONE_RECORDED = "None recorded"
RECENT_CONTACTS_DAYS = 60


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One of the eight lines. `is_blank` where nothing is recorded."""

    title: str
    whole: str
    is_blank: bool = False

    @property
    def words(self) -> str:
        """The line in the length that can be read at a glance; the whole is in the chart."""
        if len(self.whole) <= LONGEST_LINE:
            return self.whole
        head, space, _ = self.whole[:LONGEST_LINE].rpartition(" ")
        return f"{head if space else self.whole[:LONGEST_LINE]}{CUT}"


def eight_lines(chart: Chart) -> tuple[HistoryLine, ...]:
    """Give the eight lines, always in the same order, also where nothing is recorded."""
    parts = (
        ("Course", _course(chart)),
        ("Medication", _medication(chart)),
        ("Trials", _trials(chart)),
        ("Therapy", _therapy(chart)),
        ("Contacts", _contacts(chart)),
        ("History", _history(chart)),
        ("Last review", _last_review(chart)),
        ("Open", _open(chart)),
    )
    return tuple(_line(title, words) for title, words in parts)


def _line(title: str, parts: Iterable[str]) -> HistoryLine:
    said = [" ".join(part.split()) for part in parts]
    whole = " · ".join(filter(None, said))
    return HistoryLine(title, whole or NONE_RECORDED, is_blank=not whole)


def _course(chart: Chart) -> Iterator[str]:
    row = chart.row
    if row.primary.last:
        yield f"{row.primary_instrument.id} {course_words(row.primary, today=row.today)}"
    if chart.phases:
        last = chart.phases[-1]
        day = day_words(last.changed_on, today=row.today)
        yield f"{last.to_status.value.lower()} since {day}"


def _medication(chart: Chart) -> Iterator[str]:
    today = chart.row.today
    for each in chart.current_medications:
        weeks = count_of(each.weeks_at_dose(today), "week")
        taken = f", {each.intake.words}" if each.intake and each.intake.words else ""
        yield f"{each.name} {each.dose.words}, {weeks}{taken}"
    if chart.facts.allergies != NO_ALLERGIES:
        yield f"allergies: {chart.facts.allergies}"
    for note in chart.facts.history:
        if note.kind.goes_with_medication:
            yield _noted(note)


def _noted(note: HistoryNote) -> str:
    return f"{note.kind.value}: {note.words}"


def _trials(chart: Chart) -> Iterator[str]:
    stopped = sorted(chart.stopped_medications, key=lambda each: str(each.stopped_on), reverse=True)
    yield from map(_stopped, stopped)
    yield from map(_tried, chart.facts.past_trials)


def _stopped(medicine: Medication) -> str:
    facts = (medicine.response, medicine.stop_reason)
    return _with_facts(f"{medicine.name} {medicine.dose.dose}", facts)


def _tried(trial: PastTrial) -> str:
    name = f"{trial.name} {trial.highest_dose}".strip()
    return _with_facts(name, (trial.taken, trial.response, trial.stop_reason))


def _with_facts(name: str, facts: Iterable[str]) -> str:
    return ", ".join(filter(None, (name, *facts)))


def _therapy(chart: Chart) -> Iterator[str]:
    sessions = chart.facts.interventions
    for kind, count in sessions_by_kind(sessions).items():
        yield f"{kind.value} {count}"
    if sessions:
        yield f"last {day_words(sessions[-1].given_on, today=chart.row.today)}"
        if sessions[-1].homework:
            yield f"homework: {sessions[-1].homework}"
    for goal in chart.facts.open_goals:
        yield f"goal: {goal.words}"


def _contacts(chart: Chart) -> Iterator[str]:
    today = chart.row.today
    made = [each.contact for each in chart.contacts]
    reached = [each for each in made if each.is_clinical]
    if not made:
        return
    recent = Counter(
        each.outcome for each in made if (today - each.made_on).days < RECENT_CONTACTS_DAYS
    )
    yield f"{sum(recent.values())} in {RECENT_CONTACTS_DAYS} days"
    for outcome in (ContactOutcome.NO_SHOW, ContactOutcome.NO_ANSWER):
        if recent[outcome]:
            yield f"{recent[outcome]} {outcome.value.lower()}"
    if reached:
        last = reached[-1]
        ago = days_ago(last.made_on, today)
        yield f"last reached {day_words(last.made_on, today=today)}, {ago}"
        yield last.note
    else:
        yield "not reached so far"


def _history(chart: Chart) -> Iterator[str]:
    """Tell the past, without what is read beside the medicines."""
    for note in chart.facts.history:
        if not note.kind.goes_with_medication:
            yield _noted(note)
    for each in chart.diagnoses:
        yield f"{each.code} {each.title}".strip()
    for listed in chart.facts.settled_diagnoses:
        if listed.status is DiagnosisStatus.RULED_OUT:
            yield f"ruled out: {listed.diagnosis.title or listed.diagnosis.code}"
    for screen in chart.facts.screens:
        yield screen.words


def _last_review(chart: Chart) -> Iterator[str]:
    """Say what the last review recommended, and what came of each."""
    followed = follow_through(chart)
    if followed is None:
        return
    last = [review for review in chart.reviews if review.counts][-1]
    yield followed.about
    for each in followed.followed[: len(last.recommendations)]:
        yield f"{each.words.rstrip('.')}: {each.outcome}"


def _open(chart: Chart) -> Iterator[str]:
    """Name what nobody has answered yet: the question, safety, and advice without an end."""
    row = chart.row
    if row.question:
        yield row.question
    if row.has_safety_open:
        yield "a safety task is open"
    for review, asked in _unsettled(chart):
        day = day_words(review.reviewed_on, today=row.today)
        yield f"{day}: {asked.words.rstrip('.')} ({asked.status.value.lower()})"
    if row.primary.is_stale_on(row.today) and row.primary.last:
        age = (row.today - row.primary.last.taken_on).days
        yield f"no {row.primary_instrument.id} for {count_of(age, 'day')}"


def _unsettled(chart: Chart) -> Iterator[tuple[CaseReview, Recommendation]]:
    for review in reversed(chart.reviews):
        for asked in review.recommendations:
            if asked.awaits_action:
                yield review, asked
