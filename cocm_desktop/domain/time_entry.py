"""Time of one staff member on one day for one episode, and whether it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import Enum

from cocm_desktop.domain.ids import (
    ContactId,
    EpisodeId,
    MeetingId,
    StaffId,
    TimeEntryId,
    new_id,
)
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.domain.wording import (
    SECONDS_A_MINUTE,
    clock_time,
    count_of,
    long_date,
    minutes_of,
)
from cocm_desktop.errors import Problem, Refused

LONGEST_ENTRY_MINUTES = 480
MINUTES_A_DAY = 24 * 60
LONGEST_NOTE = 2_000


class Activity(Enum):
    """What time was spent on. Source: descriptors of 99492 to 99494; clerical never counts."""

    OUTREACH = "Outreach"
    CONTACT = "Contact"
    ASSESSMENT = "Assessment"
    MEASURE = "Measure"
    INTERVENTION = "Brief intervention"
    REGISTRY = "Registry"
    CARE_PLAN = "Care plan"
    CASE_REVIEW = "Case review"
    COORDINATION = "Coordination with the practitioner"
    OTHER_CLINICAL = "Other clinical work"
    CLERICAL = "Clerical"


class TimeSource(Enum):
    """How an entry came about."""

    TIMER = "Timer"
    CONTACT = "With a contact"
    MEETING = "Joint meeting"
    MANUAL = "By hand"


class ManualReason(Enum):
    """Why time was typed in instead of being measured."""

    FORGOT_TIMER = "Forgot to start the timer"
    AWAY = "Away from the computer"
    PAPER_NOTE = "From a paper note"
    CORRECTION = "Correction"


# Source: CMS behavioral health integration: only clinical work of the care manager counts, not
# scheduling, faxing, billing or prior authorization.
COUNTABLE_ACTIVITIES = frozenset(Activity) - {Activity.CLERICAL}
# Source: descriptors of 99492–99494: behavioral health care manager activities.
COUNTABLE_ROLES = frozenset({Role.CARE_MANAGER})
# A person of several roles gives time as the first of these: clinical work comes before the rest.
ROLES_BY_CLAIM_ON_TIME = (
    Role.CARE_MANAGER,
    Role.PSYCHIATRIC_CONSULTANT,
    Role.TREATING_PRACTITIONER,
    Role.FRONT_DESK,
    Role.BILLER,
    Role.ADMINISTRATOR,
)


@dataclass(frozen=True, slots=True)
class TimeEntry:
    """Kept in whole seconds; minutes are made once a month by flooring the sum.

    `role` is the role in which the time was spent, fixed when it was recorded. `started_at` is the
    local time of day; `began_at` is the instant, known where a timer measured it, and decides
    overlaps on the day on which clocks are set back. `billed_as` is the code of another service
    that has this time already. Unsigned time does not count.
    """

    id: TimeEntryId
    episode_id: EpisodeId
    staff_id: StaffId
    worked_on: date
    seconds: int
    activity: Activity
    role: Role = Role.CARE_MANAGER
    started_at: time | None = None
    contact_id: ContactId | None = None
    note: str = ""
    source: TimeSource = TimeSource.MANUAL
    manual_reason: ManualReason | None = None
    began_at: datetime | None = None
    meeting_id: MeetingId | None = None
    billed_as: str = ""
    signed_at: datetime | None = None
    signed_by: StaffId | None = None
    corrects: TimeEntryId | None = None

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None

    def signed(self, *, at: datetime, by: StaffId) -> TimeEntry:
        return replace(self, signed_at=at, signed_by=by)

    @property
    def minutes(self) -> int:
        """Whole minutes of this entry alone, for reading; a month adds up the seconds."""
        return minutes_of(self.seconds)


@dataclass(frozen=True, slots=True)
class TimeEntryDraft:
    """What a person has typed about time spent."""

    episode_id: EpisodeId
    worked_on: date | None
    minutes: int
    activity: Activity
    started_at: time | None = None
    note: str = ""
    contact_id: ContactId | None = None
    id: TimeEntryId = field(default_factory=lambda: TimeEntryId(new_id()))

    def problems(self, *, today: date, closed_on: date | None) -> Iterator[Problem]:
        if self.worked_on is None:
            yield Problem("worked_on", "Type the date of the work.")
        elif self.worked_on > today:
            yield Problem("worked_on", "Time cannot be dated in the future.")
        elif closed_on and self.worked_on > closed_on:
            yield Problem("worked_on", f"The episode closed on {long_date(closed_on)}.")
        yield from self.minute_problems()
        if len(self.note) > LONGEST_NOTE:
            yield Problem("note", f"A note on time has at most {LONGEST_NOTE:,} characters.")

    def minute_problems(self) -> Iterator[Problem]:
        if not 0 < self.minutes <= LONGEST_ENTRY_MINUTES:
            yield Problem("minutes", f"Minutes must be 1 to {LONGEST_ENTRY_MINUTES}.")
        elif self.started_at and _minute_of(self.started_at) + self.minutes > MINUTES_A_DAY:
            yield Problem("minutes", "The entry runs past midnight. Record each day by itself.")

    def accept(self, *, staff: StaffMember, today: date, closed_on: date | None) -> TimeEntry:
        """Give the time entry, or raise Refused with every problem at once."""
        problems = tuple(self.problems(today=today, closed_on=closed_on))
        if problems or self.worked_on is None:
            raise Refused(*problems)
        return TimeEntry(
            id=self.id,
            episode_id=self.episode_id,
            staff_id=staff.id,
            worked_on=self.worked_on,
            seconds=self.minutes * SECONDS_A_MINUTE,
            activity=self.activity,
            role=role_of(staff),
            started_at=self.started_at,
            contact_id=self.contact_id,
            note=self.note.strip(),
            source=TimeSource.CONTACT if self.contact_id else TimeSource.MANUAL,
        )


def role_of(staff: StaffMember) -> Role:
    """Give the role in which a person's time is spent: care manager, where they are one."""
    return min(staff.roles, key=ROLES_BY_CLAIM_ON_TIME.index)


def overlapping(entry: TimeEntry, others: Iterable[TimeEntry]) -> TimeEntry | None:
    """Give an entry of the same person and day whose clock time this one shares, if any.

    Entries without a start cannot be compared and never overlap.
    """
    return next((other for other in others if _overlap(entry, other)), None)


def refuse_overlap(entry: TimeEntry, others: Iterable[TimeEntry]) -> None:
    """Raise Refused when the entry shares clock time with another of the same person."""
    other = overlapping(entry, others)
    if other and other.started_at:
        already = f"{count_of(other.minutes, 'minute')} from {clock_time(other.started_at)}"
        words = f"Recorded on that day already: {already}. One minute counts once."
        raise Refused(Problem("started_at", f"{words} Change the start or the minutes."))


def _overlap(entry: TimeEntry, other: TimeEntry) -> bool:
    if entry.id == other.id or entry.staff_id != other.staff_id:
        return False
    if entry.started_at is None or other.started_at is None or entry.worked_on != other.worked_on:
        return False
    first, other_first = _second_of(entry.started_at), _second_of(other.started_at)
    return first < other_first + other.seconds and other_first < first + entry.seconds


def _second_of(moment: time) -> int:
    return _minute_of(moment) * SECONDS_A_MINUTE + moment.second


def _minute_of(moment: time) -> int:
    return moment.hour * 60 + moment.minute
