"""Papers of a billing month: sheets for the biller, a patient's superbill, an audit packet."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import say_json
from cocm_desktop.commands.papers import encrypt_option, write_out
from cocm_desktop.commands.parser import Call, json_option, out_option, patient_option
from cocm_desktop.domain.billing.bill_paper import to_print
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cocm_desktop.actions.workspace import Workspace
    from cocm_desktop.domain.superbill import Superbill

NOTHING_ASKED = "Name a PDF with --out, or ask for --json."


def declare_billing_sheet(parser: ArgumentParser) -> None:
    _month_option(parser)
    patient_option(parser, required=False)
    out_option(parser)
    encrypt_option(parser)
    parser.set_defaults(outside=billing_sheet)


def billing_sheet(call: Call) -> None:
    """Print one patient's sheet, or the summary of the month with every sheet."""
    from cocm_desktop.actions.bill_papers import print_billing_month, print_billing_sheets
    from cocm_desktop.commands.unlocking import unlocked

    month = typed.month(call.options.month)
    with unlocked(call) as workspace:
        bills = _bills(workspace, call)
        if call.options.patient:
            paper = print_billing_sheets(workspace, bills)
        else:
            paper = print_billing_month(workspace, month, to_print(bills))
        write_out(call, paper)


def declare_patient_superbill(parser: ArgumentParser) -> None:
    _month_option(parser)
    patient_option(parser)
    out_option(parser)
    encrypt_option(parser)
    parser.set_defaults(outside=patient_superbill)


def patient_superbill(call: Call) -> None:
    from cocm_desktop.actions.bill_papers import print_patient_superbills
    from cocm_desktop.commands.unlocking import unlocked

    with unlocked(call) as workspace:
        write_out(call, print_patient_superbills(workspace, _bills(workspace, call)))


def declare_audit_packet(parser: ArgumentParser) -> None:
    _month_option(parser)
    patient_option(parser)
    out_option(parser, required=False)
    encrypt_option(parser)
    json_option(parser)
    parser.set_defaults(outside=audit_packet)


def audit_packet(call: Call) -> None:
    """Print every record behind a patient's month, or write them out with their digest."""
    from cocm_desktop.actions.audit_packet import export_audit_packet, print_audit_packet
    from cocm_desktop.actions.patient import find_patient
    from cocm_desktop.commands.unlocking import unlocked

    options, month = call.options, typed.month(call.options.month)
    if not options.out and not options.json:
        raise Refused(Problem("out", NOTHING_ASKED))
    with unlocked(call) as workspace:
        patient_id = find_patient(workspace, options.patient).id
        if options.json:
            say_json(export_audit_packet(workspace, patient_id, month))
        if options.out:
            write_out(call, print_audit_packet(workspace, patient_id, month))


def _month_option(parser: ArgumentParser) -> None:
    parser.add_argument("--month", metavar="2026-11", required=True)


def _bills(workspace: Workspace, call: Call) -> Sequence[Superbill]:
    from cocm_desktop.actions.patient import find_patient
    from cocm_desktop.actions.superbill import read_billing_month, read_superbill

    month, patient = typed.month(call.options.month), call.options.patient
    if patient:
        return [read_superbill(workspace, find_patient(workspace, patient).id, month)]
    return read_billing_month(workspace, month).superbills
