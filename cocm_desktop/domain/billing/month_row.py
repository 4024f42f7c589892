"""One patient's month as a row of the billing list: its state, amounts and next step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cocm_desktop.domain.billing.approval import OF_THE_CLAIM
from cocm_desktop.domain.billing.bill_step import BillStep, MonthState
from cocm_desktop.domain.billing.check import Check, CheckId
from cocm_desktop.domain.billing.checklist import Checklist, ChecklistItem, Proof, checklist
from cocm_desktop.domain.billing.claim_checks import BilledLine
from cocm_desktop.domain.billing.evaluation import total
from cocm_desktop.domain.billing.mending import MENDED_AT, Mend
from cocm_desktop.domain.billing.rules import MonthKind, NextCode
from cocm_desktop.domain.superbill import ServiceLine, Superbill
from cocm_desktop.domain.text import fold
from cocm_desktop.domain.wording import dollars, long_date

NO_CHARGE, NO_RATE = "No charge", "Unpriced"
TO_APPROVE = "To approve"
WAITS = "Nothing lacks so far. It is approved and issued when the month is over."
# Said of every month in the same words, or told in a place of its own: nothing to look into.
_TOLD_ELSEWHERE = frozenset({CheckId.W06, CheckId.W09, CheckId.W15, CheckId.W35, CheckId.W42})


@dataclass(frozen=True, slots=True)
class NextStep:
    """What brings a month on, and the place where that is done, if it is one of the program's."""

    words: str
    mend: Mend | None = None


