"""Recording and voiding measures."""

from __future__ import annotations

from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.measure import MeasureDraft
from cocm_desktop.domain.safety import tasks_for
from cocm_desktop.domain.staff import Permission
from cocm_desktop.storage import audit, safety
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import measure as measures

TOUCHES = Topic.MEASURE | Topic.SAFETY


def record_measure(workspace: Workspace, draft: MeasureDraft) -> Change:
    """Store the measure and, in the same transaction, the safety task of a critical answer."""
    workspace.require(Permission.RECORD_MEASURE)
    instrument = workspace.instrument(draft.instrument_id)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        if measures.exists(session, draft.id):
            return Change(TOUCHES, draft.id)
        episode = episodes.get(session, draft.episode_id)
        measure = draft.accept(
            instrument,
            staff_id=workspace.staff.id,
            today=workspace.today(),
            closed_on=episode.closed_on,
        )
        measures.add(session, measure, stamp)
        session.flush()
        note = audit.created("measure.recorded", measure.id, episode.patient_id)
        audit.write(session, stamp, note)
        for task in tasks_for(measure, instrument):
            safety.add(session, task, stamp, patient_id=episode.patient_id)
            raised = audit.created("safety.raised", task.id, episode.patient_id)
            audit.write(session, stamp, raised)
    return Change(TOUCHES, draft.id)


def void_measure(workspace: Workspace, measure_id: str, *, reason: str) -> Change:
    """Withdraw a measure, keeping it. The safety task it opened stays open."""
    workspace.require(Permission.VOID_RECORD)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        measure = measures.get(session, measure_id)
        episode = episodes.get(session, measure.episode_id)
        measures.void_measure(session, measure_id, workspace.stamp(), reason=reason)
        note = audit.voided(
            "measure.voided", measure_id, reason=reason, patient_id=episode.patient_id
        )
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, measure_id)
