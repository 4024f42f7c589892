from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.episode import close_episode
from cocm_desktop.actions.measure import record_measure, void_measure
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.safety import close_safety_task, read_open_safety_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.episode import CloseDraft, CloseReason
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.instrument import PHQ9, InstrumentId
from cocm_desktop.domain.measure import MeasureDraft
from cocm_desktop.domain.safety import SafetyClosingDraft
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused
from cocm_desktop.storage.database import Database
from cocm_desktop.storage.tables_safety import SafetyTaskTable
from tests.actions.work import as_role, gad7, phq9, rows_stored


def test_a_measure_reaches_the_registry(workspace: Workspace, maria: EpisodeId) -> None:
    phq9(workspace, maria, date(2026, 10, 1), 18)
    phq9(workspace, maria, date(2026, 11, 12), 9)
    gad7(workspace, maria, date(2026, 11, 12), 7)

    [row] = read_registry(workspace).rows
    assert [score.total for score in row.phq9.scores] == [18, 9]
    assert (row.phq9.change, row.phq9.change_percent) == (-9, -50)
    assert [score.total for score in row.gad7.scores] == [7]


def test_item_9_opens_a_safety_task_whatever_the_total(
    workspace: Workspace, maria: EpisodeId
) -> None:
    phq9(workspace, maria, date(2026, 11, 12), 1, item9=1)

    [(task, patient_id)] = read_open_safety_tasks(workspace)
    [row] = read_registry(workspace).rows
    assert (task.item, task.answer, task.is_open) == (9, 1, True)
    assert (row.safety_answer, row.patient_id) == (1, patient_id)


def test_no_safety_task_without_a_positive_answer(workspace: Workspace, maria: EpisodeId) -> None:
    phq9(workspace, maria, date(2026, 11, 12), 24, item9=0)

    assert read_open_safety_tasks(workspace) == ()


def test_an_incomplete_form_with_item_9_opens_a_safety_task(
    workspace: Workspace, maria: EpisodeId
) -> None:
    answers = (None, *[0] * 7, 2)

    record_measure(workspace, MeasureDraft(maria, PHQ9, date(2026, 11, 12), answers))

    [(task, _)] = read_open_safety_tasks(workspace)
    [row] = read_registry(workspace).rows
    assert task.answer == 2
    assert row.phq9.scores == ()


def test_if_the_safety_task_cannot_be_stored_the_measure_is_not(
    workspace: Workspace, maria: EpisodeId, database: Database
) -> None:
    with database.write() as session:
        session.connection().exec_driver_sql(f"DROP TABLE {SafetyTaskTable.__tablename__}")
    draft = MeasureDraft(maria, PHQ9, date(2026, 11, 12), (*[0] * 8, 3))

    with pytest.raises(Exception, match="no such table"):
        record_measure(workspace, draft)

    with database.read() as session:
        stored = session.connection().exec_driver_sql("SELECT count(*) FROM measure").scalar_one()
    assert stored == 0


def test_a_retried_measure_is_saved_once_with_one_task(
    workspace: Workspace, maria: EpisodeId
) -> None:
    draft = phq9(workspace, maria, date(2026, 11, 12), 10, item9=2)

    record_measure(workspace, draft)

    stored = rows_stored(workspace)
    assert (stored["measure"], stored["safety_task"]) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"taken_on": date(2026, 12, 1)}, "taken_on", id="tomorrow"),
        pytest.param({"taken_on": None}, "taken_on", id="no day"),
        pytest.param({"answers": (1, 2)}, "answers", id="too few answers"),
        pytest.param({"answers": (4, *[0] * 8)}, "answers", id="answer out of range"),
        pytest.param({"answers": (None,) * 9}, "answers", id="nothing answered"),
        pytest.param({"paper_total": 5}, "paper_total", id="paper says something else"),
        pytest.param({"difficulty": 4}, "difficulty", id="difficulty out of range"),
        pytest.param({"instrument_id": InstrumentId("XYZ")}, "instrument", id="unknown scale"),
    ],
)
def test_a_wrong_measure_is_refused_and_nothing_is_stored(
    workspace: Workspace, maria: EpisodeId, changes: dict[str, Any], field: str
) -> None:
    good = MeasureDraft(maria, PHQ9, date(2026, 11, 12), (1,) * 9)
    before = rows_stored(workspace)

    with pytest.raises(Refused) as refusal:
        record_measure(workspace, replace(good, **changes))

    assert [problem.field for problem in refusal.value.problems] == [field]
    assert rows_stored(workspace) == before


def test_a_voided_measure_counts_for_nothing_but_its_task_stays(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    draft = phq9(workspace, maria, date(2026, 11, 12), 10, item9=2)

    void_measure(workspace, draft.id, reason="Typed into the wrong chart")

    [row] = read_registry(workspace).rows
    assert row.phq9.scores == ()
    assert row.safety_answer == 2
    assert read_chart(workspace, maria_patient).measures == ()
    with pytest.raises(Refused, match="not on file any more"):
        void_measure(workspace, draft.id, reason="Again")


def test_voiding_needs_a_reason(workspace: Workspace, maria: EpisodeId) -> None:
    draft = phq9(workspace, maria, date(2026, 11, 12), 10)

    with pytest.raises(Refused, match="Say why"):
        void_measure(workspace, draft.id, reason="  ")


def test_a_task_closes_with_what_was_assessed_done_and_told(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    phq9(workspace, maria, date(2026, 11, 12), 10, item9=2)
    [(task, _)] = read_open_safety_tasks(workspace)

    close_safety_task(
        workspace, SafetyClosingDraft(task.id, "C-SSRS screener", "Safety plan", "A. Smith")
    )

    [closed] = read_chart(workspace, maria_patient).safety_tasks
    assert read_open_safety_tasks(workspace) == ()
    assert (closed.assessed, closed.action, closed.told) == (
        "C-SSRS screener",
        "Safety plan",
        "A. Smith",
    )
    assert closed.closed_by == workspace.staff.id
    assert closed.closed_at == workspace.now()
    with pytest.raises(Refused, match="closed already"):
        close_safety_task(workspace, SafetyClosingDraft(task.id, "a", "b", "c"))


def test_a_task_does_not_close_without_every_field(workspace: Workspace, maria: EpisodeId) -> None:
    phq9(workspace, maria, date(2026, 11, 12), 10, item9=2)
    [(task, _)] = read_open_safety_tasks(workspace)
    before = rows_stored(workspace)

    with pytest.raises(Refused) as refusal:
        close_safety_task(workspace, SafetyClosingDraft(task.id, " ", "", "\n"))

    assert [problem.field for problem in refusal.value.problems] == ["assessed", "action", "told"]
    assert rows_stored(workspace) == before


def test_an_open_task_survives_the_closing_of_the_episode(
    workspace: Workspace, maria: EpisodeId
) -> None:
    phq9(workspace, maria, date(2026, 11, 12), 10, item9=2)

    close_episode(workspace, CloseDraft(maria, date(2026, 11, 20), CloseReason.MOVED, version=1))

    [(task, _)] = read_open_safety_tasks(workspace)
    [row] = read_registry(workspace).rows
    assert task.answer == 2
    assert row.has_safety_open


def test_the_front_desk_may_record_a_measure_but_not_close_its_task(
    workspace: Workspace, maria: EpisodeId
) -> None:
    desk = as_role(workspace, Role.FRONT_DESK)

    phq9(desk, maria, date(2026, 11, 12), 10, item9=2)

    with pytest.raises(Refused, match="front desk you may not close a safety task"):
        read_open_safety_tasks(desk)
