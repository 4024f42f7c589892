"""The second place for backups, as this computer names it."""

from __future__ import annotations

from pathlib import Path

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.backup_place import BackupPlace, BackupPlaceDraft
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.errors import Problem, Refused, Unavailable
from cocm_desktop.storage import audit, backup_folder, backup_place
from cocm_desktop.storage.audit import Action, Note
from cocm_desktop.storage.folder_state import BACKUPS_NAME
from cocm_desktop.storage.place import misplaced

REPLACED = "Another place was chosen."
GIVEN_UP = "Given up."


def read_backup_place(workspace: Workspace) -> BackupPlace | None:
    workspace.require(Permission.BACK_UP)
    with workspace.database.read() as session:
        return backup_place.of_device(session, workspace.device)


def words_about(folder: Path) -> str:
    """Tell what to know about a folder as a place for backups; "" where all is well."""
    harm = misplaced(folder)
    return harm.for_backups if harm else ""


def choose_backup_place(workspace: Workspace, draft: BackupPlaceDraft) -> Change:
    """Take the backups of this computer to a second folder from now on."""
    workspace.require(Permission.BACK_UP)
    clinic = workspace.require_clinic()
    here = Path(draft.folder.strip()).absolute()
    beside = here.is_relative_to(clinic.path.absolute())
    place = draft.accept(is_beside_the_clinic=beside)
    if not Path(place.folder).is_dir():
        words = "This folder is not there. Connect the disk, or make the folder first."
        raise Refused(Problem("folder", words))
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        before = backup_place.of_device(session, workspace.device)
        if before is not None:
            backup_place.give_up(session, before, stamp, reason=REPLACED)
        backup_place.add(session, place, stamp)
        change = FieldChange("folder", before.folder if before else None, place.folder)
        audit.write(session, stamp, audit.changed("backup_place.chosen", place.id, (change,)))
    return Change(Topic.BACKUP, place.id)


def give_up_backup_place(workspace: Workspace) -> Change:
    """Copy backups nowhere any more. The copies that are there stay."""
    workspace.require(Permission.BACK_UP)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        place = _place(backup_place.of_device(session, workspace.device))
        backup_place.give_up(session, place, stamp, reason=GIVEN_UP)
        audit.write(
            session, stamp, audit.voided("backup_place.given_up", place.id, reason=GIVEN_UP)
        )
    return Change(Topic.BACKUP, place.id)


def copy_to_backup_place(workspace: Workspace) -> Path:
    """Copy the newest backup to the second place now, and compare the two."""
    workspace.require(Permission.BACK_UP)
    place, clinic = _place(read_backup_place(workspace)), workspace.require_clinic()
    newest = backup_folder.newest_in(clinic.path / BACKUPS_NAME, clinic.keys.vault_id)
    if newest is None:
        raise Unavailable("There is no backup to copy. Make a backup first.")
    folder = Path(place.folder)
    if not folder.is_dir():
        raise Unavailable(
            f"The second place {folder} cannot be reached. The backups beside the clinic are as "
            "they were. Connect the disk, then try again."
        )
    copy = backup_folder.copy_backup(newest.path, folder)
    with workspace.database.write() as session:
        audit.write(session, workspace.stamp(), Note("backup.copied", Action.EXECUTE, place.id))
    return copy


def _place(place: BackupPlace | None) -> BackupPlace:
    if place is None:
        words = "No second place was chosen on this computer. Choose one first."
        raise Refused(Problem("folder", words))
    return place
