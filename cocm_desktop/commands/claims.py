"""Claims: what is ready, files of them, and what came back about the files."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_json, say_table, tell
from cocm_desktop.commands.parser import Group, id_given, id_option, json_option
from cocm_desktop.commands.remittance import declare_remittances
from cocm_desktop.domain.billing.claim_file import (
    ClaimAnswer,
    ClaimFile,
    ClaimFileKind,
    FilingRow,
)
from cocm_desktop.domain.wording import count_of, dollars, long_moment
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def declare_claims(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "tell of a month's issued superbills whether each can be claimed")
    listed.add_argument("--month", metavar="2026-11", required=True)
    json_option(listed)
    listed.set_defaults(work=list_claims)
    for name, kind, words in (
        ("export-csv", ClaimFileKind.CSV, "write claims as CSV, a row for each line"),
        ("export-837", ClaimFileKind.PROFESSIONAL, "write claims as an 837P file"),
    ):
        _declare_export(group.add(name, words), kind)
    files = group.add("files", "list the files that were written, and what came back")
    json_option(files)
    files.set_defaults(work=list_files)
    again = group.add("again", "write a file once more, just as it was")
    again.add_argument("file_id", metavar="ID")
    again.add_argument("--out", metavar="PLACE", type=Path, required=True)
    again.set_defaults(work=write_once_more)
    answers = group.add("answers", "read a 999 or 277CA: what was accepted and rejected")
    answers.add_argument("file", metavar="FILE", type=Path)
    answers.add_argument("--preview", action="store_true", help="only tell what it says")
    json_option(answers)
    answers.set_defaults(work=read_answers)
    declare_remittances(group)


def _declare_export(parser: ArgumentParser, kind: ClaimFileKind) -> None:
    parser.add_argument("--month", metavar="2026-11", required=True)
    parser.add_argument("--out", metavar="PLACE", type=Path, required=True, help="file or folder")
    parser.add_argument(
        "--number",
        metavar="NUMBER",
        action="append",
        default=[],
        help="only the claim of this superbill, such as 2026-11-0007; may be repeated",
    )
    parser.add_argument("--second-payer", action="store_true", help="with --number: the second one")
    parser.add_argument("--again", action="store_true", help="also what is in a file already")
    parser.add_argument("--not-sent", action="store_true", help="do not mark the bills as sent")
    id_option(parser)
    parser.set_defaults(work=export, kind=kind)


def list_claims(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.claims import read_filing

    filing = read_filing(workspace, typed.month(options.month))
    if options.json:
        say_json([row_fields(row) for row in filing.rows])
        return
    rows = [
        (
            row.superbill.number,
            row.superbill.patient.name,
            row.payer_words,
            row.superbill.code_words,
            dollars(row.superbill.total_cents or 0),
            row.words,
        )
        for row in filing.rows
    ]
    say_table(("number", "patient", "payer", "codes", "charge", "claim"), rows)
    say(f"{count_of(len(filing.rows), 'claim')}, {len(filing.due)} ready to go.")
    for problem in filing.problems:
        tell(f"837P: {problem.message}")


def export(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.claims import FileRequest, read_filing, write_claims

    month = typed.month(options.month)
    filing = read_filing(workspace, month)
    keys = frozenset(
        _row(filing.rows, number, second=options.second_payer).key for number in options.number
    )
    request = FileRequest(
        month=month,
        kind=options.kind,
        keys=keys,
        marks_sent=not options.not_sent,
        again=options.again,
        **id_given(options),
    )
    change = write_claims(workspace, request, options.out)
    ack(change.record_id)
    if not keys:
        for row in filing.kept_back:
            tell(f"Left out: {row.superbill.number} {row.superbill.patient.name}: {row.words}")


def _row(rows: tuple[FilingRow, ...], number: str, *, second: bool) -> FilingRow:
    found = (row for row in rows if row.superbill.number == number and (row.rank > 1) is second)
    if (row := next(found, None)) is None:
        raise Refused(Problem("number", f"No claim of this month has the number {number}."))
    return row


def list_files(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.claims import read_claim_files

    files = read_claim_files(workspace)
    if options.json:
        say_json([file_fields(file) for file in files])
        return
    rows = [
        (
            long_moment(file.made_at),
            file.kind.value,
            file.file_name,
            "test" if file.is_test else "",
            file.words,
            file.answer_words,
            file.id,
        )
        for file in files
    ]
    say_table(("written", "kind", "file", "test", "claims", "answer", "id"), rows)


def write_once_more(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.claims import write_again

    ack(write_again(workspace, options.file_id, options.out).record_id)


def read_answers(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.claim_answers import keep_answers, preview_answers

    preview = preview_answers(workspace, options.file)
    if options.json:
        say_json([answer_fields(answer) for answer in preview.answers])
    else:
        rows = [
            (each.kind.value.lower(), each.named, each.verdict, each.words)
            for each in preview.answers
        ]
        say_table(("about", "number", "verdict", "words"), rows)
    if not options.preview:
        ack(keep_answers(workspace, preview).record_id)


def row_fields(row: FilingRow) -> dict[str, Any]:
    return {
        "superbill_id": row.superbill.id,
        "number": row.superbill.number,
        "account_number": row.superbill.account_number,
        "patient_id": row.superbill.patient.id,
        "payer": row.payer.name if row.payer else None,
        "payer_rank": row.rank,
        "codes": [{"code": line.code, "units": line.units} for line in row.superbill.lines],
        "charge_cents": row.superbill.total_cents,
        "state": row.state.name.lower(),
        "in_file": row.is_filed,
        "due": row.is_due,
        "problems": [problem.message for problem in row.problems],
    }


def file_fields(file: ClaimFile) -> dict[str, Any]:
    return {
        "id": file.id,
        "kind": file.kind.value,
        "file": file.file_name,
        "sha256": file.sha256,
        "control_number": file.control_number,
        "test": file.is_test,
        "written_at": file.made_at.isoformat(),
        "by": file.made_by,
        "account_numbers": [claim.account_number for claim in file.claims],
        "answers": [answer_fields(answer) for answer in file.answers],
    }


def answer_fields(answer: ClaimAnswer) -> dict[str, Any]:
    return {
        "about": answer.kind.name.lower(),
        "number": answer.named,
        "accepted": answer.is_accepted,
        "words": answer.words,
        "superbill_id": answer.superbill_id,
        "file_id": answer.claim_file_id,
    }
