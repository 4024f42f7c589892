"""Printing a packet, and telling later which of its pages the records have overtaken."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from cocm_desktop.actions.anchors import current_anchor
from cocm_desktop.actions.chart import charts_of
from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.release import Release, account_for, require_release, stopped
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.background import has_open
from cocm_desktop.domain.ids import ReviewMeetingId, new_id
from cocm_desktop.domain.printed_packet import (
    PacketState,
    PrintedPacket,
    PrintedPage,
    digest_of,
    digests_of,
    state_of,
)
from cocm_desktop.domain.privacy import Purpose
from cocm_desktop.domain.review_packet import ReviewPacket
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import long_moment
from cocm_desktop.printing.review_packet import press_packet
from cocm_desktop.printing.superseded import stamped
from cocm_desktop.storage import audit, printed_packet

MOST_PACKETS = 12


def press(workspace: Workspace, packet: ReviewPacket, meeting_id: ReviewMeetingId | None) -> Paper:
    """Make the PDF; keep in the records and the audit what each page rests on."""
    workspace.require(Permission.PRINT_PACKET)
    charts = [sheet.chart for sheet in packet.sheets]
    require_release(workspace, (each.patient.id for each in charts), Purpose.TREATMENT)
    packet = _without_restricted(workspace, packet)
    pressed = press_packet(packet, anchor=current_anchor(workspace))
    cases = [
        PrintedPage(sheet.chart.episode.id, number, digest_of(sheet.chart))
        for number, sheet in enumerate(packet.sheets, start=pressed.first_case)
        if sheet.chart.episode
    ]
    printed = PrintedPacket(
        id=new_id(),
        review_on=packet.review_on,
        as_of=packet.as_of,
        sha256=hashlib.sha256(pressed.content).hexdigest(),
        pages=pressed.pages,
        cases=tuple(cases),
        meeting_id=meeting_id,
    )
    with workspace.database.write() as session:
        stamp = workspace.stamp()
        printed_packet.add(session, printed, stamp)
        note = audit.Note(
            "packet.printed",
            audit.Action.EXECUTE,
            printed.id,
            sha256=printed.sha256,
            pages=printed.pages,
            bytes=len(pressed.content),
        )
        discussed = [each.patient.id for each in charts]
        audit.write_for_each(session, stamp, note, patient_ids=discussed)
        release = Release(
            [each.patient.id for each in charts],
            Purpose.TREATMENT,
            recipient="the weekly review",
            what="Page of the review packet",
            sha256=printed.sha256,
            part2_of=[each.patient.id for each in charts if has_open(each.facts.part2)],
        )
        account_for(workspace, release)
    return Paper(pressed.content, printed.sha256, packet.as_of, printed.id)


def _without_restricted(workspace: Workspace, packet: ReviewPacket) -> ReviewPacket:
    """Take off the list of the caseload whom a restriction keeps from being given out."""
    listed = {line.patient_id for line in packet.caseload}
    listed |= {each.entry.row.patient_id for each in packet.left_out}
    kept = stopped(workspace, listed, Purpose.TREATMENT)
    return replace(
        packet,
        caseload=tuple(line for line in packet.caseload if line.patient_id not in kept),
        left_out=tuple(each for each in packet.left_out if each.entry.row.patient_id not in kept),
        restricted=len(kept),
    )


def read_printed_packets(workspace: Workspace) -> tuple[PacketState, ...]:
    """Give the last packets, the newest first, each with the pages that changed since."""
    workspace.require(Permission.PRINT_PACKET)
    with workspace.database.read() as session:
        return _states(workspace, printed_packet.latest(session, most=MOST_PACKETS))


def read_packet_state(workspace: Workspace, packet_id: str) -> PacketState:
    """Tell which pages of a packet have changed since it was printed."""
    workspace.require(Permission.PRINT_PACKET)
    with workspace.database.read() as session:
        [state] = _states(workspace, [printed_packet.get(session, packet_id)])
    return state


def supersede(workspace: Workspace, paper: Paper) -> tuple[Paper, PacketState]:
    """Give a packet with every page stamped, where the records have overtaken it."""
    state = read_packet_state(workspace, paper.packet_id)
    if not state.is_superseded:
        return paper, state
    words = f"SUPERSEDED {long_moment(workspace.now())}. {state.words}"
    content = stamped(paper.content, words)
    digest = hashlib.sha256(content).hexdigest()
    return Paper(content, digest, paper.as_of, paper.packet_id), state


def _states(workspace: Workspace, packets: Sequence[PrintedPacket]) -> tuple[PacketState, ...]:
    printed = {page.episode_id for packet in packets for page in packet.cases}
    rows = tuple(row for row in read_registry(workspace).rows if row.episode_id in printed)
    digests = digests_of(charts_of(workspace, rows))
    now = workspace.now()
    local = (replace(each, as_of=each.as_of.astimezone(now.tzinfo)) for each in packets)
    return tuple(state_of(packet, digests, now) for packet in local)
