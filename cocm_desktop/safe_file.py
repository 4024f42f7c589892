"""Write small files whole or not at all, and say plainly why a disk refused."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from cocm_desktop.errors import Unavailable

OWNER_ONLY: Final = 0o600
OWNER_ONLY_FOLDER: Final = 0o700

# A virus scanner or a search index may hold a file for a moment: 2 s in all, then give up.
RETRY_SECONDS: Final = (0.05, 0.1, 0.2, 0.4, 0.5, 0.75)
NO_SPACE: Final = {errno.ENOSPC, errno.EDQUOT}
NO_RIGHT: Final = {errno.EACCES, errno.EPERM, errno.EROFS}
NO_FOLDER: Final = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ESTALE}


class HeldError(PermissionError):
    """Another program has the file open, so that nothing can take its name."""


def write_safely(file: Path, content: bytes) -> None:
    """Replace the file, or leave it as it was; after a crash it is one or the other.

    Raises OSError. The part file is written, flushed and read back before it takes the name.
    """
    part = part_of(file)
    try:
        write_checked(part, content)
        take_the_name(part, file)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def write_checked(file: Path, content: bytes) -> None:
    """Write a new file and read back what the disk has, not what it was asked to keep."""
    write_new(file, content)
    if file.read_bytes() != content:
        raise OSError(errno.EIO, "the file reads back otherwise than written")


def part_of(file: Path) -> Path:
    """Return the name under which a file is made before it takes its own."""
    return file.with_name(f"{file.name}.part")


def write_new(file: Path, content: bytes) -> None:
    """Write a file that only its owner may read, and flush it to the disk."""
    file.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(file, flags, OWNER_ONLY)
    try:
        left = memoryview(content)
        while left:
            written = os.write(handle, left)
            if not written:
                raise OSError(errno.EIO, "the disk takes no more")
            left = left[written:]
        flush(handle)
    finally:
        os.close(handle)


def take_the_name(part: Path, file: Path) -> None:
    """Rename over the file, patiently, and make the new name durable."""
    rename_over(part, file)
    flush_folder(file.parent)


def rename_over(part: Path, file: Path) -> None:
    """Rename over the file, patiently: a program may have it open. At the end raise HeldError."""
    for seconds in RETRY_SECONDS:
        try:
            part.replace(file)
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    try:
        part.replace(file)
    except PermissionError as error:
        raise HeldError(*error.args) from error


def flush(handle: int) -> None:
    """Force what was written to the disk itself."""
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415  Windows has no such module

        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    else:
        os.fsync(handle)


def flush_file(file: Path) -> None:
    handle = os.open(file, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        flush(handle)
    finally:
        os.close(handle)


def flush_folder(folder: Path) -> None:
    """Make names in the folder durable. Windows does so by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """Make a folder for a while, in the place of one that a crash left."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=OWNER_ONLY_FOLDER)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def blaming_the_disk(what_is_safe: str) -> Iterator[None]:
    """Turn an error of the disk into words: what happened, what is safe, what to do next."""
    try:
        yield
    except OSError as error:
        happened, next_step = _words(error)
        raise Unavailable(f"{happened} {what_is_safe} {next_step}") from error


def _words(error: OSError) -> tuple[str, str]:
    if error.errno in NO_SPACE:
        return "The disk is full.", "Free some space, then try again."
    if error.errno in NO_RIGHT:
        return (
            "The folder may not be written.",
            "Check that it is not write-protected and that you may use it.",
        )
    if error.errno in NO_FOLDER:
        return (
            "The folder cannot be reached.",
            "Check that the disk is connected, then try again.",
        )
    return (
        "The disk reported an error.",
        "Try again; if it happens twice, make a backup to another disk.",
    )
