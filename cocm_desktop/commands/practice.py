"""The practice's details and fees."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say_json, say_table
from cocm_desktop.commands.parser import Group, id_option, json_option
from cocm_desktop.domain.wording import dollars
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace

TEXTS = ("name", "time_zone", "address", "city", "state", "postal_code", "phone", "npi", "ein")
OTHERS = ("caseload_goal",)


def declare_practice(parser: ArgumentParser) -> None:
    group = Group(parser)
    shown = group.add("show", "show the practice's details")
    json_option(shown)
    shown.set_defaults(work=show)
    changed = group.add("set", "change the details that are named")
    for name in (*TEXTS, *OTHERS):
        changed.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT")
    changed.set_defaults(work=set_details)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.practice import read_practice

    content = asdict(read_practice(workspace))
    if options.json:
        say_json(content)
    else:
        say_table(("detail", "value"), [(name, str(value)) for name, value in content.items()])


def set_details(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.practice import change_practice, read_practice

    named = {name: getattr(options, name) for name in (*TEXTS, *OTHERS)}
    changes = {name: value for name, value in named.items() if value is not None}
    if not changes:
        raise Refused(Problem("arguments", "Name at least one detail to change."))
    change_practice(workspace, replace(read_practice(workspace), **changes))
    if workspace.clinic:
        ack(workspace.clinic.keys.vault_id)


def declare_fee(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "list the charges")
    json_option(listed)
    listed.set_defaults(work=list_fees)
    added = group.add("set", "record what one unit of a code costs from a day on")
    added.add_argument("code", metavar="CODE", help="such as 99492, 99484 or G2214")
    added.add_argument("amount", metavar="DOLLARS", help="such as 162.34")
    added.add_argument("--from", dest="valid_from", metavar="DATE", required=True)
    id_option(added)
    added.set_defaults(work=set_fee)
    voided = group.add("void", "withdraw a charge that was typed wrong")
    voided.add_argument("fee", metavar="ID")
    voided.add_argument("--reason", metavar="WORDS", required=True)
    voided.set_defaults(work=withdraw_fee)


def list_fees(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.practice import read_fees

    fees = read_fees(workspace)
    if options.json:
        say_json([{**asdict(fee), "valid_from": fee.valid_from.isoformat()} for fee in fees])
    else:
        lines = [(fee.code, dollars(fee.cents), fee.valid_from.isoformat()) for fee in fees]
        say_table(("code", "charge", "from"), lines)


def set_fee(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.practice import record_fee

    changed = record_fee(
        workspace,
        options.code.upper(),
        cents=typed.cents(options.amount),
        valid_from=typed.day("from", options.valid_from, today=workspace.today()),
        fee_id=options.id or "",
    )
    ack(changed.record_id)


def withdraw_fee(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.practice import void_fee

    ack(void_fee(workspace, options.fee, reason=options.reason).record_id)
