"""Check a whole clinic: every page, every row, the keys and what lies beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlcipher3.dbapi2 as driver

from cocm_desktop.errors import Damaged
from cocm_desktop.safe_file import blaming_the_disk
from cocm_desktop.storage import migrations
from cocm_desktop.storage.audit_verify import ChainReport, check_chain
from cocm_desktop.storage.database_check import (
    cipher_damage,
    inner_damage,
    is_plain,
    table_names,
)
from cocm_desktop.storage.key_copies import NAME, SPARE_NAME
from cocm_desktop.storage.key_file import to_bytes
from cocm_desktop.storage.open_clinic import OpenClinic
from cocm_desktop.storage.record_check import unlike_the_audit
from cocm_desktop.storage.schema_check import differences
from cocm_desktop.storage.sqlite import APPLICATION_ID


@dataclass(frozen=True, slots=True)
class Report:
    """What is wrong, in sentences, none if all is well; and the rows read of each table.

    `chain` says how far the audit was found whole; None where it could not be read at all.
    """

    findings: tuple[str, ...]
    rows: dict[str, int]
    size: int
    chain: ChainReport | None = None


def verify(clinic: OpenClinic) -> Report:
    """Read everything and change nothing."""
    rows: dict[str, int] = {}
    with blaming_the_disk("Nothing was changed."):
        if altered := _altered(clinic):
            findings = [*altered, *_inner(clinic), *_tables(clinic, rows), *_files(clinic)]
            return Report(tuple(findings), rows, clinic.file.stat().st_size)
        with clinic.database.outside_transactions() as connection:
            findings = [
                *inner_damage(connection, clinic.file),
                *_marks(connection),
                *(f"Another program was at work: {words}." for words in differences(connection)),
            ]
            chain = _chain(connection, clinic.database.audit_key)
            findings += _unlike_the_audit(connection)
        if chain is None:
            findings.append("The audit cannot be read to its end.")
        elif chain.words:
            findings.append(chain.words)
        findings += [*_tables(clinic, rows), *_files(clinic)]
        return Report(tuple(findings), rows, clinic.file.stat().st_size, chain)


def _unlike_the_audit(connection: Any) -> list[str]:
    """Compare records and audit; where either cannot be read, that is told already."""
    try:
        return list(unlike_the_audit(connection))
    except driver.DatabaseError:
        return []


def _chain(connection: Any, key: bytes) -> ChainReport | None:
    try:
        return check_chain(connection, key)
    except driver.DatabaseError:
        return None


def _altered(clinic: OpenClinic) -> tuple[str, ...]:
    """Say which pages are not as they were written: what else is asked fails for that alone."""
    with clinic.database.outside_transactions() as connection:
        found = tuple(cipher_damage(connection))
    if found:
        clinic.database.reopen()
    return found


def _inner(clinic: OpenClinic) -> tuple[str, ...]:
    with clinic.database.outside_transactions() as connection:
        found = tuple(inner_damage(connection, clinic.file))
    clinic.database.reopen()
    return found


def _tables(clinic: OpenClinic, rows: dict[str, int]) -> Iterator[str]:
    """Count the rows of each table, or name one that cannot be read."""
    with clinic.database.outside_transactions() as connection:
        names = table_names(connection)
    for name in names:
        try:
            with clinic.database.outside_transactions() as connection:
                cursor = connection.execute(f'SELECT * FROM "{name}" NOT INDEXED')  # noqa: S608
                rows[name] = sum(1 for _ in cursor)
        except Damaged:
            yield f"The table {name} cannot be read to its end."
            clinic.database.reopen()


def _marks(connection: Any) -> Iterator[str]:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        yield "The file is not marked as a clinic of CoCM Desktop."
    schema = connection.execute("PRAGMA user_version").fetchone()[0]
    (stamp,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if stamp != migrations.revision(schema):
        yield f"The file is marked with schema {schema} and with revision {stamp}."


def _files(clinic: OpenClinic) -> Iterator[str]:
    if is_plain(clinic.file):
        yield "The file can be read without a key."
    wanted = to_bytes(clinic.keys.key_file)
    for name in (NAME, SPARE_NAME):
        file = clinic.path / name
        if not file.exists() or file.read_bytes() != wanted:
            yield f"The key file {name} does not say what the open clinic says."
    for file in sorted(clinic.path.glob("clinic*.db")):
        if file != clinic.file:
            yield f"The file {file.name} belongs to no clinic."
