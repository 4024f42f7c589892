"""Time recorded, split, corrected, signed; meetings; what is said before it is saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cocm_desktop.actions.contact import record_contact
from cocm_desktop.actions.episode import close_episode
from cocm_desktop.actions.meeting import (
    read_attendees,
    read_meetings,
    record_meeting,
    void_meeting,
)
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.time_entry import (
    correct_time,
    read_entry,
    read_outlook,
    read_time,
    read_unsigned,
    record_time,
    sign_time,
    void_time,
)
from cocm_desktop.actions.time_log import read_time_log
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.contact import ContactDraft, ContactKind
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.meeting import MeetingDraft, Share
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role, StaffDraft, StaffMember
from cocm_desktop.domain.time_entry import Activity, ManualReason, TimeEntryDraft, TimeSource
from cocm_desktop.domain.time_questions import TimeOutlook
from cocm_desktop.errors import Refused
from tests.actions.timers import enroll_chen
from tests.actions.work import as_member, at, rows_stored
from tests.builders import a_close_draft

NOVEMBER = ServiceMonth(2026, 11)
MONDAY = date(2026, 11, 9)


def a_draft(episode_id: EpisodeId, minutes: int = 20, **changes: Any) -> TimeEntryDraft:
    draft = TimeEntryDraft(episode_id, MONDAY, minutes, Activity.OUTREACH)
    return replace(draft, **changes)


@pytest.fixture
def chen(workspace: Workspace) -> StaffMember:
    draft = StaffDraft("L. Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT}))
    chen_id = add_staff(workspace, draft).record_id
    return next(m for m in read_attendees(workspace) if m.id == chen_id)


@pytest.fixture
def other(workspace: Workspace, maria: EpisodeId) -> EpisodeId:
    """Give the episode of a second patient."""
    return enroll_chen(workspace)


def test_what_is_recorded_is_kept_whole_and_signed(workspace: Workspace, maria: EpisodeId) -> None:
    draft = a_draft(
        maria, started_at=time(10, 10), manual_reason=ManualReason.PAPER_NOTE, billed_as="90834"
    )

    record_time(workspace, draft)

    entry = read_entry(workspace, draft.id)
    assert (entry.source, entry.manual_reason) == (TimeSource.MANUAL, ManualReason.PAPER_NOTE)
    assert entry.billed_as == "90834"
    assert entry.began_at == datetime(2026, 11, 9, 10, 10, tzinfo=ZoneInfo("America/Denver"))
    assert (entry.signed_by, entry.signed_at) == (workspace.staff.id, workspace.now())


def test_saving_again_saves_once(workspace: Workspace, maria: EpisodeId) -> None:
    draft = a_draft(maria)
    record_time(workspace, draft)
    before = rows_stored(workspace)

    record_time(workspace, draft)

    assert rows_stored(workspace) == before


def test_an_overlap_names_entry_and_patient_across_patients(
    workspace: Workspace, maria: EpisodeId, other: EpisodeId
) -> None:
    record_time(workspace, a_draft(maria, 15, started_at=time(10, 10)))
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="overlaps your 10:10 AM–10:25 AM entry for ALVAREZ"):
        record_time(workspace, a_draft(other, started_at=time(10, 24)))

    assert rows_stored(workspace) == before
    record_time(workspace, a_draft(other, started_at=time(10, 25)))


def test_a_time_that_was_skipped_is_refused(workspace: Workspace, maria: EpisodeId) -> None:
    then = at(workspace, datetime(2027, 3, 20, 12, tzinfo=ZoneInfo("America/Denver")))
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="clocks were set forward"):
        record_time(then, a_draft(maria, worked_on=date(2027, 3, 14), started_at=time(2, 30)))

    assert rows_stored(workspace) == before


@pytest.mark.parametrize("minutes", [121, 301])
def test_what_is_unusual_waits_for_a_yes(
    workspace: Workspace, maria: EpisodeId, minutes: int
) -> None:
    draft = a_draft(maria, minutes)
    before = rows_stored(workspace)

    with pytest.raises(Refused) as refusal:
        record_time(workspace, draft)

    assert {problem.field for problem in refusal.value.problems} == {"is_confirmed"}
    assert rows_stored(workspace) == before
    record_time(workspace, replace(draft, is_confirmed=True))
    assert [entry.minutes for entry in read_time(workspace, maria)] == [minutes]


def test_a_long_contact_waits_for_a_yes(workspace: Workspace, maria: EpisodeId) -> None:
    draft = ContactDraft(maria, MONDAY, ContactKind.PHONE, minutes=150)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="2 h 30 min in one entry"):
        record_contact(workspace, draft)

    assert rows_stored(workspace) == before
    record_contact(workspace, replace(draft, is_confirmed=True))


def test_time_past_midnight_is_split(workspace: Workspace, maria: EpisodeId) -> None:
    draft = a_draft(maria, 50, started_at=time(23, 30))
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="runs past midnight"):
        record_time(workspace, draft)

    assert rows_stored(workspace) == before
    record_time(workspace, replace(draft, is_split=True))
    entries = read_time(workspace, maria)
    assert [(e.worked_on.day, e.minutes, e.is_signed) for e in entries] == [
        (9, 30, True),
        (10, 20, True),
    ]


def test_a_correction_voids_the_old_and_keeps_it(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    old = a_draft(maria, 12, started_at=time(10, 10))
    record_time(workspace, old)
    new = a_draft(maria, 8, started_at=time(10, 12))

    correct_time(workspace, old.id, new, reason="Read 12 for 8")

    first, second = read_time_log(workspace, maria_patient, NOVEMBER).lines
    assert (first.entry.id, first.state) == (old.id, "Corrected: Read 12 for 8")
    assert (second.entry.id, second.entry.corrects) == (new.id, old.id)
    assert second.origin == "By hand, corrected"
    assert [entry.minutes for entry in read_time(workspace, maria)] == [8]


def test_a_reason_is_no_letter(workspace: Workspace, maria: EpisodeId) -> None:
    draft = a_draft(maria)
    record_time(workspace, draft)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="at most 2,000 characters"):
        void_time(workspace, draft.id, reason="x" * 2_001)

    assert rows_stored(workspace) == before


def test_correcting_twice_with_one_form_is_once(workspace: Workspace, maria: EpisodeId) -> None:
    old, new = a_draft(maria, 12), a_draft(maria, 8)
    record_time(workspace, old)
    correct_time(workspace, old.id, new, reason="Read 12 for 8")
    before = rows_stored(workspace)

    correct_time(workspace, old.id, new, reason="Read 12 for 8")

    assert rows_stored(workspace) == before


def test_a_correction_that_is_refused_changes_nothing(
    workspace: Workspace, maria: EpisodeId
) -> None:
    old = a_draft(maria, 12, started_at=time(10, 10))
    record_time(workspace, old)
    record_time(workspace, a_draft(maria, 12, started_at=time(11, 0)))
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="overlaps"):
        correct_time(workspace, old.id, a_draft(maria, 60, started_at=time(10, 10)), reason="x")
    with pytest.raises(Refused, match="Say why"):
        correct_time(workspace, old.id, a_draft(maria, 60), reason=" ")

    assert rows_stored(workspace) == before
    assert read_entry(workspace, old.id).minutes == 12


def test_unsigned_time_does_not_count_until_it_is_signed(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    draft = a_draft(maria, 20, is_signed=False)
    record_time(workspace, draft)

    [waiting] = read_unsigned(workspace)
    before = read_time_log(workspace, maria_patient, NOVEMBER)
    sign_time(workspace, [waiting.entry.id])
    sign_time(workspace, [waiting.entry.id])

    assert (waiting.entry.id, waiting.patient.id) == (draft.id, maria_patient)
    assert "The entry is not signed." in before.lines[0].state
    assert read_unsigned(workspace) == ()
    assert read_entry(workspace, draft.id).signed_by == workspace.staff.id


def test_nobody_signs_for_another(
    workspace: Workspace, maria: EpisodeId, chen: StaffMember
) -> None:
    draft = a_draft(maria, 20, is_signed=False)
    record_time(workspace, draft)

    with pytest.raises(Refused, match="Only the person"):
        sign_time(as_member(workspace, chen), [draft.id])
    with pytest.raises(Refused, match="Choose the entries"):
        sign_time(workspace, [])

    assert not read_entry(workspace, draft.id).is_signed


def test_one_voids_ones_own_time_and_only_some_void_anothers(
    workspace: Workspace, maria: EpisodeId, chen: StaffMember
) -> None:
    own, of_bell = a_draft(maria), a_draft(maria)
    record_time(as_member(workspace, chen), own)
    record_time(workspace, of_bell)

    void_time(as_member(workspace, chen), own.id, reason="Wrong day")
    with pytest.raises(Refused, match="may not void a record"):
        void_time(as_member(workspace, chen), of_bell.id, reason="Wrong day")

    assert [entry.id for entry in read_time(workspace, maria)] == [of_bell.id]


def test_anothers_time_that_is_corrected_waits_for_their_signature(
    workspace: Workspace, maria: EpisodeId, chen: StaffMember
) -> None:
    old, new = a_draft(maria, 12), a_draft(maria, 8)
    record_time(as_member(workspace, chen), old)

    correct_time(workspace, old.id, new, reason="Their own note says 8")

    entry = read_entry(workspace, new.id)
    assert (entry.staff_id, entry.role) == (chen.id, Role.PSYCHIATRIC_CONSULTANT)
    assert not entry.is_signed
    assert [each.entry.id for each in read_unsigned(as_member(workspace, chen))] == [new.id]


def test_the_outlook_says_clock_overlap_and_what_will_not_count(
    workspace: Workspace, maria: EpisodeId
) -> None:
    record_time(workspace, a_draft(maria, 15, started_at=time(10, 10)))
    draft = a_draft(maria, 130, activity=Activity.CLERICAL, started_at=time(10, 20))

    outlook = read_outlook(workspace, draft)

    assert outlook.clock == "10:20 AM–12:30 PM"
    assert "10:10 AM–10:25 AM entry for ALVAREZ" in outlook.overlap
    assert outlook.not_counted == ("Clerical work does not count.",)
    assert outlook.questions == ("2 h 10 min in one entry. Is that right?",)
    assert not outlook.may_be_split


def test_the_outlook_of_a_correction_does_not_see_what_it_replaces(
    workspace: Workspace, maria: EpisodeId
) -> None:
    old = a_draft(maria, 60, started_at=time(10, 10))
    record_time(workspace, old)

    outlook = read_outlook(workspace, a_draft(maria, 50, started_at=time(10, 15)), corrects=old.id)

    assert (outlook.overlap, outlook.questions) == ("", ())
    assert outlook.clock == "10:15 AM–11:05 AM"


def test_what_is_not_typed_whole_says_nothing(workspace: Workspace, maria: EpisodeId) -> None:
    assert read_outlook(workspace, a_draft(maria, 0)) == TimeOutlook()
    assert read_outlook(workspace, a_draft(maria, worked_on=None)) == TimeOutlook()


def test_the_outlook_offers_a_split(workspace: Workspace, maria: EpisodeId) -> None:
    outlook = read_outlook(workspace, a_draft(maria, 50, started_at=time(23, 30)))

    assert (outlook.may_be_split, outlook.clock) == (True, "11:30 PM–12:20 AM")


def test_a_month_without_time_is_an_empty_log(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    log = read_time_log(workspace, maria_patient, NOVEMBER)

    assert (log.lines, log.minutes, log.next, log.days_left) == ((), 0, None, 1)


def a_meeting(*shares: Share, attendees: tuple[StaffId, ...], **changes: Any) -> MeetingDraft:
    draft = MeetingDraft(MONDAY, 60, attendees, shares, started_at=time(12, 0))
    return replace(draft, **changes)


def test_a_meeting_gives_everybody_time_for_every_patient(
    workspace: Workspace, maria: EpisodeId, other: EpisodeId, chen: StaffMember
) -> None:
    attendees = (workspace.staff.id, chen.id)
    draft = a_meeting(Share(maria, 20), Share(other), attendees=attendees)

    record_meeting(workspace, draft)
    record_meeting(workspace, draft)

    [held] = read_meetings(workspace, NOVEMBER)
    assert (len(held.attendees), len(held.patients)) == (2, 2)
    assert [(e.entry.minutes, e.entry.is_signed) for e in held.time if e.staff.id == chen.id] == [
        (20, False),
        (40, False),
    ]
    assert all(e.entry.is_signed for e in held.time if e.staff.id == workspace.staff.id)
    assert held.meeting.began_at is not None
    assert len(read_unsigned(as_member(workspace, chen))) == 2


def test_a_meeting_is_withdrawn_with_its_time(
    workspace: Workspace, maria: EpisodeId, chen: StaffMember
) -> None:
    draft = a_meeting(Share(maria), attendees=(workspace.staff.id, chen.id))
    record_meeting(workspace, draft)

    void_meeting(workspace, draft.id, reason="Was cancelled")

    assert read_meetings(workspace, NOVEMBER) == ()
    assert read_time(workspace, maria) == ()


def test_nobody_meets_while_on_the_clock_elsewhere(
    workspace: Workspace, maria: EpisodeId, chen: StaffMember
) -> None:
    record_time(as_member(workspace, chen), a_draft(maria, 15, started_at=time(12, 30)))
    before = rows_stored(workspace)

    with pytest.raises(Refused, match=r"overlaps L\. Chen's 12:30 PM–12:45 PM entry"):
        record_meeting(workspace, a_meeting(Share(maria), attendees=(workspace.staff.id, chen.id)))

    assert rows_stored(workspace) == before


@pytest.mark.parametrize("field", ["attendees", "is_confirmed"])
def test_a_meeting_that_is_refused_stores_nothing(
    workspace: Workspace, maria: EpisodeId, field: str
) -> None:
    desk = StaffDraft("F. Desk", frozenset({Role.FRONT_DESK}))
    stranger = StaffId(add_staff(workspace, desk).record_id)
    draft = a_meeting(Share(maria), attendees=(stranger,))
    if field == "is_confirmed":
        draft = a_meeting(Share(maria), attendees=(workspace.staff.id,), minutes=180)
    before = rows_stored(workspace)

    with pytest.raises(Refused) as refusal:
        record_meeting(workspace, draft)

    assert {problem.field for problem in refusal.value.problems} == {field}
    assert rows_stored(workspace) == before


def test_no_meeting_is_about_a_patient_whose_episode_had_closed(
    workspace: Workspace, maria: EpisodeId
) -> None:
    closing = a_close_draft(episode_id=maria, closed_on=date(2026, 11, 6))
    close_episode(workspace, closing)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match=r"The episode of .* closed on Nov 6, 2026"):
        record_meeting(workspace, a_meeting(Share(maria), attendees=(workspace.staff.id,)))

    assert rows_stored(workspace) == before
