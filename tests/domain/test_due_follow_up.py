"""What is due in follow-up: contacts, measures, and silence, each at its exact day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cocm_desktop.domain.clinical_settings import DEFAULT_SETTINGS, changed
from cocm_desktop.domain.due_follow_up import follow_up_items
from cocm_desktop.domain.due_item import DueItem
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.follow_up import Urgency
from cocm_desktop.domain.instrument import GAD7
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.outcome import course_of
from cocm_desktop.domain.registry import RegistryRow
from tests.builders import TODAY, a_course, a_row, a_row_not_enrolled

ACTIVE, ON_HOLD = EpisodeStatus.ACTIVE, EpisodeStatus.ON_HOLD
PREVENTION = EpisodeStatus.RELAPSE_PREVENTION
CONSENTED = EpisodeStatus.CONSENTED


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def reached(days: int | None, **changes: Any) -> RegistryRow:
    """Give a patient of twenty weeks who was last reached so many days ago."""
    last = ago(days) if days is not None else None
    return a_row(**{"enrolled_on": ago(140), "last_contact_on": last, **changes})


def scored(days: int, **changes: Any) -> RegistryRow:
    taken = [Score(ago(140), 18), Score(ago(days), 12)]
    course = course_of(taken, enrolled_on=ago(140), remission_below=5)
    return reached(1, **{"phq9": course, **changes})


def found(row: RegistryRow) -> dict[str, DueItem]:
    return {item.rule.id: item for item in follow_up_items(row)}


@pytest.mark.parametrize(
    ("row", "fires"),
    [
        pytest.param(reached(30), "F5", id="30 days"),
        pytest.param(reached(29), None, id="29 days"),
        pytest.param(reached(60), "F6", id="60 days"),
        pytest.param(reached(59), "F5", id="59 days"),
        pytest.param(reached(90), "F7", id="90 days"),
        pytest.param(reached(89), "F6", id="89 days"),
        pytest.param(reached(None), "F7", id="never, since the start"),
        pytest.param(reached(45, status=PREVENTION), None, id="in prevention 45 days are fine"),
        pytest.param(reached(60, status=PREVENTION), "F6", id="in prevention 60 days are not"),
        pytest.param(reached(60, status=ON_HOLD), None, id="on hold nobody is called"),
        pytest.param(reached(90, status=ON_HOLD), "F7", id="on hold, inactive all the same"),
        pytest.param(reached(99, status=EpisodeStatus.CLOSED), None, id="closed"),
        pytest.param(a_row_not_enrolled(), None, id="not enrolled"),
        pytest.param(a_row_not_enrolled(status=CONSENTED), None, id="no start is dated"),
    ],
)
def test_silence_is_named_by_its_furthest_mark(row: RegistryRow, fires: str | None) -> None:
    assert [rule for rule in found(row) if rule in {"F5", "F6", "F7"}] == ([fires] if fires else [])


# Source: clinical rules 2.9.
def test_vector_inactive_since_february_14_2026() -> None:
    row = a_row(
        today=date(2026, 5, 15), last_contact_on=date(2026, 2, 14), enrolled_on=date(2026, 1, 5)
    )

    item = found(row)["F7"]

    assert item.proposed_on == date(2026, 5, 15)
    assert item.words == ("Last reached Feb 14, 2026; closing is proposed as of May 15, 2026")
    assert "F7" not in found(replace(row, today=date(2026, 5, 14)))
    assert row.status is ACTIVE


# Source: clinical rules 2.9.
def test_vector_first_follow_up_within_four_weeks_of_january_5_2026() -> None:
    start = date(2026, 1, 5)
    row = a_row(today=date(2026, 1, 20), enrolled_on=start, last_contact_on=start)

    item = found(row)["F3"]

    assert (item.opened_on, item.due_on) == (date(2026, 2, 2), date(2026, 2, 2))
    assert item.urgency(row.today) is Urgency.LATER
    assert item.urgency(date(2026, 2, 3)) is Urgency.OVERDUE


@pytest.mark.parametrize(
    ("row", "fires"),
    [
        pytest.param(reached(140), True, id="reached on the day of the assessment alone"),
        pytest.param(reached(139), False, id="reached the day after"),
        pytest.param(reached(None), True, id="never reached"),
        pytest.param(reached(None, status=ON_HOLD), False, id="on hold"),
        pytest.param(reached(None, enrolled_on=None), False, id="not assessed yet"),
    ],
)
def test_the_first_follow_up_is_due_until_the_patient_is_reached_again(
    row: RegistryRow, *, fires: bool
) -> None:
    assert ("F3" in found(row)) is fires


@pytest.mark.parametrize(("days", "stale"), [(30, False), (31, True)])
def test_a_score_is_stale_after_thirty_days(days: int, *, stale: bool) -> None:
    items = found(scored(days))

    assert ("F4" in items) is stale
    if stale:
        assert items["F4"].opened_on == TODAY
        assert items["F4"].words == "Last PHQ-9 12 is 31 days old, of Oct 20, 2026"
        assert items["F4"].short == "PHQ-9 31 d old"


def test_nothing_is_stale_on_hold_or_without_a_score() -> None:
    assert "F4" not in found(scored(99, status=ON_HOLD))
    assert "F4" not in found(reached(1, phq9=a_course()))


@pytest.mark.parametrize(
    ("row", "rule", "due", "words"),
    [
        pytest.param(
            reached(10, enrolled_on=ago(60)),
            *("F1", -4, "Last reached Nov 10, 2026; every 2 weeks, to week 12"),
            id="weeks",
        ),
        pytest.param(
            reached(10, planned_on=ago(-3)), "F1", -3, "Planned for Nov 23, 2026", id="planned"
        ),
        pytest.param(
            reached(10, interval_weeks=1),
            *("F1", 3, "Last reached Nov 10, 2026; every 1 week, the patient's own interval"),
            id="the patient's own",
        ),
        pytest.param(
            reached(10, status=PREVENTION),
            *("F1", -18, "Last reached Nov 10, 2026; every 4 weeks, in relapse prevention"),
            id="in prevention",
        ),
        pytest.param(
            reached(None, enrolled_on=ago(3)),
            *("F1", -4, "Not reached since the start on Nov 17, 2026"),
            id="a week after the start",
        ),
        pytest.param(scored(20), "F2", -8, "Last PHQ-9 12 on Oct 31, 2026", id="measure"),
        pytest.param(reached(1, phq9=a_course()), "F2", 140, "No PHQ-9 yet", id="no baseline"),
        pytest.param(
            reached(1, gad7=a_course(), primary_instrument_id=GAD7),
            *("F2", 140, "No GAD-7 yet"),
            id="the primary scale",
        ),
    ],
)
def test_what_is_due_says_from_what_it_follows(
    row: RegistryRow, rule: str, due: int, words: str
) -> None:
    item = found(row)[rule]

    assert (item.due_on, item.words) == (ago(due), words)


def test_as_needed_means_no_contact_is_due_but_a_measure_is() -> None:
    items = found(reached(10, interval_weeks=0))

    assert "F1" not in items
    assert "F2" in items


def test_the_practice_sets_the_marks() -> None:
    settings = changed(DEFAULT_SETTINGS, "no_contact_days", 20)

    assert "F5" in found(reached(20, settings=settings))
    assert "F5" not in found(reached(19, settings=settings))
