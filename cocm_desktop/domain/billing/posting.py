"""What a remittance does to the practice's bills: matched first, posted when a person says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.check import Check
from cocm_desktop.domain.billing.reason_card import ReasonCard, ReasonCards, explained, group_words
from cocm_desktop.domain.billing.remittance import (
    Adjustment,
    ClaimPayment,
    PaidLine,
    Payment,
    RemittanceFile,
)
from cocm_desktop.domain.ids import RemittanceId, SuperbillId
from cocm_desktop.domain.superbill import ServiceLine, Superbill
from cocm_desktop.domain.wording import dollars

# Source: X12 835, CLP02: not this payer's claim, or an estimate. Neither decides the bill.
FORWARDED_ONLY = frozenset({"23", "25"})


@dataclass(frozen=True, slots=True)
class OpenBill:
    """A superbill that a remittance may name, and where it stands."""

    superbill: Superbill
    state: MonthState
    is_voided: bool = False


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One adjustment explained: whose the money is, how much, and what the reason means."""

    group: str
    cents: int
    card: ReasonCard

    @property
    def words(self) -> str:
        return f"{dollars(self.cents)} · {group_words(self.group)} · {self.card.title}"


@dataclass(frozen=True, slots=True)
class LineMatch:
    """A line of the remittance beside ours; `ours` is None where we have none like it."""

    paid: PaidLine
    ours: ServiceLine | None
    reasons: tuple[ReasonLine, ...]

    @property
    def difference_cents(self) -> int | None:
        """How much more or less than expected the payer allows; None where nothing is expected."""
        if self.ours is None or self.ours.allowed_cents is None:
            return None
        return self.paid.allowed_cents - self.ours.allowed_cents


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One claim of the remittance and the bill it is about."""

    payment: Payment
    claim: ClaimPayment
    bill: OpenBill | None
    lines: tuple[LineMatch, ...]
    reasons: tuple[ReasonLine, ...]
    state_before: MonthState | None = None

    @property
    def state_after(self) -> MonthState | None:
        """Where the bill stands once this is posted.

        What was paid is only taken back by a reversal: a second payer's denial leaves it paid.
        """
        before = self.state_before
        if before is None or self.claim.status in FORWARDED_ONLY:
            return before
        if before is MonthState.PAID and self.claim.is_denied:
            return before
        return self.claim.state

    @property
    def is_a_step(self) -> bool:
        """Whether posting is noted at the bill: its state changes, or money comes or goes."""
        if self.state_before is None or self.claim.status in FORWARDED_ONLY:
            return False
        return self.state_after is not self.state_before or self.claim.paid_cents != 0

    @property
    def step_reason(self) -> str:
        """Say in one line what the payer did, for the history of the bill."""
        if self.claim.is_reversal:
            return f"{self.payment.payer_name} took its payment back."
        if self.claim.is_denied:
            told = ", ".join(dict.fromkeys(each.card.title for each in self.every_reason))
            return f"{self.payment.payer_name}: {told or 'no reason is given'}"
        return f"{self.payment.payer_name}, {self.payment.trace_number}".strip(", ")

    @property
    def remarks(self) -> tuple[str, ...]:
        """The payer's remark codes, of the claim and of its lines, each once."""
        of_lines = (remark for line in self.lines for remark in line.paid.remarks)
        return tuple(dict.fromkeys((*self.claim.remarks, *of_lines)))

    @property
    def every_reason(self) -> tuple[ReasonLine, ...]:
        return (*self.reasons, *(each for line in self.lines for each in line.reasons))

    @property
    def checks(self) -> tuple[Check, ...]:
        return tuple(self.claim.checks())

    @property
    def superbill_id(self) -> SuperbillId | None:
        return self.bill.superbill.id if self.bill else None

    @property
    def patient_name(self) -> str:
        return self.bill.superbill.patient.name if self.bill else self.claim.patient_name

    @property
    def words(self) -> str:
        """Say what posting does with it."""
        if self.bill is None:
            return "No bill has this account number; kept without one"
        if self.bill.is_voided:
            return "The bill was voided; kept with it"
        before, after = self.state_before or self.bill.state, self.state_after or self.bill.state
        if self.claim.is_reversal:
            return f"{before.value} → {after.value}: an earlier payment is taken back"
        if before is after:
            return f"Stays {before.value.lower()}"
        return f"{before.value} → {after.value}"

    @property
    def problem_words(self) -> str:
        """Say in one line what is wrong: sums, amounts that differ, lines that are not ours."""
        return " ".join(self._problems())

    def _problems(self) -> Iterator[str]:
        yield from (check.words for check in self.checks)
        if self.bill is None:
            return
        if self.claim.charge_cents != (self.bill.superbill.total_cents or 0) and (
            not self.claim.is_reversal
        ):
            yield (
                f"The remittance says {dollars(self.claim.charge_cents)} were charged, "
                f"the bill {dollars(self.bill.superbill.total_cents or 0)}."
            )
        for line in self.lines:
            if line.ours is None:
                yield f"{line.paid.code} is not on the bill."


