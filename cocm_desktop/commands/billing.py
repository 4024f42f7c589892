"""The billing month: what each patient's month comes to, approving, closing, issuing, marking."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.evaluate import result_fields
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    json_option,
    member_of,
    patient_option,
    slug,
    slugs,
)
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.ids import SuperbillId
from cocm_desktop.domain.text import fold
from cocm_desktop.domain.wording import NOTHING, count_of
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.superbill import BillingMonth
    from cocm_desktop.actions.workspace import Workspace

FORMAT = "cocm billing month 1"
ALL = "all"
LAST = "last"
MARKS = (MonthState.SENT, MonthState.PAID, MonthState.DENIED)


def declare_billing(parser: ArgumentParser) -> None:
    group = Group(parser)
    shown = group.add("month", "list the month: state, checklist, codes, what stops and what warns")
    _month_option(shown)
    patient_option(shown, required=False)
    json_option(shown)
    shown.set_defaults(work=show)
    _declare_approval(group)
    closed = group.add("close", "close a month: its time log stays as it is")
    _month_option(closed)
    closed.set_defaults(work=close)
    reopened = group.add("reopen", "let time be recorded in a closed month again")
    _month_option(reopened)
    reopened.add_argument("--reason", metavar="TEXT", required=True)
    reopened.set_defaults(work=reopen)
    _declare_issuing(group)
    _declare_choices(group)


def _declare_approval(group: Group) -> None:
    approved = group.add("approve", "approve the month of patients whom one treats")
    _month_option(approved)
    _patients_option(approved)
    approved.add_argument(
        "--signed-on", metavar="DATE", help="their practitioners signed on paper on this day"
    )
    approved.set_defaults(work=approve)
    withdrawn = group.add("withdraw", "take an approval back that nothing was issued on")
    _month_option(withdrawn)
    patient_option(withdrawn)
    withdrawn.add_argument("--reason", metavar="TEXT", required=True)
    withdrawn.set_defaults(work=withdraw)


def _declare_choices(group: Group) -> None:
    served = group.add("service", "choose as which service an episode is billed from a month on")
    _month_option(served)
    patient_option(served)
    served.add_argument("service", choices=slugs(Line))
    served.set_defaults(work=choose_service)
    paying = group.add("payer", "choose which payer of a month with several is billed")
    _month_option(paying)
    patient_option(paying)
    paying.add_argument("payer", metavar="NAME", help="its name, or last: that of the last days")
    paying.set_defaults(work=choose_payer)


def _declare_issuing(group: Group) -> None:
    issued = group.add("issue", "number superbills and keep them as they are: all of them or none")
    _month_option(issued)
    _patients_option(issued)
    acknowledge_option(issued)
    issued.set_defaults(work=issue)
    corrected = group.add("correct", "withdraw a superbill and issue its month as it stands now")
    corrected.add_argument("superbill", metavar="ID")
    corrected.add_argument("--reason", metavar="TEXT", required=True)
    corrected.add_argument(
        "--payer-number", metavar="TEXT", default="", help="what the payer called the old claim"
    )
    acknowledge_option(corrected)
    corrected.set_defaults(work=correct)
    marked = group.add("mark", "say what became of an issued superbill")
    marked.add_argument("superbill", metavar="ID")
    marked.add_argument("state", choices=slugs(MARKS))
    marked.add_argument("--on", metavar="DATE", default="today")
    marked.add_argument("--reason", metavar="TEXT", default="")
    marked.add_argument("--paid", metavar="DOLLARS", help="what the payer paid")
    id_option(marked)
    marked.set_defaults(work=mark)


def _month_option(parser: ArgumentParser) -> None:
    parser.add_argument("--month", metavar="2026-11", required=True)


def _patients_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--patient", metavar="MRN", action="append", required=True, help="MRN or id; again for more"
    )


def acknowledge_option(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--acknowledge",
        metavar="W15,W16",
        default="",
        help="the warnings that somebody has looked at, or all",
    )


def acknowledged(text: str) -> frozenset[CheckId]:
    """Read W15,W16 or all."""
    if text.strip().casefold() == ALL:
        return frozenset(CheckId)
    names = [part.strip().upper() for part in text.split(",") if part.strip()]
    known = {each.name: each for each in CheckId if not each.is_block}
    for name in names:
        if name not in known:
            words = f"“{name}” is no warning. Write W15,W16 or all."
            raise Refused(Problem("acknowledge", words))
    return frozenset(known[name] for name in names)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.billing_list import read_billing_list

    listed = read_billing_list(workspace, typed.month(options.month))
    found, rows = listed.month, listed.rows
    if options.patient:
        wanted = typed.patient(workspace, options.patient).id
        rows = tuple(row for row in rows if row.key == wanted)
    if options.json:
        say_json(month_fields(found, rows))
    else:
        _say_rows(found, rows)


def approve(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.month_approval import approve_months, record_approvals

    month, patient_ids = typed.month(options.month), _patient_ids(workspace, options)
    if options.signed_on:
        day = typed.day("signed_on", options.signed_on, today=workspace.today(), past=True)
        changed = record_approvals(workspace, patient_ids, month, signed_on=day)
    else:
        changed = approve_months(workspace, patient_ids, month)
    ack(changed.record_id)


def withdraw(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.month_approval import withdraw_approval

    patient_id = typed.patient(workspace, options.patient).id
    month = typed.month(options.month)
    ack(withdraw_approval(workspace, patient_id, month, reason=options.reason).record_id)


def close(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.month_closing import close_month

    ack(close_month(workspace, typed.month(options.month)).record_id)


def reopen(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.month_closing import reopen_month

    month = typed.month(options.month)
    ack(reopen_month(workspace, month, reason=options.reason).record_id)


def issue(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.superbill import issue_superbills, read_issued_month

    month, patient_ids = typed.month(options.month), _patient_ids(workspace, options)
    issue_superbills(workspace, patient_ids, month, acknowledged=acknowledged(options.acknowledge))
    for bill in read_issued_month(workspace, month).superbills:
        if bill.patient.id in patient_ids:
            ack(bill.id)


def choose_service(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.month_choice import choose_service as choose

    patient_id = typed.patient(workspace, options.patient).id
    line = member_of(Line, options.service)
    ack(choose(workspace, patient_id, typed.month(options.month), line=line).record_id)


def choose_payer(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.month_choice import choose_payer as choose
    from cocm_desktop.actions.month_choice import read_choice

    patient_id, month = typed.patient(workspace, options.patient).id, typed.month(options.month)
    payers = read_choice(workspace, patient_id, month).payers
    named = {fold(name): payer_id for payer_id, name in payers}
    wanted = fold(options.payer)
    if wanted != LAST and wanted not in named:
        words = ", ".join(name for _, name in payers) or "nobody"
        raise Refused(Problem("payer", f"“{options.payer}” is none of those that pay: {words}."))
    ack(choose(workspace, patient_id, month, payer_id=named.get(wanted)).record_id)


def correct(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.superbill import correct_superbill

    changed = correct_superbill(
        workspace,
        SuperbillId(options.superbill),
        reason=options.reason,
        acknowledged=acknowledged(options.acknowledge),
        payer_number=options.payer_number,
    )
    ack(changed.record_id)


def mark(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.bill_state import BillStepDraft, mark_bill

    draft = BillStepDraft(
        superbill_id=SuperbillId(options.superbill),
        state=member_of(MonthState, options.state),
        made_on=typed.day("on", options.on, today=workspace.today(), past=True),
        reason=options.reason,
        paid_cents=typed.cents(options.paid) if options.paid else None,
        **id_given(options),
    )
    ack(mark_bill(workspace, draft).record_id)


def month_fields(found: BillingMonth, rows: Collection[MonthRow]) -> dict[str, Any]:
    """Write the month as JSON. The names are a promise: see the help page."""
    return {
        "format": FORMAT,
        "month": found.month.key,
        "is_closed": found.is_closed,
        "closings": [
            {
                "step": each.step.value,
                "at": each.made_at.isoformat(),
                "by": each.made_by,
                "reason": each.reason or None,
            }
            for each in found.closings
        ],
        "rows": [_row_fields(found, row) for row in rows],
    }


def _row_fields(found: BillingMonth, row: MonthRow) -> dict[str, Any]:
    bill = row.bill
    return {
        "superbill_id": bill.id if bill.is_issued else None,
        "number": bill.number or None,
        "account_number": bill.account_number or None,
        "patient_id": bill.patient.id,
        "mrn": bill.patient.mrn,
        "patient": bill.patient.name,
        "state": row.state.value,
        "payer": bill.payer.name if bill.payer else None,
        "service": slug(bill.facts.line) if bill.facts else None,
        "other_payers": [
            {
                "payer": each.payer,
                "minutes": each.minutes,
                "codes": {code.code: code.units for code in each.codes},
                "allowed_cents": each.allowed_cents,
            }
            for each in bill.other_payers
        ],
        "checklist": {
            each.proof.name.lower(): {"state": each.state.value, "words": each.words}
            for each in row.checklist
        },
        "charge_cents": row.charge_cents,
        "allowed_cents": row.allowed_cents,
        "approved_by": bill.approval.approved_by if bill.approval else None,
        "acknowledged": [each.value for each in bill.acknowledged],
        "steps": [
            {
                "state": step.state.value,
                "on": step.made_on.isoformat(),
                "reason": step.reason or None,
                "paid_cents": step.paid_cents,
            }
            for step in found.steps.get(bill.id, ())
        ],
        "result": result_fields(bill.result) if bill.result else None,
    }


def _say_rows(found: BillingMonth, rows: Collection[MonthRow]) -> None:
    lines = [
        (
            row.bill.patient.mrn or NOTHING,
            row.bill.patient.name,
            str(row.bill.minutes),
            row.code_words or NOTHING,
            row.charge_words or NOTHING,
            row.state_words,
            row.next_step.words,
        )
        for row in rows
    ]
    say_table(("MRN", "patient", "min", "codes", "charge", "state", "next"), lines)
    is_closed = "closed" if found.is_closed else "not closed"
    say(f"{found.month}: {count_of(len(rows), 'patient')}, {is_closed}.")


def _patient_ids(workspace: Workspace, options: Namespace) -> list[str]:
    return [typed.patient(workspace, each).id for each in options.patient]
