"""Rules R0 to R14: each with a case that fires and one that does not, at its exact boundary."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cocm_desktop.domain.clinical_settings import DEFAULT_SETTINGS, changed
from cocm_desktop.domain.due_item import DueItem
from cocm_desktop.domain.due_review import recommendation_window, review_items
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.instrument import GAD7
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.open_recommendation import OpenRecommendation
from cocm_desktop.domain.outcome import course_of
from cocm_desktop.domain.registry import RegistryRow
from tests.builders import TODAY, a_course, a_row, a_row_not_enrolled

NONE_HIGH = a_course(4, 3, critical=None)
ACTIVE, ON_HOLD = EpisodeStatus.ACTIVE, EpisodeStatus.ON_HOLD
PREVENTION, CLOSED = EpisodeStatus.RELAPSE_PREVENTION, EpisodeStatus.CLOSED


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def on_day(number: int, *totals: int, **changes: Any) -> RegistryRow:
    """Give a patient so many days after the initial assessment, reviewed today unless changed."""
    enrolled_on = ago(number)
    given: dict[str, Any] = {
        "enrolled_on": enrolled_on,
        "gad7": NONE_HIGH,
        "last_review_on": TODAY,
        **changes,
    }
    return a_row(*totals, **given)


def never(number: int, *totals: int, **changes: Any) -> RegistryRow:
    return on_day(number, *totals, **{"last_review_on": None, **changes})


def items(row: RegistryRow) -> list[DueItem]:
    return [item for item in review_items(row) if item.is_open_on(row.today)]


def rules(row: RegistryRow) -> list[str]:
    return [item.rule.id for item in items(row)]


def the(rule: str, row: RegistryRow) -> DueItem:
    [found] = [item for item in review_items(row) if item.rule.id == rule]
    return found


@pytest.mark.parametrize(
    ("row", "fires"),
    [
        pytest.param(on_day(35, 18, 9), [], id="at target, reviewed today"),
        pytest.param(on_day(35, 18, 9, safety_answer=1), ["R0"], id="R0 any answer that is open"),
        pytest.param(
            on_day(35, 18, 9, safety_answer=1, status=CLOSED), ["R0"], id="R0 outlives the episode"
        ),
        pytest.param(a_row_not_enrolled(safety_answer=2), ["R0"], id="R0 without an episode"),
        pytest.param(never(0, 18), ["R1"], id="R1 from the initial assessment on"),
        pytest.param(on_day(35, 18, 9, last_review_on=ago(36)), ["R1"], id="R1 the one before"),
        pytest.param(on_day(29, 18, 9, last_review_on=ago(29)), [], id="R1 not after the same day"),
        pytest.param(never(35, 18, 9, status=ON_HOLD), [], id="R1 not on hold"),
        pytest.param(never(35, 18, 9, status=PREVENTION), ["R1"], id="R1 in prevention"),
        pytest.param(never(-1, 18), [], id="R1 not before the assessment"),
        pytest.param(on_day(50, 18, 9, last_review_on=ago(30)), ["R2"], id="R2 after 30 days"),
        pytest.param(on_day(50, 18, 9, last_review_on=ago(29)), [], id="R2 not after 29"),
        pytest.param(on_day(50, 18, 9, last_review_on=ago(40), status=ON_HOLD), [], id="R2 hold"),
        pytest.param(
            on_day(90, 18, 9, last_review_on=ago(60), status=PREVENTION), ["R3"], id="R3 60 days"
        ),
        pytest.param(
            on_day(90, 18, 9, last_review_on=ago(59), status=PREVENTION), [], id="R3 not 59"
        ),
        pytest.param(never(56, 18, 17), ["R4", "R1"], id="R4 on day 56"),
        pytest.param(never(55, 18, 17), ["R1"], id="R4 not on day 55"),
        pytest.param(on_day(60, 18, 17, last_review_on=ago(4)), [], id="R4 not after a review"),
        pytest.param(
            on_day(60, 18, 17, last_review_on=ago(5)), ["R4"], id="R4 a review before week 8"
        ),
        pytest.param(never(60, 9, 9), ["R1"], id="R4 not from a low baseline"),
        pytest.param(never(60, 10, 10), ["R4", "R1"], id="R4 from the lowest elevated baseline"),
        pytest.param(never(60, 18), ["R4", "R1"], id="R4 where nobody measured"),
        pytest.param(never(60, 18, 9), ["R1"], id="R4 not at target"),
        pytest.param(never(60, 19, 10), ["R4", "R1"], id="R4 ten is not half of 19"),
        pytest.param(never(60, 18, 17, status=PREVENTION), ["R12", "R1"], id="R4 not then"),
        pytest.param(never(60, 18, 17, status=ON_HOLD), ["R4"], id="R4 on hold counts"),
        pytest.param(
            on_day(70, 18, 17, last_review_on=ago(60), plan_changed_on=ago(1)),
            ["R4", "R5", "R2"],
            id="R5 on day 70, the last 60 days ago",
        ),
        pytest.param(
            on_day(69, 18, 17, last_review_on=ago(60), plan_changed_on=ago(1)),
            ["R4", "R2"],
            id="R5 not on day 69",
        ),
        pytest.param(
            on_day(130, 18, 17, last_review_on=ago(59), plan_changed_on=ago(1)),
            ["R2"],
            id="R5 not with one 59 days ago",
        ),
        pytest.param(on_day(70, 18, 17), ["R6"], id="R6 after 10 weeks on one plan"),
        pytest.param(on_day(69, 18, 17), [], id="R6 not after 69 days"),
        pytest.param(on_day(99, 18, 17, plan_changed_on=ago(70)), ["R6"], id="R6 since the change"),
        pytest.param(on_day(99, 18, 17, plan_changed_on=ago(69)), [], id="R6 not 69 days after it"),
        pytest.param(on_day(70, 18, 17, plan_changed_on=ago(80)), ["R6"], id="R6 change before"),
        pytest.param(on_day(70, 18, 9), [], id="R6 not at half of the baseline"),
        pytest.param(on_day(70, 12, 9), ["R6"], id="R6 below ten is not half"),
        pytest.param(on_day(70, 9, 8), [], id="R6 not from a low baseline"),
        pytest.param(on_day(70, 18), ["R6"], id="R6 where nobody measured"),
        pytest.param(on_day(70, 18, 12, status=PREVENTION), ["R12"], id="R6 not in prevention"),
        pytest.param(on_day(30, 12, 7, 12, last_review_on=ago(3)), ["R7"], id="R7 five points up"),
        pytest.param(on_day(30, 12, 7, 11, last_review_on=ago(3)), [], id="R7 not four"),
        pytest.param(on_day(30, 12, 7, 12, last_review_on=ago(2)), [], id="R7 not once reviewed"),
        pytest.param(on_day(30, 9, 14, last_review_on=ago(17)), ["R7"], id="R7 low baseline"),
        pytest.param(on_day(35, 18, 9, question="Switch?"), ["R9"], id="R9 a question"),
        pytest.param(on_day(35, 18, 4), ["R10"], id="R10 remission"),
        pytest.param(on_day(35, 18, 5), [], id="R10 five is no remission"),
        pytest.param(on_day(35, 18, 4, gad7=a_course(15, 12)), [], id="R10 not while anxious"),
        pytest.param(on_day(69, 18, 9, 9, 9, 9), [], id="R10 response for 42 days"),
        pytest.param(on_day(272, 18, 9), [], id="R11 not on day 272"),
        pytest.param(on_day(273, 18, 9), ["R11"], id="R11 after 39 weeks"),
        pytest.param(on_day(35, 18, 10, status=PREVENTION), ["R12"], id="R12 ten"),
        pytest.param(on_day(35, 18, 9, status=PREVENTION), [], id="R12 not nine"),
        pytest.param(on_day(35, 18, 10), [], id="R12 not in active treatment"),
        pytest.param(
            on_day(35, 18, 9, gad7=a_course(15, 10), status=PREVENTION), ["R12"], id="R12 anxiety"
        ),
        pytest.param(
            on_day(99, 18, 17, status=CLOSED, question="?", last_review_on=None), [], id="closed"
        ),
        pytest.param(a_row_not_enrolled(), [], id="not enrolled"),
        pytest.param(
            a_row_not_enrolled(status=EpisodeStatus.CONSENTED), [], id="consented, nothing yet"
        ),
        pytest.param(
            a_row_not_enrolled(status=EpisodeStatus.REFERRED), [], id="referred, nothing yet"
        ),
        pytest.param(
            a_row_not_enrolled(status=EpisodeStatus.WAIT_LISTED), [], id="wait-listed, nothing yet"
        ),
    ],
)
def test_a_rule_fires(row: RegistryRow, fires: list[str]) -> None:
    assert rules(row) == fires


@pytest.mark.parametrize(
    ("made", "due", "fires"),
    [
        pytest.param(15, None, ["R8"], id="the day after 14 days"),
        pytest.param(14, None, [], id="not on day 14"),
        pytest.param(20, 1, ["R8"], id="the day after its own due day"),
        pytest.param(20, 0, [], id="not on its own due day"),
    ],
)
def test_r8_names_advice_that_nobody_acted_on(made: int, due: int | None, fires: list[str]) -> None:
    advice = OpenRecommendation(ago(made), None if due is None else ago(due))

    assert rules(on_day(35, 18, 9, open_recommendations=(advice,))) == fires


def test_many_reasons_stand_in_the_order_of_the_agenda() -> None:
    row = never(
        280, 18, 4, 20, safety_answer=3, question="?", open_recommendations=(advice_of(30),)
    )

    assert rules(row) == ["R0", "R4", "R5", "R6", "R7", "R1", "R9", "R8", "R11"]


def advice_of(days: int) -> OpenRecommendation:
    return OpenRecommendation(ago(days))


@pytest.mark.parametrize(
    ("rule", "row", "opened", "due"),
    [
        pytest.param("R1", never(35, 18, 9), 35, 28, id="R1 by the next meeting"),
        pytest.param("R2", on_day(50, 18, 9, last_review_on=ago(40)), 10, 10, id="R2 at once"),
        pytest.param("R2", on_day(50, 18, 9, last_review_on=ago(10)), -20, -20, id="R2 later"),
        pytest.param("R4", never(60, 18, 17), 4, -24, id="R4 from week 8, red in week 12"),
        pytest.param("R6", on_day(75, 18, 17), 5, -2, id="R6 by the next meeting"),
        pytest.param("R8", on_day(35, 18, 9, open_recommendations=(advice_of(20),)), 5, 6, id="R8"),
        pytest.param("R11", on_day(280, 18, 9), 7, 0, id="R11"),
    ],
)
def test_when_a_rule_opens_and_by_when_to_act(
    rule: str, row: RegistryRow, opened: int, due: int
) -> None:
    item = the(rule, row)

    assert (item.opened_on, item.due_on) == (ago(opened), ago(due))


def test_r5_opens_when_the_last_recommendation_no_longer_counts() -> None:
    late = on_day(150, 18, 17, last_review_on=ago(65))
    early = never(75, 18, 17)

    assert the("R5", late).opened_on == ago(5)
    assert the("R5", early).opened_on == ago(5)


@pytest.mark.parametrize(
    ("rule", "row", "words"),
    [
        (
            "R4",
            never(60, 18, 14),
            (
                "Week 8 of 8–12, PHQ-9 neither below 10 nor half of baseline (Bao/NYS v1), "
                "no review since week 8"
            ),
        ),
        (
            "R4",
            never(85, 18),
            "Week 12, past week 12, no PHQ-9 since the baseline, no review since week 8",
        ),
        (
            "R4",
            never(60, 8, 7, gad7=a_course(15, 14), primary_instrument_id=GAD7),
            (
                "Week 8 of 8–12, GAD-7 neither below 10 nor half of baseline (Bao/NYS v1), "
                "no review since week 8"
            ),
        ),
        (
            "R5",
            never(70, 18, 14),
            (
                "Day 70, PHQ-9 neither below 10 nor half of baseline (Bao/NYS v1), no "
                "recommendation in 60 days, none so far"
            ),
        ),
        (
            "R5",
            on_day(150, 18, 14, last_review_on=date(2026, 9, 1)),
            (
                "Day 150, PHQ-9 neither below 10 nor half of baseline (Bao/NYS v1), no "
                "recommendation in 60 days, the last on Sep 1, 2026"
            ),
        ),
        (
            "R6",
            on_day(77, 18, 14),
            (
                "Week 11, PHQ-9 more than half of baseline, 11 weeks on one plan, "
                "initial assessment Sep 4, 2026"
            ),
        ),
        (
            "R6",
            on_day(150, 18, 14, plan_changed_on=date(2026, 9, 4)),
            (
                "Week 21, PHQ-9 more than half of baseline, 11 weeks on one plan, "
                "plan changed Sep 4, 2026"
            ),
        ),
        (
            "R1",
            never(77, 18, 9),
            "Week 11, no review since the initial assessment Sep 4, 2026",
        ),
        ("R2", on_day(77, 18, 9, last_review_on=date(2026, 10, 1)), "Last review Oct 1, 2026"),
        ("R7", on_day(77, 12, 6, 13, last_review_on=ago(70)), "PHQ-9 up 7 points from its best"),
        (
            "R8",
            on_day(77, 18, 9, open_recommendations=(advice_of(60), advice_of(40), advice_of(3))),
            "2 recommendations not acted on, the oldest of Sep 21, 2026, due Oct 5, 2026",
        ),
        ("R9", on_day(77, 18, 9, question="?"), "The care manager asks"),
        ("R10", on_day(77, 18, 3), "PHQ-9 below 5: ready to step down?"),
        ("R10", on_day(77, 18, 3, status=PREVENTION), "PHQ-9 below 5: ready to graduate?"),
        (
            "R12",
            on_day(77, 18, 12, status=PREVENTION),
            "PHQ-9 12 on Sep 18, 2026, in relapse prevention",
        ),
        ("R11", on_day(280, 18, 9), "In treatment for 40 weeks"),
    ],
)
def test_an_item_names_its_inputs(rule: str, row: RegistryRow, words: str) -> None:
    assert the(rule, row).words == words


def test_an_item_says_its_threshold_and_its_source() -> None:
    item = the("R4", never(60, 18, 14))

    assert item.threshold == (
        "Non-response is looked at from week: 8 weeks; Consultation at the latest in week: 12 weeks"
    )
    assert item.why.startswith("R4: Week 8 of 8–12, ")
    assert "doi 10.1176/appi.ps.201500491" in item.why
    assert the("R9", on_day(9, 18, question="?")).why.startswith(
        "R9: The care manager asks. Source"
    )


@pytest.mark.parametrize(
    ("days", "ready"), [pytest.param(56, True, id="56 days"), pytest.param(55, False, id="55")]
)
def test_r10_a_response_that_lasts(days: int, *, ready: bool) -> None:
    start = ago(120)
    taken = [Score(start, 18), Score(ago(5 + days), 9), Score(ago(5), 8)]
    course = course_of(taken, enrolled_on=start, remission_below=5)

    row = on_day(120, phq9=course)

    assert ("R10" in rules(row)) is ready
    assert "R10" not in rules(on_day(120, phq9=course, status=PREVENTION))
    assert "R10" not in rules(on_day(120, phq9=course, target_below=5))


def test_r10_needs_a_score_and_a_high_baseline() -> None:
    start = ago(120)
    low = course_of(
        [Score(start, 9), Score(ago(90), 5), Score(ago(5), 5)], enrolled_on=start, remission_below=5
    )

    assert "R10" not in rules(on_day(120, phq9=low))
    assert "R10" not in rules(on_day(120, phq9=a_course()))


@pytest.mark.parametrize(
    ("setting", "value", "row", "rule"),
    [
        ("non_response_week", 7, never(50, 18, 17), "R4"),
        ("consultation_from_days", 50, never(50, 18, 17), "R5"),
        ("plateau_weeks", 5, never(50, 18, 17), "R6"),
        ("worse_points", 3, never(50, 12, 7, 10), "R7"),
        ("long_episode_weeks", 12, never(84, 18, 9), "R11"),
        ("relapse_from", 8, never(50, 18, 8, status=PREVENTION), "R12"),
        ("sustained_days", 14, on_day(50, 18, 9, 8), "R10"),
    ],
)
def test_the_practice_sets_the_threshold(
    setting: str, value: int, row: RegistryRow, rule: str
) -> None:
    other = replace(row, settings=changed(DEFAULT_SETTINGS, setting, value))

    assert rule not in rules(row)
    assert rule in rules(other)


# Source: clinical rules 2.9.
def test_vector_the_state_counts_sixty_days_back_to_january_31() -> None:
    assert recommendation_window(date(2025, 3, 31), days=60) == (
        date(2025, 1, 31),
        date(2025, 3, 31),
    )


def test_vector_initial_contact_on_january_5_2026() -> None:
    start = date(2026, 1, 5)
    row = a_row(
        18,
        17,
        enrolled_on=start,
        today=date(2026, 3, 16),
        gad7=NONE_HIGH,
        plan_changed_on=None,
        last_review_on=None,
    )

    assert the("R4", row).opened_on == date(2026, 3, 2)
    assert the("R4", row).due_on == date(2026, 3, 30)
    assert the("R6", row).opened_on == date(2026, 3, 16)


def test_vector_seventy_days_from_new_year_2025() -> None:
    start = date(2025, 1, 1)
    day_before, the_day = (
        a_row(18, 17, enrolled_on=start, today=day, gad7=NONE_HIGH, last_review_on=None)
        for day in (date(2025, 3, 11), date(2025, 3, 12))
    )

    assert "R5" not in rules(day_before)
    assert the("R5", the_day).opened_on == date(2025, 3, 12)
