"""Joint meetings: shares that add up, one after the other on the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.meeting import MeetingDraft, Share, on_the_clock
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import Activity, TimeSource
from cocm_desktop.domain.time_overlap import instant_of
from cocm_desktop.errors import Refused
from tests.builders import BELL, TODAY, a_care_manager, a_staff_member

CONSULTANT = a_staff_member(Role.PSYCHIATRIC_CONSULTANT)


def a_meeting(*minutes: int | None, **changes: Any) -> MeetingDraft:
    given_ = {
        "held_on": TODAY,
        "minutes": 60,
        "attendees": (BELL,),
        "shares": tuple(Share(EpisodeId(f"e{n}"), each) for n, each in enumerate(minutes)),
        "started_at": time(12, 0),
    }
    return MeetingDraft(**{**given_, **changes})


def test_equal_shares_are_rounded_down_to_whole_seconds() -> None:
    assert a_meeting(*[None] * 7).share_seconds == (514,) * 7
    assert a_meeting(None, 15, None).share_seconds == (1_350, 900, 1_350)


def test_every_attendee_gets_every_patient_one_after_the_other() -> None:
    draft = a_meeting(20, None, note=" Caseload ")

    meeting, entries = draft.accept(attendees=(a_care_manager(), CONSULTANT), today=TODAY)

    assert (meeting.seconds, meeting.note) == (3_600, "Caseload")
    assert [(e.staff_id, e.episode_id, e.started_at, e.seconds) for e in entries] == [
        (a_care_manager().id, "e0", time(12, 0), 1_200),
        (a_care_manager().id, "e1", time(12, 20), 2_400),
        (CONSULTANT.id, "e0", time(12, 0), 1_200),
        (CONSULTANT.id, "e1", time(12, 20), 2_400),
    ]
    assert {e.source for e in entries} == {TimeSource.MEETING}
    assert {e.activity for e in entries} == {Activity.CASE_REVIEW}
    assert {e.meeting_id for e in entries} == {draft.id}
    assert {e.role for e in entries} == {Role.CARE_MANAGER, Role.PSYCHIATRIC_CONSULTANT}
    assert not any(e.is_signed for e in entries)


@pytest.mark.parametrize(
    ("day", "second"),
    [
        pytest.param(date(2026, 11, 1), time(1, 10), id="set back"),
        pytest.param(date(2026, 3, 8), time(3, 10), id="set forward"),
        pytest.param(date(2026, 3, 9), time(2, 10), id="any other night"),
    ],
)
def test_patients_follow_each_other_where_the_clocks_are_set(day: date, second: time) -> None:
    zone = ZoneInfo("America/Denver")
    draft = a_meeting(40, 20, held_on=day, started_at=time(1, 30))
    meeting, entries = draft.accept(attendees=(a_care_manager(),), today=day)
    meeting = replace(meeting, began_at=instant_of(day, time(1, 30), zone))

    first, then = (on_the_clock(entry, meeting, zone) for entry in entries)

    assert first.began_at
    assert then.began_at
    assert then.began_at - first.began_at == timedelta(minutes=40)
    assert (first.started_at, then.started_at) == (time(1, 30), second)


def test_without_a_start_no_entry_has_one() -> None:
    _, entries = a_meeting(None, None, started_at=None).accept(
        attendees=(a_care_manager(),), today=TODAY
    )

    assert [entry.started_at for entry in entries] == [None, None]


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (a_meeting(None, held_on=None), "held_on"),
        (a_meeting(None, held_on=TODAY + timedelta(days=1)), "held_on"),
        (a_meeting(None, minutes=0), "minutes"),
        (a_meeting(None, started_at=time(23, 30)), "minutes"),
        (a_meeting(None, attendees=()), "attendees"),
        (a_meeting(), "shares"),
        (a_meeting(40, 21), "shares"),
        (a_meeting(60, None), "shares"),
        (a_meeting(shares=(Share(EpisodeId("e")), Share(EpisodeId("e")))), "shares"),
        (a_meeting(None, note="x" * 2_001), "note"),
    ],
)
def test_what_cannot_be(draft: MeetingDraft, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        draft.accept(attendees=(a_care_manager(),), today=TODAY)

    assert field in {problem.field for problem in refusal.value.problems}


@given(
    minutes=st.integers(1, 480),
    typed=st.lists(st.none() | st.integers(1, 60), min_size=1, max_size=12),
)
def test_shares_never_come_to_more_than_the_meeting(minutes: int, typed: list[int | None]) -> None:
    draft = a_meeting(*typed, minutes=minutes)

    if not list(draft._share_problems()):
        assert sum(draft.share_seconds) <= draft.seconds
        assert min(draft.share_seconds) > 0


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        ((None,) * 7, "8 min 34 s for each of 7 patients without minutes."),
        ((15, None), "45 min are left for the patient without minutes."),
        ((15, 20), ""),
    ],
)
def test_the_share_is_said(minutes: tuple[int | None, ...], words: str) -> None:
    assert a_meeting(*minutes).share_words == words
