"""What makes a claim come back although the month is billable: ids, form, limits, charges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cocm_desktop.domain.billing.check import Check, CheckId
from cocm_desktop.domain.billing.choices import ClaimForm, Document
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from cocm_desktop.domain.billing.month_proofs import MOST_DIAGNOSES, is_medicare
from cocm_desktop.domain.billing.rule_set import Program, RuleSet
from cocm_desktop.domain.identifiers import is_npi
from cocm_desktop.domain.wording import count_of, dollars, long_date

# Source: CMS, Medicare Beneficiary Identifier format: no S, L, O, I, B or Z.
_LETTER, _EITHER = "[AC-HJKMNP-RT-Y]", "[AC-HJKMNP-RT-Y0-9]"
_MEMBER = re.compile(
    f"[1-9]{_LETTER}{_EITHER}[0-9]{_LETTER}{_EITHER}[0-9]{_LETTER}{{2}}[0-9]{{2}}", re.ASCII
)
OFFICE = "11"
FACILITIES = frozenset({"19", "21", "22", "31"})
CLINICS = frozenset({"50", "72"})
NON_PHYSICIANS = frozenset({"NP", "PA", "CNS"})


@dataclass(frozen=True, slots=True)
class BilledLine:
    """One line of the claim. Amounts in cents; None where no rate or charge is known."""

    code: str
    label: str
    units: int
    allowed_cents: int | None
    charge_cents: int | None


def claim_checks(facts: PatientMonth, rules: RuleSet) -> Iterator[Check]:
    """Name what a claim of this patient and practice would be refused for, whatever its codes."""
    if not is_npi(facts.practitioner.npi):
        wrong = "does not pass its check digit" if facts.practitioner.npi else "is not recorded"
        yield Check(CheckId.B15, f"The practitioner's NPI {wrong}.")
    yield from _member(facts, rules)
    is_clinic = facts.setting.is_clinic or facts.setting.place_of_service in CLINICS
    needs_other = is_clinic or rules.needs_institutional_form
    if rules.program is Program.MEDICARE and needs_other and _is_professional(facts):
        words = "A rural health clinic or FQHC bills Medicare on 837I or UB-04."
        yield Check(CheckId.B17, words)
    if rules.program is Program.MEDICARE and facts.document is Document.PATIENT_SUPERBILL:
        words = "Medicare wants the practice to file the claim; no superbill for the patient."
        yield Check(CheckId.B23, words)
    if len(facts.diagnoses) > MOST_DIAGNOSES:
        yield Check(CheckId.B25, f"A claim has room for {MOST_DIAGNOSES} diagnoses.")
    places = {OFFICE} | FACILITIES | CLINICS
    if facts.setting.place_of_service not in places or facts.setting.modifiers:
        words = "Place of service and modifiers: 11, 19, 21, 22, 31, 50 or 72, and no modifier."
        yield Check(CheckId.W40, words)


def filing_checks(facts: PatientMonth, rules: RuleSet, served_on: date) -> Iterator[Check]:
    limit = facts.payer.days_to_file if facts.payer.days_to_file is not None else rules.days_to_file
    if limit is not None and served_on + timedelta(days=limit) < facts.today:
        words = (
            f"A claim for {long_date(served_on)} had to be filed within {count_of(limit, 'day')}."
        )
        yield Check(CheckId.B22, words)


def line_checks(lines: tuple[BilledLine, ...]) -> Iterator[Check]:
    for line in lines:
        if line.allowed_cents is None:
            yield Check(CheckId.W27, f"No rate is loaded for {line.code}.", line.code)
        elif line.charge_cents is not None and line.charge_cents < line.allowed_cents:
            words = (
                f"The charge for {line.code} is below the allowed {dollars(line.allowed_cents)}."
            )
            yield Check(CheckId.W21, words, line.code)


def is_facility(facts: PatientMonth) -> bool:
    return facts.setting.place_of_service in FACILITIES


def is_reduced(facts: PatientMonth, rules: RuleSet) -> bool:
    """Whether an NP, PA or CNS bills Medicare under their own number; a clinic bills under its."""
    if not is_medicare(rules) or rules.needs_institutional_form:
        return False
    credential = facts.practitioner.credential.upper().replace(".", "")
    return credential in NON_PHYSICIANS and not facts.practitioner.bills_incident_to


def is_medicare_member(text: str) -> bool:
    """Tell whether a member id, in capitals and without dashes, has the shape of Medicare's."""
    return _MEMBER.fullmatch(text) is not None


def _is_professional(facts: PatientMonth) -> bool:
    return facts.setting.claim_form is ClaimForm.PROFESSIONAL


def _member(facts: PatientMonth, rules: RuleSet) -> Iterator[Check]:
    if rules.program is Program.SELF_PAY:
        return
    member = facts.patient.member_id.replace("-", "").upper()
    if not member:
        yield Check(CheckId.B16, "The member id is missing.")
    elif rules.program is Program.MEDICARE and not is_medicare_member(member):
        yield Check(CheckId.B16, "The member id does not have the shape of a Medicare id.")
