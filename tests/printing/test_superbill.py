from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocm_desktop.domain.billing.bill_paper import BillPaper
from cocm_desktop.domain.billing.payer import Insured, Relation
from cocm_desktop.domain.patient import Coverage, Reach
from cocm_desktop.domain.superbill import ServiceLine, Superbill
from cocm_desktop.printing.page import ROOM
from cocm_desktop.printing.superbill import superbill_page, superbills_pdf
from tests.builders import (
    a_bill_paper,
    a_coverage,
    a_diagnosis,
    a_first_month,
    a_patient,
    a_practice,
    a_practitioner,
    a_self_pay_bill,
    a_spell,
    an_issued_bill,
)
from tests.printing.extremes import lines, names
from tests.printing.read_back import reader, texts, titles

A_LITTLE = 0.01
MANDATORY = (
    "Patient superbill",
    "Service month",
    "Total charge",
    "Balance",
    "Patient",
    "Insured",
    "Member id",
    "Account",
    "Treating practitioner",
    "SERVICES",
    "DIAGNOSES",
    "Signature",
    "an itemized receipt, not a claim",
    "page 1 of 1",
)


def words_on(bill: Superbill, paid_cents: int = 0) -> str:
    [page] = texts(superbills_pdf([a_bill_paper(bill, paid_cents=paid_cents)]))
    return page


def first_month(**changes: object) -> Superbill:
    """Give a first month of 140 minutes: the base code and two units of the add-on."""
    self_pay = a_self_pay_bill().facts
    assert self_pay is not None
    return a_self_pay_bill(a_first_month(140, payer=self_pay.payer), **changes)


def test_it_tells_a_patient_and_a_plan_who_what_when_and_how_much() -> None:
    issued = an_issued_bill()

    page = words_on(first_month(number=issued.number, issued_at=issued.issued_at), 100_00)

    for words in (
        "Riverbend Family Medicine 120 Mill Street, Kingston, NY 12401-0042 845-555-0142",
        "NPI 1234567893 EIN 12-3456789",
        "No. 2026-11-0007",
        "Issued Dec 2, 2026 9:30 AM",
        "Service month November 2026",
        "ALVAREZ, María",
        "Account RB-000124",
        "Born Apr 5, 1971",
        "Sex Female",
        "8 Orchard Lane, Apt 3",
        "Kingston, NY 12401",
        "555-712-4709",
        "Treating practitioner A. Osei, MD NPI 1245319599",
        "11/30/2026 11 99492 — CoCM, first month of the episode 1 $320.00",
        "11/30/2026 11 99494 — CoCM, each further 30 minutes 2 $250.00",
        "Total $570.00 Paid $100.00 Balance $470.00",
        "A F33.1 Major depressive disorder, recurrent, moderate",
        "B F41.1 Generalized anxiety disorder",
    ):
        assert words in page
    assert "DRAFT" not in page


def test_it_keeps_to_itself_what_is_for_the_biller() -> None:
    page = words_on(first_month())

    for words in ("Taxonomy", "minutes counted", "Consent", "Allowed", "Rule set", "Payer", "W23"):
        assert words not in page


def test_it_names_whoever_holds_the_policy() -> None:
    coverage = a_coverage(relation=Relation.CHILD, insured=Insured("Alvarez", "Rosa"))

    page = words_on(first_month(coverage=coverage))

    assert "Insured ALVAREZ, Rosa Patient’s relation to the insured Child" in page


def test_a_draft_says_so_plainly() -> None:
    page = words_on(first_month())

    assert "DRAFT – not issued" in page
    assert "Issued" not in page


def test_a_charge_that_nobody_recorded_is_a_dash_and_never_zero() -> None:
    bill = first_month()
    missing = replace(bill, lines=(bill.lines[0], replace(bill.lines[1], fee_cents=None)))

    page = words_on(missing)

    assert "CoCM, each further 30 minutes 2 —" in page
    assert "Total — Paid $0.00 Balance —" in page
    assert "The practice has recorded no charge for this code." in page


def test_a_month_without_a_code_says_so() -> None:
    facts = replace(a_first_month(), time=(a_spell(9),))

    assert "Nothing of this month can be billed." in words_on(a_self_pay_bill(facts))


def test_more_than_twelve_diagnoses_are_counted() -> None:
    page = words_on(first_month(diagnoses=(a_diagnosis(),) * 14))

    assert "L F33.1" in page
    assert "2 more are recorded; a claim takes twelve." in page


def test_a_batch_has_one_page_and_one_bookmark_each() -> None:
    content = superbills_pdf([a_bill_paper(first_month()), a_bill_paper(a_self_pay_bill())])

    assert [page.count("page 1 of 1") for page in texts(content)] == [1, 1]
    assert titles(content) == ["1. ALVAREZ, María", "2. ALVAREZ, María"]


def test_the_file_tells_nothing_of_the_patient_before_it_is_opened() -> None:
    metadata = reader(superbills_pdf([a_bill_paper()])).metadata

    assert metadata is not None
    assert metadata.title == "Patient superbill"
    assert "Alvarez" not in " ".join(map(str, metadata.values())).title()


def test_the_same_superbill_gives_the_same_file() -> None:
    assert superbills_pdf([a_bill_paper()]) == superbills_pdf([a_bill_paper()])


def test_a_sample_clinic_is_marked() -> None:
    sample = first_month(practice=a_practice(is_sample=True))

    assert "SAMPLE – NOT A REAL PATIENT" in words_on(sample)


@st.composite
def superbills(draw: st.DrawFn) -> Superbill:
    title, count = draw(lines), draw(st.integers(0, 3))
    patient = a_patient(
        last_name=draw(names),
        first_name=draw(names),
        mrn=draw(lines),
        reach=Reach(*draw(st.tuples(*[lines] * 7))),
        coverage=Coverage(*draw(st.tuples(*[lines] * 3))),
    )
    practice = a_practice(
        name=draw(lines), address=draw(lines), city=draw(lines), phone=draw(lines), npi=draw(lines)
    )
    return first_month(
        patient=patient,
        practice=practice,
        coverage=draw(st.sampled_from([None, a_coverage(member_id=title, group_number=title)])),
        treating_practitioner=draw(st.sampled_from([None, a_practitioner(name=title)])),
        diagnoses=(a_diagnosis(title=title),) * draw(st.integers(0, 14)),
        lines=(ServiceLine("99494", title, 99, draw(st.sampled_from([None, 10**9]))),) * count,
        number=draw(lines),
        account_number=draw(lines),
    )


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(superbill=superbills())
@pytest.mark.no_cover
def test_no_superbill_takes_more_than_one_page_or_loses_a_line(superbill: Superbill) -> None:
    paper: BillPaper = a_bill_paper(superbill)

    page = words_on(superbill)

    assert superbill_page(paper).height <= ROOM + A_LITTLE
    assert [words for words in MANDATORY if words not in page] == []
