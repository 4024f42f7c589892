"""Read a backup: what it says it holds, whether it does, and the database in it."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from cocm_desktop.errors import Damaged, NewerFile
from cocm_desktop.safe_file import (
    OWNER_ONLY,
    blaming_the_disk,
    flush_file,
    flush_folder,
    write_new,
)
from cocm_desktop.storage import migrations
from cocm_desktop.storage.audit_chain import Head
from cocm_desktop.storage.backup import FORMAT, MANIFEST, VERSION, Backup, digest_of
from cocm_desktop.storage.data_key import DataKey
from cocm_desktop.storage.database_check import Contents
from cocm_desktop.storage.key_copies import NAME
from cocm_desktop.storage.key_cost import KeyPolicy
from cocm_desktop.storage.key_file import LARGEST, KeyFile, from_bytes
from cocm_desktop.storage.key_slot import Opened

SAFE: Final = "Nothing was restored; the backup is as it was."
_CHUNK: Final = 1024 * 1024
_LOCKED: Final = 0x1
_NO_ZIP: Final = (BadZipFile, EOFError, struct.error, NotImplementedError)
_NO_MANIFEST: Final = (KeyError, TypeError, ValueError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class OpenedBackup:
    """A backup whose secret is known: what it holds, its keys, and the key of its database."""

    backup: Backup
    keys: KeyFile
    data_key: DataKey


def read_backup(path: Path) -> Backup:
    """Tell what a backup holds, without opening it and without a password."""
    with _archive(path) as archive:
        return _described(path, _manifest(archive))


def check_backup(path: Path) -> Backup:
    """Read all of a backup and compare it with its own digests, without a password."""
    with _archive(path) as archive:
        manifest = _known(_manifest(archive))
        wanted = manifest["sha256"]
        for name in (NAME, manifest["database"]):
            with _entry(archive, name) as stream:
                if digest_of(stream) != wanted[name]:
                    raise bad_backup()
        return _described(path, manifest)


def keys_of(path: Path, policy: KeyPolicy) -> KeyFile:
    """Give the keys in a backup, which name who may open it."""
    with _archive(path) as archive:
        return from_bytes(_limited(archive, NAME), policy)


def open_backup(
    path: Path, policy: KeyPolicy, open_slot: Callable[[KeyFile], Opened]
) -> OpenedBackup:
    """Try a secret on a backup, before anything is unpacked; WrongSecret where it does not fit."""
    with _archive(path) as archive:
        keys = from_bytes(_limited(archive, NAME), policy)
        backup = _described(path, _known(_manifest(archive)))
    data_key = open_slot(keys).data_key
    keys.require_signed_by(data_key)
    return OpenedBackup(backup, keys, data_key)


def unpack(path: Path, policy: KeyPolicy, *, name_of: Callable[[KeyFile], Path]) -> KeyFile:
    """Write the database out under the name that is given for it; give the keys beside it."""
    with _archive(path) as archive:
        manifest = _known(_manifest(archive))
        _described(path, manifest)
        keys = from_bytes(_limited(archive, NAME), policy)
        wanted = manifest["sha256"][keys.database]
        _unpack(archive, keys.database, name_of(keys), wanted=wanted)
        return keys


def bad_backup() -> Damaged:
    return Damaged(f"This backup is damaged or is none of CoCM Desktop. {SAFE} Try another one.")


def _unpack(archive: ZipFile, name: str, target: Path, *, wanted: str) -> None:
    found = hashlib.sha256()
    write_new(target, b"")
    with _entry(archive, name) as source, target.open("r+b") as copy:
        while chunk := source.read(_CHUNK):
            found.update(chunk)
            copy.write(chunk)
    target.chmod(OWNER_ONLY)
    if found.hexdigest() != wanted:
        raise bad_backup()
    flush_file(target)
    flush_folder(target.parent)


def _manifest(archive: ZipFile) -> dict[str, Any]:
    content = json.loads(_limited(archive, MANIFEST))
    if content["format"] != FORMAT:
        raise bad_backup()
    if content["version"] > VERSION:
        raise _newer()
    return dict(content)


def _known(manifest: dict[str, Any]) -> dict[str, Any]:
    """Refuse to unpack a database that this program could not open."""
    if manifest["schema"] > migrations.SCHEMA:
        raise _newer()
    return manifest


def _newer() -> NewerFile:
    return NewerFile(
        f"A newer CoCM Desktop made this backup. {SAFE} "
        "Install the newer CoCM Desktop on this computer."
    )


def _described(path: Path, manifest: dict[str, Any]) -> Backup:
    return Backup(
        path=path,
        as_of=datetime.fromisoformat(manifest["as_of"]),
        vault_id=manifest["vault_id"],
        contents=Contents(manifest["schema"], manifest["pages"], dict(manifest["rows"])),
        label=str(manifest.get("label", "")),
        head=Head(int(manifest.get("audit_seq", 0)), str(manifest.get("audit_mac", ""))),
        made_by=str(manifest.get("made_by", "")),
    )


def _limited(archive: ZipFile, name: str) -> bytes:
    with _entry(archive, name) as stream:
        return stream.read(LARGEST)


def _entry(archive: ZipFile, name: str) -> IO[bytes]:
    """Open a part of the backup as we pack it: neither compressed nor locked."""
    entry = archive.getinfo(name)
    if entry.compress_type != ZIP_STORED or entry.flag_bits & _LOCKED:
        raise bad_backup()
    return archive.open(entry)


@contextmanager
def _archive(path: Path) -> Iterator[ZipFile]:
    """Anything that does not read as we wrote it makes the backup a bad one."""
    with blaming_the_disk(SAFE):
        try:
            with ZipFile(path) as archive:
                yield archive
        except (*_NO_ZIP, *_NO_MANIFEST) as error:
            raise bad_backup() from error
