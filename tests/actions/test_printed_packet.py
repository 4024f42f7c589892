"""Which pages of a printed packet the records have overtaken."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cocm_desktop.actions.anchors import current_anchor
from cocm_desktop.actions.contact import flag_for_review
from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.printed_packet import (
    read_packet_state,
    read_printed_packets,
    supersede,
)
from cocm_desktop.actions.review import PacketChoice, print_packet
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.errors import Refused
from tests.actions.work import at, phq9
from tests.conftest import EVENING
from tests.printing.read_back import texts
from tests.ui.clinic import enrolled


@pytest.fixture
def paper(workspace: Workspace, maria: EpisodeId) -> Paper:
    """Give a packet of two patients, María's page being the third."""
    patient_id, _ = enrolled(workspace, "Ng")
    flag_for_review(workspace, maria, "Switch?")
    assert patient_id
    return print_packet(workspace, PacketChoice())


def test_a_packet_is_true_until_something_on_it_changes(
    workspace: Workspace, paper: Paper, maria: EpisodeId
) -> None:
    before = read_packet_state(workspace, paper.packet_id)
    phq9(workspace, maria, EVENING.date(), 14)

    after = read_packet_state(workspace, paper.packet_id)

    [page] = [each.number for each in after.packet.cases if each.episode_id == maria]
    assert (before.changed, before.words) == ((), "Nothing has changed since.")
    assert (after.changed, after.words) == ((page,), f"Page {page} has changed since.")
    assert "ALVAREZ" in texts(paper.content)[page - 1]


def test_the_next_day_alone_changes_no_page_but_makes_it_old(
    workspace: Workspace, paper: Paper
) -> None:
    later = at(workspace, EVENING + timedelta(hours=25))

    state = read_packet_state(later, paper.packet_id)

    assert (state.changed, state.is_superseded) == ((), True)
    assert state.words == "It is older than 24 hours."
    assert not read_packet_state(
        at(workspace, EVENING + timedelta(hours=24)), paper.packet_id
    ).is_old


def test_the_foot_of_every_page_bears_the_head_of_the_audit(
    workspace: Workspace, paper: Paper
) -> None:
    anchor = current_anchor(workspace)

    pages = texts(print_packet(workspace, PacketChoice()).content)

    assert anchor.startswith("A:")
    assert all(f"{anchor} · " in page for page in pages)
    assert paper.content


def test_every_page_of_a_superseded_packet_is_stamped(
    workspace: Workspace, paper: Paper, maria: EpisodeId
) -> None:
    same, _ = supersede(workspace, paper)
    flag_for_review(workspace, maria, "Switch to sertraline?")

    stamped, state = supersede(workspace, paper)

    assert same is paper
    words = f"SUPERSEDED Nov 30, 2026 8:00 PM. {state.words}"
    assert all(words in page for page in texts(stamped.content))
    assert len(texts(stamped.content)) == len(texts(paper.content))


def test_the_packets_of_late_are_listed_newest_first(workspace: Workspace, paper: Paper) -> None:
    newer = print_packet(at(workspace, EVENING + timedelta(minutes=1)), PacketChoice())

    found = read_printed_packets(workspace)

    assert [each.packet.id for each in found] == [newer.packet_id, paper.packet_id]
    assert found[1].told == "Printed Nov 30, 2026 8:00 PM, 2 patients. Nothing has changed since."
    assert found[0].packet.pages == len(texts(newer.content))


def test_a_packet_that_was_never_printed_is_not_on_file(workspace: Workspace) -> None:
    with pytest.raises(Refused, match="packet is not on file"):
        read_packet_state(workspace, "no such packet")

    assert read_printed_packets(workspace) == ()
