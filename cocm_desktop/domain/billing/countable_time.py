"""Which seconds of a month count, and why the others do not.

Source: billing rules of the codes: only signed clinical work of a counted role, within consent,
after a visit where one is needed, within the payer's coverage, and each second once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.billing.check import Check, CheckId
from cocm_desktop.domain.billing.choices import Performer
from cocm_desktop.domain.billing.evaluation_facts import (
    SECONDS_A_DAY,
    ConsentFacts,
    PatientMonth,
    TimeFacts,
)
from cocm_desktop.domain.billing.initiating_visit import InitiatingVisit
from cocm_desktop.domain.billing.rule_set import RuleSet
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.domain.wording import count_of, minutes_of

CARE_MANAGEMENT_CODES = frozenset(
    {"99490", "99439", "99487", "99489", "99491", "99437", "99424", "99425", "99426", "99427"}
)


class Dropped(Enum):
    """Why seconds do not count, in the order in which they are dropped."""

    OTHER_MONTH = "The work was done in another month."
    UNSIGNED = "The entry is not signed."
    ROLE = "Time in this role does not count for this payer."
    CLERICAL = "Clerical work does not count."
    BILLED_ELSEWHERE = "The time is billed as another service already."
    OUTSIDE_CONSENT = "No consent for this practitioner held on that day."
    AFTER_CLOSING = "The episode had been closed."
    BEFORE_VISIT = "The visit that has to come first had not taken place."
    AFTER_DEATH = "The patient had died."
    OUTSIDE_COVERAGE = "The payer did not cover the patient on that day."
    OVERLAP = "The same person's clock has this time in another entry already."
    MEETING_TWICE = "The payer counts a meeting of several once."


SECONDS_AN_HOUR = 3_600
_CHECKS = {
    Dropped.UNSIGNED: CheckId.W33,
    Dropped.ROLE: CheckId.W05,
    Dropped.CLERICAL: CheckId.W06,
    Dropped.OUTSIDE_CONSENT: CheckId.W03,
    Dropped.AFTER_CLOSING: CheckId.W26,
    Dropped.BEFORE_VISIT: CheckId.W29,
    Dropped.AFTER_DEATH: CheckId.W26,
    Dropped.OUTSIDE_COVERAGE: CheckId.W34,
    Dropped.OVERLAP: CheckId.W04,
    Dropped.MEETING_TWICE: CheckId.W04,
}


@dataclass(frozen=True, slots=True)
class DroppedTime:
    """Seconds of an entry that do not count."""

    id: str
    seconds: int
    reason: Dropped


@dataclass(frozen=True, slots=True)
class CountedTime:
    """Seconds of an entry that count."""

    id: str
    worked_on: date
    seconds: int


@dataclass(frozen=True, slots=True)
class CountableTime:
    """A month's time log, sorted."""

    counted: tuple[CountedTime, ...]
    dropped: tuple[DroppedTime, ...]

    @property
    def seconds(self) -> int:
        return sum(each.seconds for each in self.counted)

    @property
    def minutes(self) -> int:
        """Whole minutes: the seconds of the month summed, then floored once."""
        return minutes_of(self.seconds)

    def reached_on(self, minute: int) -> date | None:
        """Give the day on which so many whole minutes were reached; None if they were not."""
        total = 0
        for each in self.counted:
            total += each.seconds
            if minutes_of(total) >= minute:
                return each.worked_on
        return None


def sort_time(facts: PatientMonth, rules: RuleSet, *, visit: InitiatingVisit) -> CountableTime:
    """Tell the time that counts from the rest; the order of the entries does not matter."""
    whole, dropped = [], []
    for entry in sorted(facts.time, key=_in_order):
        reason = _why_not(entry, facts, rules, visit=visit)
        if reason:
            dropped.append(DroppedTime(entry.id, entry.seconds, reason))
        else:
            whole.append(entry)
    kept = {id(entry): entry.seconds for entry in whole}
    if rules.counts_meeting_once:
        dropped.extend(_meetings_told_twice(whole, kept))
    dropped.extend(_overlaps(whole, kept))
    counted = tuple(
        CountedTime(entry.id, entry.worked_on, kept[id(entry)])
        for entry in whole
        if kept[id(entry)]
    )
    return CountableTime(counted, tuple(each for each in dropped if each.seconds))


def checks_of(time: CountableTime, facts: PatientMonth) -> tuple[Check, ...]:
    """Say for each reason how much was left out."""
    seconds: defaultdict[Dropped, int] = defaultdict(int)
    for each in time.dropped:
        seconds[each.reason] += each.seconds
    checks = [
        Check(check, f"{_amount(seconds[reason])} left out: {reason.value}")
        for reason, check in _CHECKS.items()
        if seconds[reason]
    ]
    elsewhere = {entry.id: entry.billed_as for entry in facts.time}
    doubled = [each for each in time.dropped if each.reason is Dropped.BILLED_ELSEWHERE]
    if doubled:
        codes = ", ".join(sorted({elsewhere[each.id] for each in doubled}))
        amount = _amount(sum(each.seconds for each in doubled))
        checks.append(Check(CheckId.W24, f"{amount} left out: billed as {codes} already."))
    return tuple(checks)


