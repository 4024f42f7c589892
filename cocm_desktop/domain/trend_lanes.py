"""What happened beside the scores of a chart: medicines, contacts, reviews, phases, item 9."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import zip_longest
from operator import attrgetter

from cocm_desktop.domain.contact import Contact
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.medication import Medication
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.trend import Clock


class LaneName(Enum):
    ITEM9 = "Item 9 above 0"
    MEDICATION = "Medication"
    CONTACTS = "Contacts"
    REVIEWS = "Reviews"
    PHASES = "Phase"


class MarkKind(Enum):
    """What a mark tells, and by its shape too: colour alone never does."""

    ITEM9 = "item 9"
    STARTED = "started"
    CHANGED = "dose changed"
    STOPPED = "stopped"
    REACHED = "reached"
    ATTEMPTED = "not reached"
    REVIEW = "case review"
    NO_REVIEW = "no recommendation"
    PHASE = "phase"


@dataclass(frozen=True, slots=True)
class Mark:
    """`short` stands beside the mark where there is room, `words` say it in full."""

    day: date
    kind: MarkKind
    words: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    first_day: date
    last_day: date
    name: str


@dataclass(frozen=True, slots=True)
class Lane:
    name: LaneName
    marks: tuple[Mark, ...]
    spans: tuple[PhaseSpan, ...] = ()

    @property
    def words(self) -> str:
        return self.name.value

    @property
    def has_words(self) -> bool:
        """Whether words stand in the lane, which no line may cross."""
        return self.name in {LaneName.MEDICATION, LaneName.PHASES}


def lanes_of(chart: Chart, clock: Clock) -> tuple[Lane, ...]:
    """Give the lanes that hold something within the time shown, in the order of a chart."""
    contacts = (each.contact for each in chart.contacts)
    lanes = (
        item9_lane(chart.row.phq9.scores, clock),
        _lane(LaneName.MEDICATION, _medication_marks(chart.medications), clock),
        _lane(LaneName.CONTACTS, map(_contact_mark, contacts), clock),
        _lane(LaneName.REVIEWS, _review_marks(chart), clock),
        _phase_lane(chart, clock),
    )
    return tuple(lane for lane in lanes if lane.marks or lane.spans)


def item9_lane(scores: Iterable[Score], clock: Clock) -> Lane:
    marks = (
        Mark(
            score.taken_on, MarkKind.ITEM9, f"item 9 answered {score.critical}", str(score.critical)
        )
        for score in scores
        if score.critical
    )
    return _lane(LaneName.ITEM9, marks, clock)


def _lane(name: LaneName, marks: Iterable[Mark], clock: Clock) -> Lane:
    shown = [mark for mark in marks if clock.holds(mark.day)]
    return Lane(name, tuple(sorted(shown, key=attrgetter("day"))))


def _medication_marks(medications: Iterable[Medication]) -> Iterator[Mark]:
    """Mark what the team titrates; what else is taken would crowd it out.

    Beside a second medicine each dose has its name: a dose alone reads as of the mark before it.
    """
    titrated = [medicine for medicine in medications if medicine.is_psychotropic]
    for medicine in titrated:
        first, *changes = medicine.doses
        started = f"{medicine.name} started, {first.dose}"
        yield Mark(first.since, MarkKind.STARTED, started, f"{medicine.name} {first.dose}")
        for dose in changes:
            changed = f"{medicine.name} changed to {dose.dose}"
            short = dose.dose if len(titrated) == 1 else f"{medicine.name} {dose.dose}"
            yield Mark(dose.since, MarkKind.CHANGED, changed, short)
        if medicine.stopped_on:
            because = f": {medicine.stop_reason}" if medicine.stop_reason else ""
            stopped = f"{medicine.name} stopped"
            yield Mark(medicine.stopped_on, MarkKind.STOPPED, f"{stopped}{because}", stopped)


def _contact_mark(contact: Contact) -> Mark:
    kind = MarkKind.REACHED if contact.is_clinical else MarkKind.ATTEMPTED
    words = f"{contact.kind.value.lower()} contact, {contact.outcome.value.lower()}"
    return Mark(contact.made_on, kind, words)


def _review_marks(chart: Chart) -> Iterator[Mark]:
    for review in chart.reviews:
        kind = MarkKind.REVIEW if review.counts else MarkKind.NO_REVIEW
        words = "case review" if review.counts else "case review without a recommendation"
        yield Mark(review.reviewed_on, kind, words)


def _phase_lane(chart: Chart, clock: Clock) -> Lane:
    """Show each phase as far as it reached; a closed episode ends the last one."""
    phases = sorted(chart.phases, key=attrgetter("changed_on"))
    until = min(chart.row.closed_on or chart.row.today, clock.last_day)
    spans, marks = [], []
    for phase, following in zip_longest(phases, phases[1:]):
        last = following.changed_on if following else until
        name = phase.to_status.value
        if clock.holds(phase.changed_on):
            marks.append(Mark(phase.changed_on, MarkKind.PHASE, f"phase: {name.lower()}"))
        first = max(phase.changed_on, clock.first_day)
        if phase.to_status is not EpisodeStatus.CLOSED and first < last:
            spans.append(PhaseSpan(first, last, name))
    return Lane(LaneName.PHASES, tuple(marks), tuple(spans))
