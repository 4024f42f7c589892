"""Move a clinic to another folder: copied and compared; the old one is kept under a new name."""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cocm_desktop.errors import Problem, Refused, Unavailable
from cocm_desktop.safe_file import (
    OWNER_ONLY,
    OWNER_ONLY_FOLDER,
    blaming_the_disk,
    flush,
    flush_folder,
    write_new,
    write_safely,
)
from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.folder_state import (
    CREATING_NAME,
    LOCK_NAME,
    MOVED_FROM_NAME,
    MOVED_NAME,
    FolderState,
)
from cocm_desktop.storage.key_copies import NAME, SPARE_NAME

_CHUNK: Final = 1024 * 1024
_SAFE: Final = "The clinic was not moved; it is where it was."
_LEFT: Final = {LOCK_NAME, CREATING_NAME, MOVED_NAME, MOVED_FROM_NAME}


@dataclass(frozen=True, slots=True)
class Moved:
    """A clinic that was moved, and where its old files are kept."""

    to: Path
    old_files: Path
    files: int
    size: int


def move(clinic: ClinicFolder, target: ClinicFolder, *, now: datetime) -> Moved:
    """Copy the whole folder, read the copy back, and only then turn to it.

    Nothing of the old folder is deleted. It is renamed, and in its place stands a note.
    """
    old, new = clinic.path.absolute(), target.path.absolute()
    if old == new or old in new.parents or new in old.parents:
        words = "The new folder lies in the old one. Choose a folder outside it."
        raise Refused(Problem("to", words))
    target.require_room()
    with clinic.held():
        if clinic.state is not FolderState.CLINIC:
            raise clinic.state.error()
        with blaming_the_disk(_SAFE):
            files = _copy_whole(old, new)
        with blaming_the_disk("The clinic is whole in both folders."):
            told = {"to": str(new), "machine": platform.node(), "on": f"{now:%Y-%m-%d}"}
            note = json.dumps(told, indent=1).encode()
            write_safely(old / MOVED_NAME, note)
    return Moved(new, _put_away(old, note, now), len(files), sum(files))


def _copy_whole(old: Path, new: Path) -> list[int]:
    """Copy every file, the keys last: until they are there the new folder counts as unfinished."""
    new.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    marker = new / CREATING_NAME
    write_new(marker, b"")
    names = list(_files(old))
    names.sort(key=lambda name: name.name in {NAME, SPARE_NAME} and len(name.parts) == 1)
    made: list[Path] = []
    try:
        sizes = []
        for name in names:
            made.append(new / name)
            sizes.append(_copy(old / name, new / name))
        told = {"from": str(old), "machine": platform.node()}
        write_new(new / MOVED_FROM_NAME, json.dumps(told).encode())
    except BaseException:
        for each in reversed([*made, new / MOVED_FROM_NAME, marker]):
            with suppress(OSError):
                each.unlink(missing_ok=True)
        raise
    marker.unlink()
    flush_folder(new)
    return sizes


def _files(folder: Path) -> Iterator[Path]:
    for at, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            found = (Path(at) / name).relative_to(folder)
            if str(found) not in _LEFT and not name.endswith(".part"):
                yield found


def _copy(source: Path, target: Path) -> int:
    """Copy one file to the disk itself and compare what the disk gives back."""
    target.parent.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
    read = hashlib.sha256()
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with source.open("rb") as stream, os.fdopen(os.open(target, flags, OWNER_ONLY), "wb") as copy:
        while chunk := stream.read(_CHUNK):
            read.update(chunk)
            copy.write(chunk)
        copy.flush()
        flush(copy.fileno())
    flush_folder(target.parent)
    with target.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").digest() != read.digest():
            raise Unavailable(f"The disk gave back other bytes than written. {_SAFE}")
    return target.stat().st_size


def _put_away(old: Path, note: bytes, now: datetime) -> Path:
    """Rename the old folder and leave the note in its place.

    Where that fails, a disk's own folder say, the note that lies in it keeps it closed.
    """
    if not old.name:
        return old
    kept = _free_name(old, f"{old.name} (moved {now:%Y-%m-%d})")
    try:
        old.rename(kept)
        old.mkdir(mode=OWNER_ONLY_FOLDER)
        write_safely(old / MOVED_NAME, note)
        flush_folder(old.parent)
    except OSError:
        return kept if kept.exists() else old
    return kept


def _free_name(old: Path, name: str) -> Path:
    number, free = 1, old.with_name(name)
    while free.exists():
        number += 1
        free = old.with_name(f"{name} {number}")
    return free


def moved_from(folder: Path) -> str:
    """Tell from where a clinic was moved here and nobody has noted it yet; "" where it was not."""
    try:
        content = json.loads((folder / MOVED_FROM_NAME).read_bytes())
    except (OSError, ValueError):
        return ""
    told = content.get("from") if isinstance(content, dict) else None
    return told if isinstance(told, str) else ""


def forget_move(folder: Path) -> None:
    """Remove the note of a move, once it stands in the audit."""
    with suppress(OSError):
        (folder / MOVED_FROM_NAME).unlink(missing_ok=True)
