"""Backing up, checking, restoring."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from cocm_desktop.commands.audit_chain import chain_fields
from cocm_desktop.commands.console import ack, say, say_json
from cocm_desktop.commands.parser import Call, json_option
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Damaged

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def declare_backup(parser: ArgumentParser) -> None:
    parser.add_argument("--to", metavar="FOLDER", type=Path, help="default: beside the clinic")
    parser.set_defaults(work=make)


def make(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.backup import back_up

    made = back_up(workspace, options.to)
    say(str(made.path))
    ack(made.vault_id)


def declare_verify(parser: ArgumentParser) -> None:
    json_option(parser)
    parser.set_defaults(work=verify)


def verify(workspace: Workspace, options: Namespace) -> None:
    """Say what was read, or raise what is wrong: nothing is repaired."""
    from cocm_desktop.actions.backup import check_clinic

    report = check_clinic(workspace)
    if options.json:
        whole = {"findings": report.findings, "rows": report.rows, "bytes": report.size}
        say_json(whole | chain_fields(report.chain))
    if report.findings:
        raise Damaged(" ".join(report.findings))
    if not options.json:
        rows, size = sum(report.rows.values()), count_of(report.size, "byte")
        say(f"No fault found in {count_of(rows, 'row')} and {size}.")


def declare_restore(parser: ArgumentParser) -> None:
    parser.add_argument("backup", metavar="FILE", type=Path)
    parser.set_defaults(outside=restore)


def restore(call: Call) -> None:
    from cocm_desktop.actions.backup import restore_backup
    from cocm_desktop.commands.unlocking import place_of

    place = place_of(call)
    restored = restore_backup(place, call.options.backup)
    say(f"{place.folder} holds the clinic as of {restored.as_of.isoformat()}.")
    ack(restored.vault_id)
