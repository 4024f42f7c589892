"""A backup is whole or not there, and becomes the same clinic again."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2 as driver

from cocm_desktop.domain.recovery_code import generate
from cocm_desktop.errors import Damaged, NewerFile, Refused, Unavailable, WrongSecret
from cocm_desktop.storage import backup as backups
from cocm_desktop.storage.backup import back_up
from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.data_key import Purpose
from cocm_desktop.storage.database_check import Contents, is_plain
from cocm_desktop.storage.database_copy import copy_database, require_good_copy
from cocm_desktop.storage.folder_state import FolderState
from cocm_desktop.storage.key_rotation import rotate_data_key
from cocm_desktop.storage.restore import read_backup, restore
from cocm_desktop.storage.sqlite import PAGE_BYTES
from cocm_desktop.storage.verify import verify
from tests.storage.clinics import (
    CANARY,
    CODE,
    NOW,
    OWNER,
    PASSWORD,
    add_canary,
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


def test_a_restored_backup_is_the_clinic_of_that_moment(
    folder: ClinicFolder, tmp_path: Path
) -> None:
    usb = tmp_path / "usb stick" / "clinic"
    with unlock(folder) as clinic:
        made = back_up(clinic, usb)
        add_canary(clinic, "later")
    again = folder_at(tmp_path / "another computer")

    restore(made.path, again)

    with unlock(again) as clinic:
        assert clinic.staff_id == OWNER
        assert canaries(clinic) == [CANARY]
        assert verify(clinic).findings == ()
    again.unlock_with_recovery_code(CODE).close()


def test_a_backup_made_while_the_key_was_another_still_opens(
    folder: ClinicFolder, backup_file: Path
) -> None:
    with unlock(folder) as clinic:
        rotate_data_key(clinic)
        second = back_up(clinic).path

    for number, file in enumerate((backup_file, second)):
        with unlock(restored(file, str(number))) as clinic:
            assert canaries(clinic) == [CANARY]


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
    def fill_up(_source: object, target: Path, _key: bytes) -> Contents:
        target.write_bytes(b"half")
        error = driver.OperationalError("full")
        error.sqlite_errorcode = driver.SQLITE_FULL
        raise error

    monkeypatch.setattr(backups, "copy_database", fill_up)

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

    with pytest.raises(Unavailable, match="does not hold the same rows"):
        require_good_copy(copy, key, wanted)


def test_a_copy_cannot_be_made_between_the_lines_of_a_write(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic, clinic.database.write(), pytest.raises(RuntimeError):
        back_up(clinic)


def test_a_clinic_is_never_restored_over_another(folder: ClinicFolder, backup_file: Path) -> None:
    with pytest.raises(Refused, match="a clinic in this folder already"):
        restore(backup_file, folder)

    with unlock(folder) as clinic:
        assert canaries(clinic) == [CANARY]


def test_a_clinic_is_restored_beside_its_own_backups(
    folder: ClinicFolder, backup_file: Path
) -> None:
    for file in folder.path.iterdir():
        if file.is_file():
            file.unlink()
    assert folder.state is FolderState.ONLY_BACKUPS

    restore(backup_file, folder)

    with unlock(folder) as clinic:
        assert canaries(clinic) == [CANARY]


@needs_fork
def test_a_restore_that_is_killed_leaves_a_whole_clinic_or_none(
    backup_file: Path, tmp_path: Path
) -> None:
    call, died = 0, True
    while died:
        call += 1
        folder = folder_at(tmp_path / f"restored {call}")
        died = killed_at(call, lambda: restore(backup_file, folder))  # noqa: B023  done at once
        if folder.state.may_be_created_in:
            restore(backup_file, folder)
        with unlock(folder) as clinic:
            assert canaries(clinic) == [CANARY]

    assert call > 10


def test_a_flipped_bit_anywhere_is_noticed_or_without_effect(backup_file: Path) -> None:
    size = backup_file.stat().st_size
    places = [*range(0, size, size // 60), *range(size - 400, size, 3)]
    noticed = 0
    for number, offset in enumerate(places):
        harmed = backup_file.with_name("harmed.cocmbak")
        shutil.copy(backup_file, harmed)
        flip(harmed, offset, number % 8)
        folder = folder_at(backup_file.parent / str(number))
        try:
            restore(harmed, folder)
        except Unavailable:
            noticed += 1
            assert folder.state is FolderState.NOTHING
        else:
            with unlock(folder) as clinic:
                assert canaries(clinic) == [CANARY]

    assert noticed > len(places) // 2


@pytest.mark.parametrize("length", [0, 1, 100, 5000, 100_000])
def test_a_backup_cut_short_is_refused(backup_file: Path, length: int) -> None:
    os.truncate(backup_file, length)

    with pytest.raises(Damaged, match="This backup is damaged"):
        restored(backup_file)
    with pytest.raises(Damaged):
        read_backup(backup_file)


def repacked(backup_file: Path, *, method: int = 0, **manifest: Any) -> Path:
    """Pack the backup anew with another manifest, or compressed."""
    target = backup_file.with_name("repacked.cocmbak")
    with ZipFile(backup_file) as source, ZipFile(target, "w", method) as packed:
        for name in source.namelist():
            content = source.read(name)
            if name == "manifest.json":
                content = json.dumps(json.loads(content) | manifest).encode()
            packed.writestr(name, content)
    return target


def test_a_newer_backup_is_left_for_the_newer_program(backup_file: Path) -> None:
    with pytest.raises(NewerFile, match="Nothing was restored"):
        restored(repacked(backup_file, version=99))


@pytest.mark.parametrize(
    "manifest",
    [{"format": "x"}, {"version": "1"}, {"as_of": "today"}, {"rows": 3}, {"sha256": {}}],
    ids=["format", "version", "as_of", "rows", "sha256"],
)
def test_a_manifest_that_is_not_ours_is_damage(backup_file: Path, manifest: dict[str, Any]) -> None:
    with pytest.raises(Damaged):
        restored(repacked(backup_file, **manifest))


def test_a_compressed_backup_is_not_ours(backup_file: Path) -> None:
    with pytest.raises(Damaged):
        restored(repacked(backup_file, method=ZIP_DEFLATED))


def test_a_missing_backup_is_no_bug(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be reached"):
        read_backup(tmp_path / "gone.cocmbak")


def test_a_restored_clinic_keeps_strangers_out(backup_file: Path) -> None:
    folder = restored(backup_file)

    with pytest.raises(WrongSecret):
        folder.unlock("owner", PASSWORD + "!")
    with pytest.raises(WrongSecret):
        folder.unlock_with_recovery_code(generate(bytes(18)))


def test_what_a_broken_off_backup_left_is_removed_by_the_next(folder: ClinicFolder) -> None:
    (folder.path / "backups").mkdir()
    (folder.path / "backups" / "2026-01-01T000000Z_x.cocmbak.db.part").write_bytes(b"half")
    (folder.path / "backups" / "notes.txt").write_text("mine")

    with unlock(folder) as clinic:
        made = back_up(clinic).path

    assert {file.name for file in made.parent.iterdir()} == {made.name, "notes.txt"}


def test_a_backup_whose_parts_do_not_fit_together_is_refused(backup_file: Path) -> None:
    wrong = {"clinic.db": "0" * 64}

    with pytest.raises(Damaged):
        restored(repacked(backup_file, sha256=wrong))


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


def test_a_good_clinic_has_no_findings(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic:
        report = verify(clinic)

    assert report.findings == ()
    assert report.rows["canary"] == 1
    assert report.size == (folder.path / "clinic.db").stat().st_size


def test_a_flipped_bit_is_found_wherever_it_is(folder: ClinicFolder) -> None:
    file = folder.path / "clinic.db"
    pages = file.stat().st_size // PAGE_BYTES

    for page in range(2, pages, 7):
        flip(file, page * PAGE_BYTES + 99)
        with unlock(folder) as clinic:
            assert any("altered page" in words for words in verify(clinic).findings)
        flip(file, page * PAGE_BYTES + 99)


def test_a_table_that_cannot_be_read_is_named(folder: ClinicFolder) -> None:
    file = folder.path / "clinic.db"
    flip(file, file.stat().st_size - PAGE_BYTES + 99)

    with unlock(folder) as clinic:
        findings = verify(clinic).findings

    assert "The table canary cannot be read to its end." in findings


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
