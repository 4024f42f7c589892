"""A month's superbills, and papers as files."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.billing import acknowledge_option, acknowledged
from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.parser import Call, json_option, out_option, patient_option
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.wording import NOTHING, count_of, dollars

if TYPE_CHECKING:
    from cocm_desktop.actions.papers import Paper
    from cocm_desktop.actions.workspace import Workspace


def declare_superbill(parser: ArgumentParser) -> None:
    parser.add_argument("--month", metavar="2026-11", required=True)
    patient_option(parser, required=False)
    parser.add_argument("--issue", action="store_true", help="make them final and number them")
    acknowledge_option(parser)
    out_option(parser, required=False)
    encrypt_option(parser)
    json_option(parser)
    parser.set_defaults(outside=superbill)


def superbill(call: Call) -> None:
    from cocm_desktop.actions.bill_papers import print_billing_sheets
    from cocm_desktop.commands.unlocking import unlocked
    from cocm_desktop.domain.billing.bill_paper import to_print

    options = call.options
    with unlocked(call) as workspace:
        if options.issue:
            _issue(workspace, call)
        found = _found(workspace, call)
        if options.out:
            write_out(call, print_billing_sheets(workspace, to_print(found)))
        elif options.json and not options.issue:
            say_json([superbill_fields(bill) for bill in found])
        elif not options.issue:
            _say_superbills(found)


def encrypt_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--encrypt",
        action="store_true",
        help="ask for a password that opens the PDF (AES, 256 bits)",
    )


def _issue(workspace: Workspace, call: Call) -> None:
    """Issue what reaches a code; the one that is named must reach one."""
    from cocm_desktop.actions.superbill import issue_superbill

    found = _found(workspace, call)
    wanted = found if call.options.patient else [bill for bill in found if bill.lines]
    month = typed.month(call.options.month)
    warnings = acknowledged(call.options.acknowledge)
    for bill in wanted:
        changed = issue_superbill(workspace, bill.patient.id, month, acknowledged=warnings)
        ack(changed.record_id)


def _found(workspace: Workspace, call: Call) -> Sequence[Superbill]:
    from cocm_desktop.actions.patient import find_patient
    from cocm_desktop.actions.superbill import read_billing_month, read_superbill

    month, patient = typed.month(call.options.month), call.options.patient
    if patient:
        return [read_superbill(workspace, find_patient(workspace, patient).id, month)]
    return read_billing_month(workspace, month).superbills


def write_out(call: Call, paper: Paper) -> None:
    from cocm_desktop.actions.papers import encrypted

    if call.options.encrypt:
        paper = encrypted(paper, call.passwords.paper_password())
    write_paper_to(paper, call.options)


def write_paper_to(paper: Paper, options: Namespace) -> None:
    from cocm_desktop.actions.papers import write_paper

    file: Path = options.out
    write_paper(paper, file)
    say(f"{file} ({count_of(len(paper.content), 'byte')}, SHA-256 {paper.sha256})")


def superbill_fields(bill: Superbill) -> dict[str, Any]:
    """Give a superbill as JSON shows it: amounts in cents, null where no charge is recorded."""
    return {
        "id": bill.id if bill.is_issued else None,
        "number": bill.number or None,
        "issued_at": bill.issued_at.isoformat() if bill.issued_at else None,
        "month": bill.month.key,
        "patient_id": bill.patient.id,
        "mrn": bill.patient.mrn,
        "month_kind": bill.kind.value,
        "minutes": bill.minutes,
        "service_on": bill.service_on.isoformat(),
        "lines": [
            {"code": line.code, "units": line.units, "fee_cents": line.fee_cents}
            for line in bill.lines
        ],
        "total_cents": bill.total_cents,
        "diagnoses": [diagnosis.code for diagnosis in bill.diagnoses],
        "warnings": list(bill.warnings),
    }


def _say_superbills(bills: Sequence[Superbill]) -> None:
    lines = [
        (
            bill.patient.mrn or NOTHING,
            bill.patient.name,
            str(bill.minutes),
            MonthRow(bill, is_open=False).code_words or NOTHING,
            NOTHING if bill.total_cents is None or not bill.lines else dollars(bill.total_cents),
            bill.number or "draft",
            str(len(bill.warnings)),
        )
        for bill in bills
    ]
    say_table(("MRN", "patient", "min", "codes", "total", "number", "warnings"), lines)
    reached = sum(bool(bill.lines) for bill in bills)
    say(f"{count_of(len(bills), 'patient')}, {reached} ready or issued.")
