"""Give a clinic another data key, so that a key copied by somebody who left opens nothing new."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from cocm_desktop.errors import Unavailable
from cocm_desktop.safe_file import blaming_the_disk, flush_file, part_of, take_the_name, write_new
from cocm_desktop.storage.data_key import Purpose, new_data_key
from cocm_desktop.storage.database_copy import copy_database
from cocm_desktop.storage.engine import open_engine
from cocm_desktop.storage.open_clinic import OpenClinic, remove_database
from cocm_desktop.storage.replacing import next_name

_MARK: Final = ".making"
_SAFE: Final = "The clinic's file and its keys are as they were."


def rotate_data_key(clinic: OpenClinic) -> None:
    """Copy the file under a new key, check the copy, and point keys.json to it.

    Needs nobody's password, and all passwords and the recovery code go on opening the clinic.
    That one rename of keys.json is the moment of change: before it the old file counts, after it
    the new one, and the old one is removed.
    """
    old = clinic.file
    new = clinic.path / next_name(clinic.path, clinic.keys.key_file.generation)
    data_key = new_data_key()
    raw_key = data_key.derive(Purpose.DATABASE)
    with blaming_the_disk(_SAFE):
        remove_database(part_of(new))
        write_new(_mark_of(new), b"")
        try:
            with clinic.database.outside_transactions() as source:
                copy_database(source, part_of(new), raw_key)
            flush_file(part_of(new))
            take_the_name(part_of(new), new)
        except BaseException:
            remove_broken_off(clinic.path, old.name)
            raise
        finally:
            part_of(new).unlink(missing_ok=True)
    try:
        clinic.keys.move_to(new.name, data_key)
    except Unavailable:
        # Which of the two files counts, only keys.json knows now: let the next opening read it.
        clinic.close()
        raise
    clinic.database.move_to(open_engine(new, raw_key))
    remove_broken_off(clinic.path, new.name)
    remove_database(old)


def remove_broken_off(folder: Path, database: str) -> None:
    """Remove what was marked as being made and never came to be the clinic's `database`.

    A file without the mark stays, whatever it is: keys.json may have been put back by hand.
    """
    for mark in folder.glob(f"clinic-*.db{_MARK}"):
        if mark.name.removesuffix(_MARK) != database:
            remove_database(mark.with_name(mark.name.removesuffix(_MARK)))
        with suppress(OSError):
            mark.unlink(missing_ok=True)


def _mark_of(database: Path) -> Path:
    return database.with_name(f"{database.name}{_MARK}")
