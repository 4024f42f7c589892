"""Which time of a month counts, and why the rest does not."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.billing.month import EpisodeSpan, NotCounted, sort_time
from cocm_desktop.domain.billing.rules import MonthKind
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import Activity, TimeEntry
from tests.builders import a_closed_episode, a_time_entry, month_facts


def counted_minutes(*entries: TimeEntry, **changes: Any) -> int:
    return sort_time(month_facts(time=entries, **changes)).minutes


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        pytest.param(a_time_entry(activity=Activity.CLERICAL), NotCounted.CLERICAL, id="clerical"),
        pytest.param(a_time_entry(role=Role.PSYCHIATRIC_CONSULTANT), NotCounted.ROLE, id="role"),
        pytest.param(
            a_time_entry(role=Role.BILLER, activity=Activity.CLERICAL),
            NotCounted.ROLE,
            id="the role is named first",
        ),
        pytest.param(
            a_time_entry(worked_on=date(2026, 11, 4)), NotCounted.BEFORE_CONSENT, id="day before"
        ),
        pytest.param(
            a_time_entry(worked_on=date(2026, 11, 21)), NotCounted.AFTER_CLOSING, id="day after"
        ),
    ],
)
def test_time_is_left_out_with_its_reason(entry: TimeEntry, reason: NotCounted) -> None:
    facts = month_facts(
        time=(entry,),
        consented_on=date(2026, 11, 5),
        episode=a_closed_episode(closed_on=date(2026, 11, 20)),
    )

    time_of_month = sort_time(facts)

    assert time_of_month.left_out == ((entry, reason),)
    assert time_of_month.minutes == 0


@pytest.mark.parametrize("day", [date(2026, 11, 5), date(2026, 11, 20)])
def test_the_days_of_consent_and_of_closing_count(day: date) -> None:
    facts = month_facts(
        time=(a_time_entry(25, worked_on=day),),
        consented_on=date(2026, 11, 5),
        episode=a_closed_episode(closed_on=date(2026, 11, 20)),
    )

    assert sort_time(facts).minutes == 25


def test_nothing_counts_without_consent() -> None:
    entry = a_time_entry()

    time_of_month = sort_time(month_facts(time=(entry,), consented_on=None))

    assert time_of_month.left_out == ((entry, NotCounted.BEFORE_CONSENT),)


@pytest.mark.parametrize("activity", [a for a in Activity if a is not Activity.CLERICAL])
def test_every_activity_but_the_clerical_counts(activity: Activity) -> None:
    assert counted_minutes(a_time_entry(25, activity=activity)) == 25


def test_only_days_of_the_month_are_looked_at() -> None:
    days = (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1))
    entries = [a_time_entry(10, worked_on=day) for day in days]

    time_of_month = sort_time(month_facts(time=tuple(entries)))

    assert time_of_month.counted == tuple(entries[1:3])
    assert time_of_month.left_out == ()


def test_thirty_five_minutes_and_59_seconds_are_35_minutes() -> None:
    assert counted_minutes(a_time_entry(seconds=35 * 60 + 59)) == 35


def test_seconds_are_added_up_before_they_become_minutes() -> None:
    halves = [a_time_entry(worked_on=date(2026, 11, day), seconds=30) for day in range(2, 9)]

    assert counted_minutes(*halves) == 3


@given(st.lists(st.integers(1, 28_800), max_size=40))
def test_a_month_never_counts_a_minute_that_was_not_worked(seconds: list[int]) -> None:
    entries = [a_time_entry(seconds=each) for each in seconds]

    minutes = counted_minutes(*entries)

    assert minutes * 60 <= sum(seconds) < (minutes + 1) * 60


def test_every_entry_of_the_month_is_counted_or_left_out_with_a_reason() -> None:
    entries = tuple(
        a_time_entry(5, activity=activity, role=role) for activity in Activity for role in Role
    )

    time_of_month = sort_time(month_facts(time=entries))

    left_out = [entry for entry, _ in time_of_month.left_out]
    assert len(time_of_month.counted) + len(left_out) == len(entries)
    assert not set(time_of_month.counted) & set(left_out)


def test_a_day_with_two_entries_on_one_clock_is_named_once() -> None:
    entries = (
        a_time_entry(30, started_at=time(10, 0)),
        a_time_entry(20, started_at=time(10, 15)),
        a_time_entry(20, started_at=time(10, 0), worked_on=date(2026, 11, 13)),
    )

    assert sort_time(month_facts(time=entries)).days_with_overlap == (date(2026, 11, 12),)


def test_a_month_of_two_episodes_counts_each_minute_in_the_span_of_its_own() -> None:
    earlier = EpisodeSpan(EpisodeId("earlier"), date(2026, 6, 1), date(2026, 11, 10))
    of_earlier = [
        a_time_entry(7, worked_on=date(2026, 11, day), episode_id=earlier.episode_id)
        for day in (9, 10, 11)
    ]
    of_this = [a_time_entry(5, worked_on=date(2026, 11, day)) for day in (11, 12)]

    time_of_month = sort_time(
        month_facts(
            time=(*of_earlier, *of_this),
            consented_on=date(2026, 11, 12),
            other_spans=(earlier,),
        )
    )

    assert time_of_month.minutes == 7 + 7 + 5
    assert [reason for _, reason in time_of_month.left_out] == [
        NotCounted.AFTER_CLOSING,
        NotCounted.BEFORE_CONSENT,
    ]


def test_minutes_left_out_are_added_up_by_reason() -> None:
    entries = (
        a_time_entry(12, role=Role.BILLER),
        a_time_entry(seconds=90, activity=Activity.CLERICAL),
        a_time_entry(seconds=90, activity=Activity.CLERICAL),
    )

    left_out = sort_time(month_facts(time=entries)).minutes_left_out

    assert list(left_out.items()) == [(NotCounted.CLERICAL, 3), (NotCounted.ROLE, 12)]


@pytest.mark.parametrize(
    ("earlier", "kind"),
    [
        ((), MonthKind.INITIAL),
        ((ServiceMonth(2026, 10),), MonthKind.SUBSEQUENT),
        ((ServiceMonth(2026, 4),), MonthKind.INITIAL),
    ],
)
def test_the_kind_of_a_month_follows_from_earlier_service(
    earlier: tuple[ServiceMonth, ...], kind: MonthKind
) -> None:
    assert month_facts(earlier_service=earlier).kind is kind
