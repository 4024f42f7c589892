"""Correcting a measure: withdrawn and recorded anew, both or neither."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.episode import enroll
from cocm_desktop.actions.measure import correct_measure, record_measure
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.safety import close_safety_task, read_open_safety_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import EnrollDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId, new_id
from cocm_desktop.domain.instrument import GAD7, PHQ9, InstrumentId
from cocm_desktop.domain.measure import MeasureDraft, MeasureMode
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.safety import SafetyClosingDraft
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused
from cocm_desktop.storage.audit import Action
from cocm_desktop.storage.tables import AuditEntryTable, MeasureTable
from tests.actions.work import as_role, phq9, rows_stored

DAY = date(2026, 11, 12)
WHY = "One answer was read wrongly"


def form(episode_id: EpisodeId, *answers: int | None, **changes: Any) -> MeasureDraft:
    return MeasureDraft(episode_id, PHQ9, DAY, answers, **changes)


def with_item_9(episode_id: EpisodeId, answer: int) -> MeasureDraft:
    return form(episode_id, *(1,) * 8, answer)


def open_answers(workspace: Workspace) -> list[int]:
    return [task.answer for task, _ in read_open_safety_tasks(workspace)]


def test_the_wrong_measure_is_withdrawn_and_the_right_one_counts(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    wrong = phq9(workspace, maria, DAY, 9)

    changed = correct_measure(workspace, wrong.id, form(maria, *(2,) * 8, 0), reason=WHY)

    [measure] = read_chart(workspace, maria_patient).measures
    assert (measure.id, measure.total, measure.corrects) == (changed.record_id, 16, wrong.id)
    with workspace.database.read() as session:
        kept = session.get(MeasureTable, wrong.id)
        written = select(AuditEntryTable.code).where(AuditEntryTable.action != Action.READ.value)
        codes = session.scalars(written.order_by(AuditEntryTable.seq)).all()
    assert kept
    assert kept.void_reason == WHY
    assert codes[-2:] == ["measure.voided", "measure.recorded"]


def test_a_correction_may_be_of_another_instrument_and_day(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    wrong = phq9(workspace, maria, DAY, 9)
    draft = MeasureDraft(maria, GAD7, date(2026, 11, 5), (1,) * 7)

    correct_measure(workspace, wrong.id, draft, reason="It was a GAD-7, a week earlier")

    [measure] = read_chart(workspace, maria_patient).measures
    assert (measure.instrument_id, measure.taken_on, measure.total) == (GAD7, draft.taken_on, 7)


@pytest.mark.parametrize(
    ("before", "after", "still_open"),
    [
        pytest.param(0, 0, [], id="no critical answer"),
        pytest.param(0, 2, [2], id="raised by the correction"),
        pytest.param(2, 0, [2], id="lowered: what was answered stays open"),
        pytest.param(2, 2, [2], id="the same answer opens no second"),
        pytest.param(1, 3, [1, 3], id="a higher answer opens its own"),
    ],
)
def test_item_9_is_never_lost_and_never_doubled(
    workspace: Workspace, maria: EpisodeId, before: int, after: int, still_open: list[int]
) -> None:
    wrong = with_item_9(maria, before)
    record_measure(workspace, wrong)

    correct_measure(workspace, wrong.id, with_item_9(maria, after), reason=WHY)

    assert open_answers(workspace) == still_open


def test_the_same_answer_opens_a_task_again_once_the_first_is_closed(
    workspace: Workspace, maria: EpisodeId
) -> None:
    wrong = with_item_9(maria, 2)
    record_measure(workspace, wrong)
    [(task, _)] = read_open_safety_tasks(workspace)
    close_safety_task(workspace, SafetyClosingDraft(task.id, "C-SSRS", "plan", "A. Smith"))

    correct_measure(workspace, wrong.id, with_item_9(maria, 2), reason=WHY)

    assert open_answers(workspace) == [2]


def test_a_task_is_not_doubled_by_a_correction_of_a_correction(
    workspace: Workspace, maria: EpisodeId
) -> None:
    first, second, third = (with_item_9(maria, 2) for _ in range(3))
    record_measure(workspace, first)

    correct_measure(workspace, first.id, second, reason=WHY)
    correct_measure(workspace, second.id, third, reason=WHY)

    assert open_answers(workspace) == [2]


def test_a_correction_given_again_is_done_once(workspace: Workspace, maria: EpisodeId) -> None:
    wrong = phq9(workspace, maria, DAY, 9)
    draft = with_item_9(maria, 1)

    once = correct_measure(workspace, wrong.id, draft, reason=WHY)
    stored = rows_stored(workspace)
    again = correct_measure(workspace, wrong.id, draft, reason=WHY)

    assert once == again
    assert rows_stored(workspace) == stored


@pytest.mark.parametrize(
    ("changes", "reason", "message"),
    [
        pytest.param({}, "  ", "Say why", id="no reason"),
        pytest.param({"answers": (9,) * 9}, WHY, "Item 1", id="answers that are none"),
        pytest.param({"taken_on": date(2026, 12, 1)}, WHY, "future", id="a day to come"),
        pytest.param(
            {"instrument_id": InstrumentId("NONE")}, WHY, "no instrument", id="no such form"
        ),
        pytest.param(
            {"administered_by": StaffId(new_id())}, WHY, "not on file", id="given by nobody"
        ),
    ],
)
def test_a_correction_that_cannot_be_recorded_withdraws_nothing(
    workspace: Workspace,
    maria: EpisodeId,
    maria_patient: PatientId,
    changes: dict[str, Any],
    reason: str,
    message: str,
) -> None:
    wrong = phq9(workspace, maria, DAY, 9)
    before = rows_stored(workspace)
    draft = replace(form(maria, *(2,) * 9), **changes)

    with pytest.raises(Refused, match=message):
        correct_measure(workspace, wrong.id, draft, reason=reason)

    assert rows_stored(workspace) == before
    assert [m.id for m in read_chart(workspace, maria_patient).measures] == [wrong.id]


def test_a_correction_stays_with_its_patient(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    wrong = phq9(workspace, maria, DAY, 9)
    other = PatientId(
        add_patient(workspace, PatientDraft("Ng", "K.", date(1990, 2, 28), mrn="7")).record_id
    )
    elsewhere = EpisodeId(
        enroll(
            workspace,
            EnrollDraft(
                patient_id=other,
                care_manager_id=workspace.staff.id,
                consented_on=DAY,
                consent_method=ConsentMethod.VERBAL,
            ),
        ).record_id
    )

    with pytest.raises(Refused, match="A correction stays with its patient"):
        correct_measure(workspace, wrong.id, with_item_9(elsewhere, 3), reason=WHY)

    assert [m.id for m in read_chart(workspace, maria_patient).measures] == [wrong.id]
    assert open_answers(workspace) == []


def test_a_measure_is_corrected_once(workspace: Workspace, maria: EpisodeId) -> None:
    wrong = phq9(workspace, maria, DAY, 9)
    correct_measure(workspace, wrong.id, with_item_9(maria, 0), reason=WHY)

    with pytest.raises(Refused, match="not on file any more"):
        correct_measure(workspace, wrong.id, with_item_9(maria, 0), reason=WHY)


def test_whoever_may_not_void_may_not_correct(workspace: Workspace, maria: EpisodeId) -> None:
    wrong = phq9(workspace, maria, DAY, 9)

    with pytest.raises(Refused, match="you may not void a record"):
        correct_measure(
            as_role(workspace, Role.FRONT_DESK), wrong.id, with_item_9(maria, 0), reason=WHY
        )


def test_who_gave_a_form_how_and_in_which_language_is_kept(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    smith = StaffId("00000000-0000-7000-8000-000000000002")
    by_another = form(maria, *(1,) * 9, administered_by=smith, mode=MeasureMode.PHONE)
    alone = form(
        maria, *(1,) * 9, is_self_administered=True, mode=MeasureMode.TABLET, language="Español"
    )

    for draft in (by_another, alone):
        record_measure(workspace, draft)

    first, second = read_chart(workspace, maria_patient).measures
    assert (first.administered_by, first.recorded_by) == (smith, workspace.staff.id)
    assert (second.administered_by, second.mode, second.language) == (
        None,
        MeasureMode.TABLET,
        "Español",
    )


@pytest.mark.parametrize(
    ("answers", "open_tasks", "critical"),
    [
        pytest.param((), [], None, id="item 9 not asked"),
        pytest.param((*(None,) * 8, 0), [], 0, id="item 9 answered 0"),
        pytest.param((*(None,) * 8, 1), [1], 1, id="item 9 answered 1"),
    ],
)
def test_a_total_alone_is_kept_with_what_was_said_of_item_9(
    workspace: Workspace,
    maria: EpisodeId,
    maria_patient: PatientId,
    answers: tuple[int | None, ...],
    open_tasks: list[int],
    critical: int | None,
) -> None:
    record_measure(workspace, form(maria, *answers, total_only=14))

    [measure] = read_chart(workspace, maria_patient).measures
    assert (measure.total, measure.total_only, measure.critical) == (14, True, critical)
    assert open_answers(workspace) == open_tasks


def test_every_critical_item_of_a_form_opens_its_task(
    workspace: Workspace, maria: EpisodeId
) -> None:
    phq_a = MeasureDraft(maria, InstrumentId("PHQ-A"), DAY, (*(0,) * 8, 2, 0, 1, 1))

    record_measure(workspace, phq_a)

    found = {(task.item, task.answer) for task, _ in read_open_safety_tasks(workspace)}
    assert found == {(9, 2), (11, 1), (12, 1)}


@pytest.mark.parametrize(
    ("name", "answers"),
    [("EPDS", (*(0,) * 9, 1)), ("C-SSRS", (1, 0, None, None, None, 0, None))],
)
def test_a_low_form_with_a_critical_answer_opens_a_task(
    workspace: Workspace, maria: EpisodeId, name: str, answers: tuple[int | None, ...]
) -> None:
    record_measure(workspace, MeasureDraft(maria, InstrumentId(name), DAY, answers))

    assert open_answers(workspace) == [1]
