"""Time of one staff member on one day for one episode, and whether it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import Enum

from cocm_desktop.domain.billing.code_shape import is_service_code
from cocm_desktop.domain.ids import (
    ContactId,
    EpisodeId,
    MeetingId,
    StaffId,
    TimeEntryId,
    new_id,
)
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.domain.wording import SECONDS_A_MINUTE, long_date, minutes_of
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

    NO_TIMER = "Worked without the timer"
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
    """What a person has typed about time spent.

    `is_split` lets an entry that runs past midnight become two, the second under `second_id`.
    `is_confirmed` answers the questions that an unusual entry raises.
    """

    episode_id: EpisodeId
    worked_on: date | None
    minutes: int
    activity: Activity
    started_at: time | None = None
    note: str = ""
    contact_id: ContactId | None = None
    manual_reason: ManualReason = ManualReason.NO_TIMER
    billed_as: str = ""
    is_signed: bool = True
    is_split: bool = False
    is_confirmed: bool = False
    id: TimeEntryId = field(default_factory=lambda: TimeEntryId(new_id()))
    second_id: TimeEntryId = field(default_factory=lambda: TimeEntryId(new_id()))

    @property
    def seconds(self) -> int:
        return self.minutes * SECONDS_A_MINUTE

    @property
    def runs_past_midnight(self) -> bool:
        return bool(self.started_at) and self._minutes_to_midnight < self.minutes

    @property
    def _minutes_to_midnight(self) -> int:
        return MINUTES_A_DAY - _minute_of(self.started_at) if self.started_at else MINUTES_A_DAY

    def problems(self, *, today: date, closed_on: date | None) -> Iterator[Problem]:
        if self.worked_on is None:
            yield Problem("worked_on", "Type the date of the work.")
        elif self._last_day(self.worked_on) > today:
            yield Problem("worked_on", "Time cannot be dated in the future.")
        elif closed_on and self._last_day(self.worked_on) > closed_on:
            yield Problem("worked_on", f"The episode closed on {long_date(closed_on)}.")
        yield from self.minute_problems()
        if len(self.note) > LONGEST_NOTE:
            yield Problem("note", f"A note on time has at most {LONGEST_NOTE:,} characters.")
        if self.billed_as.strip() and not is_service_code(self.billed_as):
            yield Problem("billed_as", "A code has five characters, such as 90834 or G0444.")

    def minute_problems(self) -> Iterator[Problem]:
        if not 0 < self.minutes <= LONGEST_ENTRY_MINUTES:
            yield Problem("minutes", f"Minutes must be 1 to {LONGEST_ENTRY_MINUTES}.")
        elif self.runs_past_midnight and not self.is_split:
            words = "The entry runs past midnight. Record each day by itself, or let it be split."
            yield Problem("minutes", words)

    def _last_day(self, first: date) -> date:
        return first + timedelta(days=1) if self.is_split and self.runs_past_midnight else first

    def accept(
        self, *, staff: StaffMember, today: date, closed_on: date | None
    ) -> tuple[TimeEntry, ...]:
        """Give the time entry, two where it is split, or raise Refused with every problem."""
        problems = tuple(self.problems(today=today, closed_on=closed_on))
        if problems or self.worked_on is None:
            raise Refused(*problems)
        entry = TimeEntry(
            id=self.id,
            episode_id=self.episode_id,
            staff_id=staff.id,
            worked_on=self.worked_on,
            seconds=self.seconds,
            activity=self.activity,
            role=role_of(staff),
            started_at=self.started_at,
            contact_id=self.contact_id,
            note=self.note.strip(),
            source=TimeSource.CONTACT if self.contact_id else TimeSource.MANUAL,
            manual_reason=None if self.contact_id else self.manual_reason,
            billed_as=self.billed_as.strip().upper(),
        )
        return self._split(entry) if self.runs_past_midnight else (entry,)

    def _split(self, entry: TimeEntry) -> tuple[TimeEntry, TimeEntry]:
        first = self._minutes_to_midnight * SECONDS_A_MINUTE
        return (
            replace(entry, seconds=first),
            replace(
                entry,
                id=self.second_id,
                worked_on=entry.worked_on + timedelta(days=1),
                started_at=time(0),
                seconds=entry.seconds - first,
            ),
        )


def corrected(old: TimeEntry, new: tuple[TimeEntry, ...]) -> tuple[TimeEntry, ...]:
    """Give the entries that take an old one's place, with what the form does not ask again.

    Seconds and the instant of a timer stay where minutes and start were left alone.
    """
    first = new[0]
    is_same_length = first.minutes == old.minutes and len(new) == 1
    is_same_start = first.worked_on == old.worked_on and _is_same_minute(first, old)
    return tuple(
        replace(
            entry,
            seconds=old.seconds if is_same_length else entry.seconds,
            started_at=old.started_at if is_same_start and entry is first else entry.started_at,
            began_at=old.began_at if is_same_start and entry is first else None,
            role=old.role,
            contact_id=old.contact_id,
            meeting_id=old.meeting_id,
            source=old.source,
            manual_reason=ManualReason.CORRECTION,
            corrects=old.id,
        )
        for entry in new
    )


def _is_same_minute(entry: TimeEntry, old: TimeEntry) -> bool:
    if entry.started_at is None or old.started_at is None:
        return False
    return _minute_of(entry.started_at) == _minute_of(old.started_at)


def role_of(staff: StaffMember) -> Role:
    """Give the role in which a person's time is spent: care manager, where they are one."""
    return min(staff.roles, key=ROLES_BY_CLAIM_ON_TIME.index)


def _minute_of(moment: time) -> int:
    return moment.hour * 60 + moment.minute