@dataclass(frozen=True)
class MonthRow:
    """One patient's month. `is_open`: minutes may still be added to it.

    `steps` are what became of it after it was issued, in their order.
    """

    bill: Superbill
    is_open: bool
    steps: tuple[BillStep, ...] = ()

    @cached_property
    def state(self) -> MonthState:
        return self.steps[-1].state if self.steps else self.bill.state

    @property
    def paid_cents(self) -> int:
        """What the payer paid so far, as far as it was recorded."""
        return sum(each.paid_cents or 0 for each in self.steps)

    @property
    def step_words(self) -> tuple[str, ...]:
        """Say of each step when it was made, what was paid, and why."""
        return tuple(_step_words(each) for each in self.steps)

    @property
    def key(self) -> str:
        return self.bill.patient.id

    @cached_property
    def sort_name(self) -> str:
        patient = self.bill.patient
        return fold(f"{patient.last_name} {patient.first_name}")

    @cached_property
    def state_name(self) -> str:
        """The state; what only waits for approval is told from what is not ready."""
        return TO_APPROVE if self.awaits_approval else self.state.value

    @property
    def state_words(self) -> str:
        """The state, with the number that an issued one has in its month: Issued 0007."""
        number = "" if self.awaits_approval else self.bill.number.rpartition("-")[2]
        return f"{self.state_name} {number}".strip()

    @property
    def kind_words(self) -> str:
        return "Initial" if self.bill.kind is MonthKind.INITIAL else "Subsequent"

    @cached_property
    def checklist(self) -> Checklist:
        """Every item; none on superbills issued before evaluations were kept."""
        facts, result = self.bill.facts, self.bill.result
        return checklist(facts, result) if facts and result else ()

    def item(self, proof: Proof) -> ChecklistItem | None:
        return next((each for each in self.checklist if each.proof is proof), None)

    @property
    def all_checks(self) -> tuple[Check, ...]:
        return self.bill.result.checks if self.bill.result else ()

    @cached_property
    def blocks(self) -> tuple[Check, ...]:
        return tuple(each for each in self.all_checks if each.id.is_block)

    @property
    def warnings(self) -> tuple[Check, ...]:
        """What a person should look into before it goes out; not what is the same for everybody."""
        return () if self.bill.is_issued else self.remarks

    @cached_property
    def remarks(self) -> tuple[Check, ...]:
        """What was or is worth looking into, issued or not."""
        return tuple(
            each
            for each in self.all_checks
            if not each.id.is_block and each.id not in _TOLD_ELSEWHERE
        )

    @cached_property
    def awaits_approval(self) -> bool:
        """Whether the practitioner can approve the month now: it is over, and care is on record."""
        stopping = {each.id for each in self.blocks if each.stops_all}
        is_reached = bool(self.bill.result and self.bill.result.reached)
        is_asked = CheckId.B20 in stopping and stopping <= OF_THE_CLAIM
        return is_asked and is_reached and not self.is_open and not self.bill.is_issued

    @property
    def next_code(self) -> NextCode | None:
        """The next mark, as long as the month can still reach it."""
        if not self.is_open or self.bill.is_issued or self.bill.result is None:
            return None
        return self.bill.result.next_code

    @property
    def minutes_to_next(self) -> int | None:
        return self.next_code.at_minute - self.bill.minutes if self.next_code else None

    @property
    def short_words(self) -> str:
        return "" if self.minutes_to_next is None else f"{self.minutes_to_next} short"

    @property
    def next_words(self) -> str:
        return f"{self.next_code.code} at {self.next_code.at_minute}" if self.next_code else ""

    @property
    def suggested(self) -> tuple[BilledLine, ...]:
        """What the minutes reach, although something stops it."""
        return self.bill.result.suggested if self.bill.result and not self.bill.lines else ()

    @cached_property
    def code_words(self) -> str:
        """The codes billed; while something stops them, those that were reached."""
        if self.bill.lines:
            return self.bill.code_words
        named = (
            each.code if each.units == 1 else f"{each.units} × {each.code}"
            for each in self.suggested
        )
        return " + ".join(named)

    @property
    def labelled(self) -> tuple[BilledLine | ServiceLine, ...]:
        """The lines billed; while something stops them, those that were reached."""
        return self.bill.lines or self.suggested

    @property
    def has_amounts(self) -> bool:
        return bool(self.labelled)

    @cached_property
    def charge_cents(self) -> int | None:
        """What the lines come to; None without lines, or as long as a charge is missing."""
        if self.bill.lines:
            return self.bill.total_cents
        return _sum([each.charge_cents for each in self.suggested])

    @cached_property
    def allowed_cents(self) -> int | None:
        """What the payer is expected to allow, before deductible and coinsurance."""
        if self.bill.lines:
            return _sum([each.allowed_cents for each in self.bill.lines])
        return total(self.suggested)

    @property
    def charge_words(self) -> str:
        return self._amount(self.charge_cents, NO_CHARGE)

    @property
    def allowed_words(self) -> str:
        return self._amount(self.allowed_cents, NO_RATE)

    def _amount(self, cents: int | None, lacking: str) -> str:
        if not self.has_amounts:
            return ""
        return lacking if cents is None else dollars(cents)

    @cached_property
    def next_step(self) -> NextStep:
        """What brings this month on: the first thing that stops it, or what comes after."""
        if self.state is MonthState.NOT_READY:
            return self._first_to_mend()
        return NextStep(_NEXT_STEPS[self.state])

    @property
    def stopping(self) -> tuple[Check, ...]:
        """What stops the month; that an open month is not over yet is no fault of it."""
        return tuple(
            each
            for each in self.blocks
            if each.stops_all and not (self.is_open and each.id is CheckId.B18)
        )

    def _first_to_mend(self) -> NextStep:
        # The approval comes last: it is given to a month that is otherwise whole.
        lacking = sorted(self.stopping, key=lambda each: each.id is CheckId.B20)
        if self.is_open and all(each.id is CheckId.B20 for each in lacking):
            return NextStep(WAITS)
        if not lacking:
            return NextStep("No code is reached.")
        return NextStep(lacking[0].words, MENDED_AT.get(lacking[0].id))

    @cached_property
    def found_by(self) -> str:
        """Everything a person may type to find the row."""
        patient, bill = self.bill.patient, self.bill
        names = f"{patient.last_name} {patient.first_name} {patient.preferred_name}"
        payer = bill.payer.name if bill.payer else patient.coverage.payer
        numbers = f"{patient.mrn} {bill.number} {bill.account_number}"
        return fold(f"{names} {numbers} {self.code_words} {payer}")


_NEXT_STEPS = {
    MonthState.READY: "Issue it: it gets its number and is kept as it stands.",
    MonthState.ISSUED: "Send the claim or hand the sheet to the biller, then mark it as sent.",
    MonthState.SENT: "Wait for the payer's answer, then read the remittance in.",
    MonthState.PAID: "Nothing more: it is paid.",
    MonthState.DENIED: "Read the payer's reason. Where it can be mended, correct the bill.",
    MonthState.VOID: "Nothing more: it is void.",
}


def _step_words(step: BillStep) -> str:
    paid = "" if step.paid_cents is None else f", {dollars(step.paid_cents)}"
    reason = f": {step.reason}" if step.reason else ""
    return f"{step.state.value} on {long_date(step.made_on)}{paid}{reason}"


def _sum(amounts: Sequence[int | None]) -> int | None:
    known = [each for each in amounts if each is not None]
    return sum(known) if known and len(known) == len(amounts) else None
