from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.billing_settings import BillingSettings
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.choices import Performer
from cocm_desktop.domain.billing.evaluation_facts import PayerFacts
from cocm_desktop.domain.billing.payer import Insured, Relation
from cocm_desktop.domain.patient import Coverage, Reach
from cocm_desktop.domain.superbill import ServiceLine, Superbill
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.printing.bill_proofs import checks_panel
from cocm_desktop.printing.billing_month import sheets_pdf
from cocm_desktop.printing.billing_sheet import billing_sheet
from cocm_desktop.printing.page import ROOM
from tests.builders import (
    a_bill,
    a_bill_paper,
    a_care_manager,
    a_coverage,
    a_diagnosis,
    a_first_month,
    a_month,
    a_patient,
    a_payer,
    a_practice,
    a_practitioner,
    a_spell,
    an_issued_bill,
    many_diagnoses,
)
from tests.printing.read_back import reader, texts, titles

A_LITTLE = 0.01
# Labels beside typed words are left out: a reader turns lines of right-to-left letters around.
MANDATORY = (
    "CoCM monthly billing sheet",
    "PATIENT AND INSURANCE",
    "CLAIM",
    "Accident (10a–c) None",
    "Assignment (27) Accepted",
    "SERVICES",
    "DIAGNOSES",
    "PROOFS",
    "MINUTES",
    "minutes counted",
    "Biller",
    "Treating practitioner",
)


def words_on(bill: Superbill, **changes: object) -> str:
    [page] = texts(sheets_pdf([a_bill_paper(bill, **changes)]))
    return page


def test_a_sheet_holds_everything_a_claim_asks_for() -> None:
    page = words_on(an_issued_bill(a_first_month()), state=MonthState.SENT, paid_cents=222_06)

    for words in (
        "Riverbend Family Medicine 120 Mill Street, Kingston, NY 12401-0042 845-555-0142",
        "NPI (33a) 1234567893 EIN (25) 12-3456789 Taxonomy (33b) 261QP2300X",
        "November 2026 · Initial month No. 2026-11-0007 Sent Issued Dec 2, 2026 9:30 AM",
        "ALVAREZ, María born Apr 5, 1971 (3) · Female · MRN 100245",
        "Address (5) 8 Orchard Lane, Apt 3, Kingston, NY 12401",
        "Payer (1) Medicare Part B, National Government Services, id 13282 · primary",
        "Kind of payer Medicare Part B",
        "Insured’s id (1a) 1EG4TE5MK73",
        "Insured (4, 6) The patient",
        "Account no. (26) RB-000124",
        "Resubmission (22) 1, original",
        "Rendering (31) A. Osei, MD NPI (24J) 1245319599",
        "1 11/30/2026 11 99492 CoCM, first month of the episode — AB 1 $320.00 $160.32",
        "2 11/30/2026 11 99494 CoCM, each further 30 minutes — AB 2 $250.00 $122.92",
        "Total (28) $570.00 $283.24",
        "Paid so far (29) $222.06 · balance $347.94",
        "before deductible and coinsurance",
        "about $222.06 from the payer and $56.65 from the patient; $4.53 is sequestered",
        "A F33.1 Major depressive disorder, recurrent, moderate",
        "116 minutes counted of 116 min recorded 116 min M. Bell, LCSW · Care manager",
        "Approved by A. Osei, MD on Dec 1, 2026 5:12 PM.",
        "Rule set MCR from Jan 1, 2018",
        "ICD-10-CM, release of",
        "page 1 of 1",
    ):
        assert words in page
    assert "DRAFT" not in page


def test_a_draft_says_so_and_has_nothing_paid() -> None:
    page = words_on(a_bill())

    assert "DRAFT – not issued" in page
    assert "Paid so far" not in page


def test_minutes_that_do_not_count_stand_with_their_reason() -> None:
    page = words_on(a_bill())

    assert "45 minutes counted of 53 min recorded" in page
    assert "4 min Clerical work does not count." in page
    assert "4 min The same person's clock has this time in another entry already." in page


def test_the_next_code_is_named_while_the_month_is_open_only() -> None:
    facts = a_month(time=(a_spell(28),))
    open_still = replace(facts, today=date(2026, 11, 20))

    during, after = words_on(a_bill(open_still)), words_on(a_bill(facts))

    assert "The month is open; 99493 begins at minute 31." in during
    assert "begins at minute" not in after
    assert "begins at minute" not in words_on(an_issued_bill(open_still))


