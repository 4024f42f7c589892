"""Copies of records for patients, how long records are kept, and the attestation of encryption."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say_json, say_table
from cocm_desktop.commands.parser import (
    Call,
    Group,
    id_given,
    id_option,
    json_option,
    member_of,
    out_option,
    patient_option,
    slug,
    slugs,
)
from cocm_desktop.domain.patient_copy import CopyRequest
from cocm_desktop.domain.privacy import Purpose
from cocm_desktop.domain.retention import KeptRecord, RetentionHoldDraft
from cocm_desktop.domain.wording import NOTHING, short_date

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

HEADS = ("patient", "name", "last entry", "kept until", "past", "held because")


def declare_patient_copy(parser: ArgumentParser) -> None:
    patient_option(parser)
    parser.add_argument("--to", metavar="NAME", required=True, help="who gets the copy")
    parser.add_argument("--address", metavar="TEXT", default="")
    parser.add_argument("--purpose", choices=slugs(Purpose), default=slug(Purpose.TO_PATIENT))
    parser.add_argument("--authority", metavar="TEXT", default="", help="the order or the law")
    parser.add_argument(
        "--court-order", metavar="TEXT", default="", help="of 42 CFR part 2, subpart E"
    )
    parser.add_argument("--without-part2", action="store_true", help="leave protected records out")
    parser.add_argument("--encrypt", action="store_true", help="ask for a password of the ZIP")
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="the ZIP")
    id_option(parser)
    parser.set_defaults(outside=give)


def give(call: Call) -> None:
    from cocm_desktop.actions.patient_copy import write_patient_copy
    from cocm_desktop.commands.unlocking import unlocked

    options = call.options
    with unlocked(call) as workspace:
        request = CopyRequest(
            typed.patient(workspace, options.patient).id,
            options.to,
            member_of(Purpose, options.purpose),
            address=options.address,
            authority=options.authority,
            court_order=options.court_order,
            with_part2=not options.without_part2,
            password=call.passwords.paper_password() if options.encrypt else "",
            **id_given(options),
        )
        ack(write_patient_copy(workspace, request, options.out).record_id)


def declare_retention(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "list until when each record without an open episode is kept")
    listed.add_argument("--past", action="store_true", help="only those past their time")
    json_option(listed)
    listed.set_defaults(work=show)
    printed = group.add("print", "print the records past their time")
    out_option(printed)
    printed.set_defaults(work=print_list)
    held = group.add("hold", "keep a record whatever its age")
    patient_option(held)
    held.add_argument("--reason", metavar="TEXT", required=True)
    id_option(held)
    held.set_defaults(work=hold)
    lifted = group.add("lift", "end a hold from today on")
    lifted.add_argument("record", metavar="ID")
    lifted.add_argument("--reason", metavar="TEXT", required=True)
    lifted.set_defaults(work=lift)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.retention import read_retention

    found = read_retention(workspace)
    rows = found.past if options.past else found.rows
    if options.json:
        say_json([_fields(each, is_past=each.is_past(found.today)) for each in rows])
        return
    cells = [
        (
            each.patient.mrn or each.patient.id,
            each.patient.name,
            short_date(each.last_on),
            short_date(each.keep_until),
            "yes" if each.is_past(found.today) else "no",
            each.hold.reason if each.hold else NOTHING,
        )
        for each in rows
    ]
    say_table(HEADS, cells)


def print_list(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.retention import print_retention
    from cocm_desktop.commands.papers import write_paper_to

    write_paper_to(print_retention(workspace), options)


def hold(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.retention import place_hold

    patient = typed.patient(workspace, options.patient)
    draft = RetentionHoldDraft(patient.id, options.reason, **id_given(options))
    ack(place_hold(workspace, draft).record_id)


def lift(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.retention import lift_hold

    ack(lift_hold(workspace, options.record, reason=options.reason).record_id)


def declare_attest(parser: ArgumentParser) -> None:
    parser.add_argument("--data-flow", action="store_true", help="the page on where data goes")
    out_option(parser)
    parser.set_defaults(work=attest)


def attest(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.attestation import print_attestation, print_data_flow
    from cocm_desktop.commands.papers import write_paper_to

    made = print_data_flow(workspace) if options.data_flow else print_attestation(workspace)
    write_paper_to(made, options)


def _fields(each: KeptRecord, *, is_past: bool) -> dict[str, object]:
    return {
        "patient_id": each.patient.id,
        "last_on": each.last_on.isoformat(),
        "keep_until": each.keep_until.isoformat(),
        "is_past": is_past,
        "hold_id": each.hold.id if each.hold else None,
        "hold_reason": each.hold.reason if each.hold else None,
    }
