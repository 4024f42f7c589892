"""What the invented payers of the sample clinic answer to its claims: an 835 file of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from cocm_desktop.domain.billing.claim_text import claim_amount, claim_day
from cocm_desktop.domain.billing.posting import line_control
from cocm_desktop.domain.billing.rate_table import Split
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.exchange.x12_write import person, segment

VERSION = "005010X221A1"
DENIAL = "197"


def remittance_of(bills: Sequence[Superbill], paid_on: date, *, denied: Superbill | None) -> bytes:
    """Write what Medicare would send: 80 percent of the allowed amount less sequestration."""
    claims = [_claim(bill, is_denied=bill is denied) for bill in bills]
    paid = sum(cents for cents, _segments in claims)
    body = [
        segment("ST", "835", "0001"),
        segment(
            *("BPR", "I", claim_amount(paid), "C", "ACH", "CCP", "01", "999999999", "DA", "1"),
            *("1512345678", "", "01", "999988880", "DA", "98765", claim_day(paid_on)),
        ),
        segment("TRN", "1", f"EFT{claim_day(paid_on)}", "1512345678"),
        segment("DTM", "405", claim_day(paid_on)),
        segment("N1", "PR", "MEDICARE PART B"),
        segment("N3", "1 PAYER WAY"),
        segment("N4", "ALBANY", "NY", "12201"),
        segment("REF", "2U", "13282"),
        segment("PER", "BL", "EDI", "TE", "8005550100"),
        segment("N1", "PE", "PRACTICE", "XX", bills[0].practice.npi),
        segment("LX", "1"),
        *(each for _cents, segments in claims for each in segments),
    ]
    body.append(segment("SE", str(len(body) + 1), "0001"))
    return "\n".join((*_opening(paid_on), *body, "GE*1*1~", "IEA*1*000000001~", "")).encode()


def _opening(on: date) -> Iterator[str]:
    blank, receiver = " " * 10, "RECEIVER"
    yield segment(
        *("ISA", "00", blank, "00", blank, "ZZ", f"{'PAYER':15}", "ZZ", f"{receiver:15}"),
        *(f"{on:%y%m%d}", "0800", "^", "00501", "000000001", "0", "P", ":"),
    )
    yield segment("GS", "HP", "PAYER", receiver, claim_day(on), "0800", "1", "X", VERSION)


def _claim(bill: Superbill, *, is_denied: bool) -> tuple[int, list[str]]:
    """Give what is paid for a bill, and its segments."""
    lines = [_line(bill, number, is_denied=is_denied) for number in range(1, len(bill.lines) + 1)]
    paid = sum(cents for cents, _segments in lines)
    charge = claim_amount(bill.total_cents or 0)
    status = "4" if is_denied else "1"
    number = f"ICN{bill.account_number.replace('-', '')[4:]}"
    head = [
        segment(
            *("CLP", bill.account_number, status, charge, claim_amount(paid), "", "MB", number),
            *("11", "1"),
        ),
        person("QC", (bill.patient.last_name, bill.patient.first_name)),
    ]
    return paid, [*head, *(each for _cents, segments in lines for each in segments)]


def _line(bill: Superbill, number: int, *, is_denied: bool) -> tuple[int, list[str]]:
    line = bill.lines[number - 1]
    charge = line.amount_cents or 0
    allowed = min(line.allowed_cents or charge, charge)
    split = Split.of(allowed)
    paid = 0 if is_denied else split.paid
    reasons = (
        [("CO", DENIAL, charge)]
        if is_denied
        else [
            ("CO", "45", charge - allowed),
            ("CO", "253", split.sequestered),
            ("PR", "2", split.patient),
        ]
    )
    code, units = f"HC:{line.code}", str(line.units)
    adjusted = (
        segment("CAS", group, reason, claim_amount(cents))
        for group, reason, cents in reasons
        if cents
    )
    return paid, [
        segment("SVC", code, claim_amount(charge), claim_amount(paid), "", units),
        segment("DTM", "472", claim_day(bill.service_on)),
        *adjusted,
        segment("REF", "6R", line_control(number)),
    ]
