"""Reading the patient list without anything clinical."""

from __future__ import annotations

from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.looking import look
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.listed_patient import ListedPatient
from cocm_desktop.domain.staff import Permission
from cocm_desktop.storage import billing_settings, registry


def read_listing(workspace: Workspace) -> tuple[ListedPatient, ...]:
    """Give every patient as whoever works at the practice may see them."""
    workspace.require(Permission.SEE_PATIENT_LIST)
    look(workspace, "patients.viewed")
    with workspace.database.read() as session:
        rows = registry.registry_rows(
            session,
            read_instruments(workspace),
            today=workspace.today(),
            g2214_first_minute=billing_settings.on_day(
                session, workspace.today()
            ).g2214_first_minute,
        )
        return tuple(map(ListedPatient.of_row, rows))
