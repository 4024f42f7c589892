"""Backing up a clinic, by hand and when it is due, and checking it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cocm_desktop.actions.afterwards import telling_what_was_done
from cocm_desktop.actions.restore import describe_backup, restore_backup
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.backup_place import BackupPlace
from cocm_desktop.domain.backup_plan import (
    Age,
    Cause,
    age_of,
    is_copy_due,
    is_drill_due,
    is_due,
)
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import CocmError, Unavailable
from cocm_desktop.storage import audit, backup_folder, backup_log, backup_place, verify
from cocm_desktop.storage import backup as backups
from cocm_desktop.storage.audit import Action, Note
from cocm_desktop.storage.backup import Backup, Copied
from cocm_desktop.storage.backup_file import check_backup, read_backup
from cocm_desktop.storage.folder_state import BACKUPS_NAME
from cocm_desktop.storage.verify import Report

__all__ = [
    "Backup", "BackupLine", "BackupStatus", "Begun", "Ended", "Report", "back_up",
    "back_up_before",
    "back_up_if_due", "begin_backup", "begin_if_due", "check_backups", "check_clinic",
    "describe_backup", "finish_backup", "list_backups", "newest_backup_at", "note_backup",
    "read_backups", "read_status", "restore_backup",
]  # fmt: skip

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Begun:
    """A backup whose copy is made. The clinic is free again; `finish_backup` does the rest."""

    copied: Copied
    place: BackupPlace | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """A backup that is whole, and what became of its copy in the second place."""

    backup: Backup
    place: BackupPlace | None = None
    copy: Path | None = None
    trouble: str = ""
    """Why there is no copy in the second place, although there is such a place."""


@dataclass(frozen=True, slots=True)
class BackupLine:
    """A file among the backups: what it holds, or what is wrong with it."""

    path: Path
    backup: Backup | None
    trouble: str = ""
    is_checked: bool = False


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """How the clinic stands with its backups. Times are the practice's."""

    newest_at: datetime | None
    is_changed: bool
    """Something was recorded since the newest backup."""
    age: Age
    tried_at: datetime | None
    is_drill_due: bool
    place: BackupPlace | None
    is_place_there: bool
    copied_at: datetime | None
    is_copy_due: bool

    @property
    def is_place_due(self) -> bool:
        """Whether the second place is to be chosen, connected or copied to."""
        return self.place is None or self.is_copy_due or not self.is_place_there


def back_up(
    workspace: Workspace, folder: Path | None = None, *, cause: Cause = Cause.ASKED_FOR
) -> Backup:
    """Copy the clinic into one checked, encrypted file, by default beside the clinic."""
    return _whole(workspace, begin_backup(workspace, folder, cause=cause))


def back_up_if_due(workspace: Workspace, *, cause: Cause = Cause.INTERVAL) -> Backup | None:
    """Make a backup where something was recorded since the last, and that is a while ago."""
    begun = begin_if_due(workspace, cause=cause)
    return _whole(workspace, begun) if begun else None


def back_up_before(workspace: Workspace, cause: Cause) -> Backup | None:
    """Make a backup before a great change, where the newest lacks anything."""
    if workspace.clinic is None or not read_status(workspace).is_changed:
        return None
    return back_up(workspace, cause=cause)


def begin_backup(
    workspace: Workspace, folder: Path | None = None, *, cause: Cause = Cause.ASKED_FOR
) -> Begun:
    """Copy the file, for which saves wait a moment."""
    workspace.require(Permission.BACK_UP)
    clinic = workspace.require_clinic()
    try:
        copied = backups.begin(clinic, folder, label=cause.value)
    except Unavailable as error:
        _note_failure(workspace, str(error))
        raise
    with workspace.database.read() as session:
        place = backup_place.of_device(session, workspace.device) if folder is None else None
    return Begun(copied, place)


def begin_if_due(workspace: Workspace, *, cause: Cause = Cause.INTERVAL) -> Begun | None:
    """Begin a backup, unless there is nothing to back up. On closing no interval is waited for."""
    workspace.require(Permission.BACK_UP)
    if workspace.clinic is None:
        return None
    status = read_status(workspace)
    now = workspace.now()
    if cause is Cause.CLOSING:
        due = status.is_changed
    else:
        due = is_due(status.newest_at, now, is_changed=status.is_changed)
    return begin_backup(workspace, cause=cause) if due else None


def finish_backup(begun: Begun) -> Ended:
    """Check and pack the copy, and take it to the second place. Needs no open clinic."""
    backup = backups.finish(begun.copied)
    place = begun.place
    if place is None:
        return Ended(backup)
    folder = Path(place.folder)
    if not folder.is_dir():
        words = f"The second place {folder} is not there now. Connect the disk for a copy."
        return Ended(backup, place, trouble=words)
    try:
        return Ended(backup, place, backup_folder.copy_backup(backup.path, folder))
    except Unavailable as error:
        return Ended(backup, place, trouble=str(error))


