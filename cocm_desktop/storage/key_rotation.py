"""Give a clinic another data key, so that a key copied by somebody who left opens nothing new."""

from __future__ import annotations

from typing import Final

from cocm_desktop.errors import Unavailable
from cocm_desktop.safe_file import blaming_the_disk, flush_file, part_of, take_the_name
from cocm_desktop.storage.data_key import Purpose, new_data_key
from cocm_desktop.storage.database_copy import copy_database
from cocm_desktop.storage.engine import open_engine
from cocm_desktop.storage.open_clinic import OpenClinic, remove_database
from cocm_desktop.storage.replacing import next_name

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
        try:
            with clinic.database.outside_transactions() as source:
                copy_database(source, part_of(new), raw_key)
            flush_file(part_of(new))
            take_the_name(part_of(new), new)
        finally:
            part_of(new).unlink(missing_ok=True)
    try:
        clinic.keys.move_to(new.name, data_key)
    except Unavailable:
        # Which of the two files counts, only keys.json knows now: let the next opening read it.
        clinic.close()
        raise
    clinic.database.move_to(open_engine(new, raw_key))
    remove_database(old)
