"""The encrypted file: proof of encryption, pragmas, transactions that hold DDL too."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Column, Engine, MetaData, String, Table
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlcipher3 import dbapi2 as driver

from cocm_desktop.errors import Damaged, Unavailable
from cocm_desktop.storage.engine import WRITE, memory_engine, open_engine
from cocm_desktop.storage.migrations import mark
from cocm_desktop.storage.sqlite import (
    APPLICATION_ID,
    FILE_PRAGMAS,
    append_only,
    blaming_the_file,
    set_pragmas,
    unlock,
)

KEY = bytes(range(32))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "clinic %41 é.db"
    engine = open_engine(made, KEY, create=True)
    write(engine, f"PRAGMA application_id = {APPLICATION_ID}", "CREATE TABLE note (id TEXT)")
    write(engine, "INSERT INTO note VALUES ('Ada Quill')")
    engine.dispose()
    return made


def write(engine: Engine, *statements: str) -> None:
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        for statement in statements:
            connection.exec_driver_sql(statement)


def test_the_file_is_unreadable_without_the_key(file: Path) -> None:
    stored = file.read_bytes()

    assert not stored.startswith(b"SQLite format 3")
    assert b"Quill" not in stored
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(file).execute("SELECT * FROM sqlite_master")


def test_every_pragma_reads_back(file: Path) -> None:
    engine = open_engine(file, KEY)
    with engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in FILE_PRAGMAS
        }
    engine.dispose()

    assert found == FILE_PRAGMAS


def test_another_key_does_not_open_it(file: Path) -> None:
    engine = open_engine(file, bytes(32))

    with pytest.raises(DatabaseError, match="not a database"):
        engine.connect()


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33)])
def test_a_key_of_another_length_is_a_bug(file: Path, key: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_engine(file, key).connect()


def test_an_empty_file_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    empty = tmp_path / "clinic.db"
    empty.touch()

    with pytest.raises(Damaged):
        open_engine(empty, KEY).connect()

    assert empty.stat().st_size == 0


def test_a_failing_transaction_undoes_new_tables_too(file: Path) -> None:
    engine = open_engine(file, KEY)

    with pytest.raises(DatabaseError):
        write(engine, "CREATE TABLE half (id TEXT)", "CREATE TABLE note (id TEXT)")

    with engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    engine.dispose()
    assert names == ["note"]


def test_an_sqlite_without_a_cipher_is_refused() -> None:
    connection = sqlite3.connect(":memory:")

    with closing(connection), pytest.raises(Unavailable, match="cannot encrypt"):
        unlock(connection, KEY)


def test_a_pragma_that_does_not_stick_is_a_bug() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        with pytest.raises(RuntimeError, match="journal_mode stayed"):
            set_pragmas(connection, {"journal_mode": "delete"})
        with pytest.raises(RuntimeError, match="no_such_pragma stayed None"):
            set_pragmas(connection, {"no_such_pragma": 1})


def test_a_mark_that_does_not_stick_is_a_bug(file: Path) -> None:
    engine = open_engine(file, KEY)
    with (
        pytest.raises(RuntimeError, match="user_version stayed"),
        engine.connect().execution_options(**WRITE) as connection,
    ):
        mark(connection, 2**40)
    engine.dispose()


def test_only_errors_of_the_file_get_words() -> None:
    def no_such_table() -> None:
        with blaming_the_file(), closing(driver.connect(":memory:")) as connection:
            connection.execute("SELECT * FROM no_such_table")

    def error_without_a_code() -> None:
        with blaming_the_file():
            raise driver.InterfaceError("misused")

    with pytest.raises(driver.OperationalError):
        no_such_table()
    with pytest.raises(driver.InterfaceError):
        error_without_a_code()


def test_an_error_of_a_copy_is_known_by_its_words() -> None:
    def fill_the_disk() -> None:
        with blaming_the_file():
            raise driver.OperationalError("database or disk is full")

    with pytest.raises(Unavailable, match="The disk is full"):
        fill_the_disk()


def test_append_only_rows_cannot_be_changed_or_removed() -> None:
    metadata = MetaData()
    table = Table("trail", metadata, Column("id", String))
    append_only(table)
    engine = memory_engine()
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        metadata.create_all(connection)
    write(engine, "INSERT INTO trail VALUES ('a')")

    for statement in ("UPDATE trail SET id = 'b'", "DELETE FROM trail"):
        with pytest.raises(IntegrityError, match="append-only"):
            write(engine, statement)
