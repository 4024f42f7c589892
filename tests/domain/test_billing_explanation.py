"""Why a month comes to what it comes to, in sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cocm_desktop.domain.billing.choices import ApcmChoice, Line, ServiceDate
from cocm_desktop.domain.billing.evaluation_facts import (
    ChoiceFacts,
    ConsentFacts,
    EpisodeFacts,
    OtherCode,
    PatientMonth,
    PayerFacts,
)
from cocm_desktop.domain.billing.explanation import rate_words, why
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.superbill import Superbill
from tests.builders.bills import NPI, a_bill, a_first_month, a_month, a_spell, evaluated

APRIL = EpisodeFacts(started_on=date(2026, 4, 1), service_months=(ServiceMonth(2026, 4),))
APCM = (OtherCode("G0557", date(2026, 11, 10), NPI),)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (a_first_month(), "Initial month: no earlier month of the episode has counted time."),
        (a_month(), "Subsequent month: counted time began in September 2026."),
        (a_month(episode=APRIL), "since six whole months end an episode"),
        (a_month(), "45 minutes count; the month's seconds are summed, then floored once."),
        (a_month(), "99493 begins at minute 31, past half of its time."),
        (a_first_month(), "99494 begins at minute 86, and again every 30: 2 ×."),
        (a_month(time=(a_spell(20),)), "G2214 begins at minute 16, as the practice chose."),
        (
            a_month(payer=PayerFacts("MCD-NC", is_confirmed=True), time=(a_spell(290),)),
            "above the payer's limit stay unbilled.",
        ),
        (
            a_month(other_codes=APCM, choices=ChoiceFacts(apcm=ApcmChoice.ON)),
            "G0569 goes with advanced primary care management and asks for no minutes.",
        ),
        (a_month(), "Day of service Nov 30, 2026: the last day of the month."),
        (
            a_month(
                consents=(ConsentFacts(date(2026, 9, 1), NPI, withdrawn_on=date(2026, 11, 20)),)
            ),
            "Day of service Nov 20, 2026: the last day of the month, moved back to the end of",
        ),
        (
            a_month(choices=ChoiceFacts(service_date=ServiceDate.THRESHOLD_DAY)),
            "Day of service Nov 12, 2026: the day on which the code was reached.",
        ),
    ],
)
def test_kind_codes_and_day_are_explained(facts: PatientMonth, words: str) -> None:
    said = why(facts, evaluated(facts))

    assert any(words in each for each in said), said


def test_a_month_without_a_code_has_no_day_of_service() -> None:
    facts = a_month(time=(a_spell(3),))

    assert not any("Day of service" in each for each in why(facts, evaluated(facts)))


def test_a_code_with_a_minimum_of_its_own_is_only_named_elsewhere() -> None:
    facts = a_month(line=Line.BHI)

    assert not any("99484" in each for each in why(facts, evaluated(facts)))


def test_amounts_name_their_year_file_and_locality() -> None:
    said = rate_words(a_bill())

    assert said.startswith("Allowed, before deductible and coinsurance. Source: 2026, CMS RVU26C")
    assert "national amounts" in said


def test_amounts_of_a_state_name_its_schedule() -> None:
    facts = a_month(payer=PayerFacts("MCD-WI", is_confirmed=True))

    assert rate_words(a_bill(facts)).startswith("Allowed, before deductible and coinsurance.")


@pytest.mark.parametrize(
    "bill", [a_bill(a_month(time=())), replace(a_bill(), result=None, facts=None)]
)
def test_no_amount_needs_no_source(bill: Superbill) -> None:
    assert rate_words(bill) == ""
