"""What becomes of a timer: entries of the log, once, or nothing, with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from sqlalchemy import select

from cocm_desktop.actions.time_entry import record_time
from cocm_desktop.actions.timer import (
    pause_timer,
    read_timer,
    start_timer,
)
from cocm_desktop.actions.timer_saving import discard_timer, stop_timer, switch_timer
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, TimeEntryId, new_id
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import (
    Activity,
    ManualReason,
    TimeEntryDraft,
    TimeSource,
)
from cocm_desktop.domain.timer import TimerEnding, TimerState
from cocm_desktop.errors import Refused
from cocm_desktop.storage.tables_timer import TimerSegmentTable, TimerTable
from tests.actions.timers import DENVER, TEN, THE_DAY, Day, enroll_chen, logged
from tests.conftest import CARE_MANAGER


@pytest.fixture
def day(workspace: Workspace) -> Day:
    return Day(workspace)


@pytest.fixture
def chen(workspace: Workspace) -> EpisodeId:
    """Give the open episode of another patient."""
    return enroll_chen(workspace)


def test_a_stopped_timer_is_an_entry_to_the_second_signed_by_its_person(
    day: Day, maria: EpisodeId
) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(12.2)

    stop_timer(day.here, day.draft(note="Went over the plan"), day.tick)

    [entry] = logged(day)
    assert (entry.seconds, entry.worked_on, entry.started_at) == (732, THE_DAY, time(10))
    assert (entry.source, entry.activity, entry.note) == (
        TimeSource.TIMER, Activity.CARE_PLAN, "Went over the plan",
    )  # fmt: skip
    assert (entry.began_at, entry.signed_by, entry.is_signed) == (TEN, CARE_MANAGER.id, True)
    assert entry.role is Role.CARE_MANAGER
    assert read_timer(day.here) is None


def test_saved_twice_it_is_saved_once(day: Day, maria: EpisodeId) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(5)
    draft = day.draft()

    stop_timer(day.here, draft, day.tick)
    stop_timer(day.here, draft, day.tick)
    discard_timer(day.here, draft.timer_id, reason="twice", tick=day.tick)

    assert len(logged(day)) == 1


def test_a_switch_saves_one_and_starts_another_or_does_neither(
    day: Day, maria: EpisodeId, chen: EpisodeId
) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    with pytest.raises(Refused, match="not measured a second"):
        switch_timer(day.here, day.draft(), chen, tick=day.tick)
    assert day.timer.episode_id == maria
    day.pass_on(3)

    switch_timer(day.here, day.draft(), chen, tick=day.tick)

    assert day.timer.episode_id == chen
    assert [entry.episode_id for entry in logged(day)] == [maria]


def test_other_minutes_are_typed_with_a_reason_and_marked(day: Day, maria: EpisodeId) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(10)
    pause_timer(day.here, day.tick)
    day.pass_on(30, beats=False)

    stop_timer(day.here, day.draft(minutes=25, reason=ManualReason.AWAY), day.tick)

    assert [(each.seconds, each.source, each.manual_reason) for each in logged(day)] == [
        (600, TimeSource.TIMER, None),
        (900, TimeSource.MANUAL, ManualReason.AWAY),
    ]
    with day.here.database.read() as session:
        row = session.scalars(select(TimerTable)).one()
    assert (row.ending, row.reason) == (TimerEnding.CHANGED, "Away from the computer")


def test_a_timer_over_midnight_is_time_of_both_days(day: Day, maria: EpisodeId) -> None:
    day.now = datetime(2026, 11, 30, 23, 50, tzinfo=DENVER)
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(20)

    stop_timer(day.here, day.draft(), day.tick)

    assert [entry.seconds for entry in logged(day, date(2026, 11, 30))] == [600]
    assert [entry.seconds for entry in logged(day, date(2026, 12, 1))] == [600]


def test_time_in_the_log_is_refused_or_left_out(
    day: Day, maria: EpisodeId, chen: EpisodeId
) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(40)
    record_time(
        day.here,
        TimeEntryDraft(chen, THE_DAY, 15, Activity.CONTACT, started_at=time(10, 10)),
    )

    with pytest.raises(Refused, match="overlaps your 10:10 AM–10:25 AM entry for CHEN"):
        stop_timer(day.here, day.draft(), day.tick)
    assert len(logged(day)) == 1
    assert day.timer.state is TimerState.RUNNING
    stop_timer(day.here, day.draft(leaves_out_overlap=True), day.tick)

    assert sorted((each.started_at or time(), each.seconds) for each in logged(day)) == [
        (time(10), 600),
        (time(10, 10), 900),
        (time(10, 25), 900),
    ]


def test_time_that_is_all_in_the_log_is_not_saved(
    day: Day, maria: EpisodeId, chen: EpisodeId
) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(10)
    record_time(day.here, TimeEntryDraft(chen, THE_DAY, 10, Activity.CONTACT, started_at=time(10)))

    with pytest.raises(Refused, match="in the log already"):
        stop_timer(day.here, day.draft(leaves_out_overlap=True), day.tick)

    assert len(logged(day)) == 1


def test_time_without_a_start_is_not_left_out(day: Day, maria: EpisodeId, chen: EpisodeId) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(10)
    record_time(day.here, TimeEntryDraft(chen, THE_DAY, 10, Activity.CONTACT))

    stop_timer(day.here, day.draft(leaves_out_overlap=True), day.tick)

    assert [entry.seconds for entry in logged(day)] == [600, 600]


def test_two_hours_and_more_are_asked_about(day: Day, maria: EpisodeId) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(121)

    with pytest.raises(Refused, match="Is that right"):
        stop_timer(day.here, day.draft(), day.tick)
    assert logged(day) == []
    stop_timer(day.here, day.draft(is_confirmed=True), day.tick)

    assert len(logged(day)) == 1


def test_a_discarded_timer_stays_on_file_with_its_reason(day: Day, maria: EpisodeId) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(10)
    timer = day.timer
    with pytest.raises(Refused, match="Say why"):
        discard_timer(day.here, timer.id, reason=" ", tick=day.tick)

    discard_timer(day.here, timer.id, reason="Wrong patient", tick=day.tick)

    assert read_timer(day.here) is None
    assert logged(day) == []
    with day.here.database.read() as session:
        row = session.scalars(select(TimerTable)).one()
        segment = session.scalars(select(TimerSegmentTable)).one()
    assert (row.ending, row.reason) == (TimerEnding.DISCARDED, "Wrong patient")
    assert (segment.measured_ms, segment.has_ended, segment.local_offset) == (
        600_000, True, -7 * 3600,
    )  # fmt: skip


def test_another_timer_than_the_one_seen_is_not_saved(day: Day, maria: EpisodeId) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(1)
    other = day.draft(timer_id="00000000-0000-7000-8000-0000000000ff")

    with pytest.raises(Refused, match="another one by now"):
        stop_timer(day.here, other, day.tick)

    assert logged(day) == []


def test_minutes_typed_beside_a_timer_are_asked_about(day: Day, maria: EpisodeId) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(5)
    typed = TimeEntryDraft(maria, THE_DAY, 5, Activity.CONTACT)

    with pytest.raises(Refused, match="timer is open for this patient"):
        record_time(day.here, typed)
    assert logged(day) == []
    record_time(day.here, replace(typed, is_confirmed=True))
    record_time(day.here, replace(typed, id=TimeEntryId(new_id()), started_at=time(8)))
    record_time(day.here, replace(typed, id=TimeEntryId(new_id()), worked_on=date(2026, 11, 17)))

    assert len(logged(day)) == 2
