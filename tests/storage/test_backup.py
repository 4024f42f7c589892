"""A backup is whole or not there, and becomes the same clinic again."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from cocm_desktop.errors import Unavailable
from cocm_desktop.storage import backup as backups
from cocm_desktop.storage.backup import back_up
from cocm_desktop.storage.backup_file import read_backup
from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.data_key import Purpose
from cocm_desktop.storage.database_check import Contents, is_plain
from cocm_desktop.storage.database_copy import copy_database, require_good_copy
from cocm_desktop.storage.restore import restore
from cocm_desktop.storage.sqlite import PAGE_BYTES
from tests.storage.clinics import (
    CANARY,
    NOW,
    canaries,
    flip,
    folder_at,
    killed_at,
    made_at,
    needs_fork,
    unlock,
)


@pytest.fixture
def folder(tmp_path: Path) -> ClinicFolder:
    return made_at(tmp_path / "clinic")


@pytest.fixture
def backup_file(folder: ClinicFolder) -> Path:
    with unlock(folder) as clinic:
        return back_up(clinic).path


def restored(backup_file: Path, name: str = "restored") -> ClinicFolder:
    folder = folder_at(backup_file.parent.parent.parent / name)
    restore(backup_file, folder)
    return folder


def test_a_backup_tells_what_it_holds(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic:
        made = back_up(clinic)

    assert made.path.parent == folder.path / "backups"
    assert made.path.name.startswith("2026-11-22T170500Z_")
    assert made.as_of == NOW
    assert made.contents.rows["canary"] == 1
    assert read_backup(made.path) == made
    assert list(made.path.parent.iterdir()) == [made.path]


def test_a_backup_shows_nothing_to_those_without_a_secret(backup_file: Path) -> None:
    content = backup_file.read_bytes()

    assert b"Quill" not in content
    assert b"SQLite format 3" not in content


def test_two_backups_of_one_second_do_not_replace_each_other(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic:
        names = {back_up(clinic).path.name for _ in range(3)}

    assert len(names) == 3


def test_a_folder_that_cannot_be_made_gets_words(folder: ClinicFolder, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("not a folder")

    with unlock(folder) as clinic, pytest.raises(Unavailable, match="No backup was made"):
        back_up(clinic, tmp_path / "letter")


def test_a_damaged_clinic_gives_no_backup(folder: ClinicFolder) -> None:
    flip(folder.path / "clinic.db", 20 * PAGE_BYTES + 100)

    with unlock(folder) as clinic, pytest.raises(Unavailable):
        back_up(clinic)

    assert list((folder.path / "backups").iterdir()) == []


def test_a_disk_that_fills_up_gives_no_backup(
    folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_up(_source: object, _file: Path, target: Path) -> Contents:
        target.write_bytes(b"half")
        error = driver.OperationalError("full")
        error.sqlite_errorcode = driver.SQLITE_FULL
        raise error

    monkeypatch.setattr(backups, "copy_bytes", fill_up)

    with unlock(folder) as clinic, pytest.raises(Unavailable, match="disk is full"):
        back_up(clinic)

    assert list((folder.path / "backups").iterdir()) == []


def test_a_disk_that_gives_back_other_bytes_gives_no_backup(
    folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "sha256_of", lambda _file: "0" * 64)

    with unlock(folder) as clinic, pytest.raises(Unavailable, match="other bytes"):
        back_up(clinic)

    assert list((folder.path / "backups").iterdir()) == []


@pytest.mark.no_cover
@needs_fork
def test_a_backup_that_is_killed_leaves_no_half_one(
    folder: ClinicFolder, backup_file: Path, tmp_path: Path
) -> None:
    def make() -> None:
        with unlock(folder) as clinic:
            back_up(clinic)

    before = backup_file.read_bytes()
    call, died = 0, True
    while died:
        call += 1
        died = killed_at(call, make)
    for file in backup_file.parent.glob("*.cocmbak"):
        with unlock(restored(file, file.stem)) as clinic:
            assert canaries(clinic) == [CANARY]

    assert call > 8
    assert backup_file.read_bytes() == before
    with unlock(folder) as clinic:
        back_up(clinic)
    assert not list(backup_file.parent.glob("*.part"))


def test_a_copy_that_lacks_rows_is_not_good(folder: ClinicFolder, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with unlock(folder) as clinic:
        key = clinic.keys.derive(Purpose.DATABASE)
        with clinic.database.outside_transactions() as source:
            found = copy_database(source, copy, key)
    wanted = Contents(found.schema, found.pages, {**found.rows, "canary": 2})

    with pytest.raises(Unavailable, match="not good: It does not hold the same rows"):
        require_good_copy(copy, key, wanted)


def test_a_copy_cannot_be_made_between_the_lines_of_a_write(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic, clinic.database.write(), pytest.raises(RuntimeError):
        back_up(clinic)


def test_what_a_broken_off_backup_left_is_removed_by_the_next(folder: ClinicFolder) -> None:
    (folder.path / "backups").mkdir()
    (folder.path / "backups" / "2026-01-01T000000Z_x.cocmbak.db.part").write_bytes(b"half")
    (folder.path / "backups" / "notes.txt").write_text("mine")

    with unlock(folder) as clinic:
        made = back_up(clinic).path

    assert {file.name for file in made.parent.iterdir()} == {made.name, "notes.txt"}


def test_a_copy_that_is_not_encrypted_is_not_good(tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("CREATE TABLE patient (name TEXT)")

    with pytest.raises(Unavailable, match="not encrypted"):
        require_good_copy(copy, bytes(32), Contents(0, 2, {}))


def test_an_empty_file_counts_as_one_that_everybody_can_read(tmp_path: Path) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()

    assert is_plain(empty)


def test_a_name_that_may_go_again_is_no_backup(
    folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rename_only(part: Path, final: Path) -> None:
        part.rename(final)
        raise OSError(errno.EIO, "the folder cannot be flushed")

    monkeypatch.setattr(backups, "take_the_name", rename_only)

    with unlock(folder) as clinic, pytest.raises(Unavailable):
        back_up(clinic)

    assert list((folder.path / "backups").iterdir()) == []
