"""The minutes of a case: kept as they run, and never counted while nobody sees them."""

from __future__ import annotations

import pytest

from cocm_desktop.actions.meeting_agenda import read_meeting_agenda
from cocm_desktop.actions.review_meeting import (
    end_meeting,
    keep_case_time,
    plan_meeting,
    start_meeting,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId
from cocm_desktop.domain.review_meeting import ReviewMeetingDraft
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.review.case_ticker import CaseTicker
from tests.conftest import EVENING


class Seconds:
    """A ticker whose clock goes by hand, and which may be out of sight."""

    def __init__(self, desk: Desk, patch: pytest.MonkeyPatch) -> None:
        self.is_seen = True
        self.now_ms = 0
        self.ticker = CaseTicker(desk, lambda: self.is_seen)
        patch.setattr(self.ticker, "now_ms", lambda: self.now_ms)

    def pass_to(self, second: int) -> None:
        self.now_ms = second * 1_000
        self.ticker.look()


@pytest.fixture
def meeting_id(workspace: Workspace, maria: EpisodeId) -> ReviewMeetingId:
    made = plan_meeting(workspace, ReviewMeetingDraft(EVENING.date())).record_id
    start_meeting(workspace, made)
    keep_case_time(workspace, made, maria, seconds=60)
    return ReviewMeetingId(made)


@pytest.fixture
def seconds(
    desk: Desk,
    workspace: Workspace,
    meeting_id: ReviewMeetingId,
    maria: EpisodeId,
    monkeypatch: pytest.MonkeyPatch,
) -> Seconds:
    made = Seconds(desk, monkeypatch)
    times = read_meeting_agenda(workspace, meeting_id).meeting.case_times
    made.ticker.begin(meeting_id, times)
    made.ticker.turn_to(maria)
    return made


def kept(workspace: Workspace, meeting_id: ReviewMeetingId) -> int:
    [time] = read_meeting_agenda(workspace, meeting_id).meeting.case_times
    return time.seconds


def test_a_crash_costs_less_than_a_quarter_of_a_minute(
    seconds: Seconds, workspace: Workspace, meeting_id: ReviewMeetingId
) -> None:
    lost = []
    for second in range(1, 33):
        seconds.pass_to(second)
        lost.append(seconds.ticker.clock.seconds - kept(workspace, meeting_id))

    assert max(lost) < 15
    assert seconds.ticker.clock.seconds == 92


def test_out_of_sight_it_stands_still_and_asks_what_that_was(
    seconds: Seconds, workspace: Workspace, meeting_id: ReviewMeetingId
) -> None:
    seconds.pass_to(10)
    seconds.is_seen = False
    seconds.pass_to(40)
    seconds.ticker.keep()
    seconds.pass_to(130)
    seconds.is_seen = True

    assert seconds.ticker.clock.seconds == 70
    assert seconds.ticker.clock.missed_words == "2 minutes"

    seconds.ticker.count_missed(was_talk=True)
    seconds.ticker.stop()

    assert kept(workspace, meeting_id) == 60 + 130


def test_what_cannot_be_stored_is_told_once_and_tried_again(
    seconds: Seconds, desk: Desk, workspace: Workspace, meeting_id: ReviewMeetingId
) -> None:
    told: list[str] = []
    desk.unavailable.connect(told.append)
    end_meeting(workspace, meeting_id)

    for second in range(1, 60):
        seconds.pass_to(second)

    assert len(told) == 1
    assert "This meeting has ended." in told[0]
    assert kept(workspace, meeting_id) == 60

    seconds.ticker.stop_without_keeping()

    assert seconds.ticker.clock.total_seconds == 0
