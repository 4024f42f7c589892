"""What only SQLite and its cipher know: pragmas, append-only triggers, error codes.

Nothing here may be needed by the tables or the queries: they stay portable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy import DDL, event
from sqlalchemy import Table as SchemaTable
from sqlalchemy.exc import DBAPIError

from cocm_desktop.errors import Damaged, InUse, Unavailable
from cocm_desktop.storage import CANNOT_ENCRYPT

APPLICATION_ID: Final = 0x434F434D
"""Written into every file of ours; spells COCM."""

PAGE_BYTES: Final = 4096
RAW_KEY_BYTES: Final = 32

COMMON_PRAGMAS: Final[dict[str, int | str]] = {
    "foreign_keys": 1,
    "cache_size": -65536,
    "temp_store": 2,
    "trusted_schema": 0,
    "secure_delete": 1,
    "busy_timeout": 5000,
}
FILE_PRAGMAS: Final[dict[str, int | str]] = {
    "journal_mode": "delete",
    "synchronous": 3,
    "fullfsync": 1,
    **COMMON_PRAGMAS,
}

_CLOSE_FILE_AFTER: Final = {
    driver.SQLITE_IOERR,
    driver.SQLITE_CORRUPT,
    driver.SQLITE_NOTADB,
}
_BAD_FILE: Final = (
    "The clinic's file is damaged. It was left as it is. "
    "Run a check of the file, and restore the newest good backup if the check says so."
)
_ELSEWHERE: Final = (
    "Another program is using the clinic's file. Nothing was changed. "
    "Close the other program, then try again."
)
_NO_DISK: Final = (
    "The clinic's file cannot be reached. Nothing was changed. "
    "Check that the disk is connected and that you may use the folder, then try again."
)
_WORDS: Final[dict[int, tuple[type[Unavailable], str]]] = {
    driver.SQLITE_FULL: (
        Unavailable,
        "The disk is full. Nothing was changed. Free some space, then try again.",
    ),
    driver.SQLITE_IOERR: (
        Unavailable,
        (
            "The disk reported an error. Nothing was changed. "
            "Try again; if it happens twice, make a backup to another disk."
        ),
    ),
    driver.SQLITE_READONLY: (
        Unavailable,
        (
            "The clinic's file may not be written. Nothing was changed. "
            "Check that the disk and the folder are not write-protected."
        ),
    ),
    driver.SQLITE_CANTOPEN: (Unavailable, _NO_DISK),
    driver.SQLITE_BUSY: (InUse, _ELSEWHERE),
    driver.SQLITE_LOCKED: (InUse, _ELSEWHERE),
    driver.SQLITE_CORRUPT: (Damaged, _BAD_FILE),
    driver.SQLITE_NOTADB: (Damaged, _BAD_FILE),
}
_CODE_OF_WORDS: Final = {
    "database or disk is full": driver.SQLITE_FULL,
    "disk I/O error": driver.SQLITE_IOERR,
    "attempt to write a readonly database": driver.SQLITE_READONLY,
    "unable to open database file": driver.SQLITE_CANTOPEN,
    "database is locked": driver.SQLITE_BUSY,
    "database disk image is malformed": driver.SQLITE_CORRUPT,
    "file is not a database": driver.SQLITE_NOTADB,
}
_UNCERTAIN: Final = (
    "The disk reported an error at the last moment, so it is not known whether this was saved. "
    "Look for it, or save again: saving again never makes a second copy."
)


def unlock(connection: Any, raw_key: bytes) -> None:
    """Give the connection its key, and prove that there is a cipher to use it.

    A key of any other length would silently be taken for a passphrase.
    """
    if len(raw_key) != RAW_KEY_BYTES:
        raise ValueError("a database key has 32 bytes")
    connection.execute("PRAGMA cipher_log_level = NONE")
    # Locking and wiping every allocation made the registry's query ten times as slow (721 ms
    # against 75 ms for 2,000 patients), and stops at the few megabytes a process may lock.
    connection.execute("PRAGMA cipher_memory_security = OFF")
    connection.execute(f"PRAGMA key = \"x'{raw_key.hex()}'\"")
    require_cipher(connection)


def require_cipher(connection: Any) -> None:
    """Refuse an SQLite that would silently ignore the key and write plain text."""
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise Unavailable(CANNOT_ENCRYPT)


def cipher_of(connection: Any) -> str:
    """Name the library that encrypts this file: the audit tells of it at each opening."""
    (version,) = connection.execute("PRAGMA cipher_version").fetchone()
    return f"SQLCipher {version}"


def set_pragmas(connection: Any, wanted: dict[str, int | str]) -> None:
    """Set each pragma and read it back: SQLite ignores what it does not know."""
    for name, value in wanted.items():
        connection.execute(f"PRAGMA {name} = {value}").fetchall()
        row = connection.execute(f"PRAGMA {name}").fetchone()
        if row is None or row[0] != value:
            raise RuntimeError(f"PRAGMA {name} stayed {row}, wanted {value}")


def require_ours(connection: Any) -> None:
    """Refuse an empty file, which SQLite would take for a new database, and a foreign one."""
    found = connection.execute("PRAGMA application_id").fetchone()[0]
    if found != APPLICATION_ID:
        raise Damaged(
            "This file is not a clinic of CoCM Desktop. It was left as it is. "
            "Choose another folder, or restore the newest good backup."
        )


_DENIED: Final = frozenset({driver.SQLITE_ATTACH, driver.SQLITE_DETACH})


def authorize(action: int, *_about: object) -> int:
    """Deny statements that would reach into another file."""
    return int(driver.SQLITE_DENY if action in _DENIED else driver.SQLITE_OK)


def append_only(table: SchemaTable) -> None:
    """Let rows of this table be added, never changed or removed, also by raw SQL."""
    for verb in ("UPDATE", "DELETE"):
        trigger = DDL(append_only_trigger(table.name, verb))  # type: ignore[no-untyped-call]
        event.listen(table, "after_create", trigger.execute_if(dialect="sqlite"))


def only_moved(table: SchemaTable) -> None:
    """Let rows of this table be added, and go over to another patient when two are merged.

    A row is moved only once the move of it is kept; nothing else about it ever changes.
    """
    same = [column.name for column in table.columns if column.name != "patient_id"]
    for sql in (only_moved_trigger(table.name, same), append_only_trigger(table.name, "DELETE")):
        trigger = DDL(sql)  # type: ignore[no-untyped-call]
        event.listen(table, "after_create", trigger.execute_if(dialect="sqlite"))


def only_moved_trigger(table_name: str, same: Sequence[str]) -> str:
    new, old = (", ".join(f"{row}.{name}" for name in same) for row in ("NEW", "OLD"))
    is_moved = "EXISTS (SELECT 1 FROM moved_record WHERE record_id = OLD.id)"
    return (
        f"CREATE TRIGGER tr_{table_name}_no_update BEFORE UPDATE ON {table_name} "
        f"WHEN ({new}) IS NOT ({old}) OR NOT {is_moved} "
        f"BEGIN SELECT RAISE(ABORT, '{table_name} is append-only'); END"
    )


def append_only_trigger(table_name: str, verb: str) -> str:
    return (
        f"CREATE TRIGGER tr_{table_name}_no_{verb.lower()} BEFORE {verb} ON {table_name} "
        f"BEGIN SELECT RAISE(ABORT, '{table_name} is append-only'); END"
    )


def error_for(cause: BaseException | None, *, at_commit: bool = False) -> Unavailable | None:
    """Return what to tell a person about an error of the driver, or None if it is our bug.

    A commit that fails while the folder is flushed may still be durable: then the words say so.
    """
    kind = _kind(cause)
    if at_commit and kind == driver.SQLITE_IOERR:
        return Unavailable(_UNCERTAIN)
    if kind not in _WORDS:
        return None
    error, words = _WORDS[kind]
    return error(words)


def _kind(cause: BaseException | None) -> int | None:
    """Return the primary code of an error; those of `Connection.backup` carry only its words."""
    code = getattr(cause, "sqlite_errorcode", None)
    return _CODE_OF_WORDS.get(str(cause)) if code is None else code & 0xFF


@contextmanager
def blaming_the_file() -> Iterator[None]:
    """Put into words what goes wrong with the file outside of a transaction."""
    try:
        yield
    except (DBAPIError, driver.Error) as error:
        told = error_for(error.orig if isinstance(error, DBAPIError) else error)
        if told is None:
            raise
        raise told from error


def must_reopen(cause: BaseException | None) -> bool:
    """Whether the connection may not be trusted after this error of the driver."""
    return _kind(cause) in _CLOSE_FILE_AFTER


def wrote_while_reading(cause: BaseException | None) -> bool:
    """Whether a reading transaction tried to write: a bug, not a write-protected disk."""
    return bool(getattr(cause, "sqlite_errorcode", None) == driver.SQLITE_READONLY)
