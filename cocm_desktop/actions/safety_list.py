"""Every open safety task with its patient: for the red bar, the list, the practitioner's paper."""

from __future__ import annotations

from datetime import datetime

from cocm_desktop.actions.looking import look
from cocm_desktop.actions.papers import Made, Paper, noted
from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import PatientId, StaffId
from cocm_desktop.domain.safety import SafetyTask
from cocm_desktop.domain.safety_list import SafetyLine, SafetyList
from cocm_desktop.domain.staff import Permission, StaffMember
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.printing.safety_list import SafetyListPaper, safety_list_pdf
from cocm_desktop.printing.safety_slip import Slip, slip_pdf
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import settings
from cocm_desktop.storage import staff as staff_members


def read_safety_list(workspace: Workspace) -> SafetyList:
    """Give every open task, oldest first, and whether it has to go to the practitioner."""
    workspace.require(Permission.CLOSE_SAFETY_TASK)
    look(workspace, "safety_list.viewed")
    today = workspace.today()
    with workspace.database.read() as session:
        members = {member.id: member for member in staff_members.everyone(session)}
        after = settings.on_day(session, today).safety_escalation_days
        lines = []
        for task, patient_id in read_open_safety_tasks(workspace):
            episode = episodes.get(session, task.episode_id)
            patient = patients.get(session, patient_id)
            treating = episode.treating_practitioner_id
            lines.append(
                SafetyLine(
                    task=task,
                    patient=patient,
                    care_manager=_title(members, episode.care_manager_id),
                    practitioner=_title(members, treating) or patient.treating_practitioner,
                    is_escalated=task.is_escalated(today, after_days=after),
                    told_at=_told_at(workspace, task),
                )
            )
    return SafetyList(tuple(lines), today, after)


def print_safety_list(workspace: Workspace, *, escalated: bool = True) -> Paper:
    """Make the list for the treating practitioner: what is open too long, or all that is open."""
    with workspace.database.read() as session:
        listed = read_safety_list(workspace)
        lines = listed.escalated if escalated else listed.lines
        if not lines:
            which = "escalated" if escalated else "open"
            words = f"There is no {which} safety task. Nothing was printed."
            raise Refused(Problem("list", words))
        paper = SafetyListPaper(
            practice=practices.get(session),
            lines=lines,
            as_of=workspace.now(),
            prepared_by=workspace.staff.title,
            escalation_days=listed.escalation_days if escalated else None,
        )
    content, pages = safety_list_pdf(paper)
    made = Made("safety_list.printed", [line.patient.id for line in lines])
    return noted(workspace, made, content, pages=pages, as_of=paper.as_of)


def print_clinician_slip(workspace: Workspace, patient_id: PatientId) -> Paper:
    """Make the slip that goes with the patient. It says nothing of the form or its answers."""
    workspace.require(Permission.RECORD_MEASURE)
    with workspace.database.read() as session:
        slip = Slip(
            practice=practices.get(session),
            patient=patients.get(session, patient_id),
            by=workspace.staff.name,
            at=workspace.now(),
        )
    return noted(
        workspace, Made("slip.printed", [patient_id]), slip_pdf(slip), pages=1, as_of=slip.at
    )


def _title(members: dict[StaffId, StaffMember], staff_id: StaffId | None) -> str:
    return members[staff_id].title if staff_id else ""


def _told_at(workspace: Workspace, task: SafetyTask) -> datetime | None:
    """Say when the practitioner was told, on the practice's clock."""
    told = task.practitioner_told
    return told.at.astimezone(workspace.now().tzinfo) if told else None
