"""Keying the replies of a signed packet."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say_json, say_table
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    json_option,
    member_of,
    slug,
    slugs,
    whole_number,
)
from cocm_desktop.domain.case_review import (
    RecommendationOwner,
    RecommendationUrgency,
    ReviewMode,
)
from cocm_desktop.domain.reply_keying import MARK_WORDS, ReplyDraft, ReplyLine, page_of
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.reply_keying import ReplyStack
    from cocm_desktop.actions.workspace import Workspace


def declare(group: Group) -> None:
    shown = group.add("packets", "list the packets whose replies can be keyed, with their pages")
    json_option(shown)
    shown.set_defaults(work=show)
    _declare_reply(group.add("reply", "record what is written on one page of a signed packet"))


def _declare_reply(parser: ArgumentParser) -> None:
    parser.add_argument("--packet", metavar="ID", help="default: the latest")
    parser.add_argument("--case", metavar="N", type=whole_number, required=True)
    parser.add_argument("--identity", metavar="MRN|YEAR", required=True, help="as on the page")
    parser.add_argument(
        "--line", dest="lines", metavar="TEXT", action="append", default=[],
        help=f"a letter, then the words; may be repeated: {MARK_WORDS}",
    )  # fmt: skip
    parser.add_argument("--consultant", metavar="NAME", help="default: the meeting's")
    parser.add_argument("--on", metavar="DATE", help="default: the day of the review")
    parser.add_argument("--mode", choices=slugs(ReviewMode), default=slug(ReviewMode.VIDEO))
    for name, kind in (("owner", RecommendationOwner), ("urgency", RecommendationUrgency)):
        parser.add_argument(f"--{name}", choices=slugs(kind))
    parser.add_argument("--recheck-weeks", metavar="N", type=whole_number, default=0)
    parser.add_argument("--minutes", metavar="N", type=whole_number, default=0)
    parser.add_argument("--impression", metavar="TEXT", default="")
    id_option(parser)
    parser.set_defaults(work=reply)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.reply_keying import read_reply_stacks

    stacks = read_reply_stacks(workspace).stacks
    if options.json:
        say_json([_fields(stack) for stack in stacks])
        return
    say_table(
        ("id", "packet", "recorded"),
        [(s.id, s.words, f"{s.recorded} of {len(s.pages)}") for s in stacks],
    )


def reply(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.reply_keying import read_reply_stacks, record_reply

    found = read_reply_stacks(workspace)
    stack = found.stack(options.packet) if options.packet else next(iter(found.stacks), None)
    if stack is None:
        raise Refused(Problem("packet", "This packet is not on file, or is older than 8 weeks."))
    consultant = stack.consultant_id
    if options.consultant:
        members = found.consultants
        consultant = typed.staff_member(members, options.consultant, field="consultant").id
    owner = options.owner or slug(RecommendationOwner.PRACTITIONER)
    urgency = options.urgency or slug(RecommendationUrgency.ROUTINE)
    draft = ReplyDraft(
        episode_id=page_of(stack.pages, options.case, options.identity).episode_id,
        consultant_id=consultant,
        reviewed_on=typed.day_or_none("on", options.on, today=workspace.today())
        or stack.reviewed_on,
        lines=tuple(map(ReplyLine, options.lines)),
        owner=member_of(RecommendationOwner, owner),
        urgency=member_of(RecommendationUrgency, urgency),
        recheck_weeks=options.recheck_weeks,
        minutes=options.minutes,
        impression=options.impression,
        mode=member_of(ReviewMode, options.mode),
        **id_given(options),
    )
    change = record_reply(
        workspace, draft, stack_id=stack.id, number=options.case, identity=options.identity
    )
    ack(change.record_id)


def _fields(stack: ReplyStack) -> dict[str, Any]:
    return {
        "id": stack.id,
        "packet": stack.words,
        "on": stack.reviewed_on.isoformat(),
        "meeting_id": stack.meeting_id,
        "pages": [
            {
                "case": page.number,
                "patient": page.name,
                "patient_id": page.patient_id,
                "mrn": page.mrn,
                "born_on": page.born_on.isoformat(),
                "recorded_on": page.recorded_on.isoformat() if page.recorded_on else None,
            }
            for page in stack.pages
        ],
    }
