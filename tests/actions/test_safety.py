"""Safety tasks from opening to closing: by hand, escalated, told, assessed with the C-SSRS."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cocm_desktop.actions.episode import close_episode, enroll
from cocm_desktop.actions.measure import record_measure
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.plan import write_plan
from cocm_desktop.actions.safety import (
    close_safety_task,
    open_safety_task,
    read_open_safety_tasks,
    tell_practitioner,
)
from cocm_desktop.actions.safety_case import read_safety_case
from cocm_desktop.actions.safety_list import (
    print_clinician_slip,
    print_safety_list,
    read_safety_list,
)
from cocm_desktop.actions.settings import change_setting
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.clinical_settings import SettingDraft
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft
from cocm_desktop.domain.ids import EpisodeId, MeasureId, PatientId, SafetyTaskId
from cocm_desktop.domain.measure import MeasureDraft
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.plans import PlanDraft, PlanKind
from cocm_desktop.domain.safety import (
    SCREENER,
    PractitionerToldDraft,
    SafetyClosingDraft,
    SafetyStep,
    SafetyTask,
    SafetyTaskDraft,
)
from cocm_desktop.domain.safety_protocol import DEFAULT_PROTOCOL
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused
from cocm_desktop.storage import safety
from tests.actions.work import phq9
from tests.conftest import EVENING
from tests.printing.read_back import texts

ANSWERED_ON = date(2026, 11, 28)
MODERATE = (1, 1, 1, 0, 0, 0, 0)
HIGH = (1, 1, 0, 1, 0, 0, 0)


@pytest.fixture
def other_episode(workspace: Workspace) -> EpisodeId:
    """Give an open episode of somebody else."""
    patient = PatientDraft("Ng", "K.", date(1990, 2, 28), mrn="7")
    draft = EnrollDraft(
        patient_id=PatientId(add_patient(workspace, patient).record_id),
        care_manager_id=workspace.staff.id,
        consented_on=date(2026, 10, 1),
        consent_method=ConsentMethod.VERBAL,
    )
    return EpisodeId(enroll(workspace, draft).record_id)


def opened(workspace: Workspace, maria: EpisodeId, day: date = ANSWERED_ON) -> SafetyTask:
    phq9(workspace, maria, day, 9, item9=2)
    [(task, _)] = read_open_safety_tasks(workspace)
    return task


def screened(
    workspace: Workspace, maria: EpisodeId, answers: tuple[int | None, ...] = MODERATE
) -> MeasureId:
    draft = MeasureDraft(maria, SCREENER, workspace.today(), answers)
    record_measure(workspace, draft)
    return draft.id


def closing(task: SafetyTask, **changes: Any) -> SafetyClosingDraft:
    plan = (SafetyStep.SAFETY_PLAN,)
    draft = SafetyClosingDraft(task.id, "Asked at once", "", "A. Smith", steps=plan)
    return replace(draft, **changes)


def open_ids(workspace: Workspace) -> list[SafetyTaskId]:
    return [task.id for task, _ in read_open_safety_tasks(workspace)]


def test_a_closing_says_who_when_how_and_what_was_done(
    workspace: Workspace, maria: EpisodeId
) -> None:
    task = opened(workspace, maria)
    at, told_at = EVENING - timedelta(hours=3), EVENING - timedelta(hours=2)
    steps = (SafetyStep.RECHECK, SafetyStep.MEANS)

    close_safety_task(workspace, closing(task, assessed_at=at, told_at=told_at, steps=steps))

    with workspace.database.read() as session:
        found = safety.get(session, task.id)
    assert found
    closed = found[0]
    assert (closed.assessed_at, closed.told_at) == (at, told_at)
    assert (closed.closed_by, closed.closed_on) == (workspace.staff.id, EVENING.date())
    assert closed.steps == (SafetyStep.MEANS, SafetyStep.RECHECK)
    assert closed.action_words == "Means safety talked through; Recheck at the next contact"


def test_a_closing_without_a_moment_was_assessed_now(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    task = opened(workspace, maria)

    close_safety_task(workspace, closing(task))

    with workspace.database.read() as session:
        [closed] = safety.of_patient(session, maria_patient)
    assert closed.assessed_at == EVENING


@pytest.mark.parametrize("name", ["assessed_at", "told_at"])
@pytest.mark.parametrize(
    "moment", [EVENING + timedelta(minutes=1), datetime(2026, 11, 27, 12, tzinfo=EVENING.tzinfo)]
)
def test_no_moment_lies_in_the_future_or_before_the_answer(
    workspace: Workspace, maria: EpisodeId, name: str, moment: datetime
) -> None:
    task = opened(workspace, maria)

    with pytest.raises(Refused) as refusal:
        close_safety_task(workspace, closing(task, **{name: moment}))

    assert [problem.field for problem in refusal.value.problems] == [name]
    assert open_ids(workspace) == [task.id]


def test_other_steps_need_words(workspace: Workspace, maria: EpisodeId) -> None:
    task = opened(workspace, maria)

    with pytest.raises(Refused, match="Choose what was done"):
        close_safety_task(workspace, closing(task, steps=(SafetyStep.OTHER,)))

    assert open_ids(workspace) == [task.id]


def test_the_screener_is_the_assessment_and_its_own_task_closes_with_it(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    task = opened(workspace, maria)
    measure_id = screened(workspace, maria)
    assert len(open_ids(workspace)) == 2

    close_safety_task(workspace, closing(task, assessment_id=measure_id))

    with workspace.database.read() as session:
        tasks = safety.of_patient(session, maria_patient)
    assert open_ids(workspace) == []
    assert {each.assessment_id for each in tasks} == {measure_id}


def test_a_screener_of_somebody_else_is_no_assessment(
    workspace: Workspace, maria: EpisodeId, other_episode: EpisodeId
) -> None:
    task = opened(workspace, maria)
    measure_id = screened(workspace, other_episode, (0,) * 7)

    with pytest.raises(Refused, match="of another patient"):
        close_safety_task(workspace, closing(task, assessment_id=measure_id))

    assert open_ids(workspace) == [task.id]


@pytest.mark.parametrize(("answers", "item"), [(HIGH, 4), (MODERATE, 3), ((1, 0) + (0,) * 5, 1)])
def test_a_screener_opens_one_task_for_the_whole_form(
    workspace: Workspace, maria: EpisodeId, answers: tuple[int, ...], item: int
) -> None:
    screened(workspace, maria, answers)

    [(task, _)] = read_open_safety_tasks(workspace)
    assert (task.instrument, task.item) == ("C-SSRS", item)


def test_a_negative_screener_opens_none(workspace: Workspace, maria: EpisodeId) -> None:
    screened(workspace, maria, (0,) * 7)

    assert open_ids(workspace) == []


def test_a_clinician_opens_a_task_by_hand(workspace: Workspace, maria: EpisodeId) -> None:
    draft = SafetyTaskDraft(maria, " Sister called:\n worried ", workspace.today())

    open_safety_task(workspace, draft)
    open_safety_task(workspace, draft)

    [(task, _)] = read_open_safety_tasks(workspace)
    assert task.is_by_hand
    assert task.words == (
        "Safety task opened by hand (Sister called: worried) on Nov 30, 2026, not yet closed. "
        "Follow the practice's safety protocol today."
    )
    close_safety_task(workspace, closing(task))
    assert open_ids(workspace) == []


def test_a_task_that_was_never_there_is_not_called_closed(
    workspace: Workspace, maria: EpisodeId
) -> None:
    task = opened(workspace, maria)
    draft = replace(closing(task), task_id=SafetyTaskId("01a20120-0000-7000-8000-0000000000aa"))

    with pytest.raises(Refused, match="There is no such safety task"):
        close_safety_task(workspace, draft)

    assert open_ids(workspace) == [task.id]


@pytest.mark.parametrize(
    ("reason", "day", "field"),
    [
        ("  ", date(2026, 11, 30), "reason"),
        ("x" * 501, date(2026, 11, 30), "reason"),
        ("Worried", None, "noticed_on"),
        ("Worried", date(2026, 12, 1), "noticed_on"),
        ("Worried", date(1900, 1, 1), "noticed_on"),
    ],
)
def test_a_task_by_hand_needs_a_reason_and_a_day(
    workspace: Workspace, maria: EpisodeId, reason: str, day: date | None, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        open_safety_task(workspace, SafetyTaskDraft(maria, reason, day))

    assert [problem.field for problem in refusal.value.problems] == [field]
    assert open_ids(workspace) == []


def test_after_the_day_of_the_answer_a_task_goes_to_the_practitioner(
    workspace: Workspace, maria: EpisodeId, other_episode: EpisodeId
) -> None:
    task = opened(workspace, maria)
    phq9(workspace, other_episode, workspace.today(), 5, item9=1)

    listed = read_safety_list(workspace)

    assert [line.is_escalated for line in listed.lines] == [True, False]
    assert listed.escalated[0].task.id == task.id
    assert listed.escalated[0].told_words == "Practitioner not yet told"
    assert listed.escalated[0].practitioner == "A. Smith, MD"
    assert listed.count_words == "2 open safety tasks, 1 escalated"
    assert listed.patients == 2


def test_the_practice_sets_after_how_many_days(workspace: Workspace, maria: EpisodeId) -> None:
    opened(workspace, maria)
    change_setting(workspace, SettingDraft("safety_escalation_days", "3", workspace.today()))

    listed = read_safety_list(workspace)

    assert listed.escalated == ()
    with pytest.raises(Refused, match="no escalated safety task"):
        print_safety_list(workspace)


def test_telling_the_practitioner_is_kept_and_closes_nothing(
    workspace: Workspace, maria: EpisodeId
) -> None:
    task = opened(workspace, maria)

    tell_practitioner(workspace, PractitionerToldDraft(task.id, "A. Smith", EVENING))

    [line] = read_safety_list(workspace).lines
    assert line.told_words == "A. Smith told Nov 30, 2026 8:00 PM"
    assert open_ids(workspace) == [task.id]


@pytest.mark.parametrize(
    ("who", "at", "field"),
    [
        (" ", EVENING, "who"),
        ("x" * 121, EVENING, "who"),
        ("A. Smith", None, "told_at"),
        ("A. Smith", EVENING + timedelta(hours=1), "told_at"),
    ],
)
def test_telling_needs_a_name_and_a_moment(
    workspace: Workspace, maria: EpisodeId, who: str, at: datetime | None, field: str
) -> None:
    task = opened(workspace, maria)

    with pytest.raises(Refused) as refusal:
        tell_practitioner(workspace, PractitionerToldDraft(task.id, who, at))

    assert [problem.field for problem in refusal.value.problems] == [field]
    assert read_safety_list(workspace).lines[0].task.practitioner_told is None


def test_the_case_shows_protocol_plan_and_screener(workspace: Workspace, maria: EpisodeId) -> None:
    task = opened(workspace, maria)
    parts = {"warning_signs": "a", "coping": "b", "professionals": "c"}
    write_plan(workspace, PlanDraft(maria, PlanKind.SAFETY_PLAN, date(2026, 11, 2), parts))
    screened(workspace, maria)

    case = read_safety_case(workspace, task.id)

    assert case.protocol == DEFAULT_PROTOCOL
    assert case.crisis == (
        "In danger now: call 911.",
        "988: Suicide & Crisis Lifeline, call or text",
    )
    assert case.plan_words == "Safety plan of Nov 2, 2026"
    assert case.open_episode_id == maria
    [assessment] = case.assessments
    assert assessment.words == (
        "C-SSRS, Nov 30, 2026. Columbia protocol screener: triage printed on the form: "
        "Moderate Risk"
    )


def test_the_practice_writes_its_own_protocol(workspace: Workspace, maria: EpisodeId) -> None:
    task = opened(workspace, maria)
    own = "Call Dr. Smith.\nThen the patient."
    change_setting(workspace, SettingDraft("safety_protocol", own, workspace.today()))

    assert read_safety_case(workspace, task.id).protocol == own


def test_without_plan_or_open_episode_the_case_says_so(
    workspace: Workspace, maria: EpisodeId
) -> None:
    task = opened(workspace, maria)
    close_episode(workspace, CloseDraft(maria, workspace.today(), CloseReason.WITHDREW))

    case = read_safety_case(workspace, task.id)

    assert (case.plan_words, case.open_episode_id) == ("No safety plan on file", None)
    close_safety_task(workspace, closing(task))
    with pytest.raises(Refused, match="closed already"):
        read_safety_case(workspace, task.id)


def test_the_practitioners_list_says_what_and_since_when(
    workspace: Workspace, maria: EpisodeId
) -> None:
    opened(workspace, maria)

    words = " ".join("\n".join(texts(print_safety_list(workspace).content)).split())

    assert "ALVAREZ, María" in words
    assert "Answer 2 on PHQ-9 item 9 on Nov 28, 2026, open for 2 days, since Nov 28." in words
    assert "Practitioner not yet told" in words


def test_a_long_list_takes_further_pages(
    workspace: Workspace, maria: EpisodeId, other_episode: EpisodeId
) -> None:
    for _ in range(40):
        draft = SafetyTaskDraft(maria, "Worried " * 40, ANSWERED_ON)
        open_safety_task(workspace, draft)

    paper = print_safety_list(workspace, escalated=False)

    assert len(texts(paper.content)) > 2


def test_the_slip_names_the_patient_and_nothing_clinical(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    opened(workspace, maria)
    desk = replace(workspace, staff=replace(workspace.staff, roles=frozenset({Role.FRONT_DESK})))

    [words] = texts(print_clinician_slip(desk, maria_patient).content)

    assert "Bring this patient to a clinician now." in words
    assert "María Alvarez" in words
    for clinical in ("PHQ", "item", "answer", "score", "safety", "suicide", "risk"):
        assert clinical.lower() not in words.lower()
