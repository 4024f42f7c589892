"""What became of a patient's month, as tables of an audit packet: checks, approval, claims."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from cocm_desktop.domain.billing.audit_packet import PacketSection, Row
from cocm_desktop.domain.billing.audit_records import AuditRecords, day_or_dash
from cocm_desktop.domain.billing.bill_paper import checks_to_print
from cocm_desktop.domain.billing.claim_file import ClaimFile
from cocm_desktop.domain.billing.posting import PostedPayment
from cocm_desktop.domain.wording import (
    NOTHING,
    dollars,
    short_date,
)


def billing_sections(records: AuditRecords) -> Iterator[PacketSection]:
    yield PacketSection.of(
        "Checks of the month",
        ("Check", "Code", "Words"),
        (
            (check.id.value, check.code or NOTHING, check.words)
            for check in checks_to_print(records.paper.bill)
        ),
        nothing="No check fired.",
    )
    yield PacketSection.of(
        "Approval, closing, and what became of the bill",
        ("When", "What", "By or through", "Why, and paid"),
        _history(records),
        nothing="Nothing is on file yet.",
    )
    yield PacketSection.of(
        "Claims",
        ("Written", "File", "Control number", "Account", "What came back"),
        (row for file in records.claim_files for row in _claims(file, records)),
        nothing="No claim file holds this bill.",
    )
    yield PacketSection.of(
        "Remittances",
        ("Paid on", "Payer", "Paid", "What it says"),
        map(_payment, records.payments),
        nothing="No remittance names this bill.",
    )


def _history(records: AuditRecords) -> Iterator[Row]:
    """Tell what happened to the month in the order in which it did, then to its bills."""
    made = sorted(_made(records), key=lambda each: each[0])
    yield from ((records.moment(at), *row) for at, row in made)
    numbers = {each.id: each.number for each in (*records.earlier, records.paper.bill)}
    for step in records.steps:
        paid = "" if step.paid_cents is None else f"{dollars(step.paid_cents)} paid"
        why = ". ".join(filter(None, (step.reason.rstrip("."), paid)))
        through = "A file" if step.source_id else "A person"
        what = f"{numbers.get(step.superbill_id, '')} {step.state.value.lower()}".strip()
        yield short_date(step.made_on), what, through, why or NOTHING


def _made(records: AuditRecords) -> Iterator[tuple[datetime, Row]]:
    """Give approval, closings and issuing, each with its moment: what, by whom, why."""
    bill = records.paper.bill
    if bill.approval:
        yield bill.approval.approved_at, ("Approved", bill.approval.approved_by, NOTHING)
    for closing in records.closings:
        what = f"Month {closing.step.value.lower()}"
        yield closing.made_at, (what, closing.made_by, closing.reason or NOTHING)
    for each in (*records.earlier, bill):
        if each.issued_at:
            seen = ", ".join(check.name for check in each.acknowledged)
            why = f"Acknowledged: {seen}" if seen else NOTHING
            yield each.issued_at, (f"Issued as {each.number}", each.issued_by or NOTHING, why)


def _claims(file: ClaimFile, records: AuditRecords) -> Iterator[Row]:
    """Give each claim of the file that is of this bill, with what the payer's side answered."""
    bill_id = records.paper.bill.id
    number = NOTHING if file.control_number is None else f"{file.control_number:09}"
    answers = [
        f"{each.kind.value} {each.verdict}: {each.words}"
        for each in file.answers
        if each.superbill_id in {None, bill_id}
    ]
    test = "Test file. " if file.is_test else ""
    for claim in file.claims:
        if claim.superbill_id == bill_id:
            yield (
                records.moment(file.made_at),
                f"{file.kind.value} {file.file_name}, by {file.made_by}, SHA-256 {file.sha256}",
                number,
                claim.account_number,
                f"{test}{'; '.join(answers) or 'No answer on file.'}",
            )


def _payment(payment: PostedPayment) -> Row:
    claim = payment.claim
    lines = [
        f"{line.code} charged {dollars(line.charge_cents)}, allowed {dollars(line.allowed_cents)}, "
        f"paid {dollars(line.paid_cents)} {' '.join(a.words for a in line.adjustments)}".strip()
        for line in claim.lines
    ]
    number = f"payer's number {claim.payer_number}" if claim.payer_number else ""
    of_claim = " ".join(each.words for each in claim.adjustments)
    said = (claim.status_words, number, of_claim, *lines)
    return (
        day_or_dash(payment.paid_on),
        payment.payer_name,
        dollars(claim.paid_cents),
        "; ".join(filter(None, said)),
    )
