"""A caseload review becomes time of its patients: what was measured, typed, or planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.case_review import CaseReview
from cocm_desktop.domain.ids import CaseReviewId, EpisodeId, ReviewMeetingId, StaffId
from cocm_desktop.domain.meeting import MeetingDraft
from cocm_desktop.domain.review_meeting import CaseTime, ReviewMeeting
from cocm_desktop.domain.review_time import (
    ReviewTimeDraft,
    meeting_time,
    seconds_discussed,
    usual_attendees,
)
from cocm_desktop.domain.staff import Role
from tests.builders import BELL, TODAY, a_care_manager, a_staff_member

ANA, BEN = EpisodeId("ana"), EpisodeId("ben")
MEETING = ReviewMeeting(ReviewMeetingId("m"), TODAY, minutes=60, tenths_a_case=86)
MANAGER = a_care_manager()
OTHER = replace(MANAGER, id=StaffId("other"), name="O. Other")
CONSULTANT = replace(a_staff_member(Role.PSYCHIATRIC_CONSULTANT), id=StaffId("chen"))
MANAGERS = {ANA: BELL, BEN: OTHER.id}


def a_review(episode_id: EpisodeId, seconds: int = 0, **changes: Any) -> CaseReview:
    review = CaseReview(
        CaseReviewId(f"of {episode_id}"), episode_id, CONSULTANT.id, TODAY, True, seconds, ""
    )
    return replace(review, **changes)


def shared(discussed: dict[EpisodeId, int | None], **changes: Any) -> MeetingDraft:
    return meeting_time(
        replace(MEETING, **changes.pop("meeting", {})),
        ReviewTimeDraft(MEETING.id, **changes),
        discussed=discussed,
        managers=MANAGERS,
        attendees=(MANAGER, OTHER, CONSULTANT),
    )


@pytest.mark.parametrize(
    ("measured", "typed", "seconds"),
    [
        (300, 480, 300),
        (30, 480, 30),
        (0, 480, 480),
        (None, 480, 480),
        (None, 0, None),
    ],
)
def test_the_clock_comes_before_what_was_typed(
    measured: int | None, typed: int, seconds: int | None
) -> None:
    times = () if measured is None else (CaseTime(ANA, measured),)

    found = seconds_discussed(replace(MEETING, case_times=times), (a_review(ANA, typed),))

    assert found == {ANA: seconds}


def test_a_patient_who_came_up_twice_has_the_minutes_of_both() -> None:
    reviews = (a_review(ANA, 300), a_review(BEN, 0), a_review(ANA, 240))

    assert seconds_discussed(MEETING, reviews) == {ANA: 540, BEN: None}


@pytest.mark.parametrize(("seconds", "is_talked_about"), [(59, False), (60, True)])
def test_a_case_opened_in_passing_was_not_talked_about(
    seconds: int, *, is_talked_about: bool
) -> None:
    meeting = replace(MEETING, case_times=(CaseTime(ANA, seconds),))

    assert (ANA in seconds_discussed(meeting, ())) is is_talked_about


def test_attendance_without_discussion_takes_no_time() -> None:
    assert seconds_discussed(MEETING, (a_review(ANA, 480, discussed=False),)) == {}


def test_those_who_care_and_the_consultant_took_part() -> None:
    named = replace(MEETING, care_manager_ids=(OTHER.id,), consultant_id=StaffId("dr"))

    assert usual_attendees(named, MANAGERS, (a_review(ANA),)) == (OTHER.id, StaffId("dr"))
    assert usual_attendees(MEETING, MANAGERS, (a_review(ANA), a_review(BEN))) == (
        BELL,
        OTHER.id,
        CONSULTANT.id,
    )


def test_a_patients_minutes_are_once_their_own_care_managers() -> None:
    draft = shared({ANA: 300, BEN: 240}, started_at=time(12, 0))

    _, entries = draft.accept(attendees=(MANAGER, OTHER, CONSULTANT), today=TODAY)

    assert [(e.staff_id, e.episode_id, e.started_at, e.seconds) for e in entries] == [
        (BELL, ANA, time(12, 0), 300),
        (OTHER.id, BEN, time(12, 5), 240),
        (CONSULTANT.id, ANA, time(12, 0), 300),
        (CONSULTANT.id, BEN, time(12, 5), 240),
    ]


def test_where_their_own_care_manager_was_away_the_first_one_there_has_the_time() -> None:
    draft = meeting_time(
        MEETING,
        ReviewTimeDraft(MEETING.id),
        discussed={BEN: 300},
        managers=MANAGERS,
        attendees=(MANAGER, CONSULTANT),
    )

    assert [share.of for share in draft.shares] == [(BELL, CONSULTANT.id)]


def test_what_nobody_measured_is_at_most_what_was_planned_for_a_case() -> None:
    draft = shared({ANA: 300, BEN: None})

    assert draft.share_seconds == (300, 516)
    assert draft.minutes == 14


def test_a_typed_length_is_shared_to_the_second() -> None:
    assert shared({ANA: None, BEN: None}, minutes=21).share_seconds == (630, 630)


def test_where_no_time_is_left_nobody_is_given_any() -> None:
    draft = shared({ANA: 3_600, BEN: None})

    assert [share.episode_id for share in draft.shares] == [ANA]


@given(
    st.lists(st.none() | st.integers(1, 3_600), min_size=1, max_size=2),
    st.integers(1, 240),
    st.integers(10, 300),
)
def test_the_shares_never_come_to_more_than_the_meeting(
    known: list[int | None], minutes: int, tenths: int
) -> None:
    discussed = dict(zip((ANA, BEN), known, strict=False))

    draft = shared(discussed, meeting={"minutes": minutes, "tenths_a_case": tenths})

    assert sum(draft.share_seconds) <= draft.seconds
    assert not list(draft.problems(today=TODAY)) or not draft.shares
