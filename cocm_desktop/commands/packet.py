"""The packet of the weekly review, which of them are true still, and the caseload in figures."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import say, say_json, say_table
from cocm_desktop.commands.papers import encrypt_option, write_out
from cocm_desktop.commands.parser import (
    Call,
    care_manager_option,
    json_option,
    out_option,
    whole_number,
)
from cocm_desktop.domain.packet_options import Identity, PacketOptions
from cocm_desktop.domain.review_priority import MEETING_MINUTES
from cocm_desktop.domain.wording import NOTHING, long_date, long_moment

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace
    from cocm_desktop.domain.caseload_statistics import CaseloadStatistics
    from cocm_desktop.domain.printed_packet import PacketState

IDENTITIES = {"name": Identity.NAME, "initials": Identity.INITIALS, "mrn": Identity.MRN}


def declare_packet(parser: ArgumentParser) -> None:
    out_option(parser)
    care_manager_option(parser)
    parser.add_argument("--review-on", metavar="DATE", help="the day of the review; default: today")
    parser.add_argument(
        "--meeting-minutes", metavar="N", type=whole_number, default=MEETING_MINUTES
    )
    parser.add_argument(
        "--meeting", metavar="UUID", help="a planned meeting: its agenda, day, length and people"
    )
    parser.add_argument(
        "--identity", choices=IDENTITIES, default="name", help="how every page names the patients"
    )
    parser.add_argument(
        "--without-social-history", action="store_true", help="leave the social history out"
    )
    encrypt_option(parser)
    parser.set_defaults(outside=packet)


def packet(call: Call) -> None:
    from cocm_desktop.actions.review import PacketChoice, print_packet
    from cocm_desktop.commands.unlocking import unlocked
    from cocm_desktop.domain.ids import ReviewMeetingId

    options = call.options
    with unlocked(call) as workspace:
        choice = PacketChoice(
            care_manager_id=typed.care_manager_id(workspace, options.care_manager),
            review_on=typed.day_or_none("review_on", options.review_on, today=workspace.today()),
            meeting_minutes=options.meeting_minutes,
            options=PacketOptions(IDENTITIES[options.identity], options.without_social_history),
            meeting_id=ReviewMeetingId(options.meeting) if options.meeting else None,
        )
        write_out(call, print_packet(workspace, choice))


def declare_packets(parser: ArgumentParser) -> None:
    json_option(parser)
    parser.set_defaults(work=packets)


def packets(workspace: Workspace, options: Namespace) -> None:
    """Say of the last packets which pages have changed since."""
    from cocm_desktop.actions.printed_packet import read_printed_packets

    states = read_printed_packets(workspace)
    if options.json:
        say_json([_state_fields(state) for state in states])
        return
    lines = [
        (
            long_moment(state.packet.as_of),
            long_date(state.packet.review_on),
            str(state.packet.pages),
            str(len(state.packet.cases)),
            "superseded" if state.is_superseded else "",
            state.words,
        )
        for state in states
    ]
    say_table(("records as of", "review on", "pages", "patients", "", ""), lines)


def declare_statistics(parser: ArgumentParser) -> None:
    care_manager_option(parser)
    json_option(parser)
    parser.set_defaults(work=statistics)


def statistics(workspace: Workspace, options: Namespace) -> None:
    """Say how a caseload stands as a whole."""
    from cocm_desktop.actions.caseload_statistics import read_statistics

    found = read_statistics(workspace, typed.care_manager_id(workspace, options.care_manager))
    if options.json:
        say_json(_statistics_fields(found))
        return
    size = NOTHING if found.size is None else str(found.size)
    say(f"{found.in_treatment} in treatment for {found.full_time_words}.")
    say(f"{size} for one full time, {found.stands} ({found.band_words}).")
    say(f"{found.contact_hours} hours of contacts a month by the patients’ intervals.")
    lines = [(s.title, s.count_words, s.percent_words, s.meaning) for s in found.shares]
    say_table(("", "", "", ""), lines)


def _state_fields(state: PacketState) -> dict[str, Any]:
    printed = state.packet
    return {
        "id": printed.id,
        "meeting_id": printed.meeting_id,
        "review_on": printed.review_on.isoformat(),
        "as_of": printed.as_of.isoformat(),
        "sha256": printed.sha256,
        "pages": printed.pages,
        "cases": [{"page": c.number, "episode_id": c.episode_id} for c in printed.cases],
        "changed_pages": list(state.changed),
        "is_superseded": state.is_superseded,
    }


def _statistics_fields(found: CaseloadStatistics) -> dict[str, Any]:
    return {
        "in_treatment": found.in_treatment,
        "full_time_percent": found.full_time_percent,
        "for_one_full_time": found.size,
        "goal_least": found.least,
        "goal_most": found.most,
        "contact_minutes_a_month": found.contact_minutes,
        "shares": [
            {"title": s.title, "counted": s.counted, "of": s.of, "meaning": s.meaning}
            for s in found.shares
        ],
    }