def test_proofs_are_shown_with_their_days() -> None:
    page = words_on(a_bill())

    for words in (
        "Consent Given on Sep 1, 2026.",
        "Initiating visit Seen on May 14, 2026",
        "Measure PHQ-9 8 on Nov 5, 2026.",
        "Consultant review The patient was reviewed on Nov 17, 2026.",
        "Caseload meetings Nov 3, Nov 17",
    ):
        assert words in page


def test_blocks_come_before_warnings_and_what_is_missing_is_bold_among_the_proofs() -> None:
    page = words_on(a_bill(a_month(approved_on=None, consents=())))

    assert "Nothing may be billed yet" in page or "reach no code" in page
    assert "Missing: No consent for this practitioner held on a day with time." in page
    assert "The treating practitioner has not approved this month." in page
    assert page.index("B03") < page.index("B01, B20")


def test_codes_that_a_block_stops_are_named() -> None:
    page = words_on(a_bill(a_month(approved_on=None)))

    assert "Nothing may be billed yet: 1 × 99493 is stopped by what is listed below." in page


def test_an_insured_person_who_is_not_the_patient_is_named() -> None:
    insured = Insured("Alvarez", "Rosa", date(1949, 2, 3), address="9 Elm", city="Albany")
    coverage = a_coverage(
        relation=Relation.CHILD,
        insured=insured,
        rank=2,
        authorization="PA-77",
        authorized_last_on=date(2027, 1, 31),
    )

    page = words_on(a_bill(coverage=coverage, replaces="ICN 1"))

    assert "ALVAREZ, Rosa · the patient is: child" in page
    assert "born Feb 3, 1949" in page
    assert "· secondary" in page
    assert "Authorization (23) PA-77 to Jan 31, 2027" in page
    assert "Resubmission (22) 7, replaces ICN 1" in page


def test_a_payer_that_has_no_rate_leaves_the_amount_unpriced() -> None:
    page = words_on(a_bill(a_month(payer=PayerFacts("COMMERCIAL-DEFAULT"))))

    assert "$290.00 —" in page
    assert "so it is unpriced" in page


def test_a_schedule_of_the_payer_is_named_with_its_rule_set() -> None:
    page = words_on(a_bill(a_month(payer=PayerFacts("MCD-WI"))))

    assert "Allowed by the payer’s own schedule, MCD-WI from" in page


def test_a_superbill_from_before_evaluations_were_kept_is_still_printed() -> None:
    old = an_issued_bill(
        facts=None, result=None, payer=None, coverage=None, time_log=(), approval=None,
        warnings=("The practice's NPI is not recorded.",), account_number="",
    )  # fmt: skip
    old = replace(old, facts=None, result=None)

    page = words_on(old)

    assert "Payer (1) Hudson Health Plan" in page
    assert "Insured’s id (1a) HHP0012345" in page
    assert "Account no. (26) 100245" in page
    assert "Not kept with the documents of that time" in page
    assert "– The practice's NPI is not recorded." in page
    assert "before the versions of rules and rates were kept" in page


def test_what_finds_no_room_is_counted() -> None:
    facts = a_first_month(
        diagnoses=many_diagnoses(12),
        time=tuple(
            a_spell(1.5, day, role=role, performer=f"{role.value} {day}", is_signed=day % 2 == 0)
            for day, role in zip(range(1, 28), list(Performer) * 9, strict=False)
            if role is not Performer.CLINICAL_STAFF
        ),
    )

    page = words_on(a_bill(facts))

    assert "more people in the audit packet" in page


def test_warnings_that_find_no_room_are_counted() -> None:
    old = replace(an_issued_bill(), facts=None, result=None)
    many = replace(old, warnings=tuple(f"Warning {number}." for number in range(60)))

    page = words_on(many)

    shown = page.count("– Warning")
    assert 10 < shown < 60
    assert f"{60 - shown} more lines to look at on the screen" in page
    assert "Before this goes out" not in words_on(replace(old, warnings=()))


def test_where_not_one_check_has_room_the_sheet_still_says_how_many_there_are() -> None:
    tight, none = checks_panel(a_bill(), 12.0), checks_panel(a_bill(), 2.0)

    assert not tight.is_whole
    assert tight.block.height > 0.0
    assert none.block.height == 0.0


