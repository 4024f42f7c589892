"""Superbills: lines, charges, date of service, and what the biller is warned of."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from cocm_desktop.domain.billing.billing_settings import BillingSettings
from cocm_desktop.domain.billing.month import MonthFacts
from cocm_desktop.domain.ids import FeeId, SuperbillId
from cocm_desktop.domain.patient import Coverage
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.superbill import Fee, Superbill, fee_on, prepare
from cocm_desktop.domain.time_entry import Activity
from tests.builders import (
    NOW,
    a_closed_episode,
    a_fee,
    a_patient,
    a_practice,
    a_practitioner,
    a_superbill,
    a_time_entry,
    an_issued_superbill,
    fees,
    month_facts,
)

DECEMBER_1 = date(2026, 12, 1)


def drafted(facts: MonthFacts, *, today: date = DECEMBER_1) -> Superbill:
    return prepare(facts, fees(), superbill_id=SuperbillId("draft"), today=today)


def of_minutes(minutes: int, **changes: Any) -> Superbill:
    return drafted(month_facts(time=(a_time_entry(minutes),), **changes))


def lines(superbill: Superbill) -> list[tuple[str, int, int | None]]:
    return [(line.code, line.units, line.amount_cents) for line in superbill.lines]


def test_an_initial_month_of_116_minutes() -> None:
    superbill = of_minutes(116, earlier_service=())

    assert lines(superbill) == [("99492", 1, 320_00), ("99494", 2, 250_00)]
    assert superbill.total_cents == 570_00
    assert (superbill.kind.value, superbill.minutes) == ("Initial month", 116)
    assert superbill.warnings == ()


def test_a_later_month_of_35_minutes_and_59_seconds() -> None:
    superbill = drafted(month_facts(time=(a_time_entry(seconds=35 * 60 + 59),)))

    assert lines(superbill) == [("99493", 1, 290_00)]
    assert superbill.minutes == 35


def test_a_month_below_every_mark_has_no_lines_and_comes_to_nothing() -> None:
    superbill = of_minutes(15)

    assert superbill.lines == ()
    assert superbill.total_cents == 0


def test_the_practice_chooses_from_which_minute_a_short_month_counts() -> None:
    strict = of_minutes(29, settings=BillingSettings(g2214_first_minute=30))

    assert lines(of_minutes(29)) == [("G2214", 1, 120_00)]
    assert lines(strict) == []


def test_a_line_has_a_label_of_our_own() -> None:
    assert [line.label for line in of_minutes(40).lines] == ["CoCM, later month"]


@pytest.mark.parametrize(
    ("today", "closed_on", "service_on"),
    [
        pytest.param(date(2026, 12, 20), None, date(2026, 11, 30), id="the last day of the month"),
        pytest.param(date(2026, 11, 20), None, date(2026, 11, 20), id="today in an open month"),
        pytest.param(
            date(2026, 12, 20), date(2026, 11, 18), date(2026, 11, 18), id="not after closing"
        ),
        pytest.param(
            date(2026, 12, 20), date(2026, 12, 4), date(2026, 11, 30), id="closed in a later month"
        ),
    ],
)
def test_date_of_service(today: date, closed_on: date | None, service_on: date) -> None:
    episode = a_closed_episode(closed_on=closed_on)

    assert drafted(month_facts(episode=episode), today=today).service_on == service_on


def test_february_of_a_leap_year_ends_on_the_29th() -> None:
    facts = month_facts(month=ServiceMonth(2028, 2), time=())

    assert drafted(facts, today=date(2028, 3, 5)).service_on == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("day", "cents"),
    [
        pytest.param(date(2025, 12, 31), None, id="before the first charge"),
        pytest.param(date(2026, 1, 1), 300_00, id="the first day of a charge"),
        pytest.param(date(2026, 6, 30), 300_00, id="the last day of a charge"),
        pytest.param(date(2026, 7, 1), 310_00, id="a new charge; of one day, the later made"),
    ],
)
def test_the_charge_is_the_one_of_the_day(day: date, cents: int | None) -> None:
    recorded = [
        Fee(FeeId("3"), "99492", 310_00, date(2026, 7, 1)),
        Fee(FeeId("1"), "99492", 300_00, date(2026, 1, 1)),
        Fee(FeeId("2"), "99492", 305_00, date(2026, 7, 1)),
        Fee(FeeId("4"), "99493", 1, date(2026, 1, 1)),
    ]

    assert fee_on(recorded, "99492", day) == cents


def test_a_charge_of_zero_is_a_charge() -> None:
    facts = month_facts(time=(a_time_entry(40),))
    free = [a_fee("99493", 0)]

    superbill = prepare(facts, free, superbill_id=SuperbillId("draft"), today=DECEMBER_1)

    assert superbill.total_cents == 0
    assert superbill.warnings == ()


def test_a_missing_charge_leaves_the_total_open() -> None:
    facts = month_facts(time=(a_time_entry(120),))

    some = [a_fee("99493")]
    superbill = prepare(facts, some, superbill_id=SuperbillId("draft"), today=DECEMBER_1)

    assert superbill.total_cents is None
    assert superbill.warnings == ("No charge is recorded for 99494.",)


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        pytest.param(
            {"practice": a_practice(npi="")}, "The practice's NPI is not recorded.", id="npi"
        ),
        pytest.param(
            {"practice": a_practice(ein="")}, "The practice's EIN is not recorded.", id="ein"
        ),
        pytest.param(
            {"treating_practitioner": None},
            "No treating practitioner is recorded for this episode.",
            id="practitioner",
        ),
        pytest.param(
            {"treating_practitioner": a_practitioner(npi="")},
            "The treating practitioner's NPI is not recorded.",
            id="practitioner's npi",
        ),
        pytest.param(
            {"diagnoses": ()}, "No diagnosis is recorded for this episode.", id="diagnosis"
        ),
        pytest.param(
            {"code_problems": ("F33.4 needs a further digit.",)},
            "Diagnosis F33.4 needs a further digit.",
            id="unfinished diagnosis",
        ),
        pytest.param(
            {"patient": a_patient(coverage=Coverage(payer="Hudson Health Plan"))},
            "The patient's member id is not recorded.",
            id="member id",
        ),
    ],
)
def test_what_is_missing_is_named(changes: dict[str, Any], warning: str) -> None:
    assert of_minutes(40, **changes).warnings == (warning,)


def test_without_consent_nothing_is_billed_and_the_reason_is_named() -> None:
    superbill = of_minutes(40, consented_on=None)

    assert superbill.lines == ()
    assert superbill.warnings == (
        "No consent is recorded for this episode.",
        "40 minutes left out: Before the patient's consent.",
    )


@pytest.mark.parametrize(("day", "open_month"), [(30, True), (29, True)])
def test_a_month_is_open_through_its_last_day(day: int, *, open_month: bool) -> None:
    superbill = drafted(month_facts(), today=date(2026, 11, day))

    assert ("The month is still open: minutes may still be added." in superbill.warnings) is (
        open_month
    )


@pytest.mark.parametrize(("minutes", "warned"), [(16, True), (29, True), (30, False)])
def test_a_short_month_below_30_minutes_rests_on_the_midpoint(
    minutes: int, *, warned: bool
) -> None:
    words = "G2214 rests on the rule of the midpoint; some payers want 30 minutes."

    assert of_minutes(minutes).warnings == ((words,) if warned else ())


@pytest.mark.parametrize(("minutes", "warned"), [(195, False), (196, True)])
def test_a_fifth_add_on_is_often_denied(minutes: int, *, warned: bool) -> None:
    words = "More than 4 units of 99494 are often denied."

    assert of_minutes(minutes).warnings == ((words,) if warned else ())


def test_minutes_left_out_are_added_up_by_reason() -> None:
    superbill = drafted(
        month_facts(
            time=(
                a_time_entry(40),
                a_time_entry(4, activity=Activity.CLERICAL),
                a_time_entry(12, role=Role.PSYCHIATRIC_CONSULTANT),
                a_time_entry(seconds=90, activity=Activity.CLERICAL),
                a_time_entry(1, role=Role.BILLER, worked_on=date(2026, 11, 30)),
            )
        )
    )

    assert superbill.warnings == (
        "5 minutes left out: Clerical work does not count.",
        "13 minutes left out: Only the care manager's time counts.",
    )


def test_one_minute_left_out_reads_as_one() -> None:
    entries = (a_time_entry(40), a_time_entry(1, activity=Activity.CLERICAL))

    superbill = drafted(month_facts(time=entries))

    assert superbill.warnings == ("1 minute left out: Clerical work does not count.",)


def test_time_on_one_clock_twice_is_named() -> None:
    entries = (
        a_time_entry(30, started_at=time(10, 0)),
        a_time_entry(20, started_at=time(10, 15)),
    )

    superbill = drafted(month_facts(time=entries))

    assert superbill.warnings == ("Two time entries of Nov 12, 2026 overlap. Void one of them.",)


def test_a_superbill_is_a_draft_until_it_is_issued() -> None:
    assert not a_superbill().is_issued
    assert an_issued_superbill().is_issued
    assert an_issued_superbill().issued_at == NOW


def test_a_superbill_keeps_the_facts_it_was_made_from() -> None:
    facts = month_facts()

    superbill = drafted(facts)

    assert (superbill.patient, superbill.practice, superbill.diagnoses) == (
        facts.patient,
        facts.practice,
        facts.diagnoses,
    )
    assert superbill.consented_on == facts.consented_on
