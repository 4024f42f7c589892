"""A meeting of several about several patients, and the share of each patient in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo

from cocm_desktop.domain.ids import EpisodeId, MeetingId, StaffId, TimeEntryId, new_id
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.time_entry import (
    LONGEST_ENTRY_MINUTES,
    LONGEST_NOTE,
    MINUTES_A_DAY,
    Activity,
    TimeEntry,
    TimeSource,
    role_of,
)
from cocm_desktop.domain.time_questions import exact
from cocm_desktop.domain.wording import SECONDS_A_MINUTE, count_of, long_date
from cocm_desktop.errors import Problem, Refused


@dataclass(frozen=True, slots=True)
class Share:
    """A patient who was discussed, with the minutes typed or the seconds that a clock measured.

    Without either the patients share equally. `of` names whose time it is; without any it is
    everybody's who took part.
    """

    episode_id: EpisodeId
    minutes: int | None = None
    seconds: int | None = None
    of: tuple[StaffId, ...] = ()

    @property
    def known_seconds(self) -> int | None:
        if self.seconds is not None or self.minutes is None:
            return self.seconds
        return self.minutes * SECONDS_A_MINUTE


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting itself; who attended and whom it was about is told by its time entries."""

    id: MeetingId
    held_on: date
    seconds: int
    started_at: time | None = None
    began_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """What a person has typed about a meeting.

    Each attendee gets a time entry for each patient, one after the other on the clock, so that a
    minute of the meeting is in one patient's month only. Source: billing rules 1.4: a patient's
    share of the meeting, rounded down.
    """

    held_on: date | None
    minutes: int
    attendees: tuple[StaffId, ...]
    shares: tuple[Share, ...]
    started_at: time | None = None
    note: str = ""
    is_signed: bool = True
    is_confirmed: bool = False
    id: MeetingId = field(default_factory=lambda: MeetingId(new_id()))

    @property
    def seconds(self) -> int:
        return self.minutes * SECONDS_A_MINUTE

    @property
    def share_seconds(self) -> tuple[int, ...]:
        """Give each patient's seconds: what is typed, and of the rest equal parts rounded down."""
        known = [share.known_seconds for share in self.shares]
        equal = known.count(None)
        left = max(0, self.seconds - self._known_seconds)
        each = left // equal if equal else 0
        return tuple(each if seconds is None else seconds for seconds in known)

    @property
    def _known_seconds(self) -> int:
        return sum(share.known_seconds or 0 for share in self.shares)

    @property
    def share_words(self) -> str:
        """Say what an equal share comes to: 8 min 34 s for each of 7 patients."""
        equal = [
            seconds
            for share, seconds in zip(self.shares, self.share_seconds, strict=True)
            if share.known_seconds is None
        ]
        if not equal:
            return ""
        length = exact(equal[0]) or "no time"
        if len(equal) == 1:
            return f"{length} are left for the patient without minutes."
        return f"{length} for each of {count_of(len(equal), 'patient')} without minutes."

    def problems(self, *, today: date) -> Iterator[Problem]:
        if self.held_on is None:
            yield Problem("held_on", "Type the date of the meeting.")
        elif self.held_on > today:
            yield Problem("held_on", "Time cannot be dated in the future.")
        if not 0 < self.minutes <= LONGEST_ENTRY_MINUTES:
            yield Problem("minutes", f"Minutes must be 1 to {LONGEST_ENTRY_MINUTES}.")
        elif self._runs_past_midnight:
            yield Problem("minutes", "The meeting runs past midnight. Record each day by itself.")
        if not self.attendees:
            yield Problem("attendees", "Choose who took part.")
        if not self.shares:
            yield Problem("shares", "Choose the patients who were discussed.")
        yield from self._share_problems()
        if len(self.note) > LONGEST_NOTE:
            yield Problem("note", f"A note on time has at most {LONGEST_NOTE:,} characters.")

    def _share_problems(self) -> Iterator[Problem]:
        if len({share.episode_id for share in self.shares}) < len(self.shares):
            yield Problem("shares", "A patient is named twice.")
        if self._known_seconds > self.seconds:
            words = f"The patients' shares come to {exact(self._known_seconds)}, "
            yield Problem("shares", f"{words}more than the {self.minutes} of the meeting.")
        elif self.shares and 0 in self.share_seconds:
            yield Problem("shares", "No time is left for a patient. Change the shares.")

    @property
    def _runs_past_midnight(self) -> bool:
        if self.started_at is None:
            return False
        first = self.started_at.hour * 60 + self.started_at.minute
        return first + self.minutes > MINUTES_A_DAY

    def accept(
        self, *, attendees: Sequence[StaffMember], today: date
    ) -> tuple[Meeting, tuple[TimeEntry, ...]]:
        """Give the meeting and its time entries, or raise Refused with every problem at once."""
        problems = tuple(self.problems(today=today))
        if problems or self.held_on is None:
            raise Refused(*problems)
        meeting = Meeting(
            self.id, self.held_on, self.seconds, started_at=self.started_at, note=self.note.strip()
        )
        entries = (entry for member in attendees for entry in self._entries(member, self.held_on))
        return meeting, tuple(entries)

    def _entries(self, member: StaffMember, day: date) -> Iterator[TimeEntry]:
        begin = datetime.combine(day, self.started_at) if self.started_at else None
        for share, seconds in zip(self.shares, self.share_seconds, strict=True):
            if member.id in share.of or not share.of:
                yield TimeEntry(
                    id=TimeEntryId(new_id()),
                    episode_id=share.episode_id,
                    staff_id=member.id,
                    worked_on=day,
                    seconds=seconds,
                    activity=Activity.CASE_REVIEW,
                    role=role_of(member),
                    started_at=begin.time() if begin else None,
                    note=self.note.strip(),
                    source=TimeSource.MEETING,
                    meeting_id=self.id,
                )
            begin = begin + timedelta(seconds=seconds) if begin else None


def on_the_clock(entry: TimeEntry, meeting: Meeting, zone: tzinfo) -> TimeEntry:
    """Give the entry its instant within the meeting, also where the clocks are set meanwhile."""
    if entry.started_at is None or meeting.started_at is None or meeting.began_at is None:
        return entry
    planned = datetime.combine(meeting.held_on, entry.started_at)
    since = planned - datetime.combine(meeting.held_on, meeting.started_at)
    began_at = meeting.began_at + since
    return replace(entry, began_at=began_at, started_at=began_at.astimezone(zone).time())


def after_closing(name: str, closed_on: date) -> Problem:
    return Problem("shares", f"The episode of {name} closed on {long_date(closed_on)}.")
