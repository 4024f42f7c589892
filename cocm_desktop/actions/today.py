"""Reading the board of the day, and putting off what stands on it."""

from __future__ import annotations

from datetime import date, timedelta

from cocm_desktop.actions.looking import look
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.task import read_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.due_delay import MOST_DAYS, DueDelayDraft
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.review_meeting import next_about
from cocm_desktop.domain.staff import Permission, Role, StaffMember
from cocm_desktop.domain.today import BoardFacts, board_of
from cocm_desktop.domain.today_card import Board
from cocm_desktop.domain.today_viewer import Viewer
from cocm_desktop.storage import audit, due_delay
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import review_meeting as review_meetings
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage import task as task_rows
from cocm_desktop.storage.database import KEPT

_CARDS = "cards of the board"


def read_today(workspace: Workspace, *, whole_team: bool = False) -> Board:
    """Give the day of whoever is signed in, or of the team. Without a registry: the tasks alone."""
    workspace.require(Permission.WORK_ON_TASKS)
    look(workspace, "today.viewed")
    today = workspace.today()
    sees_registry = workspace.staff.may(Permission.SEE_REGISTRY)
    viewer = Viewer(workspace.staff, whole_team=whole_team)
    with workspace.database.read() as session:
        tasks = read_tasks(workspace)
        rows = read_registry(workspace).rows if sees_registry else ()
        staff = tuple(staff_members.everyone(session))
        facts = BoardFacts(
            today=today,
            viewer=viewer,
            rows=rows,
            tasks=tasks,
            delays=due_delay.last_of_everyone(session, today - timedelta(days=MOST_DAYS)),
            patient_names=task_rows.patient_names(
                session, [task.patient_id for task in tasks if task.patient_id]
            ),
            staff_names={StaffId(member.id): member.name for member in staff},
            kept=session.info.get(KEPT, {}).setdefault((_CARDS, viewer), {}),
            full_time_percent=sum(m.full_time_percent for m in staff if _is_managing(m)),
            planned_review_on=_planned_on(workspace, viewer) if sees_registry else None,
        )
    return board_of(facts)


def _is_managing(member: StaffMember) -> bool:
    return member.active and member.is_a(Role.CARE_MANAGER)


def _planned_on(workspace: Workspace, viewer: Viewer) -> date | None:
    """Give the day of the next meeting that is planned: one's own, or the team's."""
    with workspace.database.read() as session:
        ahead = review_meetings.planned_from(session, workspace.today())
    is_all = viewer.whole_team or not viewer.is_care_manager
    found = next_about(ahead, None if is_all else viewer.member.id)
    return found.meets_on if found else None


def put_off_due(workspace: Workspace, draft: DueDelayDraft) -> Change:
    """Put off what is due for a patient, with the reason. A safety task is never put off."""
    workspace.require(Permission.SEE_REGISTRY)
    workspace.require(Permission.WORK_ON_TASKS)
    with workspace.database.write() as session:
        if not due_delay.exists(session, draft.id):
            delay = draft.accept(today=workspace.today())
            patient = patients.get(session, draft.patient_id)
            due_delay.add(session, delay, workspace.stamp(), delay_id=draft.id)
            note = audit.created("due.put_off", draft.id, patient.id)
            audit.write(session, workspace.stamp(), note)
    return Change(Topic.TASK, draft.id)