@dataclass(frozen=True, slots=True)
class RemittancePreview:
    """A remittance file matched with the practice's bills. Nothing is stored yet."""

    id: RemittanceId
    file: RemittanceFile
    rows: tuple[PostingRow, ...]
    content: str
    posted_before: datetime | None = None

    @property
    def checks(self) -> tuple[Check, ...]:
        """W38 of whole payments; those of claims stand in their rows."""
        return tuple(check for each in self.file.payments for check in each.checks())

    @property
    def matched(self) -> int:
        return sum(row.bill is not None for row in self.rows)


@dataclass(frozen=True, slots=True)
class PostedRemittance:
    """A remittance on file, also one whose posting was undone."""

    id: RemittanceId
    file_name: str
    sha256: str
    payer_name: str
    trace_number: str
    paid_on: date | None
    paid_cents: int
    posted_at: datetime
    posted_by: str
    claims: int
    matched: int
    undone_at: datetime | None = None
    undo_reason: str = ""


@dataclass(frozen=True, slots=True)
class PostedPayment:
    """What one remittance said about a superbill."""

    remittance_id: RemittanceId
    payer_name: str
    paid_on: date | None
    claim: ClaimPayment


def posting_rows(
    file: RemittanceFile, bills: Mapping[str, OpenBill], cards: ReasonCards
) -> tuple[PostingRow, ...]:
    """Match each claim by its account number, and its lines by the numbers we gave them.

    A claim may come more than once in a file: taken back first, then paid anew.
    """
    states = {key: bill.state for key, bill in bills.items() if not bill.is_voided}
    rows = []
    for payment in file.payments:
        for claim in payment.claims:
            bill = bills.get(claim.account_number)
            row = PostingRow(
                payment=payment,
                claim=claim,
                bill=bill,
                lines=_lines(claim, bill, cards),
                reasons=_reasons(claim.adjustments, cards),
                state_before=states.get(claim.account_number),
            )
            if row.state_after is not None:
                states[claim.account_number] = row.state_after
            rows.append(row)
    return tuple(rows)


def _lines(claim: ClaimPayment, bill: OpenBill | None, cards: ReasonCards) -> tuple[LineMatch, ...]:
    ours = bill.superbill.lines if bill else ()
    return tuple(
        LineMatch(line, line_of(line, ours), _reasons(line.adjustments, cards))
        for line in claim.lines
    )


def line_of(paid: PaidLine, ours: Sequence[ServiceLine]) -> ServiceLine | None:
    """Find our line by the number that the claim gave it; where that is missing, by its code."""
    if paid.control:
        numbered = {line_control(place): line for place, line in enumerate(ours, start=1)}
        named = numbered.get(paid.control)
        if named is not None:
            return named
    same = [line for line in ours if line.code == paid.code]
    return same[0] if len(same) == 1 else None


def line_control(number: int) -> str:
    """Give the number by which a claim, and then its remittance, names a line."""
    return f"LN{number:04}"


def _reasons(adjustments: Sequence[Adjustment], cards: ReasonCards) -> tuple[ReasonLine, ...]:
    return tuple(ReasonLine(each.group, each.cents, explained(each, cards)) for each in adjustments)
