"""The chain of the audit: whole where nobody touched it, and the first bad entry named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.storage import audit
from cocm_desktop.storage.anchors import holds
from cocm_desktop.storage.audit_chain import Head, head, head_of, read_anchor
from cocm_desktop.storage.audit_verify import ChainReport, LongCheck, check_chain, check_end
from cocm_desktop.storage.database import Database
from cocm_desktop.storage.engine import memory_engine
from cocm_desktop.storage.migrations import create_schema

KEY = bytes(range(32))
BEGAN = datetime(2026, 11, 22, 17, 5, tzinfo=UTC)
OWNER = StaffDraft("Ruth Ames", frozenset({Role.ADMINISTRATOR})).accept()


def stamp(minute: int = 0) -> Stamp:
    at = BEGAN + timedelta(minutes=minute, microseconds=minute)
    return Stamp(at, OWNER, "desk", new_id(), os_account="ruth", ticks_ms=minute + 1)


def add(database: Database, count: int) -> None:
    with database.write() as session:
        for number in range(count):
            changes = [FieldChange("name", None, f"n{number}"), FieldChange("town", "a", "b")]
            audit.write(session, stamp(number), audit.changed("staff.changed", OWNER.id, changes))


def checked(database: Database, *, last: int = 0) -> ChainReport:
    with database.outside_transactions() as connection:
        return check_end(connection, KEY, last) if last else check_chain(connection, KEY)


def tamper(database: Database, *statements: str) -> None:
    """Do as somebody with the key of the file and a tool for SQL would."""
    with database.write() as session:
        for name in triggers(session):
            session.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            session.execute(text(statement))


def triggers(session: Any) -> list[str]:
    found = session.execute(
        text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'")
    )
    return list(found.scalars())


@pytest.fixture
def database() -> Iterator[Database]:
    made = Database(memory_engine(), KEY)
    with made.write() as session:
        create_schema(session.connection())
    add(made, 9)
    yield made
    made.close()


def test_a_chain_that_nobody_touched_is_whole(database: Database) -> None:
    report = checked(database)

    assert (report.is_whole, report.entries, report.words) == (True, 9, "")
    assert report.head == head(database)
    assert report.head.seq == 9


def test_an_empty_audit_is_whole() -> None:
    made = Database(memory_engine(), KEY)
    with made.write() as session:
        create_schema(session.connection())

    report = checked(made)

    assert (report.is_whole, report.head, head(made)) == (True, Head(0, ""), Head(0, ""))


def test_the_last_entries_are_checked_alone(database: Database) -> None:
    tamper(database, "UPDATE audit_entry SET reason = 'x' WHERE seq = 3")

    assert checked(database, last=4).is_whole
    assert checked(database, last=4).entries == 4
    assert checked(database, last=40).first_bad == 3


COPIED = (
    "INSERT INTO audit_entry SELECT {seq}, 'other-id', at, local_offset, ticks_ms, clock_ok, "
    "staff_id, staff_name, roles, is_emergency, device, os_account, app_version, session_id, "
    "code, action, outcome, patient_id, object_type, object_id, object_version, category, "
    "before_hash, after_hash, reason, recipient, sha256, pages, bytes, prev_mac, mac "
    "FROM audit_entry WHERE seq = {of}"
)
OLD = "UPDATE audit_entry SET mac = NULL, prev_mac = NULL, ticks_ms = 0, os_account = ''"
CHANGED = (
    (("UPDATE audit_entry SET staff_name = 'Nobody' WHERE seq = 4",), 4),
    (("UPDATE audit_entry SET at = '2026-11-22 03:00:00.000000' WHERE seq = 5",), 5),
    (("UPDATE audit_entry SET clock_ok = 0 WHERE seq = 5",), 5),
    (("UPDATE audit_change SET after = 'n9' WHERE seq = 6 AND field = 'name'",), 6),
    (("DELETE FROM audit_change WHERE seq = 2 AND field = 'town'",), 2),
    (("UPDATE audit_change SET seq = 8 WHERE seq = 7 AND field = 'town'",), 7),
    (("DELETE FROM audit_change WHERE seq = 5", "DELETE FROM audit_entry WHERE seq = 5"), 5),
    (("DELETE FROM audit_change WHERE seq < 3", "DELETE FROM audit_entry WHERE seq < 3"), 1),
    (
        ("PRAGMA defer_foreign_keys = 1", "UPDATE audit_entry SET seq = seq + 1 WHERE seq > 8"),
        9,
    ),
    ((COPIED.format(seq=10, of=9),), 10),
    ((COPIED.format(seq=0, of=1),), 0),
    (("UPDATE audit_entry SET mac = NULL WHERE seq = 6",), 6),
    (("UPDATE audit_entry SET prev_mac = NULL WHERE seq = 6",), 6),
    (("UPDATE audit_entry SET mac = NULL, prev_mac = NULL",), 1),
    ((f"{OLD} WHERE seq < 4",), 4),
)


@pytest.mark.parametrize(("statements", "first_bad"), CHANGED)
def test_what_was_changed_is_named(
    database: Database, statements: tuple[str, ...], first_bad: int
) -> None:
    with database.outside_transactions() as connection:
        connection.execute("PRAGMA foreign_keys = 0")
    tamper(database, *statements)

    report = checked(database)

    assert report.first_bad == first_bad
    assert report.words
    assert report.head.seq == first_bad - 1


def test_two_entries_that_changed_places_are_found(database: Database) -> None:
    tamper(
        database,
        "PRAGMA defer_foreign_keys = 1",
        "UPDATE audit_entry SET seq = 99 WHERE seq = 4",
        "UPDATE audit_entry SET seq = 4 WHERE seq = 5",
        "UPDATE audit_entry SET seq = 5 WHERE seq = 99",
        "UPDATE audit_change SET seq = CASE seq WHEN 4 THEN 5 ELSE 4 END WHERE seq IN (4, 5)",
    )

    assert checked(database).first_bad == 4


def test_seals_of_another_key_do_not_fit(database: Database) -> None:
    with database.outside_transactions() as connection:
        report = check_chain(connection, bytes(32))

    assert report.first_bad == 1


def make_old(database: Database, count: int) -> None:
    """Make the entries as the program before the chain left them."""
    tamper(database, f"{OLD} WHERE seq <= {count}")


def test_the_first_write_seals_what_was_there_before_the_chain(database: Database) -> None:
    make_old(database, 9)
    assert head(database) == Head(9, "")
    assert checked(database).is_whole

    add(database, 2)

    with database.read() as session:
        codes = session.execute(text("SELECT code, object_id FROM audit_entry WHERE seq > 9"))
        assert codes.all() == [
            ("audit.sealed", "1-9"), ("staff.changed", OWNER.id), ("staff.changed", OWNER.id)
        ]  # fmt: skip
    assert checked(database).is_whole
    tamper(database, "UPDATE audit_change SET after = 'other' WHERE seq = 4 AND field = 'name'")
    report = checked(database)
    assert report.first_bad == 1
    assert "entries 1 to 9" in report.words


def test_what_stands_on_paper_is_read_back(database: Database) -> None:
    with database.outside_transactions() as connection:
        found = head_of(connection)

    typed = read_anchor(str(found).lower())

    assert found == head(database)
    assert typed == Head(9, found.mac[:8])
    assert read_anchor(f"  A: 9 – {found.mac[:8].upper()} ") == typed
    assert read_anchor("A:9-xyz") is None


def stepped(database: Database, most: int) -> tuple[int, ChainReport]:
    """Check in steps; give how many there were before the report."""
    check, steps = LongCheck(), 0
    with database.outside_transactions() as connection:
        while (report := check.step(connection, KEY, most)) is None:
            steps += 1
    return steps, report


def test_a_long_check_comes_to_the_same_end_in_steps(database: Database) -> None:
    steps, report = stepped(database, 4)

    assert steps == 2
    assert report == checked(database)


def test_a_long_check_ends_at_the_first_bad_entry(database: Database) -> None:
    tamper(database, "UPDATE audit_entry SET reason = 'x' WHERE seq = 6")

    steps, report = stepped(database, 4)

    assert (steps, report.first_bad) == (1, 6)


def test_a_moment_without_its_fraction_is_read_as_it_was_sealed(database: Database) -> None:
    tamper(database, "UPDATE audit_entry SET at = substr(at, 1, 19) WHERE seq = 1")

    assert checked(database).is_whole


def test_a_file_holds_what_was_seen_of_it_and_not_what_was_not(database: Database) -> None:
    seen = head(database)

    with database.outside_transactions() as connection:
        assert holds(connection, seen)
        assert holds(connection, Head(0, "")), "of an empty audit nothing can be missing"
        assert not holds(connection, Head(seen.seq, "0" * 64))
        assert not holds(connection, Head(seen.seq + 1, seen.mac))
