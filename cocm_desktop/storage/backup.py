"""Make a backup: one file with the encrypted database, its keys and what was counted.

It opens with the same passwords and recovery code as the clinic did on that day. Its name appears
only when the copy has been opened, read whole and compared.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from cocm_desktop.errors import Unavailable
from cocm_desktop.safe_file import (
    OWNER_ONLY_FOLDER,
    blaming_the_disk,
    flush_file,
    part_of,
    take_the_name,
    write_new,
)
from cocm_desktop.storage.data_key import Purpose
from cocm_desktop.storage.database_check import Contents
from cocm_desktop.storage.database_copy import copy_database
from cocm_desktop.storage.folder_state import BACKUPS_NAME
from cocm_desktop.storage.key_copies import NAME
from cocm_desktop.storage.key_file import to_bytes
from cocm_desktop.storage.open_clinic import OpenClinic, remove_database

SUFFIX: Final = ".cocmbak"
MANIFEST: Final = "manifest.json"
FORMAT: Final = "CoCM Desktop backup"
VERSION: Final = 1
_CHUNK: Final = 1024 * 1024
_SAFE: Final = "No backup was made; the clinic and earlier backups are as they were."


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: where it is and what it holds."""

    path: Path
    as_of: datetime
    vault_id: str
    contents: Contents


def back_up(clinic: OpenClinic, target_folder: Path | None = None, *, label: str = "") -> Backup:
    """Copy the clinic into one new file, by default in its own folder of backups."""
    folder = target_folder or clinic.path / BACKUPS_NAME
    as_of = clinic.now().astimezone(UTC)
    with blaming_the_disk(_SAFE):
        folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        _remove_broken_off(folder)
        final = _new_name(folder, as_of, vault_id=clinic.keys.vault_id, label=label)
        copy = final.with_name(f"{final.name}.db.part")
        try:
            with clinic.database.outside_transactions() as source:
                counted = copy_database(source, copy, clinic.keys.derive(Purpose.DATABASE))
            backup = Backup(final, as_of, clinic.keys.vault_id, counted)
            _pack(backup, clinic, copy)
        finally:
            remove_database(copy)
            part_of(final).unlink(missing_ok=True)
    return backup


def _pack(backup: Backup, clinic: OpenClinic, copy: Path) -> None:
    keys = clinic.keys.key_file
    key_bytes = to_bytes(keys)
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "as_of": backup.as_of.isoformat(),
        "vault_id": backup.vault_id,
        "database": keys.database,
        "schema": backup.contents.schema,
        "pages": backup.contents.pages,
        "rows": backup.contents.rows,
        "sha256": {
            keys.database: sha256_of(copy),
            NAME: hashlib.sha256(key_bytes).hexdigest(),
        },
    }
    part = part_of(backup.path)
    write_new(part, b"")
    with ZipFile(part, "w", ZIP_STORED) as archive:
        archive.writestr(_entry(MANIFEST, backup.as_of), json.dumps(manifest, indent=1))
        archive.writestr(_entry(NAME, backup.as_of), key_bytes)
        with (
            copy.open("rb") as source,
            archive.open(_entry(keys.database, backup.as_of), "w", force_zip64=True) as target,
        ):
            while chunk := source.read(_CHUNK):
                target.write(chunk)
    _require_equal(part, manifest)
    flush_file(part)
    take_the_name(part, backup.path)


def sha256_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _require_equal(part: Path, manifest: dict[str, Any]) -> None:
    """Read the packed files back from the disk."""
    with ZipFile(part) as archive:
        for name, wanted in manifest["sha256"].items():
            with archive.open(name) as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
            if found != wanted:
                raise Unavailable(f"The disk gave back other bytes than written. {_SAFE}")


def _entry(name: str, as_of: datetime) -> ZipInfo:
    return ZipInfo(name, date_time=as_of.timetuple()[:6])


def _new_name(folder: Path, as_of: datetime, *, vault_id: str, label: str) -> Path:
    stem = "_".join(filter(None, (f"{as_of:%Y-%m-%dT%H%M%SZ}", vault_id[-8:], label)))
    number, name = 1, folder / f"{stem}{SUFFIX}"
    while name.exists():
        number += 1
        name = folder / f"{stem}_{number}{SUFFIX}"
    return name


def _remove_broken_off(folder: Path) -> None:
    """Remove what earlier backups left when they were cut off."""
    for stray in folder.glob(f"*{SUFFIX}*.part"):
        with suppress(OSError):
            stray.unlink()
