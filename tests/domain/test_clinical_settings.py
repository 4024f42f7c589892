"""Thresholds as settings: named, bounded, sourced, and changed only forwards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cocm_desktop.domain.clinical_settings import (
    BY_NAME,
    DEFAULT_SETTINGS,
    NAMES,
    SETTINGS,
    ClinicalSettings,
    SettingDraft,
    changed,
    differing,
)
from cocm_desktop.domain.due_item import RULES
from cocm_desktop.errors import Refused
from tests.builders import TODAY


def problems(name: str, value: str, valid_from: date | None = TODAY) -> list[str]:
    draft = SettingDraft(name, value, valid_from)
    return [problem.message for problem in draft.problems(DEFAULT_SETTINGS, today=TODAY)]


def test_every_setting_is_described_and_nothing_else_is() -> None:
    assert tuple(BY_NAME) == NAMES
    for setting in SETTINGS:
        assert setting.title
        assert setting.source


@pytest.mark.parametrize("mark", ["\n", "\r", "\t", "\x1b", "\u2028"])
def test_a_setting_of_one_line_takes_no_line_break(mark: str) -> None:
    assert problems("crisis_line", f"988{mark}Call your doctor") == [
        "Crisis number: one line, without line breaks or tabs."
    ]
    assert problems("safety_protocol", "Ask.\nStay.") == []


def test_every_default_fits_its_own_bounds_and_order() -> None:
    assert [s.name for s in SETTINGS if s.problem(str(s.default))] == []
    assert list(DEFAULT_SETTINGS.order_problems()) == []


def test_every_threshold_decides_a_rule_or_the_target() -> None:
    used = {name for rule in RULES for name in rule.settings}
    used |= {"target_below", "caseload_least", "caseload_most"}
    used |= {"retention_years", "retention_minor_years"}  # how long a record is kept

    assert {setting.name for setting in SETTINGS if not setting.is_text} == used


@pytest.mark.parametrize("name", [setting.name for setting in SETTINGS if not setting.is_text])
def test_a_number_is_taken_up_to_its_bounds_and_no_further(name: str) -> None:
    known = BY_NAME[name]

    assert known.problem(str(known.lowest)) is None
    assert known.problem(f" {known.highest} ") is None
    for wrong in (str(known.lowest - 1), str(known.highest + 1), "", "ten", "7.5", "\u0667"):
        assert known.problem(wrong) is not None


def test_settings_are_read_from_what_was_stored() -> None:
    read = ClinicalSettings.of({"stale_days": "45", "practice_crisis_line": "555-0100", "old": "1"})

    assert (read.stale_days, read.practice_crisis_line) == (45, "555-0100")
    assert read.review_days == DEFAULT_SETTINGS.review_days
    assert [setting.name for setting in differing(read)] == ["stale_days", "practice_crisis_line"]


def test_the_national_crisis_line_is_there_from_the_start() -> None:
    own = changed(
        changed(DEFAULT_SETTINGS, "practice_crisis_line", "845-555-0100"),
        "practice_crisis_line_name",
        "On call",
    )

    assert [number for number, _ in DEFAULT_SETTINGS.crisis_lines] == ["988"]
    assert own.crisis_lines[1] == ("845-555-0100", "On call")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("stale_days", "13", "A score is stale after: type 14 to 120 days."),
        ("crisis_line", " ", "always shown"),
        ("crisis_line_name", "x" * 81, "at most 80 characters"),
        ("color", "1", "There is no setting color."),
        ("no_contact_days", "60", "Long without contact after must be more than"),
        ("long_no_contact_days", "90", "Closing is proposed without contact for must be more"),
        ("non_response_week", "12", "Consultation at the latest in week must be more than"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_words(name: str, value: str, words: str) -> None:
    [message] = problems(name, value)

    assert words in message


@pytest.mark.parametrize(
    ("name", "value"),
    [("no_contact_days", "59"), ("non_response_week", "11"), ("crisis_line_name", "x" * 80)],
)
def test_a_value_just_inside_is_taken(name: str, value: str) -> None:
    assert problems(name, value) == []


def test_a_setting_holds_from_today_on_or_later() -> None:
    assert problems("stale_days", "45", TODAY + timedelta(days=30)) == []
    assert "not rewritten" in problems("stale_days", "45", TODAY - timedelta(days=1))[0]
    assert problems("stale_days", "45", None) == ["Type the day from which the setting holds."]


def test_an_accepted_change_is_tidy_and_a_wrong_one_is_refused() -> None:
    change = SettingDraft("stale_days", " 45 ", TODAY).accept(DEFAULT_SETTINGS, today=TODAY)

    assert (change.value, change.valid_from) == ("45", TODAY)
    with pytest.raises(Refused, match="Type the day"):
        SettingDraft("stale_days", "45", None).accept(DEFAULT_SETTINGS, today=TODAY)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("stale_days", 30, "A score is stale after: 30 days"),
        ("settled_interval_weeks", 1, "Contacts at target or after the active pace every: 1 week"),
        ("target_below", 0, "Treatment target: last primary score below: none, the Bao/NYS target"),
        ("target_below", 5, "Treatment target: last primary score below: 5 points"),
        ("crisis_line", "988", "Crisis number: 988"),
    ],
)
def test_a_setting_in_words(name: str, value: int | str, words: str) -> None:
    assert BY_NAME[name].words(changed(DEFAULT_SETTINGS, name, value)).startswith(words)
