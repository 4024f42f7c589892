"""A claim: an issued superbill on its way to one payer, and what would make it come back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.billing.claim_checks import is_medicare_member
from cocm_desktop.domain.billing.claim_text import (
    claim_diagnosis,
    claim_digits,
    claim_text,
    is_diagnosis,
    is_post_box,
    is_postal_code,
    is_service_code,
)
from cocm_desktop.domain.billing.facility import facility_of
from cocm_desktop.domain.billing.payer import ClaimFiling, Insured, PatientCoverage, Payer, Relation
from cocm_desktop.domain.billing.remittance import ClaimPayment
from cocm_desktop.domain.identifiers import US_PHONE_DIGITS, is_ein, is_npi
from cocm_desktop.domain.patient import Patient, Sex
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.superbill import ServiceLine, Superbill
from cocm_desktop.errors import Problem

MOST_DIAGNOSES = 12
MOST_POINTERS = 4
# Source: X12 005010X222A1, CLM01: payers must return the first 20 characters.
LONGEST_ACCOUNT = 20
IsBillable = Callable[[str, date], bool]


class Frequency(Enum):
    """Whether a claim is new or about an earlier one. Source: X12 claim frequency code."""

    ORIGINAL = "Original"
    REPLACEMENT = "Replaces an earlier claim"
    VOID = "Voids an earlier claim"

    @property
    def digit(self) -> str:
        return {"ORIGINAL": "1", "REPLACEMENT": "7", "VOID": "8"}[self.name]


@dataclass(frozen=True, slots=True)
class PaidBefore:
    """What another payer, who pays first, has decided about the same claim."""

    payer: Payer
    coverage: PatientCoverage
    payment: ClaimPayment
    paid_on: date
    insured_name: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Claim:
    """One superbill to one payer. `original_number` is the payer's number of an earlier claim."""

    superbill: Superbill
    payer: Payer
    coverage: PatientCoverage
    practitioner: StaffMember
    frequency: Frequency = Frequency.ORIGINAL
    original_number: str = ""
    paid_before: PaidBefore | None = None
    supervisor: StaffMember | None = None

    @property
    def account_number(self) -> str:
        return self.superbill.account_number

    @property
    def patient(self) -> Patient:
        return self.superbill.patient

    @property
    def is_patient_insured(self) -> bool:
        return self.coverage.relation is Relation.SELF

    @property
    def insured(self) -> Insured:
        """The person who holds the policy: the patient, or who is named in the coverage."""
        if self.coverage.insured is not None and not self.is_patient_insured:
            return self.coverage.insured
        patient, reach = self.patient, self.patient.reach
        return Insured(
            last_name=patient.last_name,
            first_name=patient.first_name,
            born_on=patient.born_on,
            sex=patient.sex,
            address=reach.address,
            city=reach.city,
            state=reach.state,
            postal_code=reach.postal_code,
        )

    @property
    def member_id(self) -> str:
        return claim_text(self.coverage.member_id.replace("-", "").replace(" ", ""), 80)

    @property
    def diagnosis_codes(self) -> tuple[str, ...]:
        """The codes without their dots, each once, in the claim's order."""
        codes = (claim_diagnosis(each.code) for each in self.superbill.diagnoses)
        return tuple(dict.fromkeys(codes))

    @property
    def charge_cents(self) -> int:
        return self.superbill.total_cents or 0

    def pointers(self, line: ServiceLine) -> tuple[int, ...]:
        """Give the places of a line's diagnoses; where none are chosen, the first four."""
        known = range(1, len(self.diagnosis_codes) + 1)
        return line.pointers or tuple(known)[:MOST_POINTERS]


def claim_of(superbill: Superbill) -> Claim | None:
    """Give the claim of an issued superbill to its own payer; None where somebody is missing."""
    payer, coverage = superbill.payer, superbill.coverage
    practitioner = superbill.treating_practitioner
    if payer is None or coverage is None or practitioner is None:
        return None
    return Claim(
        superbill=superbill,
        payer=payer,
        coverage=coverage,
        practitioner=practitioner,
        frequency=Frequency.REPLACEMENT if superbill.replaces else Frequency.ORIGINAL,
        original_number=superbill.replaces,
    )


def missing_parts(superbill: Superbill) -> Iterator[Problem]:
    """Name what a superbill lacks before a claim of it can be made at all."""
    if superbill.payer is None:
        yield Problem("payer", "The payer is not set up.")
    if superbill.coverage is None:
        yield Problem("coverage", "The patient's coverage on the day of service is not recorded.")
    if superbill.treating_practitioner is None:
        yield Problem("practitioner", "No treating practitioner is recorded.")


def claim_problems(claim: Claim, is_billable: IsBillable) -> Iterator[Problem]:
    """Name everything for which the claim would be refused. Source: billing rules 4.1."""
    yield from _bill_problems(claim)
    yield from _payer_problems(claim)
    yield from _practice_problems(claim)
    yield from _people_problems(claim)
    yield from _diagnosis_problems(claim, is_billable)
    for line in claim.superbill.lines:
        yield from _line_problems(claim, line)


def _bill_problems(claim: Claim) -> Iterator[Problem]:
    bill = claim.superbill
    if not bill.is_issued:
        yield Problem("superbill", "The superbill is a draft. Issue it first.")
    if not bill.lines:
        yield Problem("superbill", "The superbill has no code.")
    account = claim.account_number
    if not account or len(account) > LONGEST_ACCOUNT or claim_text(account) != account:
        yield Problem("account_number", "The account number is missing or does not fit a claim.")
    if claim.frequency is not Frequency.ORIGINAL and not claim.original_number:
        words = "The payer's number of the earlier claim is missing."
        yield Problem("original_number", words)


