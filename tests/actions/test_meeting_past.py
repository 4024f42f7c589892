"""What a meeting keeps to when its day, its patients or its reviews change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cocm_desktop.actions.episode import close_episode, enroll
from cocm_desktop.actions.meeting_agenda import change_agenda, read_meeting_agenda
from cocm_desktop.actions.review_meeting import (
    change_meeting,
    end_meeting,
    plan_meeting,
    read_meetings,
    start_meeting,
)
from cocm_desktop.actions.review_record import record_review, void_review
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import RecommendationDraft, RecommendationKind, ReviewDraft
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import (
    CloseDraft,
    CloseReason,
    EnrollDraft,
)
from cocm_desktop.domain.ids import EpisodeId, PatientId, ReviewMeetingId, StaffId
from cocm_desktop.domain.review_meeting import AgendaChoice, AgendaChoiceKind, ReviewMeetingDraft
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import Refused
from tests.actions.work import at, rows_stored
from tests.conftest import EVENING, PRACTITIONER

TODAY = EVENING.date()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def chen(workspace: Workspace) -> StaffId:
    draft = StaffDraft("L. Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT}))
    return StaffId(add_staff(workspace, draft).record_id)


@pytest.fixture
def meeting_id(workspace: Workspace) -> ReviewMeetingId:
    return ReviewMeetingId(plan_meeting(workspace, ReviewMeetingDraft(TODAY)).record_id)


def a_review(maria: EpisodeId, chen: StaffId, meeting_id: ReviewMeetingId) -> ReviewDraft:
    advice = RecommendationDraft("Raise to 20 mg", RecommendationKind.DOSE)
    return ReviewDraft(maria, chen, TODAY, (advice,), meeting_id=meeting_id)


def shown(workspace: Workspace, meeting_id: str) -> list[tuple[EpisodeId | None, bool]]:
    entries = read_meeting_agenda(workspace, meeting_id).agenda.entries
    return [(entry.row.episode_id, entry.is_discussed) for entry in entries]


def test_a_meeting_does_not_start_before_its_day(
    workspace: Workspace, maria: EpisodeId, meeting_id: ReviewMeetingId
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="is planned for"):
        start_meeting(at(workspace, EVENING - timedelta(days=1)), meeting_id)

    assert rows_stored(workspace) == before


def test_a_review_is_not_dated_before_its_meeting(
    workspace: Workspace, maria: EpisodeId, chen: StaffId, meeting_id: ReviewMeetingId
) -> None:
    early = replace(a_review(maria, chen, meeting_id), reviewed_on=TODAY - timedelta(days=1))
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="A review at it is not earlier"):
        record_review(workspace, early)

    assert rows_stored(workspace) == before


def test_a_meeting_is_not_put_off_past_its_first_review(
    workspace: Workspace, maria: EpisodeId, chen: StaffId, meeting_id: ReviewMeetingId
) -> None:
    record_review(workspace, a_review(maria, chen, meeting_id))
    later = ReviewMeetingDraft(TOMORROW, id=meeting_id)

    with pytest.raises(Refused, match="was reviewed at this meeting"):
        change_meeting(workspace, later, version=1)

    [meeting] = read_meetings(workspace).meetings
    assert (meeting.meets_on, meeting.version) == (TODAY, 1)


def test_whom_a_meeting_named_it_names_after_a_new_enrollment(
    workspace: Workspace,
    maria_patient: PatientId,
    maria: EpisodeId,
    chen: StaffId,
    meeting_id: ReviewMeetingId,
) -> None:
    record_review(workspace, a_review(maria, chen, meeting_id))
    end_meeting(workspace, meeting_id)
    close_episode(workspace, CloseDraft(maria, TODAY, CloseReason.WITHDREW))
    tomorrow = at(workspace, EVENING + timedelta(days=1))
    new = EnrollDraft(
        *(maria_patient, workspace.staff.id, TOMORROW, ConsentMethod.VERBAL),
        enrolled_on=TOMORROW,
        treating_practitioner_id=PRACTITIONER.id,
        diagnosis_code="F33.1",
    )
    again = EpisodeId(enroll(tomorrow, new).record_id)
    next_id = plan_meeting(tomorrow, ReviewMeetingDraft(TOMORROW)).record_id

    assert shown(tomorrow, meeting_id) == [(maria, True)]
    assert shown(tomorrow, next_id) == [(again, False)]


def test_who_was_not_reached_at_a_meeting_that_nobody_ended_is_carried_over(
    workspace: Workspace, maria: EpisodeId, meeting_id: ReviewMeetingId
) -> None:
    start_meeting(workspace, meeting_id)
    next_id = plan_meeting(workspace, ReviewMeetingDraft(TOMORROW)).record_id
    tomorrow = at(workspace, EVENING + timedelta(days=1))

    [still_today] = read_meeting_agenda(workspace, next_id).agenda.entries
    [then] = read_meeting_agenda(tomorrow, next_id).agenda.entries

    assert (still_today.carried_words, then.carried_words) == ("", "Carried over from Nov 30")


def test_who_was_left_out_is_put_back_and_not_added(
    workspace: Workspace, maria: EpisodeId, meeting_id: ReviewMeetingId
) -> None:
    change_agenda(workspace, meeting_id, AgendaChoice(maria, AgendaChoiceKind.LEAVE_OUT, "Away"))

    with pytest.raises(Refused, match="left out of this agenda"):
        change_agenda(workspace, meeting_id, AgendaChoice(maria, AgendaChoiceKind.ADD))

    assert shown(workspace, meeting_id) == []


def test_a_voided_review_leaves_its_patient_to_the_next_meeting(
    workspace: Workspace, maria: EpisodeId, chen: StaffId, meeting_id: ReviewMeetingId
) -> None:
    draft = a_review(maria, chen, meeting_id)
    record_review(workspace, draft)
    end_meeting(workspace, meeting_id)
    before = rows_stored(workspace)
    with pytest.raises(Refused, match="Say why"):
        void_review(workspace, draft.id, reason=" \u200b ")
    assert rows_stored(workspace) == before

    void_review(workspace, draft.id, reason="another patient")

    next_id = plan_meeting(workspace, ReviewMeetingDraft(TOMORROW)).record_id
    [entry] = read_meeting_agenda(workspace, next_id).agenda.entries
    assert shown(workspace, meeting_id) == [(maria, False)]
    assert entry.carried_words == "Carried over from Nov 30"
