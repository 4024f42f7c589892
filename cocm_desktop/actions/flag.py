"""Setting and clearing flags on patients."""

from __future__ import annotations

from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.flag import Flag, FlagDraft, PastFlag
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.staff import Permission
from cocm_desktop.storage import audit
from cocm_desktop.storage import flag as flags
from cocm_desktop.storage import patient as patients

TOUCHES = Topic.PATIENT


def read_flags(workspace: Workspace) -> dict[PatientId, tuple[Flag, ...]]:
    """Give the flags that show today, by patient."""
    workspace.require(Permission.WORK_ON_TASKS)
    with workspace.database.read() as session:
        return flags.showing(session, workspace.today())


def read_flag_history(workspace: Workspace, patient_id: str) -> tuple[PastFlag, ...]:
    """Give every flag a patient ever had, newest first."""
    workspace.require(Permission.WORK_ON_TASKS)
    look_at_chart(workspace, patient_id, ChartPart.NOTES)
    with workspace.database.read() as session:
        patients.get(session, patient_id)
        return flags.of_patient(session, patient_id)


def set_flag(workspace: Workspace, draft: FlagDraft) -> Change:
    workspace.require(Permission.WORK_ON_TASKS)
    with workspace.database.write() as session:
        if not flags.exists(session, draft.id):
            patient = patients.get(session, draft.patient_id)
            flags.add(session, draft.accept(today=workspace.today()), workspace.stamp())
            audit.write(session, workspace.stamp(), audit.created("mark.set", draft.id, patient.id))
    return Change(TOUCHES, draft.id)


def clear_flag(workspace: Workspace, flag_id: str, *, reason: str) -> Change:
    workspace.require(Permission.WORK_ON_TASKS)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        patient_id = flags.get(session, flag_id).patient_id
        flags.clear(session, flag_id, workspace.stamp(), reason=reason)
        note = audit.voided("mark.cleared", flag_id, reason=reason, patient_id=patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, flag_id)
