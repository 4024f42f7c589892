"""A month's superbills as a list: states, filters, totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from cocm_desktop.domain.billing.month_list import (
    RULES,
    SHOWN_BY,
    BillState,
    MonthFilter,
    MonthRow,
    MonthTotals,
    checks,
    counts,
    month_rows,
    shown,
    to_issue,
    to_print,
)
from cocm_desktop.domain.patient import Coverage
from cocm_desktop.domain.superbill import MONTH_OPEN, Superbill, prepare
from cocm_desktop.domain.time_entry import Activity
from tests.builders import (
    THIS_MONTH,
    a_patient,
    a_superbill,
    a_time_entry,
    an_issued_superbill,
    month_facts,
)

LAST_DAY = THIS_MONTH.last_day
AFTER = LAST_DAY + timedelta(days=1)


def bill_of(minutes: int, **changes: object) -> Superbill:
    return a_superbill(month_facts(time=(a_time_entry(minutes),)), **changes)


def row_of(bill: Superbill, *, today: date = AFTER) -> MonthRow:
    [row] = month_rows([bill], today=today)
    return row


def a_month() -> tuple[MonthRow, ...]:
    """A draft, an issued one, one without a code, and a draft that lacks a charge."""
    bills = (
        bill_of(35),
        an_issued_superbill(patient=a_patient(last_name="Issued", first_name="Ina")),
        bill_of(12, patient=a_patient(last_name="Short", first_name="Sam")),
        replace(
            bill_of(35, patient=a_patient(last_name="Lacks", first_name="Lee")),
            lines=(replace(bill_of(35).lines[0], fee_cents=None),),
            warnings=("No charge is recorded for 99493.",),
        ),
    )
    return month_rows(bills, today=AFTER)


def names(rows: Sequence[MonthRow]) -> list[str]:
    return [row.bill.patient.last_name for row in rows]


def test_each_state_is_told_from_the_bill() -> None:
    assert [row.state_words for row in a_month()] == ["Draft", "Issued 0007", "No code", "Draft"]


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (MonthFilter.EVERYONE, ["Alvarez", "Issued", "Short", "Lacks"]),
        (MonthFilter.BILLABLE, ["Alvarez", "Issued", "Lacks"]),
        (MonthFilter.TO_ISSUE, ["Alvarez", "Lacks"]),
        (MonthFilter.ISSUED, ["Issued"]),
        (MonthFilter.NO_CODE, ["Short"]),
        (MonthFilter.TO_CHECK, ["Lacks"]),
    ],
)
def test_a_filter_shows_what_its_count_says(only: MonthFilter, expected: list[str]) -> None:
    rows = a_month()

    assert names(shown(rows, only=only)) == expected
    assert counts(rows)[only] == len(expected)


def test_every_filter_has_its_rule() -> None:
    assert set(RULES) == set(SHOWN_BY) == set(MonthFilter)


@pytest.mark.parametrize(
    ("find", "expected"),
    [
        ("alva maria", ["Alvarez"]),
        ("0007", ["Issued"]),
        ("100245", ["Alvarez", "Issued", "Short", "Lacks"]),
        ("99493 lee", ["Lacks"]),
        ("nobody", []),
    ],
)
def test_words_find_names_numbers_and_codes(find: str, expected: list[str]) -> None:
    assert names(shown(a_month(), find=find)) == expected


def test_the_next_code_is_told_only_while_the_month_is_open() -> None:
    opened, closed = row_of(bill_of(35), today=LAST_DAY), row_of(bill_of(35), today=AFTER)

    assert (opened.next_words, opened.minutes_to_next) == ("99494 at 76", 41)
    assert (closed.next_code, closed.next_words, closed.minutes_to_next) == (None, "", None)


def test_an_issued_month_reaches_nothing_more() -> None:
    assert row_of(an_issued_superbill(), today=LAST_DAY).next_code is None


def test_amounts_are_told_only_where_they_are_known() -> None:
    drafted, _, short, lacks = a_month()

    assert (drafted.amount_words, drafted.amount_cents) == ("$290.00", 290_00)
    assert (short.amount_words, short.amount_cents) == ("", None)
    assert (lacks.amount_words, lacks.amount_cents) == ("No charge", None)


def test_codes_are_named_with_their_units() -> None:
    assert bill_of(110).code_words == "99493 + 2 × 99494"
    assert bill_of(5).code_words == ""


def test_totals_are_those_of_the_rows() -> None:
    totals = MonthTotals.of(a_month())

    assert totals == MonthTotals(
        patients=4, billable=3, minutes=117, issued_cents=290_00, draft_cents=290_00,
        without_charge=1,
    )  # fmt: skip
    assert totals.words == (
        "4 patients", "3 billable", "117 minutes", "$290.00 issued", "$290.00 to issue",
        "1 without a charge",
    )  # fmt: skip


def test_totals_of_nobody_are_nothing() -> None:
    assert MonthTotals.of(()).words == (
        "0 patients", "0 billable", "0 minutes", "$0.00 issued", "$0.00 to issue",
    )  # fmt: skip


def test_drafts_are_told_in_time_and_money() -> None:
    assert MonthTotals.of(to_issue(a_month())).words_of_drafts == (
        "70 minutes", "$290.00", "1 without a charge",
    )  # fmt: skip


def test_only_drafts_are_issued_and_only_lines_are_printed() -> None:
    rows = a_month()

    assert names(to_issue(rows)) == ["Alvarez", "Lacks"]
    assert [bill.patient.last_name for bill in to_print(rows)] == ["Alvarez", "Issued", "Lacks"]
    assert [row.state for row in rows].count(BillState.DRAFT) == 2


def test_the_same_thing_to_check_is_told_once_with_its_count() -> None:
    lacking = a_patient(coverage=Coverage())
    time = (a_time_entry(20),)
    bills = [
        a_superbill(month_facts(patient=lacking, time=time)),
        a_superbill(month_facts(time=time)),
    ]

    assert checks(month_rows(bills, today=AFTER)) == {
        "G2214 rests on the rule of the midpoint; some payers want 30 minutes.": 2,
        "The patient's member id is not recorded.": 1,
    }


def test_minutes_left_out_and_the_open_month_are_not_to_check() -> None:
    clerical = a_time_entry(9, activity=Activity.CLERICAL, worked_on=date(2026, 11, 13))
    facts = month_facts(time=(a_time_entry(35), clerical))

    bill = prepare(facts, (), superbill_id=a_superbill().id, today=LAST_DAY)

    assert MONTH_OPEN in bill.warnings
    assert bill.left_out == ("9 minutes left out: Clerical work does not count.",)
    assert bill.to_check == ("No charge is recorded for 99493.",)
    assert set(bill.left_out) | set(bill.to_check) | {MONTH_OPEN} == set(bill.warnings)
