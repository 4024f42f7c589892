"""Minutes to codes and amounts: the table of the codes, and rates as they were published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cocm_desktop.actions.billing_tables import load_tables
from cocm_desktop.domain.billing.evaluation import evaluate_month
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth, SettingFacts
from cocm_desktop.domain.billing.rate_table import Split, allowed_cents, table_for
from cocm_desktop.domain.billing.rule_set import RuleSets
from cocm_desktop.domain.described import read_as
from tests.billing.month_of import changed, codes, entry, evaluated, initial

# Source: BCBS of North Dakota and of Texas; amounts of the CMS file RVU26C, outside facilities.
INITIAL_ROWS = [
    (0, 15, {}, None), (16, 35, {"G2214": 1}, 6079), (36, 85, {"99492": 1}, 16032),
    (86, 115, {"99492": 1, "99494": 1}, 22178), (116, 145, {"99492": 1, "99494": 2}, 28324),
    (146, 175, {"99492": 1, "99494": 3}, 34470), (176, 205, {"99492": 1, "99494": 4}, 40616),
    (206, 235, {"99492": 1, "99494": 5}, 46762), (236, 265, {"99492": 1, "99494": 6}, 52908),
]  # fmt: skip
LATER_ROWS = [
    (0, 15, {}, None), (16, 30, {"G2214": 1}, 6079), (31, 75, {"99493": 1}, 14496),
    (76, 105, {"99493": 1, "99494": 1}, 20642), (106, 135, {"99493": 1, "99494": 2}, 26788),
    (136, 165, {"99493": 1, "99494": 3}, 32934), (166, 195, {"99493": 1, "99494": 4}, 39080),
    (196, 225, {"99493": 1, "99494": 5}, 45226), (226, 255, {"99493": 1, "99494": 6}, 51372),
]  # fmt: skip


@pytest.mark.parametrize(("first", "last", "units", "cents"), INITIAL_ROWS)
def test_each_minute_of_an_initial_month(
    first: int, last: int, units: dict[str, int], cents: int | None
) -> None:
    for minute in {first, first + 1, last - 1, last}:
        result = evaluated(initial(minute))

        assert (codes(result), result.allowed_cents) == (units, cents)


@pytest.mark.parametrize(("first", "last", "units", "cents"), LATER_ROWS)
def test_each_minute_of_a_later_month(
    first: int, last: int, units: dict[str, int], cents: int | None
) -> None:
    for minute in {first, first + 1, last - 1, last}:
        result = evaluated({"time": [entry(minute)]})

        assert (codes(result), result.allowed_cents) == (units, cents)


def test_thirty_five_minutes_and_59_seconds_are_thirty_five() -> None:
    assert codes(evaluated(initial(), {"time.0.seconds": 35 * 60 + 59})) == {"G2214": 1}
    assert codes(evaluated(initial(), {"time.0.seconds": 36 * 60})) == {"99492": 1}


def test_seconds_are_summed_before_they_are_floored() -> None:
    entries = [entry(id=f"T{n}", seconds=930, worked_on=f"2026-11-{n + 5:02}") for n in range(2)]

    assert evaluated({"time": entries}).time.minutes == 31


@pytest.mark.parametrize(
    ("last_service", "kind"), [("2026-04", "INITIAL"), ("2026-05", "SUBSEQUENT")]
)
def test_six_whole_months_without_service_begin_a_new_episode(last_service: str, kind: str) -> None:
    result = evaluated(initial(), {"episode.service_months": [last_service]})

    assert result.kind.name == kind


@pytest.mark.parametrize(
    ("day", "code", "cents", "in_facility"),
    [
        (date(2024, 3, 8), "99492", 15062, 9136), (date(2024, 3, 9), "99492", 15312, 9287),
        (date(2024, 3, 8), "96127", 458, 458), (date(2024, 3, 9), "99493", 13981, 10153),
        (date(2024, 6, 1), "99494", 5925, 4061), (date(2024, 6, 1), "G2214", 5725, 3795),
        (date(2024, 6, 1), "99484", 5492, 4361), (date(2024, 6, 1), "G0323", 5492, 4327),
        (date(2025, 6, 1), "99492", 14524, 9089), (date(2025, 6, 1), "99493", 13359, 9898),
        (date(2025, 6, 1), "99494", 5596, 3882), (date(2025, 6, 1), "G2214", 5434, 3688),
        (date(2025, 6, 1), "G0323", 5370, 4108), (date(2026, 6, 1), "99492", 16032, 8217),
        (date(2026, 6, 1), "99493", 14496, 8951), (date(2026, 6, 1), "99494", 6146, 3607),
        (date(2026, 6, 1), "G2214", 6079, 3373), (date(2026, 6, 1), "99484", 5745, 3875),
        (date(2026, 6, 1), "G0568", 16166, 8183), (date(2026, 6, 1), "G0569", 14596, 8985),
        (date(2026, 6, 1), "G0570", 5778, 3875), (date(2026, 6, 1), "G0557", 5378, 3373),
        (date(2026, 6, 1), "G0444", 1870, 802), (date(2024, 6, 1), "G0512", 14647, 6990),
    ],
)  # fmt: skip
def test_published_amounts_to_the_cent(day: date, code: str, cents: int, in_facility: int) -> None:
    table = table_for(load_tables().rates, day)
    assert table is not None

    assert allowed_cents(table, code, SettingFacts()) == cents
    assert allowed_cents(table, code, SettingFacts(), is_facility=True) == in_facility


def test_a_locality_to_the_cent() -> None:
    """Source: Wisconsin, locality 00, 2026: 1.000, 0.958, 0.308."""
    table = table_for(load_tables().rates, date(2026, 11, 30))
    assert table is not None
    wisconsin = SettingFacts(expense_gpci=Decimal("0.958"), malpractice_gpci=Decimal("0.308"))

    named = ("99492", "99493", "99494", "G2214", "99484", "G0568", "G0569", "G0570")
    amounts = [allowed_cents(table, code, wisconsin) for code in named]

    assert amounts == [15319, 13871, 5872, 5801, 5504, 15425, 13945, 5536]


def test_the_worked_line_of_a_remittance() -> None:
    assert Split.of(14496) == Split(patient=2899, sequestered=232, paid=11365)


def test_nothing_is_extrapolated_to_a_year_that_is_not_loaded() -> None:
    late = {"month": "2027-01", "today": "2027-02-02", "time": [entry(worked_on="2027-01-05")]}
    proofs = {"proofs.meetings": ["2027-01-10"], "episode.service_months": ["2026-12"]}
    result = evaluated(late, proofs)

    assert codes(result) == {"99493": 1}
    assert result.allowed_cents is None


def test_a_payer_that_pays_no_add_on_has_no_line_of_none() -> None:
    tables = load_tables()
    medicare = tables.rule_sets.holding("MCR", date(2026, 11, 30), is_clinic=False)
    capped = RuleSets([replace(medicare, most_add_ons=0)])
    facts = read_as(PatientMonth, changed({"time": [entry(80)]}))

    result = evaluate_month(facts, replace(tables, rule_sets=capped))

    assert [(each.code, each.units) for each in result.reached] == [("99493", 1)]
    assert result.unbilled_minutes == 30


def test_the_clinic_code_ends_with_2025() -> None:
    clinic = {"setting.is_clinic": True, "setting.claim_form": "institutional"}
    before = {
        "month": "2025-11",
        "today": "2025-12-02",
        "time": [entry(60, worked_on="2025-11-05")],
    }
    span = {"episode.service_months": ["2025-10"], "consents.0.given_on": "2025-10-06",
            "proofs.meetings": ["2025-11-10"], "patient.last_seen_on": "2026-01-01"}  # fmt: skip

    assert codes(evaluated(clinic, before, span)) == {"G0512": 1}
    assert codes(evaluated(clinic, {"time": [entry(60)]})) == {"99493": 1}


def test_the_larger_of_the_two_ways_is_kept_where_the_practice_asks() -> None:
    base = {
        "other_codes": [
            {"code": "G0556", "served_on": "2026-11-30", "practitioner_npi": "1245319599"}
        ],
        "choices.apcm": "ask",
    }

    assert codes(evaluated(base)) == {"G0569": 1}
    assert codes(evaluated(base, {"time": [entry(110)]})) == {"99493": 1, "99494": 2}


def test_a_qualifying_participant_is_paid_by_the_factor_of_its_own() -> None:
    """Source: CY 2026 final rule: 33.5675 beside 33.4009; 2025 had one factor for all."""
    qualifying = {"setting.is_qualifying_apm": True, "setting.locality": "06302-00 Wisconsin"}
    clinic = {"setting.is_clinic": True, "setting.claim_form": "institutional"}

    result, at_clinic = evaluated(qualifying), evaluated(qualifying, clinic)

    assert (result.allowed_cents, evaluated().allowed_cents) == (14568, 14496)
    assert result.versions.rates == "PFS 2026 QP"
    assert result.versions.rates_source == (
        "2026, CMS RVU26C of Jun 30, 2026 (qualifying participant), 06302-00 Wisconsin"
    )
    assert at_clinic.allowed_cents == 14496
    assert at_clinic.versions.rates_source.endswith("national amounts")
    early = table_for(load_tables().rates, date(2025, 6, 1), is_qualifying=True)
    assert early is not None
    assert early.id == "PFS 2025"
