"""Remittances from an 835 file. Source: X12 005010X221A1; billing rules 4.2."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from cocm_desktop.domain.billing.remittance import (
    Adjustment,
    ClaimPayment,
    PaidLine,
    Payment,
    ProviderAdjustment,
    RemittanceFile,
)
from cocm_desktop.domain.text import tidy
from cocm_desktop.exchange.x12_read import Segment, cents_of, read_segments, refuse, transactions

LONGEST = 80
_UNITS = re.compile("[0-9]{1,5}")
LINE_SEGMENTS = frozenset({"CAS", "DTM", "REF", "AMT", "LQ", "QTY"})
_FIRST_REMARK = {"MIA": (5, 20, 21, 22, 23), "MOA": (3, 4, 5, 6, 7)}


def read_remittance(content: bytes, *, file_name: str) -> RemittanceFile:
    """Read every payment of a file with all adjustments, or refuse it in words."""
    segments = read_segments(content)
    payments = tuple(_payment(each) for each in transactions(segments, "835"))
    if not payments:
        raise refuse("The file holds no remittance (835).")
    return RemittanceFile(
        file_name=tidy(file_name)[-LONGEST:],
        sha256=hashlib.sha256(content).hexdigest(),
        payments=payments,
        is_test=segments[0].at(15) == "T",
    )


@dataclass(slots=True)
class _Line:
    """A line as its segments come in."""

    service: Segment
    control: str = ""
    served_on: date | None = None
    allowed: int | None = None
    adjustments: list[Adjustment] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def take(self, each: Segment) -> None:
        if each.id == "CAS":
            self.adjustments.extend(_adjustments(each))
        elif each.id == "REF" and each.at(1) == "6R":
            self.control = each.at(2)[:LONGEST]
        elif each.id == "DTM" and each.at(1) in {"472", "150"}:
            self.served_on = each.day(2)
        elif each.id == "AMT" and each.at(1) == "B6":
            self.allowed = each.cents(2)
        elif each.id == "LQ":
            self.remarks.append(each.at(2)[:LONGEST])

    def line(self) -> PaidLine:
        named = self.service.parts(1)
        units = self.service.at(5).partition(".")[0]
        return PaidLine(
            code=(named[1] if len(named) > 1 else named[0])[:LONGEST],
            charge_cents=self.service.cents(2),
            paid_cents=self.service.cents(3),
            units=int(units) if _UNITS.fullmatch(units) else 1,
            control=self.control,
            served_on=self.served_on,
            adjustments=tuple(self.adjustments),
            allowed_said_cents=self.allowed,
            remarks=tuple(self.remarks),
        )


@dataclass(slots=True)
class _Claim:
    """A claim as its segments come in."""

    claim: Segment
    patient_name: str = ""
    adjustments: list[Adjustment] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def take(self, each: Segment) -> None:
        if each.id == "SVC":
            self.lines.append(_Line(each))
        elif self.lines and each.id in LINE_SEGMENTS:
            self.lines[-1].take(each)
        elif each.id == "CAS":
            self.adjustments.extend(_adjustments(each))
        elif each.id == "NM1" and each.at(1) == "QC":
            self.patient_name = tidy(f"{each.at(3)}, {each.at(4)}")[:LONGEST].strip(", ")
        elif each.id in _FIRST_REMARK:
            said = (each.at(place)[:LONGEST] for place in _FIRST_REMARK[each.id])
            self.remarks.extend(remark for remark in said if remark)

    def payment(self) -> ClaimPayment:
        return ClaimPayment(
            account_number=self.claim.at(1)[:LONGEST],
            status=self.claim.at(2)[:2],
            charge_cents=self.claim.cents(3),
            paid_cents=self.claim.cents(4),
            patient_cents=self.claim.cents(5),
            payer_number=self.claim.at(7)[:LONGEST],
            patient_name=self.patient_name,
            adjustments=tuple(self.adjustments),
            lines=tuple(line.line() for line in self.lines),
            remarks=tuple(self.remarks),
        )


def _payment(segments: Sequence[Segment]) -> Payment:
    heads = {each.id: each for each in reversed(segments) if each.id in {"BPR", "TRN"}}
    money, trace = heads.get("BPR"), heads.get("TRN")
    if money is None:
        raise refuse("A remittance in the file does not say what was paid.")
    sign = -1 if money.at(3) == "D" else 1
    return Payment(
        payer_name=tidy(_named(segments, "PR", 2))[:LONGEST],
        trace_number=trace.at(2)[:LONGEST] if trace else "",
        paid_on=money.day(16),
        paid_cents=sign * money.cents(2),
        claims=tuple(_claims(segments)),
        provider_adjustments=tuple(_provider_adjustments(segments)),
        payee_npi=_named(segments, "PE", 4)[:LONGEST],
    )


def _named(segments: Sequence[Segment], kind: str, place: int) -> str:
    found = (each.at(place) for each in segments if each.id == "N1" and each.at(1) == kind)
    return next(found, "")


def _claims(segments: Sequence[Segment]) -> Iterator[ClaimPayment]:
    claim: _Claim | None = None
    for each in segments:
        if each.id == "CLP":
            if claim is not None:
                yield claim.payment()
            claim = _Claim(each)
        elif each.id in {"PLB", "SE", "LX"}:
            if claim is not None:
                yield claim.payment()
            claim = None
        elif claim is not None:
            claim.take(each)


def _adjustments(each: Segment) -> Iterator[Adjustment]:
    """Give every triplet of reason, amount and quantity: there are up to six in a segment."""
    for place in range(2, len(each.elements), 3):
        reason = each.at(place)
        if reason or each.at(place + 1):
            cents = cents_of(each.at(place + 1))
            yield Adjustment(each.at(1)[:2], reason[:5], cents)


def _provider_adjustments(segments: Sequence[Segment]) -> Iterator[ProviderAdjustment]:
    for each in segments:
        if each.id != "PLB":
            continue
        for place in range(3, len(each.elements), 2):
            reason, *reference = each.parts(place)
            if reason or each.at(place + 1):
                said = " ".join(reference)[:LONGEST]
                yield ProviderAdjustment(reason[:2], said, cents_of(each.at(place + 1)))
