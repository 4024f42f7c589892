"""Reading the registry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.looking import look
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.registry_chips import work_out
from cocm_desktop.domain.staff import Permission, Role, StaffMember
from cocm_desktop.storage import billing_settings, registry
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import staff as staff_members


@dataclass(frozen=True, slots=True)
class Registry:
    """All patients as of `today`, by name, and the care managers they may belong to."""

    rows: tuple[RegistryRow, ...]
    today: date
    practice: Practice
    care_managers: tuple[StaffMember, ...]


def read_registry(workspace: Workspace) -> Registry:
    workspace.require(Permission.SEE_REGISTRY)
    look(workspace, "registry.viewed")
    today = workspace.today()
    with workspace.database.read() as session:
        practice = practices.get(session)
        return Registry(
            rows=tuple(
                registry.registry_rows(
                    session,
                    read_instruments(workspace),
                    today=today,
                    g2214_first_minute=billing_settings.on_day(session, today).g2214_first_minute,
                )
            ),
            today=today,
            practice=practice,
            care_managers=tuple(staff_members.with_role(session, Role.CARE_MANAGER)),
        )


def read_registry_table(workspace: Workspace) -> Registry:
    """Read the registry for a window: what it will ask of every row is derived already."""
    registry = read_registry(workspace)
    work_out(registry.rows)
    return registry
