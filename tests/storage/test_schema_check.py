"""A file whose schema another program has touched is not opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from cocm_desktop.errors import Damaged
from cocm_desktop.storage import schema_check
from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.schema_check import DIGEST, digest_of
from tests.storage.clinics import made_at, unlock


@pytest.fixture
def folder(tmp_path: Path) -> ClinicFolder:
    return made_at(tmp_path / "clinic")


def test_the_digest_is_that_of_the_newest_schema() -> None:
    assert digest_of(schema_check._ours()) == DIGEST


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("DROP TRIGGER tr_audit_entry_no_update", "trigger tr_audit_entry_no_update is missing"),
        (
            "CREATE TRIGGER other AFTER INSERT ON contact BEGIN DELETE FROM task; END",
            "trigger other is not of CoCM Desktop",
        ),
        ("CREATE VIEW other AS SELECT * FROM patient", "view other is not of"),
        ("CREATE VIRTUAL TABLE other USING fts5(words)", "table other is not of"),
        ("CREATE UNIQUE INDEX other ON contact (episode_id)", "index other is not of"),
        ("ALTER TABLE contact ADD COLUMN other TEXT", "table contact is not as it was made"),
        ("DROP TABLE audit_change", "table audit_change is missing"),
    ],
)
def test_what_another_program_did_is_named_and_the_file_is_left_alone(
    folder: ClinicFolder, statement: str, named: str
) -> None:
    with unlock(folder) as clinic, clinic.database.outside_transactions() as connection:
        connection.execute("PRAGMA query_only = 0")
        connection.execute("PRAGMA foreign_keys = 0")
        connection.execute(statement)
    before = (folder.path / "clinic.db").read_bytes()

    with pytest.raises(Damaged, match=named):
        unlock(folder)

    assert (folder.path / "clinic.db").read_bytes() == before


def test_no_statement_reaches_into_another_file(folder: ClinicFolder, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with unlock(folder) as clinic, clinic.database.read() as session:
        with pytest.raises(DBAPIError, match="not authorized"):
            session.connection().exec_driver_sql(f"ATTACH '{other}' AS other")
        session.rollback()

    assert not other.exists()