def consents_of(facts: PatientMonth) -> tuple[ConsentFacts, ...]:
    """Give the consents that name the billing practitioner."""
    npi = facts.practitioner.npi
    return tuple(each for each in facts.consents if each.practitioner_npi == npi)


def holding_consents(facts: PatientMonth) -> tuple[ConsentFacts, ...]:
    """Give those that time may stand on: whole ones; where there is none, what there is.

    Billing rules 5, B01, do not say whether time under a consent with an empty box is told; it is,
    so that the month shows what it would come to, and B01 stops it.
    """
    named = consents_of(facts)
    return tuple(each for each in named if each.is_whole) or named


def holds_on(consent: ConsentFacts, day: date) -> bool:
    return consent.given_on <= day and (consent.withdrawn_on is None or day <= consent.withdrawn_on)


def has_died(facts: PatientMonth, day: date) -> bool:
    return facts.patient.died_on is not None and day > facts.patient.died_on


def is_covered(facts: PatientMonth, day: date) -> bool:
    """Whether the payer covers the patient on a day; nobody is covered after death."""
    if has_died(facts, day):
        return False
    spans = facts.payer.coverage
    return not spans or any(span.holds(day) for span in spans)


def _amount(seconds: int) -> str:
    minutes = minutes_of(seconds)
    return count_of(minutes, "minute") if minutes else count_of(seconds, "second")


def _in_order(entry: TimeFacts) -> tuple[date, int, int, str]:
    return (
        entry.worked_on,
        -1 if entry.starts_at is None else entry.starts_at,
        entry.seconds,
        entry.id,
    )


def _why_not(
    entry: TimeFacts, facts: PatientMonth, rules: RuleSet, *, visit: InitiatingVisit
) -> Dropped | None:
    day, consents = entry.worked_on, holding_consents(facts)
    reasons: tuple[tuple[Dropped, Callable[[], bool]], ...] = (
        (Dropped.OTHER_MONTH, lambda: not facts.month.contains(day)),
        (Dropped.UNSIGNED, lambda: not entry.is_signed),
        (Dropped.ROLE, lambda: not _is_counted_role(entry.role, facts, rules)),
        (Dropped.CLERICAL, lambda: entry.work is Activity.CLERICAL),
        (Dropped.BILLED_ELSEWHERE, lambda: bool(entry.billed_as)),
        (Dropped.OUTSIDE_CONSENT, lambda: not any(holds_on(each, day) for each in consents)),
        (Dropped.AFTER_CLOSING, lambda: _is_closed(facts, day)),
        (Dropped.BEFORE_VISIT, lambda: visit.is_missing_on(day)),
        (Dropped.AFTER_DEATH, lambda: has_died(facts, day)),
        (Dropped.OUTSIDE_COVERAGE, lambda: not is_covered(facts, day)),
    )
    return next((reason for reason, holds in reasons if holds()), None)


def _is_counted_role(role: Performer, facts: PatientMonth, rules: RuleSet) -> bool:
    by_practice = role is Performer.TREATING_PRACTITIONER and facts.choices.counts_practitioner
    return role in rules.roles or by_practice


def _is_closed(facts: PatientMonth, day: date) -> bool:
    return facts.episode.ended_on is not None and day > facts.episode.ended_on


def _meetings_told_twice(
    entries: Iterable[TimeFacts], kept: dict[int, int]
) -> Iterable[DroppedTime]:
    """Keep the longest entry of each meeting."""
    meetings: defaultdict[tuple[date, str], list[TimeFacts]] = defaultdict(list)
    for entry in entries:
        if entry.meeting:
            meetings[entry.worked_on, entry.meeting].append(entry)
    for together in meetings.values():
        for entry in sorted(together, key=lambda each: (-each.seconds, each.id))[1:]:
            kept[id(entry)] = 0
            yield DroppedTime(entry.id, entry.seconds, Dropped.MEETING_TWICE)


def _overlaps(entries: Sequence[TimeFacts], kept: dict[int, int]) -> Iterable[DroppedTime]:
    """Take away from each entry what an earlier one of the same clock has, or another patient's.

    A clock is a person's, and runs past midnight; where nobody is named, there is one a role.
    What begins after 86,400 seconds tells a day on which the clocks were set back: it is longer.
    """
    long_days = {e.worked_on for e in entries if (e.starts_at or 0) >= SECONDS_A_DAY}
    ends: defaultdict[tuple[str, str], int] = defaultdict(int)
    for entry in entries:
        if not kept[id(entry)]:
            continue
        twice = entry.overlap_elsewhere_seconds
        if entry.starts_at is not None:
            clock = (entry.performer, "" if entry.performer else entry.role.name)
            hours = sum(day < entry.worked_on for day in long_days)
            begun = entry.worked_on.toordinal() * SECONDS_A_DAY + entry.starts_at
            begun += hours * SECONDS_AN_HOUR
            twice += max(0, min(ends[clock] - begun, entry.seconds))
            ends[clock] = max(ends[clock], begun + entry.seconds)
        twice = min(twice, entry.seconds)
        if twice:
            kept[id(entry)] -= twice
            yield DroppedTime(entry.id, twice, Dropped.OVERLAP)
