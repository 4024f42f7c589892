"""Backing up, checking, trying a restore, and the second place for backups."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands.audit_chain import chain_fields
from cocm_desktop.commands.console import ack, say, say_json, say_table, tell
from cocm_desktop.commands.parser import Group, json_option, whole_number
from cocm_desktop.domain.backup_plan import REMIND_AFTER_DAYS
from cocm_desktop.domain.wording import count_of, long_moment
from cocm_desktop.errors import Damaged

if TYPE_CHECKING:
    from cocm_desktop.actions.backup import BackupLine
    from cocm_desktop.actions.workspace import Workspace


def declare_backup(parser: ArgumentParser) -> None:
    parser.add_argument("--to", metavar="FOLDER", type=Path, help="default: beside the clinic")
    parser.add_argument(
        "--if-due",
        action="store_true",
        help="only where something was recorded since the last one, half an hour ago or more",
    )
    parser.set_defaults(work=make)


def make(workspace: Workspace, options: Namespace) -> None:
    """Make a backup and take it to the second place, if that is there."""
    from cocm_desktop.actions.backup import (
        begin_backup,
        begin_if_due,
        finish_backup,
        note_backup,
    )

    begun = begin_if_due(workspace) if options.if_due else begin_backup(workspace, options.to)
    if begun is None:
        say("No backup is due: nothing was recorded since the last one, or it is a moment old.")
        return
    ended = finish_backup(begun)
    made = note_backup(workspace, ended)
    say(str(made.path))
    if ended.copy is not None:
        say(str(ended.copy))
    if ended.trouble:
        tell(ended.trouble)
    ack(made.vault_id)


def declare_backups(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="read each one whole and compare its digests"
    )
    json_option(parser)
    parser.set_defaults(work=show)


def show(workspace: Workspace, options: Namespace) -> None:
    """List the newest backups beside the clinic, and say what is to be done."""
    from cocm_desktop.actions.backup import check_backups, list_backups, read_status

    lines = (check_backups if options.check else list_backups)(workspace)
    status = read_status(workspace)
    if options.json:
        place = status.place
        say_json(
            {
                "format": "cocm backups 1",
                "newest_at": status.newest_at.isoformat() if status.newest_at else None,
                "age": status.age.value,
                "is_changed": status.is_changed,
                "drill_at": status.tried_at.isoformat() if status.tried_at else None,
                "is_drill_due": status.is_drill_due,
                "second_place": place.folder if place else None,
                "copied_at": status.copied_at.isoformat() if status.copied_at else None,
                "is_copy_due": status.is_copy_due,
                "backups": [_fields(line) for line in lines],
            }
        )
    else:
        zone = workspace.now().tzinfo
        rows = [
            (
                long_moment(line.backup.as_of.astimezone(zone)) if line.backup else "—",
                count_of(sum(line.backup.contents.rows.values()), "row") if line.backup else "",
                line.trouble or ("good" if line.is_checked else "read back when it was made"),
                line.path.name,
            )
            for line in lines
        ]
        say_table(("made", "holds", "state", "file"), rows)
    if any(line.trouble for line in lines):
        raise Damaged("A backup is damaged. The others can be restored; make a new one today.")


def _fields(line: BackupLine) -> dict[str, Any]:
    backup = line.backup
    return {
        "file": str(line.path),
        "as_of": backup.as_of.isoformat() if backup else None,
        "why": backup.label if backup else None,
        "schema": backup.contents.schema if backup else None,
        "rows": backup.contents.rows if backup else None,
        "audit_head": str(backup.head) if backup and backup.head.seq else None,
        "is_checked": line.is_checked,
        "trouble": line.trouble,
    }


def declare_backup_place(parser: ArgumentParser) -> None:
    group = Group(parser)
    group.add("show", "say where copies of the backups go").set_defaults(work=show_place)
    choose = group.add("set", "copy each backup of this computer to another folder too")
    choose.add_argument("folder", metavar="FOLDER", type=Path)
    choose.add_argument(
        "--remind-days",
        metavar="N",
        type=whole_number,
        default=REMIND_AFTER_DAYS,
        help=f"say it after so many days without a copy (default: {REMIND_AFTER_DAYS})",
    )
    choose.set_defaults(work=choose_place)
    group.add("copy", "copy the newest backup there now").set_defaults(work=copy_to_place)
    group.add("drop", "copy backups nowhere any more").set_defaults(work=drop_place)


def show_place(workspace: Workspace, _options: Namespace) -> None:
    from cocm_desktop.actions.backup import read_status

    status = read_status(workspace)
    if status.place is None:
        say("No second place yet. A backup beside the clinic is lost with the computer.")
        return
    there = "" if status.is_place_there else " (not there now)"
    copied = long_moment(status.copied_at) if status.copied_at else "never"
    say(f"{status.place.folder}{there}, last copy: {copied}")


def choose_place(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.backup_place import choose_backup_place, words_about
    from cocm_desktop.domain.backup_place import BackupPlaceDraft

    folder = options.folder.absolute()
    chosen = choose_backup_place(workspace, BackupPlaceDraft(str(folder), options.remind_days))
    if words := words_about(folder):
        tell(words)
    ack(chosen.record_id)


def copy_to_place(workspace: Workspace, _options: Namespace) -> None:
    from cocm_desktop.actions.backup_place import copy_to_backup_place

    say(str(copy_to_backup_place(workspace)))


def drop_place(workspace: Workspace, _options: Namespace) -> None:
    from cocm_desktop.actions.backup_place import give_up_backup_place

    ack(give_up_backup_place(workspace).record_id)


def declare_restore_drill(parser: ArgumentParser) -> None:
    parser.set_defaults(work=drill)


def drill(workspace: Workspace, _options: Namespace) -> None:
    """Restore the newest backup into a scratch folder and throw it away again."""
    from cocm_desktop.actions.restore_drill import try_newest_backup

    done = try_newest_backup(workspace)
    if done.findings:
        raise Damaged(" ".join(done.findings))
    rows = count_of(sum(done.backup.contents.rows.values()), "row")
    say(f"{done.backup.path.name} can be restored: {rows}, {done.seconds:.1f} s.")


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
