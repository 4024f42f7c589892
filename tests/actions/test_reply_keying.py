"""Keying replies from paper: from which packet, into whose chart, and never twice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cocm_desktop.actions.meeting_agenda import read_meeting_agenda
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.reply_keying import ReplyStack, read_reply_stacks, record_reply
from cocm_desktop.actions.review_meeting import end_meeting, plan_meeting
from cocm_desktop.actions.review_record import read_reviews
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId, StaffId
from cocm_desktop.domain.reply_keying import ReplyDraft, ReplyLine
from cocm_desktop.domain.review_meeting import ReviewMeetingDraft
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import Refused
from cocm_desktop.storage.tables_meeting import PrintedPacketTable, PrintedPageTable
from tests.actions.timers import enroll_chen
from tests.actions.work import as_role, rows_stored

MET_ON = date(2026, 11, 30)


@pytest.fixture
def chen(workspace: Workspace) -> StaffId:
    draft = StaffDraft("L. Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT}))
    return StaffId(add_staff(workspace, draft).record_id)


@pytest.fixture
def other(workspace: Workspace, maria: EpisodeId) -> EpisodeId:
    return enroll_chen(workspace)


@pytest.fixture
def meeting(
    workspace: Workspace, maria: EpisodeId, other: EpisodeId, chen: StaffId
) -> ReviewMeetingId:
    draft = ReviewMeetingDraft(MET_ON, 60, consultant_id=chen)
    return ReviewMeetingId(plan_meeting(workspace, draft).record_id)


def print_of(workspace: Workspace, meeting_id: str | None, *episode_ids: EpisodeId) -> str:
    """Keep a packet as it was printed on the morning of the review."""
    stamp = workspace.stamp()
    made = {"recorded_at": stamp.at, "recorded_by": stamp.staff.id, "device": stamp.device}
    with workspace.database.write() as session:
        packet = PrintedPacketTable(
            id="packet",
            meeting_id=meeting_id,
            review_on=MET_ON,
            as_of=workspace.now() - timedelta(hours=8),
            sha256="",
            pages=len(episode_ids) + 1,
            **made,
        )
        session.add(packet)
        session.flush()
        for number, episode_id in enumerate(episode_ids, start=2):
            session.add(
                PrintedPageTable(
                    id=f"page {number}",
                    packet_id="packet",
                    episode_id=episode_id,
                    number=number,
                    digest="",
                )
            )
    return "packet"


def only_stack(workspace: Workspace) -> ReplyStack:
    [stack] = read_reply_stacks(workspace).stacks
    return stack


def a_reply(stack: ReplyStack, number: int, chen: StaffId, line: str = "c") -> ReplyDraft:
    episode_id = stack.pages[number - 1].episode_id
    return ReplyDraft(episode_id, chen, stack.reviewed_on, (ReplyLine(line),), minutes=8)


def keyed(
    workspace: Workspace, stack: ReplyStack, number: int, draft: ReplyDraft, identity: str = ""
) -> None:
    year = str(stack.pages[number - 1].born_on.year)
    record_reply(workspace, draft, stack_id=stack.id, number=number, identity=identity or year)


def test_the_pages_of_a_printed_packet_stay_in_their_printed_order(
    workspace: Workspace, maria: EpisodeId, other: EpisodeId, meeting: ReviewMeetingId
) -> None:
    print_of(workspace, meeting, other, maria)

    found = read_reply_stacks(workspace)

    [stack] = found.stacks
    assert [(page.number, page.episode_id) for page in stack.pages] == [(1, other), (2, maria)]
    assert stack.words == ("Packet for Nov 30, 2026, printed Nov 30, 2026 12:00 PM · 2 patients")
    assert (stack.meeting_id, stack.consultant_id) == (meeting, found.consultants[0].id)


def test_a_meeting_without_a_packet_is_keyed_in_the_order_of_its_agenda(
    workspace: Workspace, meeting: ReviewMeetingId, chen: StaffId
) -> None:
    stack = only_stack(workspace)
    agenda = read_meeting_agenda(workspace, meeting).agenda
    order = [entry.row.episode_id for entry in agenda.entries]
    assert [page.episode_id for page in stack.pages] == order

    keyed(workspace, stack, 1, a_reply(stack, 1, chen, "c Go on"))

    after = only_stack(workspace)
    assert [page.episode_id for page in after.pages] == order
    assert (after.recorded, after.pages[0].recorded_on) == (1, MET_ON)
    [review] = read_reviews(workspace, after.pages[0].episode_id)
    assert (review.meeting_id, review.seconds, review.counts) == (meeting, 480, True)


def test_a_packet_printed_without_a_meeting_is_keyed_by_its_day(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    print_of(workspace, None, maria)
    stack = only_stack(workspace)

    keyed(workspace, stack, 1, a_reply(stack, 1, chen))

    assert only_stack(workspace).recorded == 1
    [review] = read_reviews(workspace, maria)
    assert (review.reviewed_on, review.meeting_id) == (MET_ON, None)


@pytest.mark.parametrize("slip", ["identity", "other number", "other patient", "twice", "packet"])
def test_a_reply_that_does_not_fit_is_refused(
    workspace: Workspace, maria: EpisodeId, other: EpisodeId, chen: StaffId, slip: str
) -> None:
    print_of(workspace, None, maria, other)
    stack = only_stack(workspace)
    draft = a_reply(stack, 1, chen)
    years = [str(page.born_on.year) for page in stack.pages]
    told: dict[str, Any] = {"stack_id": stack.id, "number": 1, "identity": years[0]}
    words = "Nothing was recorded"
    if slip == "identity":
        told["identity"] = "1900"
    elif slip == "other number":
        told["number"] = 2
    elif slip == "other patient":
        told |= {"number": 2, "identity": years[1]}
        words = "another patient than the one shown"
    elif slip == "packet":
        told["stack_id"] = "another"
        words = "not on file, or is older"
    else:
        keyed(workspace, stack, 1, draft)
        draft = a_reply(stack, 1, chen)
        words = "recorded already"
    before = rows_stored(workspace)

    with pytest.raises(Refused, match=words):
        record_reply(workspace, draft, **told)

    assert rows_stored(workspace) == before


def test_the_same_reply_sent_twice_is_kept_once(
    workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    print_of(workspace, None, maria)
    stack = only_stack(workspace)
    draft = a_reply(stack, 1, chen)

    keyed(workspace, stack, 1, draft)
    keyed(workspace, stack, 1, draft)

    assert len(read_reviews(workspace, maria)) == 1


def test_paper_that_comes_back_after_the_meeting_is_keyed_too(
    workspace: Workspace, meeting: ReviewMeetingId, chen: StaffId
) -> None:
    end_meeting(workspace, meeting)
    stack = only_stack(workspace)

    keyed(workspace, stack, 2, a_reply(stack, 2, chen))

    assert only_stack(workspace).recorded == 1
    assert {page.number for page in only_stack(workspace).pages} == {1, 2}


def test_whoever_may_not_record_reviews_keys_none(workspace: Workspace, maria: EpisodeId) -> None:
    desk = as_role(workspace, Role.FRONT_DESK)

    with pytest.raises(Refused, match="may not record a review"):
        read_reply_stacks(desk)


def test_a_patient_of_the_packet_is_known_by_mrn_or_year(
    workspace: Workspace, maria: EpisodeId
) -> None:
    print_of(workspace, None, maria)

    [page] = only_stack(workspace).pages

    [row] = read_registry(workspace).rows
    assert (page.name, page.mrn, page.born_on) == (row.name, row.mrn, row.born_on)
