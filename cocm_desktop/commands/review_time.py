"""Sharing the time of a caseload review among its patients."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_table
from cocm_desktop.commands.parser import Group, id_given, id_option, whole_number
from cocm_desktop.domain.ids import ReviewMeetingId
from cocm_desktop.domain.review_time import ReviewTimeDraft
from cocm_desktop.domain.time_questions import exact

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def declare(group: Group) -> None:
    shared = group.add("share", "share the time of a caseload review among its patients")
    shared.add_argument("meeting", metavar="ID", help="as agenda list names it")
    shared.add_argument("--minutes", metavar="N", type=whole_number, help="default: as measured")
    shared.add_argument("--started", metavar="TIME", help="default: as planned")
    shared.add_argument(
        "--with", dest="attendees", metavar="NAME", action="append", default=[],
        help="who took part; default: the care managers and the consultant",
    )  # fmt: skip
    shared.add_argument("--anew", action="store_true", help="withdraw what was shared before")
    shared.add_argument("--preview", action="store_true", help="only look")
    shared.add_argument("--unsigned", action="store_true", help="leave your own time unsigned")
    shared.add_argument("--confirm", action="store_true", help="what is unusual is right")
    id_option(shared)
    shared.set_defaults(work=share)
    withdrawn = group.add("unshare", "withdraw the time of a caseload review, keeping it")
    withdrawn.add_argument("meeting", metavar="ID")
    withdrawn.add_argument("--reason", metavar="TEXT", required=True)
    withdrawn.set_defaults(work=unshare)


def share(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.meeting import read_attendees
    from cocm_desktop.actions.review_time import (
        read_meeting_time,
        share_anew,
        share_meeting_time,
    )

    staff = read_attendees(workspace)
    draft = ReviewTimeDraft(
        ReviewMeetingId(options.meeting),
        minutes=options.minutes,
        started_at=typed.clock_time("started", options.started),
        attendees=tuple(typed.staff_member(staff, n, field="with").id for n in options.attendees),
        is_signed=not options.unsigned,
        is_confirmed=options.confirm,
        **id_given(options),
    )
    if options.preview:
        found = read_meeting_time(workspace, draft)
        rows = [
            (each.patient.name, exact(each.seconds), ", ".join(m.name for m in each.of))
            for each in found.shares
        ]
        say_table(("patient", "time", "of"), rows)
        say(f"{exact(found.seconds) or 'No time'} of a meeting of {found.minutes} min.")
        return
    act = share_anew if options.anew else share_meeting_time
    ack(act(workspace, draft).record_id)


def unshare(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.review_time import withdraw_meeting_time

    changed = withdraw_meeting_time(workspace, options.meeting, reason=options.reason)
    ack(changed.record_id)