def test_a_month_without_diagnoses_says_so() -> None:
    assert "None recorded." in words_on(a_bill(a_month(diagnoses=())))


def test_whoever_issued_it_is_named_with_the_warnings_seen() -> None:
    seen = an_issued_bill(issued_by="R. Haddad", acknowledged=(CheckId.W15, CheckId.W23))

    assert "Issued by R. Haddad, who took note of W15, W23." in words_on(seen)
    assert "Issued by R. Haddad." in words_on(an_issued_bill(issued_by="R. Haddad"))


def test_sheets_have_one_page_and_one_bookmark_each() -> None:
    content = sheets_pdf([a_bill_paper(), a_bill_paper(a_bill(a_first_month()))])

    assert len(texts(content)) == 2
    assert titles(content) == ["ALVAREZ, María", "ALVAREZ, María"]


def test_the_file_tells_nothing_of_the_patient_before_it_is_opened() -> None:
    metadata = reader(sheets_pdf([a_bill_paper()])).metadata

    assert metadata is not None
    assert metadata.title == "Billing sheet"
    assert "Alvarez" not in " ".join(map(str, metadata.values())).title()


EXTREMES = (
    "",
    "W" * 400,
    "王" * 400,
    "m " * 200,
    "ﷺ" * 120,
    "Щ-" * 200,
    "a line that goes on " * 20,
    "<b>Bold</b> & Co\n2",
)


def an_extreme_bill(chance: Random) -> Superbill:
    """Put words nobody would type into every field, and as many records as there can be."""
    words, name = chance.choice(EXTREMES), chance.choice(EXTREMES)[:120]
    roles = [role for role in Performer if role is not Performer.CLINICAL_STAFF]
    time = tuple(
        a_spell(
            chance.choice([0.5, 3, 90]),
            1 + n % 30,
            starts_at=chance.choice([None, 36_000]),
            id=f"T{n}",
            performer=f"{n % 5} {words[:80]}",
            role=chance.choice(roles),
            work=chance.choice(list(Activity)),
            is_signed=chance.random() < 0.7,
            billed_as=chance.choice(["", "", "90832"]),
        )
        for n in range(chance.choice([0, 3, 40]))
    )
    month = chance.choice([a_first_month(), a_month()])
    facts = replace(
        month,
        time=time,
        diagnoses=many_diagnoses(chance.choice([0, 1, 12])),
        consents=chance.choice([(), month.consents]),
        approved_on=chance.choice([None, month.approved_on]),
    )
    bill = _with_words(a_bill(facts), words, name, chance=chance)
    if chance.random() < 0.5:
        return bill
    return replace(
        bill,
        lines=(ServiceLine("99494", words, 99, chance.choice([None, 10**7])),) * 3,
        diagnoses=(a_diagnosis(title=words),) * 14,
    )


def _with_words(bill: Superbill, words: str, name: str, *, chance: Random) -> Superbill:
    """Put the words into every field of the bill that somebody types."""
    insured = Insured(name, name, date(1949, 2, 3), address=words, city=words)
    coverage = a_coverage(relation=Relation.OTHER, insured=insured, authorization=words)
    return replace(
        bill,
        number=words,
        account_number=words,
        replaces=words,
        issued_at=chance.choice([None, an_issued_bill().issued_at]),
        patient=a_patient(
            last_name=name,
            first_name=name,
            mrn=words,
            reach=Reach(*[words] * 7),
            coverage=Coverage(words, words, words),
        ),
        practice=a_practice(name=words, address=words, city=words, phone=words),
        payer=chance.choice([None, a_payer(name=words, payer_number=words)]),
        coverage=chance.choice([None, coverage]),
        settings=BillingSettings(group_taxonomy=words),
        treating_practitioner=chance.choice([None, a_practitioner(name=words)]),
        care_manager=a_care_manager(name=words),
        warnings=(words,) * 30,
    )


@pytest.mark.no_cover
@pytest.mark.parametrize("seed", range(10))
def test_no_sheet_takes_more_than_one_page_or_loses_a_field(seed: int) -> None:
    bill = an_extreme_bill(Random(seed))

    page = words_on(bill)

    assert billing_sheet(a_bill_paper(bill)).height <= ROOM + A_LITTLE
    assert [words for words in MANDATORY if words not in page] == []
