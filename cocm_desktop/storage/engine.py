"""Open the encrypted file: connections, their key and pragmas, and how transactions begin."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

from cocm_desktop.storage.sqlite import (
    COMMON_PRAGMAS,
    FILE_PRAGMAS,
    authorize,
    require_ours,
    set_pragmas,
    unlock,
)

WRITE: Final = {"cocm_write": True}
"""Execution options of a connection that may write; without them it can only read."""


def open_engine(
    file: Path, raw_key: bytes, *, create: bool = False, reads_only: bool = False
) -> Engine:
    """Open an encrypted file with its 32-byte key, over one connection.

    Without `create` a missing or empty file is an error, never a new database.
    """
    mode = "rwc" if create else "ro" if reads_only else "rw"

    def connect() -> Any:
        uri = f"{file.absolute().as_uri()}?mode={mode}"
        connection = driver.connect(
            uri, uri=True, timeout=5, check_same_thread=False, isolation_level=None
        )
        try:
            unlock(connection, raw_key)
            set_pragmas(connection, FILE_PRAGMAS)
            if not create:
                require_ours(connection)
            connection.set_authorizer(authorize)
        except BaseException:
            connection.close()
            raise
        return connection

    return _engine(connect, poolclass=QueuePool, pool_size=1, max_overflow=0)


def memory_engine() -> Engine:
    """Return an unencrypted database in memory, otherwise with the same settings. For tests."""

    def connect() -> Any:
        connection = driver.connect(
            ":memory:", timeout=5, check_same_thread=False, isolation_level=None
        )
        set_pragmas(connection, COMMON_PRAGMAS)
        return connection

    return _engine(connect, poolclass=StaticPool)


def _engine(connect: Any, **pool: Any) -> Engine:
    # The plain dialect with our own connect: the cipher's dialect would send an empty key.
    # Without module= errors of the driver would escape SQLAlchemy unwrapped.
    engine = create_engine(
        "sqlite+pysqlite://", creator=connect, module=driver, hide_parameters=True, **pool
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkin", _leave_nothing_open)
    return engine


def _leave_nothing_open(connection: Any, _record: object) -> None:
    """Roll back what a failed commit left open: SQLAlchemy takes it for ended."""
    if connection is not None and connection.in_transaction:
        connection.rollback()


def _begin(connection: Connection) -> None:
    """Begin transactions ourselves: the driver would commit DDL at once.

    A write takes its lock at the start, since one that reads first and then writes fails at once
    when somebody else has written in between. A read cannot write at all.
    """
    write = bool(connection.get_execution_options().get("cocm_write"))
    connection.exec_driver_sql(f"PRAGMA query_only = {int(not write)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