def note_backup(workspace: Workspace, ended: Ended) -> Backup:
    """Write into the audit what was made, and let go the backups that the plan lets go."""
    workspace.require(Permission.BACK_UP)
    clinic = workspace.require_clinic()
    vault_id, made = clinic.keys.vault_id, ended.backup
    gone = list(backup_folder.thin(made.path.parent, vault_id, workspace.now()))
    if ended.copy is not None:
        gone += backup_folder.thin(ended.copy.parent, vault_id, workspace.now())
    size = made.path.stat().st_size if made.path.exists() else None
    note = Note(
        "backup.made",
        Action.EXECUTE,
        vault_id,
        reason=made.label or None,
        sha256=made.sha256,
        bytes=size,
    )
    words = f"The backup {made.path.name} was made and checked."
    told = telling_what_was_done(words, is_done=True)
    with told, workspace.database.write() as session:
        stamp = workspace.stamp()
        audit.write(session, stamp, note)
        if ended.copy is not None and ended.place is not None:
            audit.write(session, stamp, Note("backup.copied", Action.EXECUTE, ended.place.id))
        if gone:
            words = f"{count_of(len(gone), 'old backup')}: {', '.join(sorted(gone))}"
            audit.write(session, stamp, audit.voided("backup.thinned", vault_id, reason=words))
    return made


def check_clinic(workspace: Workspace) -> Report:
    """Read every page and row of the clinic's file, and compare what must agree."""
    workspace.require(Permission.BACK_UP)
    clinic = workspace.require_clinic()
    report = verify.verify(clinic)
    note = Note("clinic.checked", Action.EXECUTE, clinic.keys.vault_id)
    if not report.findings:  # a damaged file is not written to
        with workspace.database.write() as session:
            audit.write(session, workspace.stamp(), note)
    return report


def read_status(workspace: Workspace) -> BackupStatus:
    """Tell how old the newest backup is, whether it lacks anything, and what is to be done."""
    workspace.require(Permission.BACK_UP)
    clinic, now = workspace.clinic, workspace.now()
    newest = None
    if clinic is not None:
        newest = backup_folder.newest_in(clinic.path / BACKUPS_NAME, clinic.keys.vault_id)
    with workspace.database.read() as session:
        place = backup_place.of_device(session, workspace.device)
        tried = backup_log.last(session, "backup.tried")
        copied = backup_log.last(session, "backup.copied", object_id=place.id) if place else None
        changed = backup_log.is_changed_since(session, newest.head.seq if newest else 0)
    zone = now.tzinfo
    newest_at = newest.as_of.astimezone(zone) if newest else None
    return BackupStatus(
        newest_at=newest_at,
        is_changed=changed,
        age=age_of(newest_at, now, is_changed=changed),
        tried_at=tried.astimezone(zone) if tried else None,
        is_drill_due=is_drill_due(tried, now),
        place=place,
        is_place_there=place is not None and Path(place.folder).is_dir(),
        copied_at=copied.astimezone(zone) if copied else None,
        is_copy_due=place is not None and is_copy_due(copied, now, remind_days=place.remind_days),
    )


def newest_backup_at(workspace: Workspace) -> datetime | None:
    """Tell when the newest readable backup was made, in the practice's time."""
    return read_status(workspace).newest_at


def read_backups(workspace: Workspace) -> tuple[Backup, ...]:
    """Give the newest backups beside the clinic, newest first; what cannot be read is left out."""
    return tuple(each.backup for each in list_backups(workspace) if each.backup)


def list_backups(workspace: Workspace) -> tuple[BackupLine, ...]:
    """Give the newest files among the backups, newest first, by what they say of themselves."""
    return tuple(_line(file, is_checked=False) for file in _files(workspace))


def check_backups(workspace: Workspace) -> tuple[BackupLine, ...]:
    """Read the newest backups whole and compare each with its own digests."""
    return tuple(_line(file, is_checked=True) for file in _files(workspace))


def _files(workspace: Workspace) -> tuple[Path, ...]:
    workspace.require(Permission.BACK_UP)
    if workspace.clinic is None:
        return ()
    return backup_folder.files_in(workspace.clinic.path / BACKUPS_NAME)[:MOST_SHOWN]


def _line(file: Path, *, is_checked: bool) -> BackupLine:
    try:
        backup = check_backup(file) if is_checked else read_backup(file)
    except Unavailable as error:
        return BackupLine(file, None, str(error), is_checked)
    return BackupLine(file, backup, is_checked=is_checked)


def _whole(workspace: Workspace, begun: Begun) -> Backup:
    try:
        ended = finish_backup(begun)
    except Unavailable as error:
        _note_failure(workspace, str(error))
        raise
    return note_backup(workspace, ended)


def _note_failure(workspace: Workspace, words: str) -> None:
    """Keep in the audit that a backup failed, where the disk still takes that."""
    vault_id = workspace.require_clinic().keys.vault_id
    note = Note(
        "backup.failed", Action.EXECUTE, vault_id, reason=words, outcome=audit.SERIOUS_FAILURE
    )
    with suppress(CocmError), workspace.database.write() as session:
        audit.write(session, workspace.stamp(), note)
