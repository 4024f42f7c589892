"""Transactions: what is kept, what is rolled back, and what a person is told."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlcipher3 import dbapi2 as driver

from cocm_desktop.errors import Damaged, InUse, Unavailable
from cocm_desktop.storage.database import Database
from cocm_desktop.storage.engine import WRITE, memory_engine, open_engine
from cocm_desktop.storage.sqlite import APPLICATION_ID

KEY = bytes(range(32))
ADD = text("INSERT INTO note VALUES (:id)")
COUNT = text("SELECT count(*) FROM note")


@pytest.fixture
def engine() -> Engine:
    made = memory_engine()
    with made.connect().execution_options(**WRITE) as connection, connection.begin():
        connection.exec_driver_sql("CREATE TABLE note (id TEXT PRIMARY KEY)")
    return made


@pytest.fixture
def database(engine: Engine) -> Database:
    return Database(engine)


def count(database: Database) -> int:
    with database.read() as session:
        return int(session.execute(COUNT).scalar_one())


def add(database: Database, *ids: str, fail: bool = False) -> None:
    with database.write() as session:
        for each in ids:
            session.execute(ADD, {"id": each})
        if fail:
            raise ValueError("no")


def make_file(file: Path) -> Engine:
    engine = open_engine(file, KEY, create=True)
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql("CREATE TABLE note (id TEXT PRIMARY KEY)")
    return engine


def fail_commits(monkeypatch: pytest.MonkeyPatch, engine: Engine, code: int) -> None:
    """Let commits fail as the driver would, with the transaction still open."""

    def fail(_connection: object) -> None:
        error = driver.OperationalError("simulated")
        error.sqlite_errorcode = code
        raise error

    monkeypatch.setattr(engine.dialect, "do_commit", fail)


def test_a_write_is_kept(database: Database) -> None:
    add(database, "a")

    assert count(database) == 1


def test_a_write_that_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(ValueError, match="no"):
        add(database, "a", fail=True)

    assert count(database) == 0


def test_an_inner_write_joins_the_outer_one(database: Database) -> None:
    def outer() -> None:
        with database.write():
            add(database, "a")
            raise LookupError("outer")

    with pytest.raises(LookupError, match="outer"):
        outer()

    assert count(database) == 0


def test_an_inner_failure_undoes_all_even_where_it_is_caught(database: Database) -> None:
    def outer() -> None:
        with database.write() as session:
            session.execute(ADD, {"id": "a"})
            with suppress(ValueError):
                add(database, "b", fail=True)

    with pytest.raises(ValueError, match="no"):
        outer()

    assert count(database) == 0


def test_a_read_inside_a_write_sees_it(database: Database) -> None:
    with database.write() as session:
        session.execute(ADD, {"id": "a"})

        assert count(database) == 1


def test_a_read_cannot_write_and_that_is_a_bug(database: Database) -> None:
    with pytest.raises(OperationalError), database.read() as session:
        session.execute(ADD, {"id": "a"})

    assert count(database) == 0


def test_a_write_inside_a_read_is_a_bug(database: Database) -> None:
    with pytest.raises(RuntimeError), database.read(), database.write():
        pass


def test_a_doubled_key_stays_a_programming_error(database: Database) -> None:
    add(database, "a")

    with pytest.raises(IntegrityError):
        add(database, "a")


def test_errors_never_show_what_was_typed(database: Database) -> None:
    with pytest.raises(IntegrityError) as raised:
        add(database, "Ada Quill", "Ada Quill")

    assert "Quill" not in str(raised.value)


def test_a_closed_database_refuses(database: Database) -> None:
    database.close()

    with pytest.raises(Unavailable), database.read():
        pass


def test_a_second_writer_is_told_that_the_file_is_in_use(tmp_path: Path) -> None:
    file = tmp_path / "clinic.db"
    first = Database(make_file(file))
    second = Database(open_engine(file, KEY))
    with second.read() as session:
        session.connection().exec_driver_sql("PRAGMA busy_timeout = 10")

    with first.write() as session:
        session.execute(ADD, {"id": "a"})
        with pytest.raises(InUse), second.write() as other:
            other.execute(ADD, {"id": "b"})

    assert count(first) == 1
    first.close()
    second.close()


@pytest.mark.parametrize(
    "fault",
    [
        (driver.SQLITE_FULL, Unavailable, "disk is full"),
        (driver.SQLITE_IOERR, Unavailable, "not known whether"),
        (driver.SQLITE_BUSY, InUse, "Another program"),
        (driver.SQLITE_READONLY, Unavailable, "may not be written"),
        (driver.SQLITE_CANTOPEN, Unavailable, "cannot be reached"),
        (driver.SQLITE_CORRUPT, Damaged, "damaged"),
        (driver.SQLITE_NOTADB, Damaged, "damaged"),
    ],
)
def test_a_failed_commit_says_what_happened(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, fault: tuple[int, type[Unavailable], str]
) -> None:
    code, error, words = fault
    fail_commits(monkeypatch, engine, code)
    database = Database(engine)

    with pytest.raises(error, match=words), database.write() as session:
        session.execute(ADD, {"id": "a"})

    database.close()


def test_a_failed_commit_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_file(tmp_path / "clinic.db")
    database = Database(engine)
    with monkeypatch.context() as faults:
        fail_commits(faults, engine, driver.SQLITE_FULL)
        with pytest.raises(Unavailable), database.write() as session:
            session.execute(ADD, {"id": "a"})

    assert count(database) == 0
    with database.write() as session:
        session.execute(ADD, {"id": "a"})
    assert count(database) == 1
    database.close()


def test_a_missing_file_is_never_created_by_reading(tmp_path: Path) -> None:
    database = Database(open_engine(tmp_path / "clinic.db", KEY))

    with pytest.raises(Unavailable, match="cannot be reached"), database.read() as session:
        session.execute(COUNT)

    assert list(tmp_path.iterdir()) == []
    database.close()
