"""Reading and printing who is expected on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.looking import look
from cocm_desktop.actions.papers import Made, Paper, noted
from cocm_desktop.actions.task import read_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.day_list import DayList, day_lines, for_front_desk
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.staff import Permission
from cocm_desktop.printing.day_list import day_list_pdf
from cocm_desktop.storage import billing_settings, registry
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import staff as staff_members


@dataclass(frozen=True, slots=True)
class DayChoice:
    """Which day, today without one; whose caseload, everybody's without one; and for whom."""

    day: date | None = None
    care_manager_id: StaffId | None = None
    is_for_front_desk: bool = False


def read_day_list(workspace: Workspace, choice: DayChoice) -> DayList:
    """Give the list as of now. Whoever may not see the registry gets the front desk's."""
    workspace.require(Permission.PRINT_FORMS)
    look(workspace, "day_list.viewed")
    sees_registry = workspace.staff.may(Permission.SEE_REGISTRY)
    is_for_front_desk = choice.is_for_front_desk or not sees_registry
    today = workspace.today()
    with workspace.database.read() as session:
        rows = registry.registry_rows(
            session,
            read_instruments(workspace),
            today=today,
            g2214_first_minute=billing_settings.on_day(session, today).g2214_first_minute,
        )
        of, day = choice.care_manager_id, choice.day or today
        mine = [row for row in rows if of is None or row.care_manager_id == of]
        lines = day_lines(mine, day, read_tasks(workspace) if sees_registry else ())
        managers = {each.id: each for each in staff_members.everyone(session)}
        return DayList(
            practice=practices.get(session),
            day=day,
            as_of=workspace.now(),
            prepared_by=workspace.staff,
            lines=for_front_desk(lines) if is_for_front_desk else lines,
            care_manager=managers.get(of) if of else None,
            is_for_front_desk=is_for_front_desk,
        )


def print_day_list(workspace: Workspace, choice: DayChoice) -> Paper:
    """Make the PDF, and note it."""
    made = read_day_list(workspace, choice)
    content, pages = day_list_pdf(made)
    told = Made("day_list.printed", [line.patient_id for line in made.lines])
    return noted(workspace, told, content, pages=pages, as_of=made.as_of)
