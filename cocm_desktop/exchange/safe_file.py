"""Files that a person saves: written whole, or not at all."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from cocm_desktop.errors import Unavailable
from cocm_desktop.safe_file import (
    NO_FOLDER,
    NO_RIGHT,
    NO_SPACE,
    HeldError,
    flush_folder,
    part_of,
    rename_over,
    write_checked,
)

_SAFE: Final = "An older file of that name is as it was."


def write_whole(file: Path, content: bytes) -> None:
    """Write the file, or raise Unavailable and leave what was there."""
    if file.is_dir():
        raise Unavailable("That name is a folder’s. Nothing was written. Choose another name.")
    part = part_of(file)
    try:
        write_checked(part, content)
        rename_over(part, file)
    except OSError as error:
        raise Unavailable(_words(error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    # Some shares cannot flush a folder; the file has its name all the same.
    with suppress(OSError):
        flush_folder(file.parent)


def _words(error: OSError) -> str:
    if isinstance(error, HeldError):
        return (
            f"Another program has the file open, or the file is protected. {_SAFE} "
            "Close it there, or choose another name."
        )
    if error.errno in NO_SPACE:
        return f"The disk is full. {_SAFE} Free some space, or choose another disk."
    if error.errno in NO_RIGHT:
        return f"This folder may not be written. {_SAFE} Choose a folder of your own."
    if error.errno in NO_FOLDER:
        return f"The folder cannot be reached. {_SAFE} Check the disk, or choose another folder."
    return f"The disk reported an error. {_SAFE} Try again, or choose another disk."
