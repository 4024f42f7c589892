"""One's own timer: one a person, kept by heartbeats, saved into the log once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from cocm_desktop.actions.episode import close_episode, enroll
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.time_entry import record_time
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
from cocm_desktop.actions.timer_saving import discard_timer, save_timer, switch_timer
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import (
    Activity,
    ManualReason,
    TimeEntry,
    TimeEntryDraft,
    TimeSource,
)
from cocm_desktop.domain.timer import GapCause, Tick, Timer, TimerEnding, TimerState
from cocm_desktop.domain.timer_choice import TimerStart
from cocm_desktop.domain.timer_draft import TimerDraft
from cocm_desktop.errors import Refused
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import time_entry as time_entries
from cocm_desktop.storage.tables import AuditEntryTable
from cocm_desktop.storage.tables_timer import TimerSegmentTable, TimerTable
from tests.conftest import CARE_MANAGER, PRACTITIONER

DENVER = ZoneInfo("America/Denver")
TEN = datetime(2026, 11, 20, 10, 0, tzinfo=DENVER)
THE_DAY = TEN.date()


@dataclass
class Day:
    """A day at the practice whose clocks a test turns on; every look at them beats the timer."""

    workspace: Workspace
    now: datetime = TEN
    steady: float = 0.0
    run: str = "this run"
    here: Workspace = field(init=False)

    def __post_init__(self) -> None:
        self.here = replace(self.workspace, now=lambda: self.now)

    @property
    def tick(self) -> Tick:
        return Tick(self.now, int(self.steady * 1000), self.run)

    def pass_on(self, minutes: float = 0, *, beats: bool = True) -> None:
        seconds = minutes * 60
        step = 15.0 if beats else seconds
        while seconds > 0:
            self.now += timedelta(seconds=min(step, seconds))
            self.steady += min(step, seconds)
            seconds -= step
            if beats:
                beat_timer(self.here, self.tick)

    @property
    def timer(self) -> Timer:
        view = read_timer(self.here, self.tick)
        assert view
        return view.timer

    def draft(self, **changes: Any) -> TimerDraft:
        return replace(TimerDraft(self.timer.id, Activity.CARE_PLAN), **changes)


@pytest.fixture
def day(workspace: Workspace) -> Day:
    return Day(workspace)


@pytest.fixture
def chen(workspace: Workspace) -> EpisodeId:
    """Give the open episode of another patient."""
    draft = PatientDraft("Chen", "Wei", date(1980, 2, 3), mrn="100300")
    enrolled = EnrollDraft(
        patient_id=PatientId(add_patient(workspace, draft).record_id),
        care_manager_id=CARE_MANAGER.id,
        consented_on=date(2026, 10, 1),
        consent_method=ConsentMethod.VERBAL,
        enrolled_on=date(2026, 10, 1),
        diagnosis_code="F33.1",
    )
    return EpisodeId(enroll(workspace, enrolled).record_id)


def logged(day: Day, on: date = THE_DAY) -> list[TimeEntry]:
    with day.here.database.read() as session:
        return time_entries.of_staff_on(session, CARE_MANAGER.id, on)


def count(day: Day, table: Any) -> int:
    with day.here.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_stopped_timer_is_an_entry_to_the_second_signed_by_its_person(
    day: Day, maria: EpisodeId
) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(12.2)

    save_timer(day.here, day.draft(note="Went over the plan"), day.tick)

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

    save_timer(day.here, draft, day.tick)
    save_timer(day.here, draft, day.tick)
    discard_timer(day.here, draft.timer_id, reason="twice", tick=day.tick)

    assert len(logged(day)) == 1


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
    save_timer(day.here, day.draft(), day.tick)

    assert [(entry.started_at, entry.seconds) for entry in logged(day)] == [
        (time(10), 120),
        (time(10, 7), 60),
    ]


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
    save_timer(day.here, day.draft(), day.tick)
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
    save_timer(day.here, day.draft(), day.tick)

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
    save_timer(day.here, day.draft(), day.tick)

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


def test_other_minutes_are_typed_with_a_reason_and_marked(day: Day, maria: EpisodeId) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(10)
    pause_timer(day.here, day.tick)
    day.pass_on(30, beats=False)

    save_timer(day.here, day.draft(minutes=25, reason=ManualReason.AWAY), day.tick)

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

    save_timer(day.here, day.draft(), day.tick)

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
        save_timer(day.here, day.draft(), day.tick)
    assert len(logged(day)) == 1
    assert day.timer.state is TimerState.RUNNING
    save_timer(day.here, day.draft(leaves_out_overlap=True), day.tick)

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
        save_timer(day.here, day.draft(leaves_out_overlap=True), day.tick)

    assert len(logged(day)) == 1


def test_two_hours_and_more_are_asked_about(day: Day, maria: EpisodeId) -> None:
    start_timer(day.here, maria, Activity.CONTACT, tick=day.tick)
    day.pass_on(121)

    with pytest.raises(Refused, match="Is that right"):
        save_timer(day.here, day.draft(), day.tick)
    assert logged(day) == []
    save_timer(day.here, day.draft(is_confirmed=True), day.tick)

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
        save_timer(day.here, other, day.tick)

    assert logged(day) == []


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
        save_timer(day.here, day.draft(), day.tick)
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
