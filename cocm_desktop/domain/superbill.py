"""What may be billed for one patient and month, as the document that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from cocm_desktop.domain.billing.billing_settings import AS_SHIPPED, BillingSettings
from cocm_desktop.domain.billing.codes import ADD_ON, CODES, SHORT_MONTH, USUAL_MOST_ADD_ONS
from cocm_desktop.domain.billing.evaluation import MonthResult
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from cocm_desktop.domain.billing.month import CountedTime, MonthFacts, NotCounted, sort_time
from cocm_desktop.domain.billing.payer import PatientCoverage, Payer
from cocm_desktop.domain.billing.rules import CodeUnits, MonthKind, codes_for
from cocm_desktop.domain.diagnosis import Diagnosis
from cocm_desktop.domain.ids import EpisodeId, FeeId, SuperbillId, TimeEntryId
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.domain.wording import count_of, long_date

MONTH_OPEN = "The month is still open: minutes may still be added."


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
class Superbill:
    """A month's services as they stand on paper. Once issued it is kept as it is.

    `number` and `issued_at` are empty on a draft. `facts` and `result` are what the month was
    evaluated from and to; both are None on superbills issued before evaluations were kept, and so
    are `payer` and `coverage` where the practice has not set them up. `account_number` is what a
    claim and its remittance name. `replaces` is the payer's number of a claim that this corrects.
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
        reasons = tuple(reason.value for reason in NotCounted)
        return tuple(words for words in self.warnings if words.endswith(reasons))

    @property
    def to_check(self) -> tuple[str, ...]:
        """What somebody can put right or should know before this goes out.

        Neither the minutes left out nor the open month, which is the same for everybody.
        """
        known = {MONTH_OPEN, *self.left_out}
        return tuple(words for words in self.warnings if words not in known)


def prepare(
    facts: MonthFacts, fees: Sequence[Fee], *, superbill_id: SuperbillId, today: date
) -> Superbill:
    """Draft the superbill of a month. A month that reaches no code has no lines.

    Date of service: the last day of the month, or today while the month is open; never after
    the episode closed. Source: billing rules 1.7.
    """
    time = sort_time(facts)
    reached = codes_for(
        facts.kind, time.minutes, g2214_first_minute=facts.settings.g2214_first_minute
    )
    ends = (facts.month.last_day, today, facts.episode.closed_on)
    service_on = min(day for day in ends if day is not None)
    lines = tuple(_line(units, fees, service_on) for units in reached)
    return Superbill(
        id=superbill_id,
        episode_id=facts.episode.id,
        month=facts.month,
        kind=facts.kind,
        minutes=time.minutes,
        lines=lines,
        service_on=service_on,
        practice=facts.practice,
        patient=facts.patient,
        treating_practitioner=facts.treating_practitioner,
        care_manager=facts.care_manager,
        diagnoses=facts.diagnoses,
        consented_on=facts.consented_on,
        warnings=tuple(_warnings(facts, time, lines=lines, today=today)),
        settings=facts.settings,
    )


def _line(reached: CodeUnits, fees: Sequence[Fee], service_on: date) -> ServiceLine:
    return ServiceLine(
        code=reached.code,
        label=CODES[reached.code].label,
        units=reached.units,
        fee_cents=fee_on(fees, reached.code, service_on),
    )


def _warnings(
    facts: MonthFacts, time: CountedTime, *, lines: Sequence[ServiceLine], today: date
) -> Iterator[str]:
    """Say in words what the biller should see before this goes out."""
    if today <= facts.month.last_day:
        yield MONTH_OPEN
    yield from _missing(facts)
    if not facts.diagnoses:
        yield "No diagnosis is recorded for this episode."
    yield from (f"Diagnosis {words}" for words in facts.code_problems)
    for line in lines:
        yield from _about_line(line, time.minutes)
    yield from _about_time(time)


def _missing(facts: MonthFacts) -> Iterator[str]:
    if not facts.practice.npi:
        yield "The practice's NPI is not recorded."
    if not facts.practice.ein:
        yield "The practice's EIN is not recorded."
    if facts.treating_practitioner is None:
        yield "No treating practitioner is recorded for this episode."
    elif not facts.treating_practitioner.npi:
        yield "The treating practitioner's NPI is not recorded."
    if facts.consented_on is None:
        yield "No consent is recorded for this episode."
    if not facts.patient.coverage.member_id:
        yield "The patient's member id is not recorded."


def _about_line(line: ServiceLine, minutes: int) -> Iterator[str]:
    if line.fee_cents is None:
        yield f"No charge is recorded for {line.code}."
    if line.code == SHORT_MONTH and minutes < CODES[SHORT_MONTH].full_minutes:
        yield f"{line.code} rests on the rule of the midpoint; some payers want 30 minutes."
    if line.code == ADD_ON and line.units > USUAL_MOST_ADD_ONS:
        yield f"More than {USUAL_MOST_ADD_ONS} units of {line.code} are often denied."


def _about_time(time: CountedTime) -> Iterator[str]:
    for reason, minutes in time.minutes_left_out.items():
        yield f"{count_of(minutes, 'minute')} left out: {reason.value}"
    for day in time.days_with_overlap:
        yield f"Two time entries of {long_date(day)} overlap. Void one of them."
