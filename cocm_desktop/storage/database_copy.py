"""Copy an open encrypted file into another, under the same key or a new one, and prove it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from cocm_desktop.errors import Unavailable
from cocm_desktop.safe_file import write_new
from cocm_desktop.storage.database_check import Contents, contents, damage, is_plain
from cocm_desktop.storage.sqlite import COMMON_PRAGMAS, FILE_PRAGMAS, set_pragmas, unlock


def copy_database(source: Any, target: Path, raw_key: bytes) -> Contents:
    """Copy all pages in one step to a file that is not there yet, and check it whole.

    `source` is a connection of the driver with no transaction open. Flushing is the caller's.
    """
    wanted = contents(source)
    write_new(target, b"")
    connection = driver.connect(str(target), isolation_level=None)
    try:
        unlock(connection, raw_key)
        source.backup(connection)
        set_pragmas(connection, FILE_PRAGMAS)
    finally:
        connection.close()
    require_good_copy(target, raw_key, wanted)
    return wanted


def require_good_copy(file: Path, raw_key: bytes, wanted: Contents) -> None:
    """Open the copy anew and compare: a copy that was broken off may look like a good one."""
    if is_plain(file):
        raise Unavailable(
            "The copy is not encrypted, so it was not kept. The clinic's file was left as it is. "
            "Install CoCM Desktop again."
        )
    connection = driver.connect(str(file), isolation_level=None)
    try:
        unlock(connection, raw_key)
        set_pragmas(connection, COMMON_PRAGMAS)
        wrong = list(damage(connection, file))
        if not wrong and contents(connection) != wanted:
            wrong.append("It does not hold the same rows.")
    finally:
        connection.close()
    if wrong:
        raise Unavailable(
            f"The copy is not good: {' '.join(wrong)} The clinic's file was left as it is. "
            "Try again on another disk."
        )
