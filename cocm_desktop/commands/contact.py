"""Recording contacts and questions for the consultant."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack
from cocm_desktop.commands.parser import (
    id_given,
    id_option,
    member_of,
    patient_option,
    slug,
    slugs,
    whole_number,
)
from cocm_desktop.domain.contact import ContactDraft, ContactKind, ContactOutcome, SafetyAsked
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def declare_contact(parser: ArgumentParser) -> None:
    patient_option(parser)
    parser.add_argument("--kind", required=True, choices=slugs(ContactKind))
    parser.add_argument(
        "--outcome", choices=slugs(ContactOutcome), default=slug(ContactOutcome.REACHED)
    )
    _when(parser)
    parser.add_argument("--minutes", metavar="N", type=whole_number, default=0)
    parser.add_argument("--note", metavar="TEXT", default="")
    parser.add_argument("--next", metavar="DATE", help="when to contact the patient again")
    parser.add_argument(
        "--safety",
        choices=slugs(SafetyAsked),
        default=slug(SafetyAsked.NOT_ASKED),
        help="what the clinician says of the patient's safety, asked again",
    )
    parser.add_argument("--question", metavar="TEXT", default="", help="for the consultant")
    parser.add_argument("--confirm", action="store_true", help="an unusual length is right")
    id_option(parser)
    parser.set_defaults(work=record)


def record(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.contact import record_contact

    today = workspace.today()
    draft = ContactDraft(
        episode_id=typed.latest_episode(workspace, options.patient).id,
        made_on=typed.day("on", options.on, today=today),
        kind=member_of(ContactKind, options.kind),
        outcome=member_of(ContactOutcome, options.outcome),
        minutes=options.minutes,
        started_at=typed.clock_time("started", options.started),
        note=options.note,
        next_contact_on=typed.day_or_none("next", options.next, today=today),
        safety=member_of(SafetyAsked, options.safety),
        question=options.question,
        is_confirmed=options.confirm,
        **id_given(options),
    )
    ack(record_contact(workspace, draft).record_id)


def declare_flag(parser: ArgumentParser) -> None:
    patient_option(parser)
    parser.add_argument("--question", metavar="TEXT", help="what the consultant is asked")
    parser.add_argument("--clear", metavar="REASON", help="clear the open question instead")
    parser.set_defaults(work=flag)


def flag(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.contact import clear_review_flag, flag_for_review

    if (options.question is None) == (options.clear is None):
        raise Refused(Problem("arguments", "Give either --question or --clear."))
    episode_id = typed.latest_episode(workspace, options.patient).id
    if options.clear is None:
        changed = flag_for_review(workspace, episode_id, options.question)
    else:
        changed = clear_review_flag(workspace, episode_id, reason=options.clear)
    ack(changed.record_id)


def _when(parser: ArgumentParser) -> None:
    parser.add_argument("--on", metavar="DATE", default="today", help="default: today")
    parser.add_argument("--started", metavar="HH:MM", help="on a clock of 24 hours")
