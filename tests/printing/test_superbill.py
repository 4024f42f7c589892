from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocm_desktop.domain.ids import SuperbillId
from cocm_desktop.domain.patient import Coverage, Reach
from cocm_desktop.domain.superbill import ServiceLine, Superbill
from cocm_desktop.printing.page import ROOM
from cocm_desktop.printing.superbill import superbill_page, superbill_pdf, superbills_pdf
from tests.builders import (
    a_care_manager,
    a_diagnosis,
    a_patient,
    a_practice,
    a_practitioner,
    a_superbill,
    a_time_entry,
    an_issued_superbill,
    id_of,
    month_facts,
)
from tests.printing.extremes import lines, names
from tests.printing.read_back import reader, texts, titles

A_LITTLE = 0.01
MANDATORY = (
    "Superbill",
    "Minutes counted",
    "Total charge",
    "Patient",
    "Payer",
    "Member id",
    "Account (MRN)",
    "Treating practitioner",
    "Care manager",
    "Consent to collaborative care",
    "SERVICES",
    "DIAGNOSES",
    "Biller",
    "It is not a claim form.",
    "page 1 of 1",
)


def words_on(superbill: Superbill) -> str:
    [page] = texts(superbill_pdf(superbill))
    return page


def first_month() -> Superbill:
    """Give a first month of 140 minutes: the base code and two units of the add-on."""
    return a_superbill(month_facts(time=(a_time_entry(140),), earlier_service=()))


def test_an_issued_superbill_tells_who_what_when_and_how_much() -> None:
    page = words_on(an_issued_superbill())

    for words in (
        "Riverbend Family Medicine 120 Mill Street Kingston, NY 12401-0042 845-555-0142",
        "NPI 1234567893 EIN 12-3456789",
        "No. 2026-0007",
        "Issued Nov 20, 2026 8:04 AM",
        "Subsequent month November 2026",
        "Minutes counted 35",
        "Total charge $290.00",
        "ALVAREZ, María",
        "Born Apr 5, 1971",
        "Sex Female",
        "8 Orchard Lane, Apt 3",
        "Kingston, NY 12401",
        "555-712-4709",
        "Payer Hudson Health Plan",
        "Member id HHP0012345",
        "Account (MRN) 100245",
        "Treating practitioner A. Osei, MD NPI 1245319599",
        "Care manager M. Bell, LCSW",
        "Consent to collaborative care Sep 1, 2026",
        "1 11/30/2026 11 99493 CoCM, later month 1 $290.00 $290.00",
        "Total $290.00",
        "A F33.1 Major depressive disorder, recurrent, moderate",
        "It is not a claim form.",
    ):
        assert words in page
    assert "DRAFT" not in page


def test_a_draft_says_so_plainly() -> None:
    page = words_on(a_superbill())

    assert "DRAFT – not issued" in page
    assert "No. " not in page
    assert "Issued" not in page


def test_units_multiply_the_charge_and_the_lines_make_the_total() -> None:
    page = words_on(first_month())

    assert "1 11/30/2026 11 99492 CoCM, first month of the episode 1 $320.00 $320.00" in page
    assert "2 11/30/2026 11 99494 CoCM, each further 30 minutes 2 $125.00 $250.00" in page
    assert "Total $570.00" in page


def test_a_charge_that_nobody_recorded_is_a_dash_and_never_zero() -> None:
    bill = first_month()
    missing = replace(bill, lines=(bill.lines[0], replace(bill.lines[1], fee_cents=None)))

    page = words_on(missing)

    assert "CoCM, each further 30 minutes 2 — —" in page
    assert "Total —" in page
    assert "The practice has recorded no charge for this code." in page
    assert "$0.00" not in page


def test_a_month_that_reaches_no_code_says_so() -> None:
    page = words_on(a_superbill(month_facts(time=(a_time_entry(9),))))

    assert "9 minutes reach no code in November 2026." in page
    assert "$0.00" not in page
    assert "Total —" in page


def test_what_to_put_right_first_is_listed() -> None:
    facts = month_facts(practice=a_practice(npi=""), treating_practitioner=None, diagnoses=())

    page = words_on(a_superbill(facts))

    assert "Before this goes out" in page
    assert "– The practice's NPI is not recorded." in page
    assert "NPI Not recorded" in page
    assert "Treating practitioner Not recorded" in page
    assert "DIAGNOSES ICD-10-CM None recorded." in page


