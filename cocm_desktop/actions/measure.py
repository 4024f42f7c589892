"""Recording, correcting and voiding measures."""

from __future__ import annotations

from dataclasses import replace

from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.episode import Episode, episode_on
from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.measure import Measure, MeasureDraft, MeasureFacts
from cocm_desktop.domain.safety import SafetyTask, tasks_for, words_if_refused
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit, safety
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import measure as measures
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import staff as staff_members

TOUCHES = Topic.MEASURE | Topic.SAFETY


def record_measure(workspace: Workspace, draft: MeasureDraft) -> Change:
    """Store the measure and, in the same transaction, the safety task of a critical answer.

    A form of a day on which an earlier episode was not closed yet is filed under that one.
    """
    workspace.require(Permission.RECORD_MEASURE)
    with workspace.database.write() as session:
        if not measures.exists(session, draft.id):
            measure, instrument = _accepted(workspace, _filed(workspace, draft))
            _store(workspace, measure, tasks_for(measure, instrument))
    return Change(TOUCHES, draft.id)


def correct_measure(
    workspace: Workspace, measure_id: str, draft: MeasureDraft, *, reason: str
) -> Change:
    """Withdraw a measure and record it anew, both or neither.

    The same form is scored by the definition that it was recorded with, retired or not.

    The safety task that it opened stays open. The same answer to the same item opens no second.
    """
    workspace.require(Permission.VOID_RECORD)
    workspace.require(Permission.RECORD_MEASURE)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        if measures.exists(session, draft.id):
            return Change(TOUCHES, draft.id)
        wrong = measures.get(session, measure_id)
        if not _is_of_one_patient(workspace, draft, wrong):
            words = "A correction stays with its patient. Void the measure, and record it there."
            raise Refused(Problem("episode_id", words))
        _void(workspace, wrong, reason)
        measure, instrument = _accepted(workspace, _filed(workspace, draft), wrong)
        open_already = _open_tasks(workspace, wrong)
        tasks = tuple(
            task
            for task in tasks_for(measure, instrument)
            if (task.instrument, task.item, task.answer) not in open_already
        )
        _store(workspace, replace(measure, corrects=wrong.id), tasks)
    return Change(TOUCHES, draft.id)


def void_measure(workspace: Workspace, measure_id: str, *, reason: str) -> Change:
    """Withdraw a measure, keeping it. The safety task it opened stays open."""
    workspace.require(Permission.VOID_RECORD)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        _void(workspace, measures.get(session, measure_id), reason)
    return Change(TOUCHES, measure_id)


def read_episode_of_form(workspace: Workspace, draft: MeasureDraft) -> Episode:
    """Give the episode of its patient that the day of the form belongs to."""
    workspace.require(Permission.RECORD_MEASURE)
    with workspace.database.read() as session:
        wanted = episodes.get(session, draft.episode_id)
        if draft.taken_on is None:
            return wanted
        of_patient = episodes.of_patient(session, wanted.patient_id)
        return episode_on(draft.taken_on, wanted, of_patient)


def _filed(workspace: Workspace, draft: MeasureDraft) -> MeasureDraft:
    return replace(draft, episode_id=read_episode_of_form(workspace, draft).id)


def _is_of_one_patient(workspace: Workspace, draft: MeasureDraft, wrong: Measure) -> bool:
    with workspace.database.read() as session:
        pair = (episodes.get(session, each.episode_id) for each in (draft, wrong))
        return len({episode.patient_id for episode in pair}) == 1


def _accepted(
    workspace: Workspace, draft: MeasureDraft, wrong: Measure | None = None
) -> tuple[Measure, Instrument]:
    """Hold the draft against its instrument, the episode and the patient, or refuse."""
    with workspace.database.read() as session:
        known = read_instruments(workspace)
        if wrong is not None and wrong.instrument_id == draft.instrument_id:
            instrument = known.version(wrong.instrument_id, wrong.instrument_version)
        else:
            instrument = known.offered(draft.instrument_id)
        episode = episodes.get(session, draft.episode_id)
        patient = patients.get(session, episode.patient_id)
        if draft.administered_by:
            staff_members.get(session, draft.administered_by)
        facts = MeasureFacts(
            today=workspace.today(),
            staff_id=workspace.staff.id,
            closed_on=episode.closed_on,
            born_on=patient.born_on,
            sex=patient.sex,
            sees_scores=workspace.staff.may(Permission.SEE_CHART),
        )
        if facts.closed_on and draft.taken_on and draft.taken_on > facts.closed_on:
            raise _refusal_after_closing(workspace, draft, instrument, facts=facts)
        return draft.accept(instrument, facts), instrument


def _refusal_after_closing(
    workspace: Workspace, draft: MeasureDraft, instrument: Instrument, *, facts: MeasureFacts
) -> Refused:
    """Name every problem, and what to do at once about a critical answer that is not stored."""
    is_clinical = workspace.staff.may(Permission.CLOSE_SAFETY_TASK)
    words = words_if_refused(instrument, draft.answers, is_clinical=is_clinical)
    at_once = (Problem("critical", words),) if words else ()
    return Refused(*draft.problems(instrument, facts), *at_once)


def _store(workspace: Workspace, measure: Measure, tasks: tuple[SafetyTask, ...]) -> None:
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        patient_id = episodes.get(session, measure.episode_id).patient_id
        measures.add(session, measure, stamp)
        session.flush()
        note = audit.created("measure.recorded", measure.id, patient_id)
        audit.write(session, stamp, note)
        for task in tasks:
            safety.add(session, task, stamp, patient_id=patient_id)
            raised = audit.created("safety.raised", task.id, patient_id)
            audit.write(session, stamp, raised)


def _void(workspace: Workspace, measure: Measure, reason: str) -> None:
    with workspace.database.write() as session:
        patient_id = episodes.get(session, measure.episode_id).patient_id
        measures.void_measure(session, measure.id, workspace.stamp(), reason=reason)
        note = audit.voided("measure.voided", measure.id, reason=reason, patient_id=patient_id)
        audit.write(session, workspace.stamp(), note)


def _open_tasks(workspace: Workspace, measure: Measure) -> set[tuple[str, int, int]]:
    """Give what is open from a measure or from one that it corrected in its turn."""
    with workspace.database.read() as session:
        patient_id = episodes.get(session, measure.episode_id).patient_id
        lineage = measures.lineage(session, measure)
        return {
            (task.instrument, task.item, task.answer)
            for task in safety.of_patient(session, patient_id)
            if task.is_open and task.measure_id in lineage
        }
