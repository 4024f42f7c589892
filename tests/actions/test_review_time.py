"""A review meeting becomes time of its patients, and that time can be taken back."""

from __future__ import annotations

from datetime import date, time

import pytest

from cocm_desktop.actions.meeting import read_attendees, void_meeting
from cocm_desktop.actions.review_meeting import keep_case_time, plan_meeting
from cocm_desktop.actions.review_record import read_reviews, record_review
from cocm_desktop.actions.review_time import (
    read_meeting_time,
    share_meeting_time,
    withdraw_meeting_time,
)
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.time_entry import read_time, read_unsigned, record_time
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import RecommendationDraft, RecommendationKind, ReviewDraft
from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId, StaffId
from cocm_desktop.domain.review_meeting import ReviewMeetingDraft
from cocm_desktop.domain.review_time import ReviewTimeDraft
from cocm_desktop.domain.staff import Role, StaffDraft, StaffMember
from cocm_desktop.domain.time_entry import Activity, TimeEntryDraft, TimeSource
from cocm_desktop.errors import Refused
from tests.actions.timers import enroll_chen
from tests.actions.work import as_member, as_role, rows_stored

MET_ON = date(2026, 11, 30)


@pytest.fixture
def chen(workspace: Workspace) -> StaffMember:
    draft = StaffDraft("L. Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT}))
    chen_id = add_staff(workspace, draft).record_id
    return next(m for m in read_attendees(workspace) if m.id == chen_id)


@pytest.fixture
def other(workspace: Workspace, maria: EpisodeId) -> EpisodeId:
    return enroll_chen(workspace)


@pytest.fixture
def meeting(workspace: Workspace, chen: StaffMember) -> ReviewMeetingId:
    draft = ReviewMeetingDraft(MET_ON, 60, time(12, 0), consultant_id=chen.id)
    return ReviewMeetingId(plan_meeting(workspace, draft).record_id)


def discuss(workspace: Workspace, episode_id: EpisodeId, chen: StaffMember, minutes: int) -> None:
    advice = RecommendationDraft("Go on", RecommendationKind.CONTINUE)
    draft = ReviewDraft(episode_id, chen.id, MET_ON, (advice,), minutes=minutes)
    record_review(workspace, draft)


def times(workspace: Workspace, episode_id: EpisodeId) -> list[tuple[StaffId, int]]:
    return [(entry.staff_id, entry.seconds) for entry in read_time(workspace, episode_id)]


def test_what_was_measured_and_typed_becomes_time(
    workspace: Workspace,
    maria: EpisodeId,
    other: EpisodeId,
    chen: StaffMember,
    meeting: ReviewMeetingId,
) -> None:
    keep_case_time(workspace, meeting, maria, seconds=431)
    discuss(workspace, maria, chen, 0)
    discuss(workspace, other, chen, 9)
    draft = ReviewTimeDraft(meeting)

    shown = read_meeting_time(workspace, draft)
    share_meeting_time(workspace, draft)
    share_meeting_time(workspace, draft)

    assert [share.seconds for share in shown.shares] == [431, 540]
    assert (shown.seconds, shown.minutes) == (971, 17)
    assert [member.id for member in shown.attendees] == [workspace.staff.id, chen.id]
    assert times(workspace, maria) == [(workspace.staff.id, 431), (chen.id, 431)]
    assert times(workspace, other) == [(workspace.staff.id, 540), (chen.id, 540)]
    [own, _] = read_time(workspace, maria)
    assert (own.activity, own.source) == (Activity.CASE_REVIEW, TimeSource.MEETING)
    assert (own.is_signed, own.started_at) == (True, time(12, 0))
    assert len(read_unsigned(as_member(workspace, chen))) == 2


def test_a_meeting_at_which_nobody_was_discussed_has_no_time(
    workspace: Workspace, maria: EpisodeId, meeting: ReviewMeetingId
) -> None:
    before = rows_stored(workspace)

    share_meeting_time(workspace, ReviewTimeDraft(meeting))

    assert rows_stored(workspace) == before


def test_time_is_not_shared_twice_and_can_be_taken_back(
    workspace: Workspace, maria: EpisodeId, chen: StaffMember, meeting: ReviewMeetingId
) -> None:
    discuss(workspace, maria, chen, 8)
    share_meeting_time(workspace, ReviewTimeDraft(meeting))
    before = rows_stored(workspace)
    with pytest.raises(Refused, match="is recorded; withdraw it"):
        share_meeting_time(workspace, ReviewTimeDraft(meeting))
    assert rows_stored(workspace) == before

    withdraw_meeting_time(workspace, meeting, reason="Forgot a patient")
    withdraw_meeting_time(workspace, meeting, reason="Forgot a patient")
    taken_back = times(workspace, maria)
    share_meeting_time(workspace, ReviewTimeDraft(meeting, minutes=10))

    assert taken_back == []
    assert times(workspace, maria) == [(workspace.staff.id, 480), (chen.id, 480)]


def test_time_that_was_voided_as_a_meeting_can_be_shared_again(
    workspace: Workspace, maria: EpisodeId, chen: StaffMember, meeting: ReviewMeetingId
) -> None:
    discuss(workspace, maria, chen, 8)
    shared = share_meeting_time(workspace, ReviewTimeDraft(meeting))

    void_meeting(workspace, shared.record_id, reason="Wrong day")
    share_meeting_time(workspace, ReviewTimeDraft(meeting))

    assert times(workspace, maria) == [(workspace.staff.id, 480), (chen.id, 480)]


def test_a_length_that_is_too_short_is_refused(
    workspace: Workspace, maria: EpisodeId, chen: StaffMember, meeting: ReviewMeetingId
) -> None:
    discuss(workspace, maria, chen, 8)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="shares come to 8 min, more than the 7"):
        share_meeting_time(workspace, ReviewTimeDraft(meeting, minutes=7))

    assert rows_stored(workspace) == before


