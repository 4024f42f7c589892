"""The recovery code of an open clinic."""

from __future__ import annotations

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Unavailable
from cocm_desktop.storage import audit
from cocm_desktop.storage.clinic_keys import ClinicKeys


def replace_recovery_code(workspace: Workspace, code: RecoveryCode) -> Change:
    """Let this code open the clinic, and no earlier one. Print it before, have it typed back."""
    workspace.require(Permission.CHANGE_STAFF)
    workspace.require_proof()
    keys = _keys(workspace)
    with workspace.database.write() as session:
        note = audit.changed("recovery_code.replaced", keys.vault_id, ())
        audit.write(session, workspace.stamp(), note)
        keys.set_recovery_code(code)
    return Change(Topic.STAFF, keys.vault_id)


def require_recovery_code(workspace: Workspace, code: RecoveryCode) -> None:
    """Raise WrongSecret if the code on somebody's paper does not open the clinic."""
    _keys(workspace).require_recovery_code(code)


def _keys(workspace: Workspace) -> ClinicKeys:
    if workspace.clinic is None:
        raise Unavailable("The clinic's keys are not at hand. Unlock the clinic again.")
    return workspace.clinic.keys
