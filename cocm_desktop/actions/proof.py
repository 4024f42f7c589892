"""Typing the password once more before something that reaches far."""

from __future__ import annotations

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.storage import audit


def prove(workspace: Workspace, password: str) -> Change:
    """Take the signed-in person's password once more, for the next minutes.

    Raises WrongSecret, which counts like a wrong password at the unlock window.
    """
    workspace.require_clinic().keys.require_password(workspace.staff.id, password)
    workspace.sitting.proved_at = workspace.now()
    with workspace.database.write() as session:
        note = audit.Note("password.proved", audit.Action.EXECUTE, workspace.staff.id)
        audit.write(session, workspace.stamp(), note)
    return Change(Topic(0), workspace.staff.id)
