"""A check of a clinic finds every kind of harm, and reads to the end."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from cocm_desktop.errors import Damaged
from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.sqlite import PAGE_BYTES
from cocm_desktop.storage.verify import verify
from tests.storage.clinics import (
    flip,
    made_at,
    unlock,
)
from tests.storage.test_audit_verify import add, tamper


@pytest.fixture
def folder(tmp_path: Path) -> ClinicFolder:
    return made_at(tmp_path / "clinic")


def test_a_good_clinic_has_no_findings(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic:
        report = verify(clinic)

    assert report.findings == ()
    assert report.rows["canary"] == 1
    assert report.size == (folder.path / "clinic.db").stat().st_size


@pytest.mark.no_cover
def test_a_flipped_bit_is_found_wherever_it_is(folder: ClinicFolder) -> None:
    file = folder.path / "clinic.db"
    pages = file.stat().st_size // PAGE_BYTES

    for page in range(2, pages, 7):
        flip(file, page * PAGE_BYTES + 99)
        assert is_found(folder)
        flip(file, page * PAGE_BYTES + 99)


def is_found(folder: ClinicFolder) -> bool:
    """Tell whether the damage is found; in a page of the schema, already when it is opened."""
    try:
        with unlock(folder) as clinic:
            return any("altered page" in words for words in verify(clinic).findings)
    except Damaged:
        return True


def test_a_table_that_cannot_be_read_is_named(folder: ClinicFolder) -> None:
    file = folder.path / "clinic.db"
    flip(file, file.stat().st_size - PAGE_BYTES + 99)

    with unlock(folder) as clinic:
        report = verify(clinic)

    pages = file.stat().st_size // PAGE_BYTES
    named = "The table canary cannot be read to its end."
    assert report.findings[0] == f"1 altered page was found ({pages})."
    assert report.findings[-1] == named
    assert len(" ".join(report.findings)) < 300, "a person can read it"
    assert len(report.rows) > 50, "the other tables can be read"


def test_a_file_that_was_swapped_for_a_plain_one_is_found(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic:
        with clinic.database.outside_transactions():
            (folder.path / "clinic.db").unlink()
            with closing(sqlite3.connect(folder.path / "clinic.db")) as connection:
                connection.execute("CREATE TABLE patient (name TEXT)")
        findings = verify(clinic).findings

    assert "The file can be read without a key." in findings


def test_marks_and_stray_files_are_found(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic:
        with clinic.database.write() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '0099'"))
            session.execute(text("PRAGMA application_id = 5"))
        (folder.path / "clinic-0009.db").write_bytes(b"stray")
        flip(folder.path / "keys.json.bak", 50)
        findings = " ".join(verify(clinic).findings)

    assert "revision 0099" in findings
    assert "not marked as a clinic" in findings
    assert "clinic-0009.db belongs to no clinic" in findings
    assert "keys.json.bak does not say" in findings


def test_a_reference_to_nothing_and_an_extra_page_are_found(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic:
        with clinic.database.outside_transactions() as connection:
            connection.execute("PRAGMA query_only = 0")
            connection.execute("PRAGMA foreign_keys = 0")
            connection.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
            connection.execute("CREATE TABLE child (of INTEGER REFERENCES parent (id))")
            connection.execute("INSERT INTO child VALUES (7)")
        with (folder.path / "clinic.db").open("ab") as stream:
            stream.write(bytes(PAGE_BYTES))
        findings = " ".join(verify(clinic).findings)

    assert "A row of child refers to a row that is not there." in findings
    assert "another length" in findings


def test_an_audit_that_cannot_be_read_is_told(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic:
        with clinic.database.outside_transactions() as connection:
            connection.execute("PRAGMA query_only = 0")
            connection.execute("PRAGMA foreign_keys = 0")
            connection.execute("DROP TABLE audit_entry")
        report = verify(clinic)

    assert report.chain is None
    assert "The audit cannot be read to its end." in report.findings
    assert report.rows["canary"] == 1, "the rest is read"


def test_an_entry_that_was_changed_is_named(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic:
        add(clinic.database, 2)
        tamper(clinic.database, "UPDATE audit_entry SET staff_name = 'Nobody' WHERE seq = 1")
        findings = " ".join(verify(clinic).findings)

    assert "Entry 1 or the order before it was changed" in findings
