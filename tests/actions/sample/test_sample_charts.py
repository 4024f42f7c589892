from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import select

from cocm_desktop.actions.due import read_due
from cocm_desktop.actions.flag import read_flags
from cocm_desktop.actions.medication import read_medications
from cocm_desktop.actions.merge import preview_merge, read_merges
from cocm_desktop.actions.registry import Registry
from cocm_desktop.actions.sample import care_notes, desk_work
from cocm_desktop.actions.sample.clinic import PARTS
from cocm_desktop.actions.settings import read_settings
from cocm_desktop.actions.task import read_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import RecommendationKind, RecommendationStatus
from cocm_desktop.domain.due_item import RULES
from cocm_desktop.domain.episode import CloseReason, EpisodeStatus
from cocm_desktop.domain.flag import FlagKind
from cocm_desktop.domain.goal import GoalState
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.plans import PlanKind
from cocm_desktop.domain.referral_out import ReferralResult
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import TimeSource
from cocm_desktop.domain.timer import TimerEnding
from cocm_desktop.storage.tables import EpisodeTable, MeasureTable
from cocm_desktop.storage.tables_clinical import (
    GoalStateTable,
    GoalTable,
    InterventionTable,
    PlanTable,
    ReferralResultTable,
)
from cocm_desktop.storage.tables_review import RecommendationTable
from cocm_desktop.storage.tables_time import TimeEntryTable
from cocm_desktop.storage.tables_timer import TimerTable


def all_of(clinic: Workspace, column: Any) -> Sequence[Any]:
    with clinic.database.read() as session:
        return session.scalars(select(column)).all()


def patient_called(registry: Registry, last_name: str) -> PatientId:
    [row] = [row for row in registry.rows if row.last_name == last_name]
    return row.patient_id


def test_every_reason_to_look_at_a_patient_can_be_seen(clinic: Workspace) -> None:
    seen = {item.rule for each in read_due(clinic, days_ahead=0) for item in each.items}

    assert seen == set(RULES)


def test_recommendations_stand_at_every_state_and_are_of_many_kinds(clinic: Workspace) -> None:
    states = Counter(all_of(clinic, RecommendationTable.status))
    kinds = set(all_of(clinic, RecommendationTable.kind))

    assert set(states) == set(RecommendationStatus)
    assert states[RecommendationStatus.DONE] > sum(states.values()) // 3
    assert len(kinds) >= len(RecommendationKind) // 2


def test_medicines_have_doses_ends_and_what_was_tried_before(
    clinic: Workspace, registry: Registry
) -> None:
    dubois = read_medications(clinic, patient_called(registry, "Dubois"))

    [taken] = dubois.current
    assert [dose.dose for dose in taken.doses] == ["10 mg daily", "15 mg daily", "20 mg daily"]
    assert [medicine.name for medicine in dubois.stopped] == ["trazodone"]
    assert [trial.name for trial in dubois.past_trials] == ["sertraline", "venlafaxine"]


def test_medicines_that_are_not_for_the_mind_are_there_too(
    clinic: Workspace, registry: Registry
) -> None:
    alvarez = read_medications(clinic, patient_called(registry, "Alvarez"))

    assert [each.is_psychotropic for each in alvarez.current].count(False) == 2


def test_goals_sessions_and_referrals_out_have_come_to_something(clinic: Workspace) -> None:
    kinds = Counter(all_of(clinic, InterventionTable.kind))

    assert {*all_of(clinic, GoalStateTable.state)} == set(GoalState) - {GoalState.OPEN}
    assert len(all_of(clinic, GoalTable.id)) > len(all_of(clinic, GoalStateTable.id))
    assert sum(kinds.values()) > 100
    assert len(kinds) >= 6
    noted = {*all_of(clinic, ReferralResultTable.result)}
    assert noted == set(ReferralResult) - {ReferralResult.WAITING}


def test_plans_of_every_kind_are_written(clinic: Workspace, registry: Registry) -> None:
    kinds = Counter(all_of(clinic, PlanTable.kind))
    in_prevention = [r for r in registry.rows if r.status is EpisodeStatus.RELAPSE_PREVENTION]

    assert kinds[PlanKind.CARE_PLAN] >= 60
    assert kinds[PlanKind.RELAPSE_PREVENTION_PLAN] >= len(in_prevention)
    assert kinds[PlanKind.SAFETY_PLAN] >= 10


