"""What a clinician needs beside an open safety task: protocol, safety plan, the screener."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.form_score import score_of_measure
from cocm_desktop.domain.ids import EpisodeId, MeasureId, PatientId
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.plans import PlanKind
from cocm_desktop.domain.safety import SCREENER, SafetyTask
from cocm_desktop.domain.safety_protocol import crisis_words, protocol_of
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import measure as measures
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import plan as plans
from cocm_desktop.storage import settings


@dataclass(frozen=True, slots=True)
class Assessment:
    """A screener recorded since the answer. `words` hold the form's own published triage."""

    measure_id: MeasureId
    taken_on: date
    words: str


@dataclass(frozen=True, slots=True)
class SafetyCase:
    """An open task with what stands beside it in the closing dialog.

    `open_episode_id` is where a screener can be recorded; None for a patient without one.
    """

    task: SafetyTask
    patient: Patient
    today: date
    open_episode_id: EpisodeId | None
    plan_on: date | None
    protocol: str
    crisis: tuple[str, ...]
    assessments: tuple[Assessment, ...]

    @property
    def plan_words(self) -> str:
        if self.plan_on is None:
            return "No safety plan on file"
        return f"Safety plan of {long_date(self.plan_on)}"


def read_safety_case(workspace: Workspace, task_id: str) -> SafetyCase:
    """Gather it all from one moment, or refuse where the task is closed meanwhile."""
    workspace.require(Permission.SEE_CHART)
    with workspace.database.read() as session:
        found = [pair for pair in read_open_safety_tasks(workspace) if pair[0].id == task_id]
        if not found:
            raise Refused(Problem("task_id", "This safety task is closed already."))
        [(task, patient_id)] = found
        today = workspace.today()
        now = settings.on_day(session, today)
        of_patient = episodes.of_patient(session, patient_id)
        written = [
            plan.written_on
            for episode in of_patient
            if (plan := plans.latest(session, episode.id, PlanKind.SAFETY_PLAN, until=today))
        ]
        return SafetyCase(
            task=task,
            patient=patients.get(session, patient_id),
            today=today,
            open_episode_id=next((each.id for each in of_patient if each.status.is_open), None),
            plan_on=max(written, default=None),
            protocol=protocol_of(now),
            crisis=crisis_words(now),
            assessments=_assessments(workspace, task, patient_id),
        )


def _assessments(
    workspace: Workspace, task: SafetyTask, patient_id: PatientId
) -> tuple[Assessment, ...]:
    """Give the screeners taken on the day of the answer or later, the newest first."""
    with workspace.database.read() as session:
        taken = [
            measure
            for episode in episodes.of_patient(session, patient_id)
            for measure in measures.of_episode(session, episode.id, until=workspace.today())
            if measure.instrument_id == SCREENER and measure.taken_on >= task.answered_on
        ]
    newest_first = sorted(taken, key=lambda each: (each.taken_on, each.id), reverse=True)
    return tuple(
        Assessment(each.id, each.taken_on, assessment_words(workspace, each))
        for each in newest_first
    )


def assessment_words(workspace: Workspace, measure: Measure) -> str:
    """Say what the form's own triage reads, in the publisher's word and by the form's name."""
    instrument = read_instruments(workspace).version(
        measure.instrument_id, measure.instrument_version
    )
    lines = score_of_measure(instrument, measure, None).lines
    return f"{instrument.id}, {long_date(measure.taken_on)}. {' '.join(lines)}"
