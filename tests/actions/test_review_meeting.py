"""Weekly meetings from planning to their end, and whom the next one takes over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from cocm_desktop.actions.meeting import read_meetings as read_time_meetings
from cocm_desktop.actions.meeting_agenda import (
    MeetingAgenda,
    add_to_agenda,
    change_agenda,
    read_meeting_agenda,
)
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.review import PacketChoice, read_agenda, read_packet
from cocm_desktop.actions.review_meeting import (
    cancel_meeting,
    change_meeting,
    end_meeting,
    keep_case_time,
    plan_meeting,
    read_meetings,
    reopen_meeting,
    start_meeting,
)
from cocm_desktop.actions.review_record import record_review
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.today import read_today
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import RecommendationDraft, RecommendationKind, ReviewDraft
from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId, StaffId
from cocm_desktop.domain.review_meeting import (
    AgendaChoice,
    AgendaChoiceKind,
    MeetingState,
    ReviewMeetingDraft,
)
from cocm_desktop.domain.review_time import ReviewTimeDraft
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import Refused
from cocm_desktop.storage import review_meeting as meetings
from tests.actions.work import as_role, at
from tests.conftest import CARE_MANAGER, EVENING, PRACTITIONER

TODAY = EVENING.date()
LAST_WEEK = TODAY - timedelta(days=7)
Act = Callable[[Workspace, ReviewMeetingId, EpisodeId], Any]


@pytest.fixture
def chen(workspace: Workspace) -> StaffId:
    """Give a psychiatric consultant."""
    draft = StaffDraft("L. Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT}))
    return StaffId(add_staff(workspace, draft).record_id)


def planned(workspace: Workspace, on: date = TODAY, **typed: Any) -> ReviewMeetingId:
    return ReviewMeetingId(plan_meeting(workspace, ReviewMeetingDraft(on, **typed)).record_id)


def review(workspace: Workspace, episode_id: EpisodeId, chen: StaffId, **typed: Any) -> ReviewDraft:
    advice = RecommendationDraft("Raise to 20 mg", RecommendationKind.DOSE)
    draft = ReviewDraft(episode_id, chen, TODAY, (advice,))
    draft = replace(draft, **typed)
    record_review(workspace, draft)
    return draft


def shown(workspace: Workspace, meeting_id: str) -> list[tuple[str, str, bool]]:
    """Give section, mark and whether discussed of everybody on an agenda."""
    entries = read_meeting_agenda(workspace, meeting_id).agenda.entries
    return [(e.section.letter, e.carried_words, e.is_discussed) for e in entries]


# ------------------------------------------------------------------------------- planning


def test_a_meeting_lasts_as_long_as_its_caseloads_need(workspace: Workspace, chen: StaffId) -> None:
    half = StaffDraft("J. Reyes", frozenset({Role.CARE_MANAGER}), full_time_percent=50)
    add_staff(workspace, half)

    planned(workspace, consultant_id=chen, care_manager_ids=(half.id,))
    planned(workspace, minutes=45)
    planned(workspace)

    found = read_meetings(workspace)
    assert sorted(meeting.minutes for meeting in found.meetings) == [45, 90, 270]
    assert found.minutes_for(()) == 270
    titles = {found.title_words(meeting) for meeting in found.meetings}
    assert titles == {"Nov 30, 2026 · J. Reyes · planned", "Nov 30, 2026 · All caseloads · planned"}


def test_ones_own_next_meeting_is_shown_first_and_ended_ones_last(
    workspace: Workspace, chen: StaffId
) -> None:
    other = StaffDraft("J. Reyes", frozenset({Role.CARE_MANAGER}))
    add_staff(workspace, other)
    ended = planned(workspace, LAST_WEEK)
    end_meeting(workspace, ended)
    theirs = planned(workspace, care_manager_ids=(other.id,), starts_at=time(12, 30))
    mine = planned(workspace, TODAY + timedelta(days=2), care_manager_ids=(CARE_MANAGER.id,))

    found = read_meetings(workspace)

    assert [each.id for each in found.to_choose] == [theirs, mine, ended]
    assert (first := found.next_for(CARE_MANAGER)) is not None
    assert first.id == mine
    assert not first.may_start(TODAY)
    [consultant] = found.consultants
    assert (of_all := found.next_for(consultant)) is not None
    assert of_all.id == theirs
    assert of_all.may_start(TODAY)
    assert found.title_words(of_all) == "Nov 30, 2026 12:30 PM · J. Reyes · planned"
    assert found.of("no meeting") is None


def test_a_plan_is_kept_once_and_can_be_changed(workspace: Workspace) -> None:
    draft = ReviewMeetingDraft(TODAY, note="Room 2")
    plan_meeting(workspace, draft)
    plan_meeting(workspace, draft)

    change_meeting(workspace, replace(draft, meets_on=TODAY + timedelta(days=2)), version=1)

    [meeting] = read_meetings(workspace).meetings
    assert (meeting.meets_on, meeting.note, meeting.version) == (date(2026, 12, 2), "Room 2", 2)
    assert read_meetings(workspace).next_one == meeting
    with pytest.raises(Refused, match="another screen"):
        change_meeting(workspace, draft, version=1)


def test_a_canceled_meeting_is_gone_and_kept(workspace: Workspace) -> None:
    meeting_id = planned(workspace)

    cancel_meeting(workspace, meeting_id, reason="Consultant away")

    assert read_meetings(workspace).meetings == ()
    assert read_meetings(workspace).next_one is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"consultant_id": PRACTITIONER.id}, "consultant_id"),
        ({"care_manager_ids": (PRACTITIONER.id,)}, "care_manager_ids"),
        ({"meets_on": None}, "meets_on"),
    ],
)
def test_nothing_is_planned_with_people_of_other_roles(
    workspace: Workspace, typed: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        plan_meeting(workspace, replace(ReviewMeetingDraft(TODAY), **typed))

    assert refusal.value.problems[0].field == field
    assert read_meetings(workspace).meetings == ()


# --------------------------------------------------------------------------- from week to week


def test_who_was_not_reached_is_carried_over_until_discussed(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    for weeks in (2, 1):
        end_meeting(workspace, planned(workspace, TODAY - timedelta(weeks=weeks)))
    this_week, next_week = planned(workspace), planned(workspace, TODAY + timedelta(days=7))

    before = shown(workspace, this_week)
    review(workspace, maria, chen, meeting_id=this_week)
    keep_case_time(workspace, this_week, maria, seconds=300)
    keep_case_time(workspace, this_week, maria, seconds=480)

    assert before == [("D", "Carried over from Nov 23 (2nd time)", False)]
    assert shown(workspace, this_week) == [("D", "Carried over from Nov 23 (2nd time)", True)]
    end_meeting(workspace, this_week)
    assert shown(workspace, next_week) == []
    meeting = read_meeting_agenda(workspace, this_week).meeting
    assert (meeting.state, meeting.case_times[0].seconds) == (MeetingState.ENDED, 480)


def test_ending_a_meeting_shares_its_minutes_and_reopening_takes_them_back(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    meeting_id = planned(workspace, consultant_id=chen)
    review(workspace, maria, chen)
    keep_case_time(workspace, meeting_id, maria, seconds=480)

    end_meeting(workspace, meeting_id, time=ReviewTimeDraft(meeting_id, is_confirmed=True))

    november = ServiceMonth(2026, 11)
    [held] = read_time_meetings(workspace, november)
    assert {(each.staff.name, each.entry.seconds) for each in held.time} == {
        ("M. Bell", 480),
        ("L. Chen", 480),
    }
    reopen_meeting(workspace, meeting_id)
    assert read_time_meetings(workspace, november) == ()
    meeting = read_meeting_agenda(workspace, meeting_id).meeting
    assert (meeting.state, meeting.time_meeting_id) == (MeetingState.UNDER_WAY, None)
    end_meeting(workspace, meeting_id, time=ReviewTimeDraft(meeting_id, is_confirmed=True))
    assert len(read_time_meetings(workspace, november)) == 1


def test_a_meeting_whose_time_is_asked_about_has_not_ended(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    meeting_id = planned(workspace, minutes=180)
    review(workspace, maria, chen)
    keep_case_time(workspace, meeting_id, maria, seconds=150 * 60)

    with pytest.raises(Refused) as refusal:
        end_meeting(workspace, meeting_id, time=ReviewTimeDraft(meeting_id))

    assert {problem.field for problem in refusal.value.problems} == {"is_confirmed"}
    assert read_meeting_agenda(workspace, meeting_id).meeting.state is MeetingState.UNDER_WAY
    assert read_time_meetings(workspace, ServiceMonth(2026, 11)) == ()


def test_the_packet_is_that_of_the_meeting(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    day = TODAY + timedelta(days=3)
    meeting_id = planned(
        workspace,
        day,
        minutes=60,
        tenths_a_case=150,
        consultant_id=chen,
        care_manager_ids=(CARE_MANAGER.id,),
    )
    choice = PacketChoice(meeting_id=meeting_id)

    packet = read_packet(workspace, choice)

    assert [sheet.entry for sheet in packet.sheets] == list(read_agenda(workspace, choice))
    assert (packet.review_on, packet.agenda.minutes_a_case) == (day, "15")
    assert packet.consultant is not None
    assert packet.consultant.id == chen
    assert packet.care_managers == (packet.care_manager,)
    leaving = AgendaChoice(maria, AgendaChoiceKind.LEAVE_OUT, "On vacation")
    change_agenda(workspace, meeting_id, leaving)
    without = read_packet(workspace, choice)
    assert (without.sheets, without.agenda.left_out[0].reason) == ((), "On vacation")


def test_the_board_of_the_day_names_the_next_meeting_of_one_s_own(
    workspace: Workspace, maria: EpisodeId
) -> None:
    reyes = StaffDraft("J. Reyes", frozenset({Role.CARE_MANAGER}))
    add_staff(workspace, reyes)
    day = TODAY + timedelta(days=2)
    planned(workspace, day - timedelta(days=1), care_manager_ids=(reyes.id,))
    planned(workspace, day)

    mine, of_all = read_today(workspace), read_today(workspace, whole_team=True)

    assert (mine.next_review_on, of_all.next_review_on) == (day, day - timedelta(days=1))


def test_a_question_can_come_with_whom_nobody_names(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    review(workspace, maria, chen, reviewed_on=TODAY - timedelta(days=1))
    meeting_id = planned(workspace)
    may_add = [row.episode_id for row in read_meeting_agenda(workspace, meeting_id).may_add]

    add_to_agenda(workspace, meeting_id, maria, question="Is the dose right?")

    assert may_add == [maria]
    assert shown(workspace, meeting_id) == [("E", "", False)]
    found: MeetingAgenda = read_meeting_agenda(workspace, meeting_id)
    assert found.not_reached[0].row.question == "Is the dose right?"
    assert (found.may_add, found.discussed) == ((), ())


# ------------------------------------------------------------------- what the consultant asked


def test_a_recheck_and_a_next_review_come_back_on_their_days(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    then, later = at(workspace, EVENING - timedelta(days=28)), TODAY + timedelta(days=60)
    advice = RecommendationDraft("TSH", RecommendationKind.LAB, recheck_on=TODAY)
    review(
        then,
        maria,
        chen,
        reviewed_on=TODAY - timedelta(days=28),
        recommendations=(advice,),
        next_review_on=later,
    )

    [row] = read_registry(workspace).rows

    assert (row.recheck_on, row.next_review_on) == (TODAY, later)
    due = {item.rule.id: item for item in row.due_items if item.rule.is_of_review}
    assert due["R14"].words == "Recheck asked for Nov 30, 2026"
    assert due["R14"].is_open_on(TODAY)
    assert due["R2"].due_on == later
    review(workspace, maria, chen)
    [row] = read_registry(workspace).rows
    assert (row.recheck_on, row.next_review_on) == (None, None)


# ------------------------------------------------------------------------------------ refusals


def stored(workspace: Workspace) -> object:
    with workspace.database.read() as session:
        return meetings.everyone(session)


def add(workspace: Workspace, meeting_id: ReviewMeetingId, episode_id: EpisodeId) -> None:
    change_agenda(workspace, meeting_id, AgendaChoice(episode_id, AgendaChoiceKind.ADD))


@pytest.mark.parametrize(
    ("act", "words"),
    [
        pytest.param(add, "has ended", id="add"),
        pytest.param(
            lambda w, m, e: keep_case_time(w, m, e, seconds=5), "has ended", id="case time"
        ),
        pytest.param(
            lambda w, m, e: keep_case_time(w, m, e, seconds=-1), "0 to 480 minutes", id="negative"
        ),
        pytest.param(lambda w, m, _: end_meeting(w, m), "has ended", id="end"),
        pytest.param(lambda w, m, _: start_meeting(w, m), "has ended", id="start"),
        pytest.param(lambda w, m, _: cancel_meeting(w, m, reason="x1"), "has ended", id="cancel"),
        pytest.param(
            lambda w, m, _: change_meeting(w, ReviewMeetingDraft(TODAY, id=m), version=2),
            "has ended",
            id="change",
        ),
        pytest.param(
            lambda w, m, _: reopen_meeting(at(w, EVENING + timedelta(days=1)), m),
            "only on the day",
            id="reopen tomorrow",
        ),
        pytest.param(
            lambda w, m, _: reopen_meeting(as_role(w, Role.BILLER), m), "may not", id="biller"
        ),
    ],
)
def test_an_ended_meeting_stays_as_it_is(
    workspace: Workspace, maria: EpisodeId, act: Act, words: str
) -> None:
    meeting_id = planned(workspace)
    end_meeting(workspace, meeting_id)
    before = stored(workspace)

    with pytest.raises(Refused, match=words):
        act(workspace, meeting_id, maria)

    assert stored(workspace) == before


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (add, "on the agenda already"),
        (lambda w, m, _: add(w, m, EpisodeId("nobody")), "open episode"),
        (
            lambda w, m, _: keep_case_time(w, m, EpisodeId("nobody"), seconds=5),
            "not on file",
        ),
        (lambda w, m, _: reopen_meeting(w, m), "has not ended"),
        (lambda w, m, _: cancel_meeting(w, m, reason=" "), "Say why"),
        (lambda w, m, _: end_meeting(at(w, EVENING - timedelta(days=1)), m), "is planned for"),
    ],
)
def test_a_planned_meeting_stays_as_it_is(
    workspace: Workspace, maria: EpisodeId, act: Act, words: str
) -> None:
    meeting_id = planned(workspace)
    before = stored(workspace)

    with pytest.raises(Refused, match=words):
        act(workspace, meeting_id, maria)

    assert stored(workspace) == before


def test_a_meeting_with_reviews_is_not_canceled(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    meeting_id = planned(workspace)
    review(workspace, maria, chen)

    with pytest.raises(Refused, match="reviewed at this meeting"):
        cancel_meeting(workspace, meeting_id, reason="Away")

    assert [meeting.id for meeting in read_meetings(workspace).meetings] == [meeting_id]
