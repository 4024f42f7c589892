"""Make a clinic out of a backup: in an empty folder, or in the place of the one that is there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from cocm_desktop.errors import Damaged, NewerFile, Problem, Refused, Unavailable
from cocm_desktop.safe_file import (
    OWNER_ONLY_FOLDER,
    blaming_the_disk,
    flush_folder,
    write_new,
    write_safely,
)
from cocm_desktop.storage import replacing
from cocm_desktop.storage.anchors import permit_older
from cocm_desktop.storage.backup import Backup
from cocm_desktop.storage.backup_file import (
    SAFE,
    OpenedBackup,
    bad_backup,
    open_backup,
    read_backup,
    unpack,
)
from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.data_key import Purpose
from cocm_desktop.storage.database_copy import reads_whole, require_good_copy
from cocm_desktop.storage.folder_state import CREATING_NAME, FolderState
from cocm_desktop.storage.key_copies import NAME, SPARE_NAME, KeyCopies
from cocm_desktop.storage.key_file import KeyFile
from cocm_desktop.storage.key_slot import Opened
from cocm_desktop.storage.open_clinic import remove_database
from cocm_desktop.storage.place import misplaced

OpensSlot = Callable[[KeyFile], Opened]
_AS_IT_WAS: Final = "The clinic that is here was left as it is; the backup too."


@dataclass(frozen=True, slots=True)
class Restored:
    """What is in the folder now, and where what was there before is kept."""

    backup: Backup
    kept: Path | None = None
    is_keys_only: bool = False
    """Only the keys were put back: the clinic's own file is whole, and nothing of it is lost."""


def restore(path: Path, folder: ClinicFolder, open_slot: OpensSlot | None = None) -> Backup:
    """Unpack a backup into a folder without a clinic; then unlock it as usual.

    The keys come last: until they are there the folder counts as unfinished. With `open_slot` a
    secret is tried first.
    """
    _require_fit(folder)
    state = folder.state
    if not state.may_be_created_in and state is not FolderState.ONLY_BACKUPS:
        raise Refused(Problem("folder", state.value))
    backup = read_backup(path)
    opened = open_backup(path, folder.tools.policy, open_slot) if open_slot else None
    with blaming_the_disk(SAFE):
        folder.path.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        marker = folder.path / CREATING_NAME
        write_new(marker, b"")
        unpacked: list[Path] = []

        def name_of(keys: KeyFile) -> Path:
            unpacked.append(folder.path / keys.database)
            return unpacked[-1]

        try:
            keys = unpack(path, folder.tools.policy, name_of=name_of)
            write_safely(folder.path / replacing.NOTE, replacing.note_of(_told(backup)))
            _write_keys(folder, keys)
        except BaseException:
            for name in (NAME, SPARE_NAME):
                with suppress(OSError):
                    (folder.path / name).unlink(missing_ok=True)
            for file in unpacked:
                remove_database(file)
            for name in (replacing.NOTE, CREATING_NAME):
                with suppress(OSError):
                    (folder.path / name).unlink(missing_ok=True)
            raise
        with suppress(OSError):  # it is a clinic now; the mark goes at the first opening
            marker.unlink()
            flush_folder(folder.path)
        if opened is not None:
            _permit(folder, opened)
        return backup


def _write_keys(folder: ClinicFolder, keys: KeyFile) -> None:
    """Write keys where there were none: what fails here is taken back, so nothing is uncertain."""
    try:
        KeyCopies(folder.path, folder.tools.policy).write(keys)
    except Unavailable as error:
        raise (error.__cause__ if isinstance(error.__cause__, OSError) else error) from None


