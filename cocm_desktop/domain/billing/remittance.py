"""What a payer paid and why: a remittance, its claims and lines, and whether the sums fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.check import Check, CheckId
from cocm_desktop.domain.wording import NOTHING, dollars, long_date

WRITE_OFF, PATIENT = "CO", "PR"
# Source: Medicare's sequestration comes as CO 253; it is taken from what is paid, not allowed.
SEQUESTRATION = "253"
# Source: X12 835, claim status code (CLP02).
DENIED, REVERSAL = "4", "22"
STATUS_WORDS = {
    "1": "Processed as primary",
    "2": "Processed as secondary",
    "3": "Processed as tertiary",
    DENIED: "Denied",
    "19": "Processed as primary and forwarded",
    "20": "Processed as secondary and forwarded",
    "21": "Processed as tertiary and forwarded",
    REVERSAL: "Reversal of an earlier payment",
    "23": "Not this payer's claim, forwarded",
    "25": "Estimate before the service",
}
GROUP_WORDS = {
    WRITE_OFF: "Written off under the contract",
    PATIENT: "The patient owes it",
    "OA": "Other adjustment: look at it",
    "PI": "Reduced by the payer: look at it",
    "CR": "Correction of an earlier payment",
}


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A part of the charge that was not paid: whose it is, the reason code, cents."""

    group: str
    reason: str
    cents: int

    @property
    def words(self) -> str:
        return f"{self.group} {self.reason} {dollars(self.cents)}"


@dataclass(frozen=True, slots=True)
class PaidLine:
    """What was decided about one line. `control` is the number that our claim gave it."""

    code: str
    charge_cents: int
    paid_cents: int
    units: int = 1
    control: str = ""
    served_on: date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    allowed_said_cents: int | None = None
    remarks: tuple[str, ...] = ()

    @property
    def adjusted_cents(self) -> int:
        return sum(each.cents for each in self.adjustments)

    @property
    def patient_cents(self) -> int:
        return sum(each.cents for each in self.adjustments if each.group == PATIENT)

    @property
    def allowed_cents(self) -> int:
        """What the payer allows: as it says, or the charge less what is written off."""
        if self.allowed_said_cents is not None:
            return self.allowed_said_cents
        written_off = (
            each.cents
            for each in self.adjustments
            if each.group == WRITE_OFF and each.reason != SEQUESTRATION
        )
        return self.charge_cents - sum(written_off)

    @property
    def is_balanced(self) -> bool:
        return self.charge_cents - self.adjusted_cents == self.paid_cents


