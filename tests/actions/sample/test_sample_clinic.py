"""The sample clinic as it is told once: what is to be seen in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from cocm_desktop.actions.due import read_due
from cocm_desktop.actions.flag import read_flags
from cocm_desktop.actions.medication import read_medications
from cocm_desktop.actions.meeting_agenda import read_meeting_agenda
from cocm_desktop.actions.merge import preview_merge, read_merges
from cocm_desktop.actions.registry import Registry
from cocm_desktop.actions.review_meeting import read_meetings
from cocm_desktop.actions.sample import care_notes, desk_work
from cocm_desktop.actions.sample import clinic as sample
from cocm_desktop.actions.sample.clinic import PARTS
from cocm_desktop.actions.settings import read_settings
from cocm_desktop.actions.staff import read_staff
from cocm_desktop.actions.superbill import read_billing_month, read_superbill
from cocm_desktop.actions.task import read_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.case_review import RecommendationKind, RecommendationStatus
from cocm_desktop.domain.due_item import RULES
from cocm_desktop.domain.episode import CloseReason, EpisodeStatus
from cocm_desktop.domain.flag import FlagKind
from cocm_desktop.domain.goal import GoalState
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.outcome import Trajectory
from cocm_desktop.domain.plans import PlanKind
from cocm_desktop.domain.referral_out import ReferralResult
from cocm_desktop.domain.registry import Chip, counts
from cocm_desktop.domain.review_priority import Section, agenda
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import TimeSource
from cocm_desktop.domain.timer import TimerEnding
from cocm_desktop.storage.audit import Action
from cocm_desktop.storage.tables import AuditEntryTable, ContactTable, EpisodeTable, MeasureTable
from cocm_desktop.storage.tables_clinical import (
    GoalStateTable,
    GoalTable,
    InterventionTable,
    PlanTable,
    ReferralResultTable,
)
from cocm_desktop.storage.tables_review import RecommendationTable
from cocm_desktop.storage.tables_safety import SafetyClosingTable
from cocm_desktop.storage.tables_time import TimeEntryTable
from cocm_desktop.storage.tables_timer import TimerTable
from tests.actions.sample.conftest import AS_OF

SEPTEMBER, OCTOBER, NOVEMBER = (ServiceMonth(2026, month) for month in (9, 10, 11))


def test_a_care_manager_would_believe_the_registry(registry: Registry) -> None:
    chips = counts(registry.rows)
    late = [r for r in registry.rows if r.is_not_at_target and r.weeks and r.weeks >= 8]

    assert 80 <= chips[Chip.EVERYONE] <= 88
    assert 60 <= chips[Chip.OPEN] <= 74
    assert 14 <= len(late) <= 24
    assert 2 <= chips[Chip.SAFETY] <= 4
    assert 5 <= chips[Chip.OVERDUE] <= 20
    assert 4 <= chips[Chip.QUESTION] <= 10
    assert 5 <= chips[Chip.STEP_DOWN] <= 15
    assert chips[Chip.NOT_ENROLLED] >= 4
    assert chips[Chip.MEASURE_DUE] >= 3


def test_every_status_trajectory_and_reason_is_there(registry: Registry) -> None:
    assert {row.status for row in registry.rows} == {None, *EpisodeStatus}
    assert {row.trajectory for row in registry.rows} == set(Trajectory)
    sections = {entry.section for entry in agenda(registry.rows)}
    assert set(Section) - {Section.LONG_EPISODE, Section.CARRIED_OVER} <= sections


def test_meetings_were_held_and_the_next_ones_take_over(clinic: Workspace) -> None:
    meetings = read_meetings(clinic).meetings
    ahead = [read_meeting_agenda(clinic, each.id) for each in meetings if not each.is_ended]

    assert [len(each.cases) > 0 for each in meetings] == [each.is_ended for each in meetings]
    assert len(ahead) == 2
    for found in ahead:
        assert found.agenda.is_cut
        assert len(found.agenda.left_out) == 1
        assert any(entry.carried for entry in found.agenda.entries)


def test_most_of_the_caseload_is_reviewed_and_its_advice_followed(registry: Registry) -> None:
    treated = [row for row in registry.rows if row.is_open and (row.weeks or 0) >= 2]
    reviewed = [row for row in treated if row.last_review_on]

    assert len(reviewed) >= len(treated) * 3 // 4
    assert any(row.overdue_recommendations for row in registry.rows)
    assert any(row.plan_changed_on for row in registry.rows)


def test_two_care_managers_share_the_caseload(registry: Registry) -> None:
    loads = Counter(row.care_manager for row in registry.rows if row.is_open)

    assert len(loads) == 2
    assert min(loads.values()) >= 25


def test_every_role_works_there_and_it_is_marked_as_sample(
    clinic: Workspace, registry: Registry
) -> None:
    members = read_staff(clinic)

    assert registry.practice.is_sample
    assert {role for member in members for role in member.roles} == set(Role)
    assert sum(member.is_a(Role.TREATING_PRACTITIONER) for member in members) == 2


def test_nothing_lies_in_the_future(clinic: Workspace) -> None:
    with clinic.database.read() as session:
        days = [
            *session.scalars(select(ContactTable.made_on)),
            *session.scalars(select(MeasureTable.taken_on)),
            *session.scalars(select(TimeEntryTable.worked_on)),
            *session.scalars(select(EpisodeTable.enrolled_on)),
        ]

    assert max(day for day in days if day) < AS_OF
    assert (AS_OF - min(day for day in days if day)).days > 365


def test_the_audit_tells_the_story_in_its_order(clinic: Workspace) -> None:
    with clinic.database.read() as session:
        written = select(AuditEntryTable.at).where(AuditEntryTable.action != Action.READ.value)
        told = session.scalars(written.order_by(AuditEntryTable.seq)).all()
        codes = set(session.scalars(select(AuditEntryTable.code)))

    ours = told[len(sample.PARTS) :]
    assert all(one <= other for one, other in pairwise(ours))
    assert {"episode.enrolled", "episode.started", "episode.moved", "episode.closed"} <= codes
    assert {"safety.raised", "safety.closed", "flag.raised", "superbill.issued"} <= codes


def test_months_fall_below_at_and_above_the_thresholds(clinic: Workspace) -> None:
    this = ServiceMonth.of(AS_OF)
    units: Counter[str] = Counter()
    for back in range(1, 4):
        month = read_billing_month(clinic, this.plus(-back))
        units.update(f"{line.code}×{line.units}" for b in month.billable for line in b.lines)
        assert 0 < sum(bill.is_issued for bill in month.superbills) < len(month.superbills)
        assert any(not bill.lines for bill in month.superbills) or back > 1

    assert {"99492×1", "99493×1", "G2214×1", "99494×1", "99494×2"} <= set(units)
    assert not any(bill.is_issued for bill in read_billing_month(clinic, this).superbills)


def test_some_come_back_after_half_a_year(clinic: Workspace) -> None:
    with clinic.database.read() as session:
        owners = Counter(session.scalars(select(EpisodeTable.patient_id)))

    assert sorted(owners.values())[-2:] == [2, 2]


def test_closed_safety_tasks_say_what_was_done(clinic: Workspace) -> None:
    with clinic.database.read() as session:
        closings = session.scalars(select(SafetyClosingTable)).all()

    assert len(closings) >= 12
    assert all(closing.assessed and closing.action and closing.told for closing in closings)


def test_notes_neither_repeat_nor_name_the_patient(clinic: Workspace) -> None:
    with clinic.database.read() as session:
        rows = session.execute(
            select(ContactTable.episode_id, ContactTable.note).order_by(
                ContactTable.episode_id, ContactTable.made_on
            )
        ).all()

    same = sum(
        one.note == other.note
        for one, other in pairwise(rows)
        if one.episode_id == other.episode_id
    )
    assert len(rows) > 600
    assert same < len(rows) / 50
    names = {part.last for part in sample.PARTS if len(part.last) > 4}
    assert not [row.note for row in rows if any(name in row.note for name in names)]


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


def test_months_are_paid_denied_sent_issued_and_open(clinic: Workspace) -> None:
    told = {month: read_billing_month(clinic, month) for month in (SEPTEMBER, OCTOBER, NOVEMBER)}

    states = {month: set(found.states.values()) for month, found in told.items()}
    assert states == {
        SEPTEMBER: {MonthState.PAID, MonthState.DENIED, MonthState.NOT_READY},
        OCTOBER: {MonthState.SENT, MonthState.ISSUED, MonthState.READY, MonthState.NOT_READY},
        NOVEMBER: {MonthState.NOT_READY},
    }
    assert [found.is_closed for found in told.values()] == [True, True, False]
    assert len(told[OCTOBER].billable) >= 30


def test_a_month_read_for_everybody_says_the_same_as_for_one(clinic: Workspace) -> None:
    found = read_billing_month(clinic, NOVEMBER).superbills

    for bill in found[::9]:
        alone = read_superbill(clinic, bill.patient.id, NOVEMBER)
        assert replace(alone, id=bill.id) == bill
