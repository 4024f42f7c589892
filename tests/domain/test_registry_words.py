"""What the registry's columns and chips say of a row."""

from __future__ import annotations

from datetime import timedelta

from cocm_desktop.domain.billing.rules import CodeUnits, MonthKind
from cocm_desktop.domain.registry import Chip
from cocm_desktop.domain.registry_chips import RULES
from cocm_desktop.domain.review_priority import reasons_for
from tests.builders import TODAY, a_caseload, a_row


def test_names_sort_without_accents_case_or_hyphens() -> None:
    row = a_row(last_name="García-López", first_name="José")

    assert row.sort_name == "garcia lopez jose"


def test_a_row_tells_which_codes_its_minutes_reach() -> None:
    row = a_row(seconds_this_month=34 * 60, month_kind=MonthKind.SUBSEQUENT)

    assert row.reached_codes == (CodeUnits("99493", 1),)


def test_every_chip_states_its_rule() -> None:
    assert set(RULES) == set(Chip)
    assert "14 days" in RULES[Chip.NO_CONTACT]
    assert "below 10 or half" in RULES[Chip.NOT_AT_TARGET]


def test_every_reason_has_short_words_for_a_column() -> None:
    reasons = [reason for row in a_caseload() for reason in reasons_for(row)]

    assert len({reason.rule for reason in reasons}) > 5
    assert all(0 < len(reason.short) <= 24 for reason in reasons)


def test_a_course_nobody_measured_says_so_in_short() -> None:
    row = a_row(18, enrolled_on=TODAY - timedelta(weeks=11))

    assert next(reasons_for(row)).short == "Week 11, no score"
