"""An open safety task stays in sight, whatever becomes of its episode."""

from __future__ import annotations

from datetime import date

from cocm_desktop.actions.episode import close_episode
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.review import PacketChoice, read_agenda, read_packet
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.episode import CloseDraft, CloseReason
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.review_priority import Section
from tests.actions.work import phq9


def test_closing_an_episode_leaves_its_safety_task_on_the_agenda(
    workspace: Workspace, maria: EpisodeId
) -> None:
    phq9(workspace, maria, date(2026, 11, 12), 3, item9=1)
    close_episode(workspace, CloseDraft(maria, date(2026, 11, 20), CloseReason.WITHDREW))

    [entry] = read_agenda(workspace, PacketChoice(care_manager_id=workspace.staff.id))
    packet = read_packet(workspace, PacketChoice())

    assert entry.section is Section.SAFETY
    assert [sheet.entry for sheet in packet.sheets] == [entry]
    assert packet.caseload == ()


def test_a_closed_episode_without_one_is_not_on_the_agenda(
    workspace: Workspace, maria: EpisodeId
) -> None:
    phq9(workspace, maria, date(2026, 11, 12), 18)
    close_episode(workspace, CloseDraft(maria, date(2026, 11, 20), CloseReason.WITHDREW))

    assert read_agenda(workspace, PacketChoice()) == ()


def test_of_two_open_tasks_the_gravest_is_told_with_its_own_day(
    workspace: Workspace, maria: EpisodeId
) -> None:
    for day, item9 in ((date(2026, 10, 5), 1), (date(2026, 11, 12), 3), (date(2026, 11, 14), 3)):
        phq9(workspace, maria, day, 9, item9=item9)

    [row] = read_registry(workspace).rows

    assert row.safety_since == date(2026, 10, 5)
    assert row.safety_words == (
        "Answer 3 on PHQ-9 item 9, not yet closed, open for 18 days, since Nov 12; "
        "another open since Oct 5"
    )