@dataclass(frozen=True, slots=True)
class ClaimPayment:
    """What was decided about one claim. `payer_number` is the payer's own number of it."""

    account_number: str
    status: str
    charge_cents: int
    paid_cents: int
    patient_cents: int = 0
    payer_number: str = ""
    patient_name: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    lines: tuple[PaidLine, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def status_words(self) -> str:
        return STATUS_WORDS.get(self.status, f"Status {self.status}")

    @property
    def is_reversal(self) -> bool:
        return self.status == REVERSAL

    @property
    def is_denied(self) -> bool:
        """Denied as a whole, or nothing paid and nothing left for the patient to pay."""
        if self.is_reversal:
            return False
        nothing = self.paid_cents == 0 and not self.owed_cents and self.charge_cents > 0
        return self.status == DENIED or nothing

    @property
    def state(self) -> MonthState:
        is_off = self.is_denied or self.is_reversal
        return MonthState.DENIED if is_off else MonthState.PAID

    @property
    def every_adjustment(self) -> tuple[Adjustment, ...]:
        of_lines = tuple(each for line in self.lines for each in line.adjustments)
        return (*self.adjustments, *of_lines)

    @property
    def owed_cents(self) -> int:
        """What is left to the patient, by the adjustments; by the claim where it has none."""
        shared = [each.cents for each in self.every_adjustment if each.group == PATIENT]
        return sum(shared) if shared else self.patient_cents

    @property
    def allowed_cents(self) -> int:
        if self.lines and not self.adjustments:
            return sum(line.allowed_cents for line in self.lines)
        off = (
            each.cents
            for each in self.every_adjustment
            if each.group == WRITE_OFF and each.reason != SEQUESTRATION
        )
        return self.charge_cents - sum(off)

    def imbalances(self) -> Iterator[str]:
        """Say where the sums do not fit. Source: X12 005010X221A1, 1.10.2.1 (balancing)."""
        for line in self.lines:
            if not line.is_balanced:
                left = line.charge_cents - line.adjusted_cents
                yield (
                    f"{line.code}: {dollars(line.charge_cents)} less adjustments is "
                    f"{dollars(left)}, but {dollars(line.paid_cents)} is said to be paid."
                )
        adjusted = sum(each.cents for each in self.every_adjustment)
        if self.charge_cents - adjusted != self.paid_cents:
            yield (
                f"Claim {self.account_number}: {dollars(self.charge_cents)} less adjustments is "
                f"{dollars(self.charge_cents - adjusted)}, not {dollars(self.paid_cents)}."
            )
        of_lines = sum(line.paid_cents for line in self.lines)
        taken = sum(each.cents for each in self.adjustments)
        if self.lines and of_lines - taken != self.paid_cents:
            yield (
                f"Claim {self.account_number}: its lines were paid {dollars(of_lines)}, "
                f"the claim {dollars(self.paid_cents)}."
            )

    def checks(self) -> Iterator[Check]:
        for words in self.imbalances():
            yield Check(CheckId.W38, words)
        if self.is_denied:
            reasons = ", ".join(dict.fromkeys(each.words for each in self.every_adjustment))
            yield Check(CheckId.W39, f"Denied: {reasons or 'no reason is given'}.")


@dataclass(frozen=True, slots=True)
class ProviderAdjustment:
    """Money that the payer added or kept, beside any claim (PLB). Positive: kept."""

    reason: str
    reference: str
    cents: int

    @property
    def words(self) -> str:
        """Say whether money was kept or added, with the payer's reason and reference."""
        done = "kept" if self.cents >= 0 else "added"
        about = f"{self.reason} {self.reference}".strip()
        return f"{dollars(abs(self.cents))} {done} by the payer ({about})"


@dataclass(frozen=True, slots=True)
class Payment:
    """One check or transfer of a payer, with the claims that it pays."""

    payer_name: str
    trace_number: str
    paid_on: date | None
    paid_cents: int
    claims: tuple[ClaimPayment, ...]
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()
    payee_npi: str = ""

    @property
    def words(self) -> str:
        """Say who paid how much and when, and what was kept or added beside the claims."""
        day = long_date(self.paid_on) if self.paid_on else NOTHING
        beside = (each.words for each in self.provider_adjustments)
        paid = f"{self.payer_name} · {dollars(self.paid_cents)} · {day} · {self.trace_number}"
        return " · ".join((paid, *beside))

    def checks(self) -> Iterator[Check]:
        """W38 where the claims less what was kept do not make the amount paid."""
        of_claims = sum(claim.paid_cents for claim in self.claims)
        kept = sum(each.cents for each in self.provider_adjustments)
        if of_claims - kept != self.paid_cents:
            less = f", less {dollars(kept)} that was kept" if kept else ""
            words = (
                f"Payment {self.trace_number}: its claims come to {dollars(of_claims)}{less}; "
                f"{dollars(self.paid_cents)} was paid."
            )
            yield Check(CheckId.W38, words)


@dataclass(frozen=True, slots=True)
class RemittanceFile:
    """A file of remittances as it was read. `notices` say what is odd about its structure."""

    file_name: str
    sha256: str
    payments: tuple[Payment, ...]
    is_test: bool = False
    notices: tuple[str, ...] = field(default=())

    @property
    def paid_cents(self) -> int:
        return sum(payment.paid_cents for payment in self.payments)

    @property
    def claims(self) -> tuple[ClaimPayment, ...]:
        return tuple(claim for payment in self.payments for claim in payment.claims)
