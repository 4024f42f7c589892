"""A form is filed under the episode that its day belongs to; after the closing it is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.episode import close_episode, enroll
from cocm_desktop.actions.measure import correct_measure, record_measure
from cocm_desktop.actions.measure_form import read_measure_form
from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.instrument import PHQ9
from cocm_desktop.domain.measure import MeasureDraft
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused
from cocm_desktop.storage import measure as measures
from tests.actions.work import as_role, phq9, rows_stored
from tests.builders import phq9 as phq9_form
from tests.conftest import CARE_MANAGER

CLOSED_ON, BACK_ON = date(2026, 10, 20), date(2026, 11, 16)
POSITIVE = (0, 0, 0, 0, 0, 0, 0, 0, 2)
AT_ONCE = "Answer 2 on PHQ-9 item 9: follow the practice's safety protocol today, and open"


@pytest.fixture
def closed(workspace: Workspace, maria: EpisodeId) -> EpisodeId:
    close_episode(workspace, CloseDraft(maria, CLOSED_ON, CloseReason.WITHDREW))
    return maria


@pytest.fixture
def back(workspace: Workspace, closed: EpisodeId, maria_patient: PatientId) -> EpisodeId:
    """The episode in which María came back."""
    assert closed
    draft = EnrollDraft(
        patient_id=maria_patient,
        consented_on=BACK_ON,
        consent_method=ConsentMethod.VERBAL,
        care_manager_id=CARE_MANAGER.id,
        enrolled_on=BACK_ON,
        diagnosis_code="F33.1",
    )
    enroll(workspace, draft)
    return draft.id


def episode_of(workspace: Workspace, measure: MeasureDraft) -> EpisodeId:
    with workspace.database.read() as session:
        return measures.get(session, measure.id).episode_id


@pytest.mark.parametrize(
    ("day", "is_of_the_first"),
    [
        (date(2026, 9, 20), True),
        (date(2026, 10, 12), True),
        (CLOSED_ON, True),
        (date(2026, 10, 21), False),
        (BACK_ON, False),
    ],
)
def test_a_form_belongs_to_the_episode_that_was_not_closed_yet(
    workspace: Workspace, closed: EpisodeId, back: EpisodeId, day: date, *, is_of_the_first: bool
) -> None:
    measure = phq9(workspace, back, day, 12)

    said = read_measure_form(workspace, back).cautions(phq9_form(), date(2026, 10, 13))
    assert episode_of(workspace, measure) == (closed if is_of_the_first else back)
    assert "Filed under the episode that closed on Oct 20, 2026." in said


def test_an_old_form_leaves_the_baseline_and_opens_its_task(
    workspace: Workspace, back: EpisodeId, maria_patient: PatientId
) -> None:
    phq9(workspace, back, BACK_ON, 9)
    old = phq9(workspace, back, date(2026, 10, 12), 20, item9=1)

    [(task, patient_id)] = read_open_safety_tasks(workspace)
    row = read_chart(workspace, maria_patient).row
    assert (task.measure_id, patient_id) == (old.id, maria_patient)
    assert [score.total for score in row.phq9.scores] == [9]
    assert row.phq9.baseline is not None
    assert row.phq9.baseline.total == 9


def test_a_form_with_a_wrong_day_moves_when_it_is_corrected(
    workspace: Workspace, closed: EpisodeId, back: EpisodeId
) -> None:
    wrong = phq9(workspace, back, BACK_ON, 12)
    right = MeasureDraft(back, PHQ9, date(2026, 10, 12), wrong.answers)

    correct_measure(workspace, wrong.id, right, reason="the day")

    assert episode_of(workspace, right) == closed


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.CARE_MANAGER, AT_ONCE),
        (Role.FRONT_DESK, "Bring this patient to a clinician now."),
    ],
)
def test_a_critical_answer_after_the_closing_says_what_to_do_at_once(
    workspace: Workspace, closed: EpisodeId, role: Role, words: str
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused) as refusal:
        record_measure(
            as_role(workspace, role), MeasureDraft(closed, PHQ9, date(2026, 10, 21), POSITIVE)
        )

    first, second = (problem.message for problem in refusal.value.problems)
    assert first == "The episode closed on Oct 20, 2026."
    assert second.startswith(words)
    assert rows_stored(workspace) == before


@pytest.mark.parametrize("answers", [(0,) * 9, (2,) * 8, ()])
def test_nothing_is_added_where_no_critical_answer_is_known(
    workspace: Workspace, closed: EpisodeId, answers: Any
) -> None:
    with pytest.raises(Refused) as refusal:
        record_measure(workspace, MeasureDraft(closed, PHQ9, date(2026, 10, 21), answers))

    assert all("safety protocol" not in each.message for each in refusal.value.problems)


def test_who_may_not_see_scores_is_not_told_what_the_answers_come_to(
    workspace: Workspace, maria: EpisodeId
) -> None:
    draft = MeasureDraft(maria, PHQ9, date(2026, 11, 12), (1,) * 9, paper_total=12)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="the answers do not come to that"):
        record_measure(as_role(workspace, Role.FRONT_DESK), draft)

    assert rows_stored(workspace) == before
