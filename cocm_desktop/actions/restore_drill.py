"""The restore drill: whether the newest backup becomes the clinic again."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Unavailable
from cocm_desktop.storage import audit, backup_folder, backup_log, restore_drill
from cocm_desktop.storage.audit import Action, Note
from cocm_desktop.storage.backup import Backup
from cocm_desktop.storage.folder_state import BACKUPS_NAME

NOT_OUR_CHAIN = (
    "The audit in this backup is not that of this clinic: its last entry has another seal here."
)


@dataclass(frozen=True, slots=True)
class Drill:
    """What the drill found; without findings the backup would have become the clinic."""

    backup: Backup
    seconds: float
    findings: tuple[str, ...]


def try_newest_backup(workspace: Workspace) -> Drill:
    """Restore the newest backup into a scratch folder, read it whole, and compare it."""
    workspace.require(Permission.BACK_UP)
    clinic = workspace.require_clinic()
    newest = backup_folder.newest_in(clinic.path / BACKUPS_NAME, clinic.keys.vault_id)
    if newest is None:
        raise Unavailable("There is no backup to try. Make a backup first.")
    tried = restore_drill.try_restore(clinic, newest)
    findings = list(tried.findings)
    with workspace.database.read() as session:
        seal = backup_log.seal_of(session, newest.head.seq)
    if not findings and newest.head.seq and seal != newest.head.mac:
        findings.append(NOT_OUR_CHAIN)
    note = Note(
        "backup.tried",
        Action.EXECUTE,
        clinic.keys.vault_id,
        reason="; ".join((newest.path.name, *findings)),
        outcome=audit.SERIOUS_FAILURE if findings else audit.DONE,
    )
    with workspace.database.write() as session:
        audit.write(session, workspace.stamp(), note)
    return Drill(newest, tried.seconds, tuple(findings))
