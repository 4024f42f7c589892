"""A folder of backups: what is in it, what may go, and a copy of one in another folder."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from cocm_desktop.domain.backup_plan import Made, to_remove
from cocm_desktop.errors import Unavailable
from cocm_desktop.safe_file import (
    OWNER_ONLY_FOLDER,
    blaming_the_disk,
    flush_file,
    flush_folder,
    part_of,
    take_the_name,
    write_new,
)
from cocm_desktop.storage.backup import SUFFIX, Backup, sha256_of
from cocm_desktop.storage.backup_file import read_backup
from cocm_desktop.storage.folder_state import BACKUPS_NAME

_CHUNK: Final = 1024 * 1024
_NOT_COPIED: Final = "Nothing was copied; the clinic and its backups are as they were."


def files_in(folder: Path) -> tuple[Path, ...]:
    """Give the backups of a folder by their names, newest first; none where there is no folder."""
    try:
        return tuple(sorted(folder.glob(f"*{SUFFIX}"), key=lambda file: file.name, reverse=True))
    except OSError:
        return ()


def newest_in(folder: Path, vault_id: str) -> Backup | None:
    """Give the newest readable backup of a clinic."""
    return next((each for file in files_in(folder) if (each := _of(file, vault_id))), None)


def backups_in(folder: Path, vault_id: str = "") -> tuple[Backup, ...]:
    """Give the readable backups of a clinic, or of any, newest first.

    A folder of a clinic is meant with the backups beside it.
    """
    files = (*files_in(folder), *files_in(folder / BACKUPS_NAME))
    found = [each for file in files if (each := _of(file, vault_id))]
    return tuple(sorted(found, key=lambda each: (each.as_of, each.path.name), reverse=True))


def thin(folder: Path, vault_id: str, now: datetime) -> tuple[str, ...]:
    """Remove the backups of a clinic that the plan lets go; give their names.

    Only what can be read and is of this clinic counts: nothing else is touched.
    """
    made = [
        Made(each.path.name, each.as_of.astimezone(now.tzinfo), each.label)
        for file in files_in(folder)
        if (each := _of(file, vault_id))
    ]
    gone = []
    for old in to_remove(made, now):
        with suppress(OSError):
            (folder / old.name).unlink()
            gone.append(old.name)
    if gone:
        with suppress(OSError):
            flush_folder(folder)
    return tuple(gone)


def copy_backup(file: Path, folder: Path) -> Path:
    """Copy a backup into another folder; it gets its name when its digest has been read back."""
    target = folder / file.name
    part = part_of(target)
    with blaming_the_disk(_NOT_COPIED):
        folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        wanted = sha256_of(file)
        if target.exists() and sha256_of(target) == wanted:
            return target
        try:
            write_new(part, b"")
            with file.open("rb") as source, part.open("r+b") as copy:
                shutil.copyfileobj(source, copy, _CHUNK)
            flush_file(part)
            if sha256_of(part) != wanted:
                raise Unavailable(f"The disk gave back other bytes than written. {_NOT_COPIED}")
            take_the_name(part, target)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return target


def _of(file: Path, vault_id: str) -> Backup | None:
    try:
        backup = read_backup(file)
    except Unavailable:
        return None
    return backup if vault_id in {"", backup.vault_id} else None
