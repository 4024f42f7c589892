"""From issued superbills to claims: to the first payer, and to the second where one is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from cocm_desktop.domain.billing.bill_step import BillStep, MonthState
from cocm_desktop.domain.billing.claim import (
    Claim,
    Frequency,
    IsBillable,
    PaidBefore,
    claim_of,
    claim_problems,
    missing_parts,
)
from cocm_desktop.domain.billing.claim_file import FilingRow
from cocm_desktop.domain.billing.payer import ClaimFiling, PatientCoverage, Payer
from cocm_desktop.domain.billing.posting import PostedPayment
from cocm_desktop.domain.billing.rule_set import RuleSets
from cocm_desktop.domain.ids import PatientId, PayerId, StaffId, SuperbillId
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Problem, Refused

Value = TypeVar("Value")
Rank = tuple[SuperbillId, int]


@dataclass(frozen=True, slots=True)
class FilingFacts:
    """What is on file today about the people and payers of some superbills."""

    practice: Practice
    payers: Mapping[PayerId, Payer]
    coverage: Mapping[PatientId, tuple[PatientCoverage, ...]]
    patients: Mapping[PatientId, Patient]
    staff: Mapping[StaffId, StaffMember]
    steps: Mapping[SuperbillId, tuple[BillStep, ...]] = field(default_factory=dict)
    payments: Mapping[SuperbillId, tuple[PostedPayment, ...]] = field(default_factory=dict)
    filed: frozenset[Rank] = frozenset()
    void_filed: frozenset[SuperbillId] = frozenset()
    voided: tuple[Superbill, ...] = ()
    today: date | None = None
    rule_sets: RuleSets = field(default_factory=lambda: RuleSets(()))
    restricted: Mapping[PatientId, str] = field(default_factory=dict)
    """Why nothing may go to the payer, by patient."""

    def payer_number(self, bill_id: SuperbillId) -> str:
        """Give the payer's number of a claim, as its last remittance says; empty if none came."""
        payments = self.payments.get(bill_id, ())
        numbers = (each.claim.payer_number for each in reversed(payments))
        return next((number for number in numbers if number), "")

    def days_to_file(self, claim: Claim) -> int | None:
        """Give the payer's limit for filing, or else that of its rules for the month."""
        if claim.payer.days_to_file is not None:
            return claim.payer.days_to_file
        bill = claim.superbill
        is_clinic = bill.settings.clinic_kind.is_clinic
        day = bill.month.last_day
        try:
            return self.rule_sets.holding(
                claim.payer.rule_set, day, is_clinic=is_clinic
            ).days_to_file
        except Refused:
            return None

    def earlier(self, bill: Superbill) -> Superbill | None:
        """Give the withdrawn bill of the same patient and month that the payer has decided on."""
        same = (
            each
            for each in reversed(self.voided)
            if (each.patient.id, each.month) == (bill.patient.id, bill.month)
        )
        return next((each for each in same if self.payer_number(each.id)), None)

    def covering(self, patient_id: PatientId, day: date, rank: int) -> PatientCoverage | None:
        found = (each for each in self.coverage.get(patient_id, ()) if each.rank == rank)
        return next((each for each in found if each.covers(day)), None)


def filing_rows(
    bills: Sequence[Superbill], facts: FilingFacts, is_billable: IsBillable
) -> Iterator[FilingRow]:
    """Give a row for each claim of the bills: what it is, and what keeps it back."""
    for issued in bills:
        bill = filled_bill(issued, facts)
        steps = facts.steps.get(bill.id, ())
        state = steps[-1].state if steps else MonthState.ISSUED
        first = _as_correction(_with_supervisor(claim_of(bill), facts), facts)
        if bill.payer is not None and bill.payer.filing is ClaimFiling.SELF_PAY:
            continue
        for claim in (first, _second(first, facts)):
            if claim is None and first is not None:
                continue
            problems = list(claim_problems(claim, is_billable) if claim else missing_parts(bill))
            if claim is not None and state is MonthState.ISSUED:
                problems += _late(claim, facts)
            if words := facts.restricted.get(bill.patient.id):
                problems.append(Problem("restriction", words))
            rank = claim.coverage.rank if claim else 1
            yield FilingRow(
                superbill=bill,
                claim=claim,
                problems=tuple(problems),
                state=state,
                is_filed=(bill.id, rank) in facts.filed,
            )
            if claim is None:
                break
    yield from _void_rows(bills, facts, is_billable)


