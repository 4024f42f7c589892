"""A clinic whose folder or file may not be written: it is opened to be read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

NOTICE: Final = (
    "This clinic is open for reading only: its folder or file may not be written. Nothing can be "
    "saved, and what you look at is not noted. Everything recorded before is safe. To record "
    "again, remove the write protection, or move the clinic to a folder of your own."
)
REFUSED: Final = (
    "Nothing was saved: this clinic is open for reading only, since its folder or file may not be "
    "written. Remove the write protection, then unlock the clinic again."
)


def may_be_written(folder: Path, database: str) -> bool:
    """Tell whether the system lets this account write the folder and the file in it.

    What is missing is no matter of rights, and has words of its own.
    """
    named = [folder, folder / database]
    return all(os.access(each, os.W_OK) for each in named if each.exists())
