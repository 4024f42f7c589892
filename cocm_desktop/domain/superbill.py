"""What may be billed for one patient and month, as the document that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.billing_settings import AS_SHIPPED, BillingSettings
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.billing.evaluation import MonthResult
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from cocm_desktop.domain.billing.payer import PatientCoverage, Payer
from cocm_desktop.domain.billing.rules import CodeUnits, MonthKind
from cocm_desktop.domain.diagnosis import Diagnosis
from cocm_desktop.domain.ids import EpisodeId, FeeId, SuperbillId, TimeEntryId
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.domain.wording import count_of, dollars

# How W35 says it, and how the first releases did.
MONTH_OPEN = frozenset(
    {"The month is still open.", "The month is still open: minutes may still be added."}
)
_LEFT_OUT = " left out: "


@dataclass(frozen=True, slots=True)
class Fee:
    """The practice's charge for one unit of a code, from a day on."""

    id: FeeId
    code: str
    cents: int
    valid_from: date


def fee_on(fees: Sequence[Fee], code: str, day: date) -> int | None:
    """Give the charge in cents that was valid on the day, or None where none is recorded."""
    valid = [fee for fee in fees if fee.code == code and fee.valid_from <= day]
    return max(valid, key=lambda fee: (fee.valid_from, fee.id)).cents if valid else None


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One code of a superbill. `fee_cents` is None where the practice has recorded no charge.

    `fee_cents` is for one unit; `allowed_cents` is what the payer is expected to allow for all of
    them, None where no rate is known. `pointers` are places in the list of diagnoses, from 1.
    """

    code: str
    label: str
    units: int
    fee_cents: int | None
    allowed_cents: int | None = None
    pointers: tuple[int, ...] = ()

    @property
    def amount_cents(self) -> int | None:
        return None if self.fee_cents is None else self.fee_cents * self.units


@dataclass(frozen=True, slots=True)
class LoggedTime:
    """One entry of the time log as it stands on paper. `not_counted` says why, empty if it counts.

    `counted_seconds` may be fewer than `seconds`: an overlap takes a part away.
    """

    id: TimeEntryId
    worked_on: date
    started_at: time | None
    seconds: int
    counted_seconds: int
    staff_title: str
    role: Role
    activity: Activity
    not_counted: str = ""
    is_signed: bool = True


@dataclass(frozen=True, slots=True)
class Approval:
    """That the treating practitioner approved a month, and when."""

    approved_by: str
    approved_at: datetime


@dataclass(frozen=True, slots=True)
class PayerShare:
    """What a month comes to within the days of another payer. Nothing of it is billed here."""

    payer: str
    minutes: int
    codes: tuple[CodeUnits, ...]
    allowed_cents: int | None = None

    @property
    def words(self) -> str:
        codes = " + ".join(
            each.code if each.units == 1 else f"{each.units} × {each.code}" for each in self.codes
        )
        counted = f"{self.payer} has {count_of(self.minutes, 'minute')} of its own"
        allowed = "" if self.allowed_cents is None else f", {dollars(self.allowed_cents)} allowed"
        return f"{counted}: {codes or 'no code'}{allowed}. They are not on this bill."


@dataclass(frozen=True, slots=True)
class Superbill:
    """A month's services as they stand on paper. Once issued it is kept as it is.

    `number` and `issued_at` are empty on a draft. `facts` and `result` are what the month was
    evaluated from and to; both are None on superbills issued before evaluations were kept, and so
    are `payer` and `coverage` where the practice has not set them up. `account_number` is what a
    claim and its remittance name. `replaces` is the payer's number of a claim that this corrects.
    `lines` are what may be billed now: none as long as something stops the month, such as a missing
    approval. `acknowledged` are the warnings that whoever issued it took note of.
    """

    id: SuperbillId
    episode_id: EpisodeId
    month: ServiceMonth
    kind: MonthKind
    minutes: int
    lines: tuple[ServiceLine, ...]
    service_on: date
    practice: Practice
    patient: Patient
    treating_practitioner: StaffMember | None
    care_manager: StaffMember
    diagnoses: tuple[Diagnosis, ...]
    consented_on: date | None
    warnings: tuple[str, ...]
    number: str = ""
    issued_at: datetime | None = None
    account_number: str = ""
    facts: PatientMonth | None = None
    result: MonthResult | None = None
    payer: Payer | None = None
    coverage: PatientCoverage | None = None
    settings: BillingSettings = AS_SHIPPED
    time_log: tuple[LoggedTime, ...] = ()
    approval: Approval | None = None
    replaces: str = ""
    acknowledged: tuple[CheckId, ...] = ()
    issued_by: str = ""
    other_payers: tuple[PayerShare, ...] = ()

    @property
    def service_words(self) -> str:
        """Name the service, where it is another than collaborative care."""
        is_other = self.facts is not None and self.facts.line is not Line.COCM
        return self.facts.line.value if self.facts and is_other else ""

    @property
    def state(self) -> MonthState:
        """Where the month stands by itself; what became of an issued bill is told by its steps."""
        if self.is_issued:
            return MonthState.ISSUED
        return MonthState.READY if self.lines else MonthState.NOT_READY

    @property
    def to_acknowledge(self) -> tuple[CheckId, ...]:
        """The warnings that a person takes note of by name before this is issued."""
        warnings = self.result.warnings if self.result else ()
        return tuple(dict.fromkeys(check.id for check in warnings))

    @property
    def total_cents(self) -> int | None:
        """The sum of the lines; None as long as a charge is missing."""
        amounts = [line.amount_cents for line in self.lines]
        known = [amount for amount in amounts if amount is not None]
        return sum(known) if len(known) == len(amounts) else None

    @property
    def is_issued(self) -> bool:
        return self.issued_at is not None

    @property
    def code_words(self) -> str:
        """Name the codes: 99493 + 2 × 99494. Empty where none is reached."""
        named = (
            line.code if line.units == 1 else f"{line.units} × {line.code}" for line in self.lines
        )
        return " + ".join(named)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The minutes that do not count, each with its reason, as the warnings say it."""
        return tuple(words for words in self.warnings if _LEFT_OUT in words)

    @property
    def to_check(self) -> tuple[str, ...]:
        """What somebody can put right or should know before this goes out.

        Neither the minutes left out nor the open month, which is the same for everybody.
        """
        known = {*MONTH_OPEN, *self.left_out}
        return tuple(words for words in self.warnings if words not in known)
