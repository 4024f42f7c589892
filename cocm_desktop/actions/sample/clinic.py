"""Making the sample clinic: a real encrypted file, filled by the real actions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from cocm_desktop.actions.sample import cast, cast_later
from cocm_desktop.actions.sample.desk_work import DeskWork
from cocm_desktop.actions.sample.drafts import tell_draft
from cocm_desktop.actions.sample.emergencies import tell_emergency
from cocm_desktop.actions.sample.event import Book
from cocm_desktop.actions.sample.letters import Letters
from cocm_desktop.actions.sample.meetings import Meetings
from cocm_desktop.actions.sample.money import Money
from cocm_desktop.actions.sample.privacy import tell_privacy
from cocm_desktop.actions.sample.sealed import tell_sealed_note
from cocm_desktop.actions.sample.story import Story
from cocm_desktop.actions.sample.team import OWNER, PRACTICE, hire, team_of
from cocm_desktop.actions.sample.time_work import TimeWork
from cocm_desktop.actions.sample.timed_work import TimedWork
from cocm_desktop.actions.session import Clock, NewClinic, Place, create_clinic
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.domain.staff import StaffMember

SEED = "Riverbend"
OPEN_FOR = timedelta(weeks=64)
PARTS = (
    *cast.NOT_AT_TARGET,
    *cast.NEW,
    *cast.EARLY,
    *cast.AT_TARGET,
    *cast_later.RELAPSE_PREVENTION,
    *cast_later.BACK_AGAIN,
    *cast_later.ON_HOLD,
    *cast_later.CONSENTED,
    *cast_later.CLOSED,
    *cast_later.NOT_ENROLLED,
    *cast_later.SINGLE,
)


@dataclass(slots=True)
class StoryClock:
    """The clock of the story while it is told; the real one afterwards."""

    real: Clock
    told_at: datetime | None = None

    def __call__(self, zone: ZoneInfo | None) -> datetime:
        return self.told_at.astimezone(zone) if self.told_at else self.real(zone)


def make_sample_clinic(place: Place, password: str, code: RecoveryCode) -> Workspace:
    """Make the sample clinic in an empty folder and sign its owner in.

    The clock's day is the day as of which the story is told: the same day, the same story.
    Everybody in `team.SIGN_INS` signs in with the password. A folder with a clinic is refused.
    """
    zone = ZoneInfo(PRACTICE.time_zone)
    as_of = place.clock(zone).date()
    clock = StoryClock(place.clock, datetime.combine(as_of - OPEN_FOR, time(9), zone))
    new = NewClinic(PRACTICE, OWNER, password)
    workspace = create_clinic(replace(place, clock=clock), new, code)
    try:
        fill(workspace, as_of, password=password)
    except BaseException:
        if workspace.clinic is not None:
            workspace.clinic.close()
        raise
    clock.told_at = None
    return workspace


def fill(workspace: Workspace, as_of: date, *, password: str = "") -> None:
    """Tell the story up to a day in an empty clinic, all of it in one transaction.

    Without a password only the owner can sign in.
    """
    with workspace.database.write():
        hire(workspace, password=password, since=as_of - OPEN_FOR)
        written_book(workspace.staff, as_of).replay(workspace)


def written_book(owner: StaffMember, as_of: date) -> Book:
    """Write down everything that will have happened by a day, without doing any of it."""
    team = team_of(owner)
    book = Book(ZoneInfo(PRACTICE.time_zone), as_of)
    patients = {}
    for number, part in enumerate(PARTS):
        random = Random(f"{SEED} {number} {part.last}")  # noqa: S311  a story, not a secret
        story = Story(part, number, team, book, random)
        story.tell()
        patients[part.last] = story.patient_id
    DeskWork(book, team, patients).tell()
    Letters(book, team, patients).tell()
    tell_sealed_note(book, team, patients)
    tell_privacy(book, team, patients)
    tell_emergency(book, team, patients)
    tell_draft(book, team, patients)
    TimeWork(book, team, patients).tell()
    TimedWork(book, team, patients).tell()
    Meetings(book, team).tell()
    Money(book, team).tell()
    return book
