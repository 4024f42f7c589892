"""Locking leaves its moment in the audit: it shows in which state a stolen computer was."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from cocm_desktop.actions.session import lock
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.lock import LockCause
from cocm_desktop.errors import CocmError
from cocm_desktop.storage import audit


def lock_because(workspace: Workspace, cause: LockCause) -> None:
    """Note the lock and close the file. A note that cannot be written does not keep it open."""
    try:
        with suppress(CocmError):
            _note(workspace, _code(cause), reason=cause.value)
    finally:
        lock(workspace)


def note_return(workspace: Workspace) -> None:
    """Note that the same person came back to what was locked."""
    _note(workspace, "clinic.unlocked")


def _code(cause: LockCause) -> str:
    if cause is LockCause.SWITCH:
        return "clinic.handed_over"
    return "clinic.auto_locked" if cause.is_by_itself else "clinic.locked"


def _note(workspace: Workspace, code: str, *, reason: str | None = None) -> None:
    if workspace.database.reads_only:
        return
    note = audit.Note(code, audit.Action.EXECUTE, workspace.staff.id)
    with workspace.database.write() as session:
        audit.write(session, workspace.stamp(), replace(note, reason=reason))
