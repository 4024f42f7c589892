"""One patient's month: the time that counts, and why the rest does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.billing.billing_settings import AS_SHIPPED, BillingSettings
from cocm_desktop.domain.billing.rules import MonthKind, month_kind
from cocm_desktop.domain.diagnosis import Diagnosis
from cocm_desktop.domain.episode import Episode
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.time_entry import (
    COUNTABLE_ACTIVITIES,
    COUNTABLE_ROLES,
    TimeEntry,
)
from cocm_desktop.domain.time_overlap import overlapping
from cocm_desktop.domain.wording import minutes_of


class NotCounted(Enum):
    """Why time does not count, in words."""

    CLERICAL = "Clerical work does not count."
    ROLE = "Only the care manager's time counts."
    BEFORE_CONSENT = "Before the patient's consent."
    AFTER_CLOSING = "After the episode closed."


@dataclass(frozen=True, slots=True)
class CountedTime:
    """A month's time, sorted into what counts and what does not."""

    counted: tuple[TimeEntry, ...]
    left_out: tuple[tuple[TimeEntry, NotCounted], ...]

    @property
    def minutes(self) -> int:
        """Whole minutes of the month: the seconds summed, then floored once."""
        return minutes_of(sum(entry.seconds for entry in self.counted))

    @property
    def minutes_left_out(self) -> dict[NotCounted, int]:
        """Whole minutes that do not count, by reason, in the order of the reasons."""
        seconds = {
            reason: sum(entry.seconds for entry, why in self.left_out if why is reason)
            for reason in NotCounted
        }
        return {reason: minutes_of(added) for reason, added in seconds.items() if added}

    @property
    def days_with_overlap(self) -> tuple[date, ...]:
        """Days on which counted time of one person is on the clock twice: a person must decide."""
        days = (e.worked_on for e in self.counted if overlapping(e, self.counted))
        return tuple(sorted(set(days)))


@dataclass(frozen=True, slots=True)
class EpisodeSpan:
    """The days of an episode on which time may count: from consent to closing, both included."""

    episode_id: EpisodeId
    consented_on: date | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """Everything one patient's month needs to be evaluated.

    `episode` is the one billed for. A month in which a patient was closed and enrolled again is
    still one month: `other_spans` are the other episodes its time may belong to.
    `code_problems` say which codes of the diagnoses cannot be billed in it, and why.
    """

    practice: Practice
    patient: Patient
    episode: Episode
    consented_on: date | None
    treating_practitioner: StaffMember | None
    care_manager: StaffMember
    diagnoses: tuple[Diagnosis, ...]
    month: ServiceMonth
    time: tuple[TimeEntry, ...]
    earlier_service: tuple[ServiceMonth, ...]
    other_spans: tuple[EpisodeSpan, ...] = ()
    code_problems: tuple[str, ...] = ()
    settings: BillingSettings = AS_SHIPPED

    def span_of(self, entry: TimeEntry) -> EpisodeSpan:
        """Give the span of the episode an entry was recorded for."""
        own = EpisodeSpan(self.episode.id, self.consented_on, self.episode.closed_on)
        spans = {span.episode_id: span for span in (*self.other_spans, own)}
        return spans[entry.episode_id]

    @property
    def kind(self) -> MonthKind:
        return month_kind(self.earlier_service, self.month)


def sort_time(facts: MonthFacts) -> CountedTime:
    """Tell the month's countable time from the rest, each entry with its reason."""
    counted, left_out = [], []
    for entry in facts.time:
        if not facts.month.contains(entry.worked_on):
            continue
        if reason := _why_not(entry, facts):
            left_out.append((entry, reason))
        else:
            counted.append(entry)
    return CountedTime(tuple(counted), tuple(left_out))


def _why_not(entry: TimeEntry, facts: MonthFacts) -> NotCounted | None:
    if entry.role not in COUNTABLE_ROLES:
        return NotCounted.ROLE
    if entry.activity not in COUNTABLE_ACTIVITIES:
        return NotCounted.CLERICAL
    span = facts.span_of(entry)
    if span.consented_on is None or entry.worked_on < span.consented_on:
        return NotCounted.BEFORE_CONSENT
    if span.closed_on and entry.worked_on > span.closed_on:
        return NotCounted.AFTER_CLOSING
    return None
