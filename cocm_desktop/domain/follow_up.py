"""When the next contact and the next measure are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.wording import long_date, month_day

# Source: COMPASS and SCOPE cadences (clinical rules 2.3): weekly at the start, every other week to
# week 12 or response, every four weeks after response, monthly in relapse prevention.
FIRST_CONTACT = timedelta(weeks=1)
ACTIVE_INTERVAL = timedelta(weeks=2)
SETTLED_INTERVAL = timedelta(weeks=4)
ACTIVE_WEEKS = timedelta(weeks=12)
# Source: clinical rules 2.7: a score is current for 30 days; in relapse prevention likewise.
MEASURE_INTERVAL = timedelta(days=28)
NO_CONTACT_DAYS = 14
# From here on a month and a day without the year could be read as those of another year.
FAR_AHEAD_DAYS = 180


class Due(Enum):
    CONTACT = "Contact"
    MEASURE = "PHQ-9"


class Urgency(Enum):
    """How a due date stands to today."""

    OVERDUE = "Overdue"
    TODAY = "Today"
    LATER = "Later"


@dataclass(frozen=True, slots=True)
class NextDue:
    on: date
    what: Due

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
    """What the rule needs to know of an episode."""

    status: EpisodeStatus
    enrolled_on: date | None
    consented_on: date | None
    last_contact_on: date | None
    planned_on: date | None
    last_measure_on: date | None
    is_at_target: bool


def contact_due_on(facts: FollowUpFacts) -> date | None:
    """Give the date planned at the last contact, or else the usual interval after it.

    None while nothing is expected: on hold, closed, or neither consent nor enrollment dated.
    """
    if not _is_followed(facts):
        return None
    last_on = facts.last_contact_on
    if facts.planned_on and (last_on is None or facts.planned_on > last_on):
        return facts.planned_on
    if last_on is None:
        started_on = facts.enrolled_on or facts.consented_on
        return started_on + FIRST_CONTACT if started_on else None
    return last_on + _interval(facts, last_on)


def measure_due_on(facts: FollowUpFacts) -> date | None:
    """Give the day of the next measure. The first of the episode belongs to the enrollment.

    Before enrollment it is due with the first contact; a screening score never stands for it.
    """
    if not _is_followed(facts):
        return None
    if facts.enrolled_on is None:
        return facts.consented_on + FIRST_CONTACT if facts.consented_on else None
    if facts.last_measure_on is None or facts.last_measure_on < facts.enrolled_on:
        return facts.enrolled_on
    return facts.last_measure_on + MEASURE_INTERVAL


def next_due(facts: FollowUpFacts) -> NextDue | None:
    """Give the earlier of contact and measure; the contact, where both fall on one day."""
    contact_on, measure_on = contact_due_on(facts), measure_due_on(facts)
    if contact_on and (measure_on is None or contact_on <= measure_on):
        return NextDue(contact_on, Due.CONTACT)
    return NextDue(measure_on, Due.MEASURE) if measure_on else None


def _is_followed(facts: FollowUpFacts) -> bool:
    return facts.status.is_open and facts.status is not EpisodeStatus.ON_HOLD


def _interval(facts: FollowUpFacts, last_on: date) -> timedelta:
    if facts.status is EpisodeStatus.RELAPSE_PREVENTION or facts.is_at_target:
        return SETTLED_INTERVAL
    if facts.enrolled_on and last_on - facts.enrolled_on > ACTIVE_WEEKS:
        return SETTLED_INTERVAL
    return ACTIVE_INTERVAL
