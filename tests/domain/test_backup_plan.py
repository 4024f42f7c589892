"""When a backup is due, which ones go, and what is said about the newest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cocm_desktop.domain.backup_place import BackupPlaceDraft
from cocm_desktop.domain.backup_plan import (
    Age,
    Cause,
    Made,
    age_of,
    is_copy_due,
    is_drill_due,
    is_due,
    to_remove,
)
from cocm_desktop.errors import Refused

NOW = datetime(2026, 11, 22, 17, 5, tzinfo=UTC)
AUTO = Cause.INTERVAL.value


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


@pytest.mark.parametrize(
    ("newest_at", "is_changed", "due"),
    [
        (None, False, True),
        (ago(minutes=29), True, False),
        (ago(minutes=30), True, True),
        (ago(days=9), False, False),
        (ago(hours=-1), True, True),
    ],
    ids=["none yet", "a moment ago", "half an hour ago", "nothing new", "from the future"],
)
def test_a_backup_is_due_when_something_is_new_and_half_an_hour_has_gone(
    newest_at: datetime | None, *, is_changed: bool, due: bool
) -> None:
    assert is_due(newest_at, NOW, is_changed=is_changed) is due


@pytest.mark.parametrize(
    ("newest_at", "is_changed", "age"),
    [
        (None, False, Age.LATE),
        (ago(hours=24), True, Age.GOOD),
        (ago(hours=25), True, Age.AGING),
        (ago(hours=37), True, Age.LATE),
        (ago(days=30), False, Age.GOOD),
    ],
)
def test_the_newest_backup_is_judged_by_what_it_may_lack(
    newest_at: datetime | None, *, is_changed: bool, age: Age
) -> None:
    assert age_of(newest_at, NOW, is_changed=is_changed) is age


def test_two_years_of_work_leave_days_weeks_and_months() -> None:
    made = [
        Made(f"{day:03}-{turn}", ago(days=day, hours=turn), AUTO)
        for day in range(730)
        for turn in range(4)
    ]

    gone = {each.name for each in to_remove(made, NOW)}

    kept = [each for each in made if each.name not in gone]
    assert 14 + 4 <= len(kept) <= 14 + 8 + 12 + 4
    for day in range(14):
        assert any(NOW - timedelta(days=day + 1) < each.at for each in kept)
    assert min(each.at for each in kept) < ago(days=320)
    assert made[0] in kept


def test_what_somebody_asked_for_stays_a_month() -> None:
    noise = [Made(f"a{hour:03}", ago(hours=hour), AUTO) for hour in range(24 * 60)]
    asked = [Made(f"asked {days}", ago(days=days, minutes=7)) for days in (1, 29, 31)]
    before = Made("before", ago(days=20, minutes=3), Cause.BEFORE_IMPORT.value)

    gone = {each.name for each in to_remove([*noise, *asked, before], NOW)}

    assert {"asked 1", "asked 29", "before"}.isdisjoint(gone)
    assert "asked 31" in gone


@pytest.mark.parametrize("count", range(5))
def test_the_newest_few_are_never_removed(count: int) -> None:
    made = [Made(str(each), ago(minutes=each), AUTO) for each in range(count)]

    assert to_remove(made, NOW) == ()


def test_backups_of_a_clock_that_ran_ahead_push_nothing_out() -> None:
    ahead = [Made(f"ahead {day}", ago(days=-day), AUTO) for day in range(1, 40)]
    today = Made("today", NOW, AUTO)

    gone = {each.name for each in to_remove([*ahead, today], NOW)}

    assert "today" not in gone


def test_a_drill_and_a_copy_are_asked_for_in_time() -> None:
    assert is_drill_due(None, NOW)
    assert is_drill_due(ago(days=93), NOW)
    assert not is_drill_due(ago(days=92), NOW)
    assert is_copy_due(None, NOW, remind_days=7)
    assert is_copy_due(ago(days=7, minutes=1), NOW, remind_days=7)
    assert not is_copy_due(ago(days=7), NOW, remind_days=7)


@pytest.mark.parametrize(
    ("folder", "days", "words"),
    [
        ("", 7, "Choose a folder"),
        ("/clinic/backups", 7, "lost with the clinic"),
        ("/stick", 0, "1 to 90"),
    ],
)
def test_a_second_place_that_is_none_is_refused(folder: str, days: int, words: str) -> None:
    with pytest.raises(Refused, match=words):
        BackupPlaceDraft(folder, days).accept(is_beside_the_clinic="clinic" in folder)


def test_a_second_place_is_a_folder_elsewhere() -> None:
    assert BackupPlaceDraft(" /stick ").accept(is_beside_the_clinic=False).folder == "/stick"
