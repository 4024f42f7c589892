from __future__ import annotations

from dataclasses import replace
from typing import Any

from cocm_desktop.domain.billing.bill_paper import BillPaper
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.evaluation_facts import PayerFacts
from cocm_desktop.domain.billing.month_paper import MonthPaper
from cocm_desktop.printing.billing_month import month_pages, month_pdf
from tests.builders import (
    BILLED_AT,
    THIS_MONTH,
    a_bill,
    a_bill_paper,
    a_first_month,
    a_month,
    a_patient,
    a_payer,
    a_practice,
    a_spell,
    an_issued_bill,
)
from tests.printing.read_back import reader, texts, titles


def a_month_paper(*papers: BillPaper, **changes: Any) -> MonthPaper:
    month = MonthPaper(
        practice=a_practice(),
        month=THIS_MONTH,
        papers=papers,
        as_of=BILLED_AT,
        prepared_by="R. Haddad",
        is_closed=True,
    )
    return replace(month, **changes)


def three() -> tuple[BillPaper, ...]:
    """Give a later month that is paid, a first month that is a draft, and one without a code."""
    return (
        a_bill_paper(an_issued_bill(), state=MonthState.PAID, paid_cents=113_65),
        a_bill_paper(a_bill(a_first_month(), patient=a_patient(last_name="Ng", mrn="2"))),
        a_bill_paper(
            a_bill(
                a_month(time=(a_spell(5),)),
                patient=a_patient(last_name="Smith"),
                payer=a_payer(name="Hudson Health Plan"),
            )
        ),
    )


def test_the_summary_says_what_a_month_comes_to() -> None:
    page, *_ = texts(month_pdf(a_month_paper(*three(), others=2)))

    for words in (
        "Billing month November 2026",
        "Closed · prepared Dec 2, 2026 9:30 AM by R. Haddad",
        "Patients 3",
        "With a code 2",
        "Charges $860.00",
        "Allowed, before deductible and coinsurance $428.20",
        "Not ready 1 — —",
        "Ready 1 $570.00 $283.24",
        "Paid 1 $290.00 $144.96",
        "99494 2 $250.00 $122.92",
        "Hudson Health Plan 1 — —",
        "2 patients with time in the month: no sheet in this file.",
        "45 99493 Paid $290.00 $144.96 2",
        "116 99492 + 2 × 99494 Ready $570.00 $283.24 3",
        "5 — Not ready — — 4",
    ):
        assert words in page


def test_each_row_leads_to_its_sheet_and_every_page_has_its_number() -> None:
    content = month_pdf(a_month_paper(*three()))

    first, *sheets = reader(content).pages
    assert titles(content) == ["Summary", "ALVAREZ, María", "NG, María", "SMITH, María"]
    assert len(sheets) == 3
    assert str(first["/Annots"]).count("IndirectObject") == 3
    assert all(f"page {n} of 4" in page for n, page in enumerate(texts(content), start=1))


def test_a_bill_without_a_charge_is_counted_beside_the_totals() -> None:
    bill = a_bill()
    lacking = replace(bill, lines=(replace(bill.lines[0], fee_cents=None),))

    page, *_ = texts(month_pdf(a_month_paper(a_bill_paper(lacking), is_closed=False)))

    assert "1 bill without a charge: not in the charges." in page
    assert "Not closed yet" in page


def test_what_no_rate_is_known_for_is_a_dash_and_counted() -> None:
    unpriced = a_bill(a_month(payer=PayerFacts("COMMERCIAL-DEFAULT")))

    page, *_ = texts(month_pdf(a_month_paper(a_bill_paper(unpriced))))

    assert "Allowed, before deductible and coinsurance —" in page
    assert "1 bill without a rate: not in what is allowed." in page
    assert "$0.00" not in page


def test_a_caseload_runs_over_pages_and_many_payers_are_counted() -> None:
    bill = a_bill()
    papers = tuple(
        a_bill_paper(replace(bill, payer=a_payer(name=f"Payer {n % 12:02}"))) for n in range(60)
    )
    month = a_month_paper(*papers)

    content = month_pdf(month)

    first, second, *sheets = texts(content)
    assert "4 more below" in first
    assert "November 2026, continued" in second
    assert len(sheets) == 60
    assert month_pages(month) == 62
