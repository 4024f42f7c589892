"""The figures of a caseload as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from cocm_desktop.actions.looking import look
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.caseload_statistics import CaseloadStatistics, statistics_of
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.registry import Chip, RegistryRow, shown
from cocm_desktop.domain.staff import Permission, StaffMember
from cocm_desktop.storage import review as reviews


def read_statistics(workspace: Workspace, care_manager_id: StaffId | None) -> CaseloadStatistics:
    """Count over one care manager's open episodes, or over everybody's."""
    workspace.require(Permission.PRINT_PACKET)
    look(workspace, "report.viewed")
    with workspace.database.read():
        registry = read_registry(workspace)
        caseload = shown(registry.rows, chip=Chip.OPEN, of=care_manager_id)
        about = [m for m in registry.care_managers if care_manager_id in {None, m.id}]
        return statistics_for(workspace, caseload, about)


def statistics_for(
    workspace: Workspace, caseload: Sequence[RegistryRow], care_managers: Sequence[StaffMember]
) -> CaseloadStatistics:
    """Count over rows of the registry that have been read."""
    workspace.require(Permission.PRINT_PACKET)
    episode_ids = [row.episode_id for row in caseload if row.episode_id]
    with workspace.database.read() as session:
        reviewed = reviews.recommended_on(session, episode_ids, until=workspace.today())
    return statistics_of(caseload, care_managers=care_managers, reviewed=reviewed)