def _late(claim: Claim, facts: FilingFacts) -> Iterator[Problem]:
    """Say that the payer's limit for filing is over."""
    limit, served_on, today = facts.days_to_file(claim), claim.superbill.service_on, facts.today
    if today is not None and limit is not None and served_on + timedelta(days=limit) < today:
        words = (
            f"B22_TIMELY_FILING: {claim.payer.name} takes claims for "
            f"{count_of(limit, 'day')} after the service."
        )
        yield Problem("service_on", words)


def _void_rows(
    bills: Sequence[Superbill], facts: FilingFacts, is_billable: IsBillable
) -> Iterator[FilingRow]:
    """Give a claim that takes back each withdrawn bill which the payer has and none replaces."""
    standing = {(bill.patient.id, bill.month) for bill in bills}
    for voided in facts.voided:
        number = facts.payer_number(voided.id)
        claim = _with_supervisor(claim_of(filled_bill(voided, facts)), facts)
        if not number or claim is None or (voided.patient.id, voided.month) in standing:
            continue
        claim = replace(claim, frequency=Frequency.VOID, original_number=number)
        yield FilingRow(
            superbill=claim.superbill,
            claim=claim,
            problems=tuple(claim_problems(claim, is_billable)),
            state=MonthState.VOID,
            is_filed=voided.id in facts.void_filed,
        )


def _as_correction(claim: Claim | None, facts: FilingFacts) -> Claim | None:
    """Name the payer's number of the claim that this one corrects, unless the bill does so."""
    if claim is None or claim.original_number:
        return claim
    earlier = facts.earlier(claim.superbill)
    if earlier is None:
        return claim
    number = facts.payer_number(earlier.id)
    return replace(claim, frequency=Frequency.REPLACEMENT, original_number=number)


def filled_bill(bill: Superbill, facts: FilingFacts) -> Superbill:
    """Give the bill as issued; what was empty in it then is taken from what is on file now.

    A missing payer number or ZIP code is mended in its own place, and the bill stands.
    """
    patient_id, practitioner = bill.patient.id, bill.treating_practitioner
    coverage = bill.coverage or facts.covering(patient_id, bill.service_on, 1)
    payer_id = bill.payer.id if bill.payer else coverage.payer_id if coverage else None
    now = facts.payers.get(payer_id) if payer_id else None
    on_file = facts.patients.get(patient_id)
    reach = _filled(bill.patient.reach, on_file.reach) if on_file else bill.patient.reach
    practice = _filled(bill.practice, facts.practice)
    if facts.practice.postal_code.startswith(practice.postal_code):
        practice = replace(practice, postal_code=facts.practice.postal_code)
    return replace(
        bill,
        practice=practice,
        patient=replace(bill.patient, reach=reach),
        coverage=coverage,
        payer=_filled(bill.payer, now) if bill.payer else now,
        treating_practitioner=practitioner
        and _filled(practitioner, facts.staff.get(practitioner.id)),
    )


def _filled(issued: Value, now: Value | None) -> Value:
    """Take what is empty in a record from the record of today."""
    record: Any = issued
    gaps = {
        part.name: getattr(now, part.name)
        for part in fields(record)
        if now is not None and getattr(issued, part.name) == ""
    }
    filled: Value = replace(record, **gaps)
    return filled


def _with_supervisor(claim: Claim | None, facts: FilingFacts) -> Claim | None:
    if claim is None or not claim.practitioner.bills_incident_to:
        return claim
    supervisor_id = claim.practitioner.supervisor_id
    return replace(claim, supervisor=facts.staff.get(supervisor_id) if supervisor_id else None)


def _second(first: Claim | None, facts: FilingFacts) -> Claim | None:
    """Give the claim to the second payer once the first has decided and something is left."""
    if first is None:
        return None
    bill = first.superbill
    coverage = facts.covering(bill.patient.id, bill.service_on, 2)
    payer = facts.payers.get(coverage.payer_id) if coverage else None
    decided = [each for each in facts.payments.get(bill.id, ()) if not each.claim.is_reversal]
    if coverage is None or payer is None or not decided:
        return None
    last = decided[-1]
    if last.claim.status != "1" or last.claim.owed_cents <= 0:
        return None
    insured = first.insured
    return replace(
        first,
        payer=payer,
        coverage=coverage,
        paid_before=PaidBefore(
            payer=first.payer,
            coverage=first.coverage,
            payment=last.claim,
            paid_on=last.paid_on or bill.service_on,
            insured_name=(insured.last_name, insured.first_name),
        ),
    )
