"""What keeps a claim from being made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cocm_desktop.domain.billing.billing_settings import ClinicKind
from cocm_desktop.domain.billing.claim import (
    Claim,
    Frequency,
    claim_of,
    claim_problems,
    missing_parts,
    person_name,
)
from cocm_desktop.domain.billing.claim_text import claim_amount, claim_text, is_post_box
from cocm_desktop.domain.billing.payer import ClaimFiling, Insured, Relation
from cocm_desktop.domain.patient import Reach
from cocm_desktop.domain.superbill import ServiceLine
from tests.builders import a_coverage, a_diagnosis, a_payer, a_practitioner, an_issued_bill
from tests.exchange.claims import JANE, PRACTICE, SETTINGS, a_claim


def is_billable(code: str, day: date) -> bool:
    return code != "F33.4" and day >= date(2026, 1, 1)


def words_of(claim: Claim) -> str:
    return " ".join(problem.message for problem in claim_problems(claim, is_billable))


def test_a_whole_claim_has_no_problem() -> None:
    assert words_of(a_claim()) == ""


def line(**changes: Any) -> ServiceLine:
    return replace(ServiceLine("99492", "First", 1, 100_00, None, (1,)), **changes)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"number": "", "issued_at": None}, "is a draft"),
        ({"lines": ()}, "has no code"),
        ({"account_number": ""}, "account number"),
        ({"account_number": "longer-than-twenty-letters"}, "account number"),
        ({"practice": replace(PRACTICE, npi="1234567890")}, "practice's NPI"),
        ({"practice": replace(PRACTICE, ein="")}, "EIN"),
        ({"practice": replace(PRACTICE, city="")}, "practice's address"),
        ({"practice": replace(PRACTICE, address="P.O. Box 12")}, "post office box"),
        ({"practice": replace(PRACTICE, postal_code="62701")}, "nine digits"),
        ({"patient": replace(JANE, reach=Reach())}, "patient's address"),
        ({"patient": replace(JANE, last_name="李")}, "no letter"),
        ({"patient": replace(JANE, born_on=date(2026, 12, 1))}, "born after"),
        ({"diagnoses": ()}, "B08"),
        ({"diagnoses": (a_diagnosis(code="F33.4"),)}, "not billable"),
        ({"diagnoses": (a_diagnosis(code="33.1"),)}, "not shaped"),
        (
            {"diagnoses": tuple(a_diagnosis(code=f"F{n}.0") for n in range(20, 33))},
            "more than 12",
        ),
        ({"lines": (line(code="9949"),)}, "not shaped like a code"),
        ({"lines": (line(units=0),)}, "no units"),
        ({"lines": (line(fee_cents=None),)}, "No charge"),
        ({"lines": (line(pointers=(3,)),)}, "B25"),
        ({"lines": (line(pointers=(1, 2, 1, 2, 1)),)}, "B25"),
        ({"settings": replace(SETTINGS, facility_name="City Hospital")}, "facility's address"),
        ({"settings": replace(SETTINGS, clinic_kind=ClinicKind.FQHC)}, "B17"),
    ],
)
def test_a_bill_that_would_come_back_is_named(changes: dict[str, Any], words: str) -> None:
    assert words in words_of(a_claim(changes))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"payer": a_payer(payer_number="")}, "payer id"),
        ({"payer": a_payer(filing=ClaimFiling.SELF_PAY)}, "no payer of claims"),
        ({"coverage": a_coverage(member_id="")}, "member id is missing"),
        ({"coverage": a_coverage(member_id="123")}, "B16"),
        ({"coverage": a_coverage(rank=2)}, "pays second"),
        ({"coverage": a_coverage(relation=Relation.CHILD)}, "insured person"),
        ({"practitioner": a_practitioner(npi="")}, "practitioner's NPI"),
        ({"frequency": Frequency.VOID}, "earlier claim is missing"),
    ],
)
def test_a_claim_that_would_come_back_is_named(changes: Mapping[str, Any], words: str) -> None:
    assert words in words_of(a_claim(**changes))


def test_a_bill_without_payer_coverage_and_practitioner_makes_no_claim() -> None:
    bill = an_issued_bill(payer=None, coverage=None, treating_practitioner=None)

    assert claim_of(bill) is None
    assert [each.field for each in missing_parts(bill)] == ["payer", "coverage", "practitioner"]


def test_a_bill_that_corrects_another_replaces_it() -> None:
    claim = claim_of(an_issued_bill(replaces="ICN0001"))

    assert claim is not None
    assert (claim.frequency, claim.original_number) == (Frequency.REPLACEMENT, "ICN0001")


def test_the_insured_is_the_patient_unless_somebody_else_is_named() -> None:
    spouse = Insured("Doe", "John")
    named = a_coverage(relation=Relation.SPOUSE, insured=spouse)

    assert a_claim().insured.first_name == "Jane"
    assert a_claim(coverage=named).insured == spouse


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Muñoz-Çelik", "MUNOZ-CELIK"),
        ("O’Brien", "O'BRIEN"),
        ("A*B:C~D^E", "A B C D E"),
        ("Straße  12\n", "STRASSE 12"),
        ("Łukasz Øre", "LUKASZ ORE"),
    ],
)
def test_a_claim_holds_plain_capitals(typed: str, written: str) -> None:
    assert claim_text(typed) == written


@pytest.mark.parametrize(
    ("cents", "written"), [(16032, "160.32"), (32000, "320"), (6150, "61.5"), (-5, "-0.05")]
)
def test_amounts_have_no_needless_zeros(cents: int, written: str) -> None:
    assert claim_amount(cents) == written


def test_names_are_parted_at_the_last_word() -> None:
    assert person_name(a_practitioner(name="Dr. Ana Maria Osei, MD")) == ("Osei", "Ana Maria")


def test_a_street_named_boxer_is_no_post_box() -> None:
    assert is_post_box("PO Box 9")
    assert not is_post_box("12 Boxer Lane")