def test_many_instruments_are_recorded_and_episodes_judged_by_three(
    clinic: Workspace, registry: Registry
) -> None:
    recorded = {*all_of(clinic, MeasureTable.instrument_id)}
    primary = {row.primary_instrument.id for row in registry.rows if row.is_open}

    named = {"PHQ-2", "PC-PTSD-5", "AUDIT-C", "DAST-10", "MDQ", "C-SSRS", "PHQ-15", "ISI", "EPDS"}
    assert named <= recorded
    assert primary == {"PHQ-9", "GAD-7", "PCL-5"}


def test_forms_came_as_totals_with_blanks_and_had_to_be_set_right(clinic: Workspace) -> None:
    with clinic.database.read() as session:
        measures = session.scalars(select(MeasureTable)).all()

    assert any(measure.total_only for measure in measures)
    assert any(not measure.is_complete for measure in measures)
    [right] = [measure for measure in measures if measure.corrects]
    [wrong] = [measure for measure in measures if measure.id == right.corrects]
    assert wrong.voided_at
    assert wrong.total != right.total


def test_episodes_ended_for_many_reasons(clinic: Workspace) -> None:
    reasons = {*all_of(clinic, EpisodeTable.close_reason)} - {None}

    assert CloseReason.DIED in reasons
    assert {CloseReason.DECLINED, CloseReason.REDIRECTED} <= reasons
    assert len(reasons) >= 9


def test_some_are_called_at_a_pace_and_to_a_target_of_their_own(clinic: Workspace) -> None:
    paces = {*all_of(clinic, EpisodeTable.interval_weeks)} - {None}
    targets = {*all_of(clinic, EpisodeTable.target_below)} - {None}

    assert paces == {0, 1, 3}
    assert targets == {5, 8}


def test_tasks_are_overdue_due_later_repeating_put_off_and_done(clinic: Workspace) -> None:
    tasks, today = read_tasks(clinic), clinic.today()

    assert sum(task.is_open and task.due_on < today for task in tasks) >= 4
    assert sum(task.is_open and task.due_on == today for task in tasks) >= 3
    assert sum(task.is_open and task.due_on > today for task in tasks) >= 5
    assert any(task.repeat_weeks for task in tasks)
    assert any(task.put_off for task in tasks)
    assert sum(not task.is_open for task in tasks) >= 2
    assert sum(task.belongs_to(clinic.staff) for task in tasks) >= 6
    assert {task.team for task in tasks} >= {Role.CARE_MANAGER, Role.FRONT_DESK, None}


def test_marks_of_every_kind_show_and_one_has_expired(clinic: Workspace) -> None:
    shown = [flag for flags in read_flags(clinic).values() for flag in flags]

    assert {flag.kind for flag in shown} == set(FlagKind)
    assert any(flag.expires_on for flag in shown)
    assert len(shown) < len(desk_work.MARKS)


def test_two_records_were_merged_and_two_more_might_be(
    clinic: Workspace, registry: Registry
) -> None:
    [merge] = read_merges(clinic)

    assert merge.undo_problem(clinic.today()) is None
    assert merge.other_id not in {row.patient_id for row in registry.rows}
    lambert, twin = patient_called(registry, "Lambert"), patient_called(registry, "Lamberte")
    assert preview_merge(clinic, lambert, twin).problems == ()


def test_the_timer_was_used_with_a_pause_and_once_by_mistake(clinic: Workspace) -> None:
    timers, entries = all_of(clinic, TimerTable.ending), all_of(clinic, TimeEntryTable)

    assert Counter(timers) == {TimerEnding.SAVED: 1, TimerEnding.DISCARDED: 1}
    measured = [entry.seconds for entry in entries if entry.source is TimeSource.TIMER]
    assert measured == [412, 235]


def test_the_practice_has_a_crisis_number_of_its_own(clinic: Workspace) -> None:
    now = read_settings(clinic).now

    assert now.crisis_line == "988"
    assert now.practice_crisis_line == desk_work.CRISIS["practice_crisis_line"]


@pytest.mark.parametrize(
    "named",
    [
        care_notes.PAST_TRIALS,
        care_notes.OTHER_MEDICINES,
        care_notes.REFERRALS_OUT,
        care_notes.INTAKE,
        care_notes.SCREENED,
        desk_work.PACES,
        [mark.about for mark in desk_work.MARKS],
        [chore.about for chore in desk_work.CHORES if chore.about],
    ],
)
def test_whoever_is_named_in_the_story_is_one_of_its_people(named: Sequence[str]) -> None:
    names = Counter(part.last for part in PARTS)

    assert all(names[name] == 1 for name in named)