def _payer_problems(claim: Claim) -> Iterator[Problem]:
    payer, kind = claim.payer, claim.superbill.settings.clinic_kind
    if payer.filing is ClaimFiling.SELF_PAY:
        yield Problem("payer", f"{payer.name} is no payer of claims.")
    if not claim_text(payer.payer_number, 80):
        yield Problem("payer", f"The electronic payer id of {payer.name} is missing.")
    if kind.is_clinic and payer.filing is ClaimFiling.MEDICARE_B:
        words = "B17_WRONG_CLAIM_FORM: a rural health clinic or FQHC bills Medicare on 837I."
        yield Problem("payer", words)
    if payer.filing is ClaimFiling.MEDICARE_B and claim.coverage.rank > 1:
        words = "Medicare pays second here: file this claim in the payer's portal, with the reason."
        yield Problem("payer", words)
    if claim.coverage.rank > 1 and claim.paid_before is None:
        yield Problem("payer", "The first payer's remittance is not posted yet.")
    if not claim.member_id:
        yield Problem("member_id", "The member id is missing.")
    elif payer.filing is ClaimFiling.MEDICARE_B and not is_medicare_member(claim.member_id):
        words = "B16_MEMBER_ID: the member id does not have the shape of a Medicare id."
        yield Problem("member_id", words)


def _practice_problems(claim: Claim) -> Iterator[Problem]:
    practice = claim.superbill.practice
    if not is_npi(practice.npi):
        words = "B15_NPI_INVALID: the practice's NPI is missing or its check digit is wrong."
        yield Problem("npi", words)
    if not is_ein(practice.ein):
        yield Problem("ein", "The practice's EIN is missing.")
    if not (practice.address and practice.city and practice.state):
        yield Problem("address", "The practice's address is incomplete.")
    elif is_post_box(practice.address):
        yield Problem("address", "A claim wants the practice's street, not a post office box.")
    if not is_postal_code(practice.postal_code, is_full=True):
        yield Problem("postal_code", "The practice's ZIP code needs nine digits on a claim.")
    if facility := facility_of(claim.superbill.settings):
        yield from facility.problems()


def _people_problems(claim: Claim) -> Iterator[Problem]:
    if not is_npi(claim.practitioner.npi):
        words = "B15_NPI_INVALID: the practitioner's NPI is missing or its check digit is wrong."
        yield Problem("practitioner", words)
    if not claim.is_patient_insured and claim.coverage.insured is None:
        yield Problem("insured", "The name of the insured person is missing.")
    insured = claim.insured
    if not claim_text(insured.last_name) or not claim_text(insured.first_name):
        yield Problem("patient", "A name has no letter that a claim can hold.")
    reach = claim.patient.reach
    if not (reach.address and reach.city and reach.state) or not is_postal_code(reach.postal_code):
        yield Problem("address", "The patient's address is incomplete.")
    if claim.patient.born_on > claim.superbill.service_on:
        yield Problem("born_on", "The patient was born after the day of service.")


def _diagnosis_problems(claim: Claim, is_billable: IsBillable) -> Iterator[Problem]:
    codes = claim.diagnosis_codes
    if not codes:
        yield Problem("diagnoses", "B08_NO_BH_DIAGNOSIS: no diagnosis is recorded.")
    if len(codes) > MOST_DIAGNOSES:
        yield Problem("diagnoses", f"B25_POINTER_COUNT: more than {MOST_DIAGNOSES} diagnoses.")
    for each in claim.superbill.diagnoses:
        if not is_diagnosis(claim_diagnosis(each.code)):
            yield Problem("diagnoses", f"{each.code} is not shaped like an ICD-10-CM code.")
        elif not is_billable(each.code, claim.superbill.service_on):
            words = f"B08_NO_BH_DIAGNOSIS: {each.code} is not billable on the day of service."
            yield Problem("diagnoses", words)


def _line_problems(claim: Claim, line: ServiceLine) -> Iterator[Problem]:
    if not is_service_code(line.code):
        yield Problem("lines", f"{line.code} is not shaped like a code of a service.")
    if line.units < 1:
        yield Problem("lines", f"{line.code} has no units.")
    if not line.amount_cents:
        yield Problem("lines", f"No charge is recorded for {line.code}.")
    pointers = claim.pointers(line)
    is_known = all(1 <= place <= len(claim.diagnosis_codes) for place in pointers)
    if not pointers or len(pointers) > MOST_POINTERS or not is_known:
        words = f"B25_POINTER_COUNT: {line.code} points to more than four diagnoses, or to none."
        yield Problem("lines", words)


def sex_letter(sex: Sex) -> str:
    return {Sex.FEMALE: "F", Sex.MALE: "M"}.get(sex, "U")


def person_name(member: StaffMember) -> tuple[str, str]:
    """Part a staff member's name: the last word is the family name."""
    words = member.name.partition(",")[0].split()
    first = [word for word in words[:-1] if word.casefold().rstrip(".") not in {"dr", "prof"}]
    return (words[-1] if words else ""), " ".join(first)


def phone_of_claim(text: str) -> str:
    """Give ten digits, or nothing where there are not as many."""
    digits = claim_digits(text)[-US_PHONE_DIGITS:]
    return digits if len(digits) == US_PHONE_DIGITS else ""
