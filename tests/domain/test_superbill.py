"""Superbills: charges by day, totals, what is left out and what is to be checked."""

from __future__ import annotations

from datetime import date

import pytest

from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.ids import FeeId
from cocm_desktop.domain.superbill import Fee, fee_on
from tests.builders import BILLED_AT, TODAY, a_bill, a_first_month, a_month, a_spell, an_issued_bill


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


def test_a_total_is_open_as_long_as_a_charge_is_missing() -> None:
    bill = a_bill(a_first_month(116))
    some = tuple(each for each in a_first_month().fees_cents if each.code == "99492")

    lacking = a_bill(a_first_month(116, fees_cents=some))

    assert (bill.code_words, bill.total_cents) == ("99492 + 2 × 99494", 570_00)
    assert lacking.total_cents is None


def test_a_month_below_every_mark_comes_to_nothing() -> None:
    bill = a_bill(a_month(time=(a_spell(15),)))

    assert (bill.lines, bill.total_cents, bill.state) == ((), 0, MonthState.NOT_READY)


def test_minutes_left_out_and_the_open_month_are_nothing_to_check() -> None:
    bill = a_bill(a_month(today=TODAY))

    assert bill.left_out == (
        "4 minutes left out: The same person's clock has this time in another entry already.",
        "4 minutes left out: Clerical work does not count.",
    )
    assert not {*bill.left_out, "The month is still open."} & set(bill.to_check)
    assert {"The month is still open.", *bill.left_out, *bill.to_check} == set(bill.warnings)


def test_a_superbill_is_a_draft_until_it_is_issued() -> None:
    ready, issued = a_bill(), an_issued_bill()

    assert (ready.is_issued, ready.state) == (False, MonthState.READY)
    assert (issued.issued_at, issued.state) == (BILLED_AT, MonthState.ISSUED)


def test_only_warnings_are_acknowledged() -> None:
    bill = a_bill(a_month(approved_on=None))

    assert bill.result
    assert CheckId.B20 in {check.id for check in bill.result.checks}
    assert bill.to_acknowledge
    assert not any(each.is_block for each in bill.to_acknowledge)