def restore_over(
    path: Path, folder: ClinicFolder, open_slot: OpensSlot, *, at: datetime, by: str = ""
) -> Restored:
    """Let a backup take the place of the clinic in a folder, which may be a damaged one.

    The secret is tried on the backup first; then the copy is unpacked under a name of its own and
    read whole. Only then do the keys point to it, in one rename. What was there is kept. Where
    only the keys were lost, only they are put back.
    """
    _require_fit(folder)
    opened = open_backup(path, folder.tools.policy, open_slot)
    with blaming_the_disk(_AS_IT_WAS):
        folder.path.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    with blaming_the_disk(_AS_IT_WAS), folder.held():
        _require_same_clinic(folder, opened)
        copies = KeyCopies(folder.path, folder.tools.policy)
        if _lost_only_keys(folder, opened):
            told = _told(opened.backup, by) | {"only": "keys"}
            write_safely(folder.path / replacing.NOTE, replacing.note_of(told))
            copies.write(opened.keys)
            return Restored(opened.backup, is_keys_only=True)
        _end_earlier(folder, copies)
        database = replacing.next_name(folder.path, opened.keys.generation)
        kept = replacing.begin(folder.path, database, told=_told(opened.backup, by), at=at)
        keys = replace(opened.keys, database=database, superseded="").signed(opened.data_key)
        try:
            unpack(path, folder.tools.policy, name_of=lambda _keys: folder.path / database)
            raw_key = opened.data_key.derive(Purpose.DATABASE)
            _require_good(folder.path / database, raw_key, opened)
            replacing.keep_keys(folder.path, kept)
            copies.write(keys)
        except BaseException:
            if _points_elsewhere(copies, database):
                replacing.undo(folder.path, database, kept)
            raise
        _permit(folder, opened)
        replacing.finish(folder.path, keys)
    return Restored(opened.backup, kept if kept.exists() else None)


def _permit(folder: ClinicFolder, opened: OpenedBackup) -> None:
    """Let what was restored be opened though newer entries were seen: that was the purpose.

    Where it cannot be written, an administrator is asked at the next unlock.
    """
    backup = opened.backup
    if not backup.head.mac or not opened.keys.audit_key:
        return
    with suppress(OSError):
        permit_older(
            folder.path,
            vault_id=opened.keys.vault_id,
            audit_key=opened.keys.open_audit_key(opened.data_key),
            head=backup.head,
            reason=f"Restored from the backup {backup.path.name}",
        )


def _require_fit(folder: ClinicFolder) -> None:
    if harm := misplaced(folder.path):
        raise harm.to_make_in()


def _require_same_clinic(folder: ClinicFolder, opened: OpenedBackup) -> None:
    state = folder.state
    if state in {FolderState.FOREIGN, FolderState.MOVED}:
        raise Refused(Problem("folder", state.value))
    if state is FolderState.NEWER_KEYS:
        raise NewerFile(state.value)
    with suppress(Unavailable):
        vault_id = KeyCopies(folder.path, folder.tools.policy).read().vault_id
        if vault_id != opened.backup.vault_id or vault_id != opened.keys.vault_id:
            raise Refused(
                Problem("backup", f"This is a backup of another clinic. {_AS_IT_WAS} "
                        "Choose a backup of this clinic, or an empty folder for the other one.")
            )  # fmt: skip


def _lost_only_keys(folder: ClinicFolder, opened: OpenedBackup) -> bool:
    """Whether the keys are gone or damaged, and the backup's open the database that is there."""
    file = folder.path / opened.keys.database
    if folder.state not in {FolderState.NO_KEYS, FolderState.KEYS_DAMAGED} or not file.exists():
        return False
    # Keys of before the audit's chain do not fit a file that has one.
    return bool(opened.keys.audit_key) and reads_whole(
        file, opened.data_key.derive(Purpose.DATABASE)
    )


def _end_earlier(folder: ClinicFolder, copies: KeyCopies) -> None:
    """See to what a restore before this one left undone."""
    with suppress(Unavailable):
        replacing.finish(folder.path, copies.read())


def _require_good(database: Path, raw_key: bytes, opened: OpenedBackup) -> None:
    try:
        require_good_copy(database, raw_key, opened.backup.contents)
    except Damaged as error:
        raise bad_backup() from error


def _points_elsewhere(copies: KeyCopies, database: str) -> bool:
    """Whether the old keys still count; where that is not known, nothing is taken back."""
    try:
        return not copies.exist() or copies.read().database != database
    except Unavailable:
        return not copies.first.exists()


def _told(backup: Backup, by: str = "") -> dict[str, str]:
    """Give what the audit is to say, once somebody has signed in."""
    told = {
        "file": backup.path.name,
        "as_of": backup.as_of.isoformat(),
        "audit_head": f"{backup.head.seq}-{backup.head.mac}",
    }
    return told | ({"restored_by": by} if by else {})
