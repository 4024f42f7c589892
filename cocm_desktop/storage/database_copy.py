"""Copy an open encrypted file into another, under the same key or a new one, and prove it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as driver

from cocm_desktop.errors import Damaged, Unavailable
from cocm_desktop.safe_file import write_new
from cocm_desktop.storage.database_check import (
    Contents,
    cipher_damage,
    contents,
    inner_damage,
    is_plain,
)
from cocm_desktop.storage.sqlite import (
    COMMON_PRAGMAS,
    FILE_PRAGMAS,
    blaming_the_file,
    set_pragmas,
    unlock,
)

_CHUNK: Final = 1024 * 1024


def copy_database(source: Any, target: Path, raw_key: bytes) -> Contents:
    """Copy all pages in one step under another key to a file that is not there yet; check it.

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


def copy_bytes(source: Any, file: Path, target: Path) -> Contents:
    """Copy the file as it is, under its own key, and tell what a good copy must hold.

    Twenty times as quick as encrypting every page anew, so that saves wait a moment only. While
    the transaction lasts nothing is written: this program has one connection, and no other
    program may use the folder. The copy is yet to be checked.
    """
    write_new(target, b"")
    source.execute("BEGIN")
    try:
        wanted = contents(source)
        with file.open("rb") as pages, target.open("r+b") as copy:
            shutil.copyfileobj(pages, copy, _CHUNK)
    finally:
        source.execute("ROLLBACK")
    return wanted


def reads_whole(file: Path, raw_key: bytes) -> bool:
    """Tell whether this key opens a database and every page of it is as it was written."""
    try:
        altered = _found(file, raw_key, cipher_damage)
        return not altered and not _found(file, raw_key, lambda each: inner_damage(each, file))
    except Unavailable:
        return False


def require_good_copy(file: Path, raw_key: bytes, wanted: Contents) -> None:
    """Open the copy anew and compare: a copy that was broken off may look like a good one.

    The cipher's check and SQLite's own run side by side: each reads and decrypts every page.
    """
    if is_plain(file):
        raise Unavailable(
            "The copy is not encrypted, so it was not kept. The clinic's file was left as it is. "
            "Install CoCM Desktop again."
        )

    def inside(connection: Any) -> Iterable[str]:
        wrong = list(inner_damage(connection, file))
        if not wrong and contents(connection) != wanted:
            wrong.append("It does not hold the same rows.")
        return wrong

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="check") as beside:
        ciphered = beside.submit(_found, file, raw_key, cipher_damage)
        found = _found(file, raw_key, inside)
        wrong = (*ciphered.result(), *found)
    if wrong:
        raise Damaged(
            f"The copy is not good: {' '.join(wrong)} The clinic's file was left as it is. "
            "Try again on another disk."
        )


def _found(file: Path, raw_key: bytes, check: Callable[[Any], Iterable[str]]) -> tuple[str, ...]:
    """Give what a check finds over a connection of its own."""
    with blaming_the_file():
        connection = driver.connect(str(file), isolation_level=None)
        try:
            unlock(connection, raw_key)
            set_pragmas(connection, COMMON_PRAGMAS)
            return tuple(check(connection))
        finally:
            connection.close()
