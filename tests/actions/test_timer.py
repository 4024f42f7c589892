"""One's own timer: one a person, kept by heartbeats, saved into the log once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from cocm_desktop.actions.episode import close_episode
from cocm_desktop.actions.timer import (
    answer_gap,
    beat_timer,
    change_activity,
    choose_timer_start,
    hold_timer,
    pause_timer,
    read_timer,
    read_timer_start,
    resume_timer,
    start_timer,
)
from cocm_desktop.actions.timer_saving import discard_timer, stop_timer
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.episode import CloseDraft, CloseReason
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import (
    Activity,
    ManualReason,
)
from cocm_desktop.domain.timer import GapCause, TimerEnding, TimerState
from cocm_desktop.domain.timer_choice import TimerStart
from cocm_desktop.errors import Refused
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage.tables import AuditEntryTable
from cocm_desktop.storage.tables_timer import TimerSegmentTable, TimerTable
from tests.actions.timers import Day, count, enroll_chen, logged
from tests.conftest import CARE_MANAGER, PRACTITIONER


@pytest.fixture
def day(workspace: Workspace) -> Day:
    return Day(workspace)


@pytest.fixture
def chen(workspace: Workspace) -> EpisodeId:
    """Give the open episode of another patient."""
    return enroll_chen(workspace)


def test_a_person_has_one_timer_and_a_pause_makes_two_entries(
    day: Day, maria: EpisodeId, chen: EpisodeId
) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(2)
    pause_timer(day.here, day.tick)
    day.pass_on(5, beats=False)
    with pytest.raises(Refused, match="another patient"):
        start_timer(day.here, chen, Activity.CONTACT, tick=day.tick)
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(1)
    resume_timer(day.here, day.tick)

    assert count(day, TimerTable) == 1
    stop_timer(day.here, day.draft(), day.tick)

    assert [(entry.started_at, entry.seconds) for entry in logged(day)] == [
        (time(10), 120),
        (time(10, 7), 60),
    ]


def test_a_heartbeat_writes_one_row_and_no_audit(day: Day, maria: EpisodeId) -> None:
    assert beat_timer(day.here, day.tick) is None
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    audited = count(day, AuditEntryTable)

    day.pass_on(10)

    assert count(day, AuditEntryTable) == audited
    assert count(day, TimerSegmentTable) == 1
    assert day.timer.seconds == 600


def test_after_a_crash_the_timer_says_until_when_it_ran(day: Day, maria: EpisodeId) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(42)
    day.run, day.steady = "the next run", 3.0
    day.pass_on(30, beats=False)

    view = read_timer(replace(day.here, device="PC-2"), day.tick)

    assert view
    assert view.state is TimerState.ASKING
    assert view.question == (
        "Timer for ALVAREZ, María ran until 10:42 AM (42 min) on test computer. "
        "Then the program ended. The 30 min since are not counted."
    )
    assert not view.may_count
    beat_timer(day.here, day.tick)
    stop_timer(day.here, day.draft(), day.tick)
    assert [entry.seconds for entry in logged(day)] == [42 * 60]
    with day.here.database.read() as session:
        row = session.scalars(select(TimerTable)).one()
    assert (row.ending, row.reason) == (TimerEnding.SAVED, "the program ended")


def test_eight_hours_of_sleep_add_nothing_without_a_word(day: Day, maria: EpisodeId) -> None:
    start_timer(day.here, maria, Activity.CARE_PLAN, tick=day.tick)
    day.pass_on(12)
    day.now += timedelta(hours=8)
    beat_timer(day.here, day.tick)
    beat_timer(day.here, day.tick)

    with pytest.raises(Refused, match="counted whole"):
        answer_gap(day.here, day.tick, was_work=True)
    assert day.timer.seconds == 720
    assert day.timer.gap
    answer_gap(day.here, day.tick, was_work=False)
    day.pass_on(1)
    stop_timer(day.here, day.draft(), day.tick)

    assert [(entry.started_at, entry.seconds) for entry in logged(day)] == [
        (time(10), 720),
        (time(18, 12), 60),
    ]


def test_time_locked_counts_if_the_person_says_that_it_was_work(day: Day, maria: EpisodeId) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(5)
    hold_timer(day.here, GapCause.LOCKED, day.tick)
    day.pass_on(20, beats=False)

    view = read_timer(day.here, day.tick)
    assert view
    assert (view.may_count, view.gap_words) == (True, "20 min")
    answer_gap(day.here, day.tick, was_work=True)
    stop_timer(day.here, day.draft(), day.tick)

    assert [(entry.seconds, entry.manual_reason) for entry in logged(day)] == [
        (300, None),
        (1200, ManualReason.AWAY),
    ]


def test_idle_minutes_are_asked_about(day: Day, maria: EpisodeId) -> None:
    start_timer(day.here, maria, Activity.CARE_PLAN, tick=day.tick)
    day.pass_on(25)

    hold_timer(day.here, GapCause.IDLE, day.tick, quiet=timedelta(minutes=10))

    assert day.timer.seconds == 15 * 60
    with pytest.raises(Refused, match="what the gap"):
        resume_timer(day.here, day.tick)


def test_nothing_asked_is_nothing_to_answer(day: Day, maria: EpisodeId) -> None:
    with pytest.raises(Refused, match="no timer"):
        pause_timer(day.here, day.tick)
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)

    with pytest.raises(Refused, match="asks nothing"):
        answer_gap(day.here, day.tick, was_work=False)


def test_a_closed_episode_takes_no_timer(day: Day, maria: EpisodeId) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(5)
    evening = replace(day.here, now=lambda: day.now)
    with evening.database.read() as session:
        version = episodes.get(session, maria).version
    draft = CloseDraft(
        maria, closed_on=date(2026, 11, 19), reason=CloseReason.LOST_TO_FOLLOW_UP, version=version
    )
    close_episode(evening, draft)

    with pytest.raises(Refused, match="closed on Nov 19, 2026"):
        stop_timer(day.here, day.draft(), day.tick)
    assert logged(day) == []
    discard_timer(day.here, day.timer.id, reason="Closed", tick=day.tick)
    with pytest.raises(Refused, match="is closed"):
        start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)


def test_what_the_work_is_can_be_changed_while_it_runs(day: Day, maria: EpisodeId) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)

    change_activity(day.here, Activity.REGISTRY)

    assert day.timer.activity is Activity.REGISTRY


def test_when_a_timer_starts_is_each_persons_own_choice(day: Day) -> None:
    assert read_timer_start(day.here) is TimerStart.MANUALLY

    choose_timer_start(day.here, TimerStart.IMMEDIATELY)

    assert read_timer_start(day.here) is TimerStart.IMMEDIATELY
    practitioner = replace(day.here, staff=PRACTITIONER)
    assert read_timer_start(practitioner) is TimerStart.MANUALLY


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.BILLER])
def test_who_records_no_time_has_no_timer(day: Day, maria: EpisodeId, role: Role) -> None:
    desk = replace(day.here, staff=replace(CARE_MANAGER, roles=frozenset({role})))

    assert read_timer_start(desk) is TimerStart.NEVER
    assert read_timer(desk) is None
    with pytest.raises(Refused, match="may not"):
        start_timer(desk, maria, Activity.CONTACT)
    assert count(day, TimerTable) == 0


def test_a_clock_set_back_between_two_starts_is_named(day: Day, maria: EpisodeId) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(10)
    view = read_timer(day.here, day.tick)
    assert view
    assert (view.question, view.gap_words) == ("", "")
    day.run, day.now = "the next run", day.now - timedelta(days=1)

    view = read_timer(day.here, day.tick)

    assert view
    assert "ran until Nov 20, 2026 10:10 AM (10 min). Then the clock of" in view.question
    assert "was set back. Nothing since is counted." in view.question
