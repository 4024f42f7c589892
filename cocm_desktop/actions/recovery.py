"""The recovery code of an open clinic."""

from __future__ import annotations

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.domain.staff import Permission
from cocm_desktop.storage import audit


def replace_recovery_code(workspace: Workspace, code: RecoveryCode) -> Change:
    """Let this code open the clinic, and no earlier one. Print it before, have it typed back."""
    workspace.require(Permission.CHANGE_STAFF)
    workspace.require_proof()
    keys = workspace.require_clinic().keys
    with workspace.database.write() as session:
        note = audit.changed("recovery_code.replaced", keys.vault_id, ())
        audit.write(session, workspace.stamp(), note)
        keys.set_recovery_code(code)
    return Change(Topic.STAFF, keys.vault_id)


def require_recovery_code(workspace: Workspace, code: RecoveryCode) -> None:
    """Raise WrongSecret if the code on somebody's paper does not open the clinic."""
    workspace.require_clinic().keys.require_recovery_code(code)
