"""Amounts and times of day as people type them, and when a backup is late."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.clock_times import read_time
from cocm_desktop.domain.money import read_cents
from cocm_desktop.domain.wording import clock_time, dollars


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("320", 32_000), ("320.00", 32_000), ("$320.50", 32_050), ("$ 1,234.05", 123_405),
        (" 0.05 ", 5), ("0", 0), ("1,234,567", 123_456_700), ("320.5", None), ("320.", None),
        (".50", None), ("-5", None), ("12,34", None), ("1234,567", None), ("1e3", None),
        ("", None), ("$", None), ("\u0663\u0662\u0660", None), ("3²", None), ("320 USD", None),
        ("9999999999", None),
    ],
)  # fmt: skip
def test_an_amount(typed: str, cents: int | None) -> None:
    assert read_cents(typed) == cents


@given(st.integers(0, 10**9))
def test_the_amount_the_program_writes_it_reads(cents: int) -> None:
    assert read_cents(dollars(cents)) == cents


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2:30 pm", time(14, 30)), ("2:30p", time(14, 30)), ("2:30 P.M.", time(14, 30)),
        ("14:30", time(14, 30)), ("1430", time(14, 30)), ("2 pm", time(14)), ("2p", time(14)),
        ("12 am", time(0)), ("12:05 am", time(0, 5)), ("12 pm", time(12)), ("0:00", time(0)),
        ("23:59", time(23, 59)), (" 9:05  am ", time(9, 5)), ("905", time(9, 5)),
        ("24:00", None), ("12:60", None), ("13 pm", None), ("0 am", None), ("2", None),
        ("", None), ("noon", None), ("2:3", None), ("25", None), ("\u0662:30 pm", None),
    ],
)  # fmt: skip
def test_a_time_of_day(typed: str, expected: time | None) -> None:
    assert read_time(typed) == expected


@given(st.times())
def test_the_time_the_program_writes_it_reads(moment: time) -> None:
    assert read_time(clock_time(moment)) == moment.replace(second=0, microsecond=0, fold=0)


@given(st.text(max_size=20))
def test_no_typing_breaks_either(typed: str) -> None:
    read_cents(typed)
    read_time(typed)