def test_a_superbill_with_nothing_to_put_right_has_no_such_list() -> None:
    assert "Before this goes out" not in words_on(a_superbill(warnings=()))


def test_more_than_twelve_diagnoses_are_counted() -> None:
    page = words_on(a_superbill(diagnoses=(a_diagnosis(),) * 14))

    assert "L F33.1" in page
    assert "2 more are recorded; a claim takes twelve." in page


def test_warnings_that_find_no_room_are_counted() -> None:
    page = words_on(a_superbill(warnings=tuple(f"Warning {n}." for n in range(90))))

    shown = page.count("– Warning")
    assert 10 < shown < 90
    assert f"{90 - shown} more on the screen" in page


def test_a_batch_has_one_page_and_one_bookmark_each() -> None:
    bills = [a_superbill(), an_issued_superbill(), first_month()]

    content = superbills_pdf(bills)

    assert len(texts(content)) == 3
    assert titles(content) == [f"{number}. ALVAREZ, María" for number in (1, 2, 3)]


def test_the_file_tells_nothing_of_the_patient_before_it_is_opened() -> None:
    metadata = reader(superbill_pdf(a_superbill())).metadata

    assert metadata is not None
    assert metadata.title == "Superbill"
    assert "Alvarez" not in " ".join(map(str, metadata.values())).title()


def test_the_same_superbill_gives_the_same_file() -> None:
    assert superbill_pdf(an_issued_superbill()) == superbill_pdf(an_issued_superbill())


def test_a_sample_clinic_is_marked() -> None:
    sample = a_superbill(practice=a_practice(is_sample=True))

    assert "SAMPLE – NOT A REAL PATIENT" in words_on(sample)


@st.composite
def superbills(draw: st.DrawFn) -> Superbill:
    reach = Reach(*draw(st.tuples(*[lines] * 7)))
    patient = a_patient(
        last_name=draw(names),
        first_name=draw(names),
        mrn=draw(lines),
        reach=reach,
        coverage=Coverage(*draw(st.tuples(*[lines] * 3))),
    )
    practice = a_practice(
        name=draw(lines), address=draw(lines), city=draw(lines), phone=draw(lines), npi=draw(lines)
    )
    title = draw(lines)
    count = draw(st.integers(0, 3))
    return a_superbill(
        id=SuperbillId(id_of("any")),
        patient=patient,
        practice=practice,
        treating_practitioner=draw(st.sampled_from([None, a_practitioner(name=title)])),
        care_manager=a_care_manager(name=title),
        diagnoses=(a_diagnosis(title=title),) * draw(st.integers(0, 14)),
        lines=(ServiceLine("99494", title, 99, draw(st.sampled_from([None, 10**9]))),) * count,
        warnings=(title,) * draw(st.integers(0, 30)),
        number=draw(lines),
    )


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(superbill=superbills())
def test_no_superbill_takes_more_than_one_page_or_loses_a_line(superbill: Superbill) -> None:
    block = superbill_page(superbill)

    page = words_on(superbill)

    assert block.height <= ROOM + A_LITTLE
    assert [words for words in MANDATORY if words not in page] == []


@pytest.mark.parametrize("letter", ["W", "王", "m "])
def test_the_longest_text_in_every_field_stays_on_the_page(letter: str) -> None:
    words = (letter * 400)[:400]
    superbill = a_superbill(
        patient=a_patient(
            last_name=words[:120],
            first_name=words[:120],
            mrn=words,
            reach=Reach(*[words] * 7),
            coverage=Coverage(*[words] * 3),
        ),
        practice=a_practice(name=words, address=words, city=words, phone=words, npi=words),
        treating_practitioner=a_practitioner(name=words, npi=words),
        care_manager=a_care_manager(name=words),
        diagnoses=(a_diagnosis(title=words),) * 14,
        lines=(ServiceLine("99494", words, 99, None),) * 3,
        warnings=(words,) * 30,
    )

    page = words_on(superbill)

    assert superbill_page(superbill).height <= ROOM + A_LITTLE
    assert "more on the screen" in page
    assert [part for part in MANDATORY if part not in page] == []
