"""The paper with the recovery code."""

from __future__ import annotations

from datetime import date

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.domain.staff import Permission
from cocm_desktop.printing.recovery_sheet import RecoverySheet, recovery_sheet
from cocm_desktop.storage import practice as practices


def sheet_of_clinic(workspace: Workspace, code: RecoveryCode) -> bytes:
    """Print a new code of an open clinic. It is kept nowhere but on this paper."""
    workspace.require(Permission.CHANGE_STAFF)
    with workspace.database.read() as session:
        practice = practices.get(session)
    return recovery_sheet(RecoverySheet(code, practice.name, workspace.today()))


def sheet_of_new_clinic(practice_name: str, code: RecoveryCode, made_on: date) -> bytes:
    """Print the code of a clinic that is about to be made."""
    return recovery_sheet(RecoverySheet(code, practice_name, made_on))
