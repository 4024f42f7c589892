"""Reading and printing the caseload for the day on which the computer is down."""

from __future__ import annotations

import hashlib

from cocm_desktop.actions.looking import look
from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.downtime import DowntimeFacts, DowntimeList, downtime_lines, reminder
from cocm_desktop.domain.ids import StaffId, new_id
from cocm_desktop.domain.plans import PlanKind
from cocm_desktop.domain.safety_protocol import crisis_words, protocol_of
from cocm_desktop.domain.staff import Permission, Role
from cocm_desktop.printing.downtime import downtime_pdf
from cocm_desktop.storage import allergies, audit, settings
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import medication as medications
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import plan as plans

SAFETY = PlanKind.SAFETY_PLAN
THE_LIST = "00000000-0000-7000-8000-00000000d0d0"
"""What the audit calls the list of the whole practice, so that its last printing is found."""


def read_downtime_list(workspace: Workspace, of: StaffId | None = None) -> DowntimeList:
    """Give every open episode of a care manager, or of all, with what is needed to go on."""
    workspace.require(Permission.SEE_REGISTRY)
    workspace.require(Permission.PRINT_FORMS)
    look(workspace, "downtime.viewed")
    today = workspace.today()
    with workspace.database.read() as session:
        registry = read_registry(workspace)
        rows = [row for row in registry.rows if row.is_open and of in {None, row.care_manager_id}]
        patient_ids = [row.patient_id for row in rows]
        episode_ids = [row.episode_id for row in rows if row.episode_id]
        known = settings.on_day(session, today)
        facts = DowntimeFacts(
            medications=medications.of_patients(session, patient_ids, until=today),
            allergies=allergies.of_patients(session, patient_ids),
            safety_plans=plans.last_days(session, episode_ids, SAFETY, until=today),
            languages={
                each.id: each.reach.language
                for each in patients.by_id(session, patient_ids).values()
            },
        )
        managers = {each.id: each for each in registry.care_managers}
        return DowntimeList(
            practice=registry.practice,
            as_of=workspace.now(),
            prepared_by=workspace.staff,
            lines=downtime_lines(rows, facts),
            crisis=crisis_words(known),
            protocol=protocol_of(known),
            care_manager=managers.get(of) if of else None,
        )


def print_downtime_list(workspace: Workspace, of: StaffId | None = None) -> Paper:
    """Make the PDF and note it; that of all care managers is what the reminder looks for."""
    made = read_downtime_list(workspace, of)
    content, pages = downtime_pdf(made)
    paper = Paper(content, hashlib.sha256(content).hexdigest(), made.as_of)
    execute, about = audit.Action.EXECUTE, new_id() if of else THE_LIST
    with workspace.database.write() as session:
        note = audit.Note("downtime.printed", execute, about, sha256=paper.sha256, pages=pages)
        listed = [line.patient_id for line in made.lines]
        audit.write_for_each(session, workspace.stamp(), note, patient_ids=listed)
    return paper


def read_downtime_reminder(workspace: Workspace) -> str:
    """Tell a care manager that the list of all of them is old; empty where there is no need."""
    workspace.require(Permission.PRINT_PACKET)
    if not workspace.staff.is_a(Role.CARE_MANAGER):
        return ""
    with workspace.database.read() as session:
        if not episodes.is_any_open(session):
            return ""
        moment = audit.last_at(session, THE_LIST)
    printed_on = moment.astimezone(workspace.now().tzinfo).date() if moment else None
    return reminder(printed_on, workspace.today())
