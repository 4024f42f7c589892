"""The chain of the audit: checking it, and what stands of it on paper."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands.console import ack, say, say_json
from cocm_desktop.commands.parser import Call, Group, json_option
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Damaged

if TYPE_CHECKING:
    from cocm_desktop.actions.anchors import ChainReport
    from cocm_desktop.actions.workspace import Workspace


def add_chain_commands(group: Group) -> None:
    verified = group.add("verify", "check every entry of the audit and its seal")
    json_option(verified)
    verified.set_defaults(work=verify)
    shown = group.add("anchor", "show the last entry and its seal, as they stand on paper")
    shown.set_defaults(work=show_anchor)
    checked = group.add("check-anchor", "compare what stands in the foot of a paper with the file")
    checked.add_argument("anchor", metavar="A:NUMBER-SEAL", help="such as A:184223-9f3c1a2b")
    checked.set_defaults(work=check_anchor)
    accepted = group.add("accept-older", "go on with a file that is older than one seen before")
    accepted.add_argument("--reason", metavar="TEXT", required=True, help="kept in the audit")
    accepted.set_defaults(outside=accept_older)


def chain_fields(report: ChainReport | None) -> dict[str, Any]:
    """Give what was found of the audit, as JSON writes it."""
    if report is None:
        return {"audit_entries": None, "audit_head": None, "audit_first_bad": None}
    head = str(report.head) if report.is_whole and report.head.mac else None
    return {
        "audit_entries": report.entries,
        "audit_head": head,
        "audit_first_bad": report.first_bad,
    }


def verify(workspace: Workspace, options: Namespace) -> None:
    """Say how far the audit is whole, or raise what is wrong."""
    from cocm_desktop.actions.anchors import check_audit

    report = check_audit(workspace)
    if options.json:
        say_json({"findings": [report.words] if report.words else [], **chain_fields(report)})
    if report.words:
        raise Damaged(report.words)
    if not options.json:
        entries = count_of(report.entries, "entry", "entries")
        say(f"The audit is whole: {entries}, the last of them {report.head}.")


def show_anchor(workspace: Workspace, _options: Namespace) -> None:
    from cocm_desktop.actions.anchors import current_anchor

    say(current_anchor(workspace) or "No entry has a seal yet.")


def check_anchor(workspace: Workspace, options: Namespace) -> None:
    """Say that the file holds the entry, or raise what is wrong."""
    from cocm_desktop.actions.anchors import check_anchor as check

    answer = check(workspace, options.anchor)
    if not answer.is_held:
        raise Damaged(answer.words)
    say(answer.words)


def accept_older(call: Call) -> None:
    """Open a file that is not the newest seen, once and for all, and note why."""
    from cocm_desktop.actions.session import unlock
    from cocm_desktop.commands.unlocking import locking, place_of, sign_in_of

    place = replace(place_of(call), accept_older=call.options.reason)
    password = call.passwords.password()
    workspace = unlock(place, sign_in_of(call.options, place), password)
    with locking(workspace):
        say("This file is opened from now on.")
        ack(workspace.clinic.keys.vault_id if workspace.clinic else "")
