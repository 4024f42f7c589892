"""Backing up a clinic, checking it, and making a clinic out of a backup."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cocm_desktop.actions.session import Place
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Unavailable
from cocm_desktop.storage import audit, restore, verify
from cocm_desktop.storage import backup as backups
from cocm_desktop.storage.audit import Action, Note
from cocm_desktop.storage.backup import Backup
from cocm_desktop.storage.folder_state import BACKUPS_NAME
from cocm_desktop.storage.open_clinic import OpenClinic
from cocm_desktop.storage.verify import Report

__all__ = [
    "Backup", "Report", "back_up", "check_clinic", "describe_backup", "newest_backup_at",
    "read_backups", "restore_backup",
]  # fmt: skip

MOST_SHOWN = 10


def back_up(workspace: Workspace, folder: Path | None = None) -> Backup:
    """Copy the clinic into one checked, encrypted file, by default beside the clinic."""
    workspace.require(Permission.BACK_UP)
    clinic = _clinic(workspace)
    made = backups.back_up(clinic, folder)
    note = Note(
        "backup.made",
        Action.EXECUTE,
        clinic.keys.vault_id,
        sha256=backups.sha256_of(made.path),
    )
    with workspace.database.write() as session:
        audit.write(session, workspace.stamp(), note)
    return made


def check_clinic(workspace: Workspace) -> Report:
    """Read every page and row of the clinic's file, and compare what must agree."""
    workspace.require(Permission.BACK_UP)
    clinic = _clinic(workspace)
    report = verify.verify(clinic)
    note = Note("clinic.checked", Action.EXECUTE, clinic.keys.vault_id)
    if not report.findings:  # a damaged file is not written to
        with workspace.database.write() as session:
            audit.write(session, workspace.stamp(), note)
    return report


def read_backups(workspace: Workspace) -> tuple[Backup, ...]:
    """Give the newest backups beside the clinic, newest first; what cannot be read is left out."""
    workspace.require(Permission.BACK_UP)
    if workspace.clinic is None:
        return ()
    folder = workspace.clinic.path / BACKUPS_NAME
    newest = sorted(folder.glob(f"*{backups.SUFFIX}"), reverse=True)[:MOST_SHOWN]
    return tuple(backup for file in newest if (backup := _readable(file)) is not None)


def newest_backup_at(workspace: Workspace) -> datetime | None:
    """Tell when the newest readable backup was made, in the practice's time."""
    newest = next(iter(read_backups(workspace)), None)
    return newest.as_of.astimezone(workspace.now().tzinfo) if newest else None


def describe_backup(file: Path) -> Backup:
    """Tell of which clinic and moment a backup is, without a password."""
    return restore.read_backup(file)


def restore_backup(place: Place, file: Path) -> Backup:
    """Make a clinic out of a backup in a folder that has none. It is unlocked as on that day."""
    return restore.restore(file, place.door())


def _readable(file: Path) -> Backup | None:
    try:
        return restore.read_backup(file)
    except Unavailable:
        return None


def _clinic(workspace: Workspace) -> OpenClinic:
    if workspace.clinic is None:
        raise Unavailable("The clinic's folder is not at hand. Unlock the clinic again.")
    return workspace.clinic
