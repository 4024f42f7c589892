"""Reading what is due, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from cocm_desktop.actions.looking import look
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.due import DAYS_AHEAD, due_items
from cocm_desktop.domain.due_item import DueItem
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.staff import Permission


@dataclass(frozen=True, slots=True)
class DueOfPatient:
    """One patient with what is due, by due date."""

    row: RegistryRow
    items: tuple[DueItem, ...]


def read_due(
    workspace: Workspace,
    *,
    days_ahead: int = DAYS_AHEAD,
    care_manager_id: StaffId | None = None,
) -> tuple[DueOfPatient, ...]:
    """Give every patient with something due now or soon, the longest overdue first."""
    workspace.require(Permission.SEE_REGISTRY)
    look(workspace, "due.viewed")
    until = workspace.today() + timedelta(days=days_ahead)
    found = []
    for row in read_registry(workspace).rows:
        if care_manager_id is not None and row.care_manager_id != care_manager_id:
            continue
        items = [i for i in due_items(row) if i.is_open_on(row.today) or i.due_on <= until]
        if items:
            found.append(DueOfPatient(row, tuple(items)))
    return tuple(
        sorted(found, key=lambda each: (each.items[0].due_on, each.row.sort_name, each.row.key))
    )
