"""When the next contact and the next measure are due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from cocm_desktop.domain.clinical_settings import DEFAULT_SETTINGS, ClinicalSettings
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.wording import count_of, long_date, month_day

# A filter of the registry, not a rule: the rules' thresholds are the practice's settings.
NO_CONTACT_DAYS = 14
# Source: clinical rules 2.3: every patient may have an interval of their own.
INTERVALS = (1, 2, 3, 4, 6, 8)
AS_NEEDED = 0
# From here on a month and a day without the year could be read as those of another year.
FAR_AHEAD_DAYS = 180


class Due(Enum):
    CONTACT = "Contact"
    MEASURE = "Measure"


class Urgency(Enum):
    """How a due date stands to today."""

    OVERDUE = "Overdue"
    TODAY = "Today"
    LATER = "Later"


@dataclass(frozen=True, slots=True)
class NextDue:
    """`instrument` is the scale that is due, where a measure is."""

    on: date
    what: Due
    instrument: str = ""

    @property
    def title(self) -> str:
        """What is due: Contact, or the name of the scale."""
        return self.instrument or self.what.value

    def __lt__(self, other: NextDue) -> bool:
        return (self.on, self.what.name) < (other.on, other.what.name)

    def days_over(self, today: date) -> int:
        """Days past due; zero on the day and before it."""
        return max(0, (today - self.on).days)

    def urgency(self, today: date) -> Urgency:
        if self.on == today:
            return Urgency.TODAY
        return Urgency.OVERDUE if self.on < today else Urgency.LATER

    def words(self, today: date) -> str:
        days = (today - self.on).days
        if days > 0:
            return f"Overdue {days} d"
        if days == 0:
            return "Today"
        return month_day(self.on) if days > -FAR_AHEAD_DAYS else long_date(self.on)


@dataclass(frozen=True, slots=True)
class FollowUpFacts:
    """What the rules need to know of an episode.

    `interval_weeks` is the patient's own: None is the practice's pace, 0 as needed.
    """

    status: EpisodeStatus
    enrolled_on: date | None
    consented_on: date | None
    last_contact_on: date | None
    planned_on: date | None
    last_measure_on: date | None
    is_at_target: bool
    interval_weeks: int | None = None
    instrument: str = ""
    settings: ClinicalSettings = DEFAULT_SETTINGS

    @property
    def is_followed(self) -> bool:
        return self.status.is_open and self.status is not EpisodeStatus.ON_HOLD

    @property
    def started_on(self) -> date | None:
        return self.enrolled_on or self.consented_on


@dataclass(frozen=True, slots=True)
class ContactDue:
    """When the next contact is due, and from what that follows."""

    on: date
    because: str


def contact_due(facts: FollowUpFacts) -> ContactDue | None:
    """Give the date planned at a contact, or else the interval after the last one.

    None while nothing is expected: on hold, closed, as needed, or no start dated.
    """
    if not facts.is_followed:
        return None
    last_on = facts.last_contact_on
    if facts.planned_on and (last_on is None or facts.planned_on > last_on):
        return ContactDue(facts.planned_on, f"Planned for {long_date(facts.planned_on)}")
    if facts.interval_weeks == AS_NEEDED or facts.started_on is None:
        return None
    if last_on is None:
        days = facts.settings.first_contact_days
        because = f"Not reached since the start on {long_date(facts.started_on)}"
        return ContactDue(facts.started_on + timedelta(days=days), because)
    weeks, why = interval(facts, last_on)
    because = f"Last reached {long_date(last_on)}; every {count_of(weeks, 'week')}, {why}"
    return ContactDue(last_on + timedelta(weeks=weeks), because)


def contact_due_on(facts: FollowUpFacts) -> date | None:
    due = contact_due(facts)
    return due.on if due else None


def measure_due_on(facts: FollowUpFacts) -> date | None:
    """Give the day of the next measure. The first of the episode belongs to the enrollment.

    Before enrollment it is due with the first contact; a screening score never stands for it.
    """
    if not facts.is_followed:
        return None
    settings = facts.settings
    if facts.enrolled_on is None:
        first = timedelta(days=settings.first_contact_days)
        return facts.consented_on + first if facts.consented_on else None
    if facts.last_measure_on is None or facts.last_measure_on < facts.enrolled_on:
        return facts.enrolled_on
    return facts.last_measure_on + timedelta(days=settings.measure_days)


def next_due(facts: FollowUpFacts) -> NextDue | None:
    """Give the earlier of contact and measure; the contact, where both fall on one day."""
    contact_on, measure_on = contact_due_on(facts), measure_due_on(facts)
    if contact_on and (measure_on is None or contact_on <= measure_on):
        return NextDue(contact_on, Due.CONTACT)
    return NextDue(measure_on, Due.MEASURE, facts.instrument) if measure_on else None


def cadence(facts: FollowUpFacts, *, until: date) -> Iterator[date]:
    """Give the days of the contacts to come, each reached on its day."""
    while (due_on := contact_due_on(facts)) and due_on <= until:
        yield due_on
        facts = replace(facts, last_contact_on=due_on, planned_on=None)


def interval(facts: FollowUpFacts, last_on: date) -> tuple[int, str]:
    """Give the weeks until the next contact after one of `last_on`, and whose pace that is."""
    settings = facts.settings
    if facts.interval_weeks:
        return facts.interval_weeks, "the patient's own interval"
    if facts.status is EpisodeStatus.RELAPSE_PREVENTION:
        return settings.relapse_prevention_interval_weeks, "in relapse prevention"
    if facts.is_at_target:
        return settings.settled_interval_weeks, "at target"
    active = timedelta(weeks=settings.active_weeks)
    if facts.enrolled_on and last_on - facts.enrolled_on > active:
        return settings.settled_interval_weeks, f"after week {settings.active_weeks}"
    return settings.active_interval_weeks, f"to week {settings.active_weeks}"


def interval_words(weeks: int | None) -> str:
    """Write a patient's own interval as it is chosen."""
    if weeks is None:
        return "The practice's pace"
    return "As needed" if weeks == AS_NEEDED else f"Every {count_of(weeks, 'week')}"
