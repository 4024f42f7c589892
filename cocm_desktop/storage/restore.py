"""Put a backup into an empty folder, where it is a clinic again."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from cocm_desktop.errors import Damaged, NewerFile, Problem, Refused
from cocm_desktop.safe_file import (
    OWNER_ONLY,
    OWNER_ONLY_FOLDER,
    blaming_the_disk,
    flush_file,
    flush_folder,
    write_new,
)
from cocm_desktop.storage.backup import FORMAT, MANIFEST, VERSION, Backup
from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.database_check import Contents
from cocm_desktop.storage.folder_state import CREATING_NAME, FolderState
from cocm_desktop.storage.key_copies import NAME, KeyCopies
from cocm_desktop.storage.key_file import LARGEST, KeyFile, from_bytes
from cocm_desktop.storage.open_clinic import remove_database
from cocm_desktop.storage.place import misplaced

_CHUNK: Final = 1024 * 1024
_LOCKED: Final = 0x1
_SAFE: Final = "Nothing was restored; the backup is as it was."


def read_backup(path: Path) -> Backup:
    """Tell what a backup holds, without opening it and without a password."""
    with blaming_the_disk(_SAFE), _blaming_the_backup(), ZipFile(path) as archive:
        return _described(path, _manifest(archive))


def restore(path: Path, folder: ClinicFolder) -> Backup:
    """Unpack a backup into a folder without a clinic; then unlock it as usual.

    The keys come last: until they are there the folder counts as unfinished.
    """
    if harm := misplaced(folder.path):
        raise harm.to_make_in()
    state = folder.state
    if not state.may_be_created_in and state is not FolderState.ONLY_BACKUPS:
        raise Refused(Problem("folder", state.value))
    with blaming_the_disk(_SAFE), _blaming_the_backup(), ZipFile(path) as archive:
        manifest = _manifest(archive)
        keys = from_bytes(_limited(archive, NAME), folder.tools.policy)
        folder.path.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        marker = folder.path / CREATING_NAME
        write_new(marker, b"")
        try:
            _unpack_database(archive, manifest, folder.path / keys.database)
            KeyCopies(folder.path, folder.tools.policy).write(keys)
        except BaseException:
            _remove_unfinished(folder.path, keys)
            raise
        marker.unlink()
        flush_folder(folder.path)
        return _described(path, manifest)


def _unpack_database(archive: ZipFile, manifest: dict[str, Any], target: Path) -> None:
    found = hashlib.sha256()
    write_new(target, b"")
    with _entry(archive, target.name) as source, target.open("r+b") as copy:
        while chunk := source.read(_CHUNK):
            found.update(chunk)
            copy.write(chunk)
    target.chmod(OWNER_ONLY)
    if found.hexdigest() != manifest["sha256"][target.name]:
        raise _bad()
    flush_file(target)
    flush_folder(target.parent)


def _remove_unfinished(folder: Path, keys: KeyFile) -> None:
    remove_database(folder / keys.database)
    with suppress(OSError):
        (folder / CREATING_NAME).unlink(missing_ok=True)


def _manifest(archive: ZipFile) -> dict[str, Any]:
    content = json.loads(_limited(archive, MANIFEST))
    if content["format"] != FORMAT:
        raise _bad()
    if content["version"] > VERSION:
        raise NewerFile(
            f"A newer CoCM Desktop made this backup. {_SAFE} "
            "Install the newer CoCM Desktop on this computer."
        )
    return dict(content)


def _described(path: Path, manifest: dict[str, Any]) -> Backup:
    return Backup(
        path=path,
        as_of=datetime.fromisoformat(manifest["as_of"]),
        vault_id=manifest["vault_id"],
        contents=Contents(manifest["schema"], manifest["pages"], dict(manifest["rows"])),
    )


def _limited(archive: ZipFile, name: str) -> bytes:
    with _entry(archive, name) as stream:
        return stream.read(LARGEST)


def _entry(archive: ZipFile, name: str) -> IO[bytes]:
    """Open a part of the backup as we pack it: neither compressed nor locked."""
    entry = archive.getinfo(name)
    if entry.compress_type != ZIP_STORED or entry.flag_bits & _LOCKED:
        raise _bad()
    return archive.open(entry)


@contextmanager
def _blaming_the_backup() -> Iterator[None]:
    """Anything that does not read as we wrote it makes the backup a bad one."""
    try:
        yield
    except (BadZipFile, EOFError, struct.error, NotImplementedError) as error:
        raise _bad() from error
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise _bad() from error


def _bad() -> Damaged:
    return Damaged(f"This backup is damaged or is none of CoCM Desktop. {_SAFE} Try another one.")