def test_nobody_is_on_the_clock_twice(
    workspace: Workspace, maria: EpisodeId, chen: StaffMember, meeting: ReviewMeetingId
) -> None:
    discuss(workspace, maria, chen, 8)
    earlier = TimeEntryDraft(maria, MET_ON, 15, Activity.REGISTRY, started_at=time(11, 50))
    record_time(workspace, earlier)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="overlaps your 11:50 AM–12:05 PM entry"):
        share_meeting_time(workspace, ReviewTimeDraft(meeting))

    assert rows_stored(workspace) == before
    share_meeting_time(workspace, ReviewTimeDraft(meeting, started_at=time(12, 5)))
    assert len(times(workspace, maria)) == 3


def test_case_review_recorded_by_itself_is_asked_about(
    workspace: Workspace, maria: EpisodeId, chen: StaffMember, meeting: ReviewMeetingId
) -> None:
    discuss(workspace, maria, chen, 8)
    record_time(workspace, TimeEntryDraft(maria, MET_ON, 7, Activity.CASE_REVIEW))
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="are recorded already; is the meeting"):
        share_meeting_time(workspace, ReviewTimeDraft(meeting))

    assert rows_stored(workspace) == before
    share_meeting_time(workspace, ReviewTimeDraft(meeting, is_confirmed=True))
    assert len(times(workspace, maria)) == 3


def test_only_who_was_chosen_took_part(
    workspace: Workspace, maria: EpisodeId, chen: StaffMember, meeting: ReviewMeetingId
) -> None:
    discuss(workspace, maria, chen, 8)

    share_meeting_time(workspace, ReviewTimeDraft(meeting, attendees=(workspace.staff.id,)))

    assert times(workspace, maria) == [(workspace.staff.id, 480)]


def test_whoever_may_not_record_time_shares_none(
    workspace: Workspace, maria: EpisodeId, chen: StaffMember, meeting: ReviewMeetingId
) -> None:
    discuss(workspace, maria, chen, 8)
    before = rows_stored(workspace)
    desk = as_role(workspace, Role.FRONT_DESK)

    for asked in (share_meeting_time, read_meeting_time):
        with pytest.raises(Refused, match="may not record time"):
            asked(desk, ReviewTimeDraft(meeting))

    assert rows_stored(workspace) == before


def test_a_review_recorded_from_the_chart_belongs_to_the_meeting_of_its_day(
    workspace: Workspace, maria: EpisodeId, chen: StaffMember, meeting: ReviewMeetingId
) -> None:
    discuss(workspace, maria, chen, 8)

    [review] = read_reviews(workspace, maria)
    assert review.meeting_id == meeting


@pytest.mark.parametrize("meetings", [["theirs"], ["all", "all"]])
def test_where_the_meeting_is_not_clear_a_review_belongs_to_none(
    workspace: Workspace, maria: EpisodeId, chen: StaffMember, meetings: list[str]
) -> None:
    manager = StaffDraft("O. Other", frozenset({Role.CARE_MANAGER}))
    theirs = (StaffId(add_staff(workspace, manager).record_id),)
    for whose in meetings:
        about = theirs if whose == "theirs" else ()
        plan_meeting(workspace, ReviewMeetingDraft(MET_ON, care_manager_ids=about))

    discuss(workspace, maria, chen, 8)

    [review] = read_reviews(workspace, maria)
    assert review.meeting_id is None


def test_a_review_of_no_meeting_on_file_is_refused(
    workspace: Workspace, maria: EpisodeId, chen: StaffMember
) -> None:
    before = rows_stored(workspace)
    advice = RecommendationDraft("Go on", RecommendationKind.CONTINUE)
    draft = ReviewDraft(maria, chen.id, MET_ON, (advice,), meeting_id=ReviewMeetingId("none"))

    with pytest.raises(Refused, match="review meeting is not on file"):
        record_review(workspace, draft)

    assert rows_stored(workspace) == before
