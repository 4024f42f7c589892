"""Weekly meetings from planning to their end, and whom the next one takes over."""

from __future__ import annotations

from datetime import date, timedelta

from cocm_desktop.actions.meeting_agenda import (
    read_meeting_agenda,
)
from cocm_desktop.actions.review_meeting import (
    end_meeting,
    plan_meeting,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId
from cocm_desktop.domain.review_meeting import (
    ReviewMeetingDraft,
)
from tests.conftest import EVENING

TODAY = EVENING.date()


def planned(workspace: Workspace, on: date = TODAY) -> ReviewMeetingId:
    return ReviewMeetingId(plan_meeting(workspace, ReviewMeetingDraft(on)).record_id)


def test_who_was_not_reached_is_first_next_time(workspace: Workspace, maria: EpisodeId) -> None:
    earlier = planned(workspace, TODAY - timedelta(days=7))
    end_meeting(workspace, earlier)

    agenda = read_meeting_agenda(workspace, planned(workspace)).agenda

    assert [entry.row.episode_id for entry in agenda.entries] == [maria]
    assert agenda.entries[0].carried_words == "Carried over from Nov 23"
