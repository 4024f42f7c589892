"""Make a backup: one file with the encrypted database, its keys and what was counted.

It opens with the same passwords and recovery code as the clinic did on that day. Its name appears
only when the copy has been opened, read whole and compared.
"""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from cocm_desktop import __version__
from cocm_desktop.errors import Unavailable
from cocm_desktop.safe_file import (
    OWNER_ONLY_FOLDER,
    blaming_the_disk,
    flush_file,
    part_of,
    take_the_name,
    write_new,
)
from cocm_desktop.storage.audit_chain import Head, head_of
from cocm_desktop.storage.data_key import Purpose
from cocm_desktop.storage.database_check import Contents
from cocm_desktop.storage.database_copy import copy_bytes, require_good_copy
from cocm_desktop.storage.folder_state import BACKUPS_NAME
from cocm_desktop.storage.key_copies import NAME
from cocm_desktop.storage.key_file import KeyFile, to_bytes
from cocm_desktop.storage.open_clinic import OpenClinic, remove_database

SUFFIX: Final = ".cocmbak"
MANIFEST: Final = "manifest.json"
FORMAT: Final = "CoCM Desktop backup"
VERSION: Final = 2
"""Version 1 names neither the audit's head nor why the backup was made. It is still read."""
NO_HEAD: Final = Head(0, "")
_WITH_CHAIN: Final = 5
"""The schema since which the audit is a chain."""
_CHUNK: Final = 1024 * 1024
_SAFE: Final = "No backup was made; the clinic and earlier backups are as they were."

_under_way: set[Path] = set()
"""Copies of this program that are still being checked: no left-overs."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: where it is and what it holds.

    `head` is the audit's last entry and its seal; (0, "") in a backup of before the chain.
    """

    path: Path
    as_of: datetime
    vault_id: str
    contents: Contents
    label: str = ""
    head: Head = NO_HEAD
    made_by: str = ""
    sha256: str = field(default="", compare=False)
    """Of the whole file; known only where it was made just now."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that is yet to be checked and packed. The clinic is no longer needed for that."""

    backup: Backup
    database: Path
    keys: KeyFile
    raw_key: bytes = field(repr=False)


def back_up(clinic: OpenClinic, target_folder: Path | None = None, *, label: str = "") -> Backup:
    """Copy the clinic into one new file, by default in its own folder of backups."""
    return finish(begin(clinic, target_folder, label=label))


def begin(clinic: OpenClinic, target_folder: Path | None = None, *, label: str = "") -> Copied:
    """Copy the file and nothing more: only so long does the clinic wait. Then `finish` it."""
    folder = target_folder or clinic.path / BACKUPS_NAME
    as_of = clinic.now().astimezone(UTC)
    with blaming_the_disk(_SAFE):
        folder.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        _remove_broken_off(folder)
        final = _new_name(folder, as_of, vault_id=clinic.keys.vault_id, label=label)
        copy = final.with_name(f"{final.name}.db.part")
        _under_way.add(copy)
        try:
            with clinic.database.outside_transactions() as source:
                counted = copy_bytes(source, clinic.file, copy)
                head = head_of(source) if counted.schema >= _WITH_CHAIN else NO_HEAD
        except BaseException:
            _remove(copy)
            raise
    return Copied(
        Backup(final, as_of, clinic.keys.vault_id, counted, label, head, __version__),
        copy,
        clinic.keys.key_file,
        clinic.keys.derive(Purpose.DATABASE),
    )


def finish(copied: Copied) -> Backup:
    """Check the copy and pack it, side by side; the name appears when both have gone well."""
    backup, copy = copied.backup, copied.database
    part = part_of(backup.path)
    try:
        with (
            blaming_the_disk(_SAFE),
            ThreadPoolExecutor(max_workers=1, thread_name_prefix="pack") as beside,
        ):
            packed = beside.submit(_pack, copied, part)
            require_good_copy(copy, copied.raw_key, backup.contents)
            sha256 = packed.result()
            _take_the_name(part, backup.path)
    finally:
        _remove(copy)
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return replace(backup, sha256=sha256)


def _take_the_name(part: Path, final: Path) -> None:
    """Give the backup its name for good, or none: a name that may go again is no backup."""
    try:
        take_the_name(part, final)
    except OSError:
        with suppress(OSError):
            final.unlink(missing_ok=True)
        raise


def _pack(copied: Copied, part: Path) -> str:
    """Write the file, read it back from the disk, and give its digest."""
    key_bytes = to_bytes(copied.keys)
    manifest = _manifest(copied, key_bytes)
    as_of = copied.backup.as_of
    write_new(part, b"")
    with ZipFile(part, "w", ZIP_STORED) as archive:
        archive.writestr(_entry(MANIFEST, as_of), json.dumps(manifest, indent=1))
        archive.writestr(_entry(NAME, as_of), key_bytes)
        with (
            copied.database.open("rb") as source,
            archive.open(_entry(copied.keys.database, as_of), "w", force_zip64=True) as target,
        ):
            while chunk := source.read(_CHUNK):
                target.write(chunk)
    flush_file(part)
    _require_equal(part, manifest)
    return sha256_of(part)


def _manifest(copied: Copied, key_bytes: bytes) -> dict[str, Any]:
    backup = copied.backup
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_by": backup.made_by,
        "label": backup.label,
        "as_of": backup.as_of.isoformat(),
        "vault_id": backup.vault_id,
        "database": copied.keys.database,
        "schema": backup.contents.schema,
        "pages": backup.contents.pages,
        "rows": backup.contents.rows,
        "audit_seq": backup.head.seq,
        "audit_mac": backup.head.mac,
        "sha256": {
            copied.keys.database: sha256_of(copied.database),
            NAME: hashlib.sha256(key_bytes).hexdigest(),
        },
    }


def sha256_of(file: Path) -> str:
    with file.open("rb") as stream:
        return digest_of(stream)


def digest_of(stream: IO[bytes]) -> str:
    # What the zip module gives reads into a buffer, though IO does not promise it.
    return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


def _require_equal(part: Path, manifest: dict[str, Any]) -> None:
    """Read the packed files back from the disk."""
    with ZipFile(part) as archive:
        for name, wanted in manifest["sha256"].items():
            with archive.open(name) as stream:
                if digest_of(stream) != wanted:
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


def _remove(copy: Path) -> None:
    remove_database(copy)
    _under_way.discard(copy)


def _remove_broken_off(folder: Path) -> None:
    """Remove what earlier backups left when they were cut off."""
    names = {copy.name.removesuffix(".db.part") for copy in _under_way if copy.parent == folder}
    for stray in folder.glob(f"*{SUFFIX}*.part"):
        if stray.name.partition(SUFFIX)[0] + SUFFIX not in names:
            with suppress(OSError):
                stray.unlink()
