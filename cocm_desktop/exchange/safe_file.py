"""Files that a person saves: written whole, or not at all.

The content goes to a part file beside the target, is flushed and read back, and only then takes
the name. Whatever fails on the way, an older file of that name stays as it was.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from cocm_desktop.errors import Unavailable

OWNER_ONLY: Final = 0o600
# A virus scanner or a file list may hold the older file for a moment: 2 s in all, then give up.
RETRY_SECONDS: Final = (0.05, 0.1, 0.2, 0.4, 0.5, 0.75)

_NO_SPACE: Final = {errno.ENOSPC, errno.EDQUOT}
_NO_RIGHT: Final = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_FOLDER: Final = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ESTALE}
_SAFE: Final = "An older file of that name is as it was."
_IN_USE: Final = (
    f"Another program has the file open, or the file is protected. {_SAFE} "
    "Close it there, or choose another name."
)


def write_whole(file: Path, content: bytes) -> None:
    """Write the file, or raise Unavailable and leave what was there."""
    part = file.with_name(f"{file.name}.part")
    try:
        if file.is_dir():
            raise Unavailable("That name is a folder’s. Nothing was written. Choose another name.")
        _write(part, content)
        _compare(part, content)
        _take_the_name(part, file)
    except OSError as error:
        raise Unavailable(_words(error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    _flush_folder(file.parent)


def _write(part: Path, content: bytes) -> None:
    part.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(part, flags, OWNER_ONLY)
    try:
        left = memoryview(content)
        while left:
            written = os.write(handle, left)
            if not written:
                raise OSError(errno.EIO, "the disk takes no more")
            left = left[written:]
        _flush(handle)
    finally:
        os.close(handle)


def _compare(part: Path, content: bytes) -> None:
    """Read back what the disk has, not what it was asked to keep."""
    on_disk = hashlib.sha256(part.read_bytes()).digest()
    if on_disk != hashlib.sha256(content).digest():
        raise OSError(errno.EIO, "reads back otherwise than written")


def _take_the_name(part: Path, file: Path) -> None:
    """Rename over an older file, patiently: a program may have it open."""
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
        raise Unavailable(_IN_USE) from error


def _flush(handle: int) -> None:
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415  Windows has no such module

        fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
    else:
        os.fsync(handle)


def _flush_folder(folder: Path) -> None:
    """Make the new name durable. Windows does so by itself; some shares cannot."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _words(error: OSError) -> str:
    if error.errno in _NO_SPACE:
        return f"The disk is full. {_SAFE} Free some space, or choose another disk."
    if error.errno in _NO_RIGHT:
        return f"This folder may not be written. {_SAFE} Choose a folder of your own."
    if error.errno in _NO_FOLDER:
        return f"The folder cannot be reached. {_SAFE} Check the disk, or choose another folder."
    return f"The disk reported an error. {_SAFE} Try again, or choose another disk."
