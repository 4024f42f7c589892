"""Missing, empty, cut, foreign and forged files: each gets its own words and is left as it is."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from cocm_desktop.errors import (
    Damaged,
    NewerFile,
    OlderFile,
    Unavailable,
    WrongSecret,
)
from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.folder_state import FolderState
from cocm_desktop.storage.key_json import checksum
from cocm_desktop.storage.sqlite import PAGE_BYTES
from tests.storage.clinics import (
    CANARY,
    COLLEAGUE,
    OWNER,
    canaries,
    flip,
    made_at,
    unlock,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Riverbend clinic"


@pytest.fixture
def folder(path: Path) -> ClinicFolder:
    return made_at(path)


def remove(file: Path) -> None:
    file.unlink()


def make_empty(file: Path) -> None:
    file.write_bytes(b"")


def cut_inside_a_page(file: Path) -> None:
    os.truncate(file, file.stat().st_size - 100)


def cut_between_pages(file: Path) -> None:
    os.truncate(file, file.stat().st_size - 3 * PAGE_BYTES)


def fill_with_zeros(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def fill_with_noise(file: Path) -> None:
    file.write_bytes(os.urandom(file.stat().st_size))


def flip_in_the_first_page(file: Path) -> None:
    flip(file, 40)


def put_a_plain_database(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE patient (name TEXT)")


def put_an_empty_plain_database(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 1")


def put_another_clinic(file: Path) -> None:
    other = made_at(file.parent.parent / "other")
    shutil.copy(other.path / "clinic.db", file)


DAMAGE = [
    (remove, FolderState.NO_DATABASE, "missing"),
    (make_empty, FolderState.DATABASE_EMPTY, "is empty"),
    (cut_inside_a_page, FolderState.DATABASE_CUT_SHORT, "cut short"),
    (cut_between_pages, FolderState.CLINIC, "damaged"),
    (fill_with_zeros, FolderState.CLINIC, "damaged"),
    (fill_with_noise, FolderState.CLINIC, "damaged"),
    (flip_in_the_first_page, FolderState.CLINIC, "damaged"),
    (put_a_plain_database, FolderState.NOT_ENCRYPTED, "not encrypted"),
    (put_an_empty_plain_database, FolderState.NOT_ENCRYPTED, "not encrypted"),
    (put_another_clinic, FolderState.CLINIC, "damaged"),
]


@pytest.mark.parametrize(("harm", "state", "words"), DAMAGE, ids=[d[0].__name__ for d in DAMAGE])
def test_a_harmed_file_gets_its_own_words_and_is_left_as_it_is(
    folder: ClinicFolder, harm: Callable[[Path], None], *, state: FolderState, words: str
) -> None:
    file = folder.path / "clinic.db"
    harm(file)
    before = file.read_bytes() if file.exists() else None

    assert folder.state is state
    with pytest.raises(WrongSecret):
        folder.unlock("owner", "wrong")
    with pytest.raises(Damaged, match=words):
        unlock(folder)

    assert (file.read_bytes() if file.exists() else None) == before


def mark_as(folder: ClinicFolder, pragma: str, value: int) -> None:
    with unlock(folder) as clinic, clinic.database.write() as session:
        session.execute(text(f"PRAGMA {pragma} = {value}"))


def test_a_newer_file_is_left_for_the_newer_program(folder: ClinicFolder) -> None:
    mark_as(folder, "user_version", 99)
    before = (folder.path / "clinic.db").read_bytes()

    with pytest.raises(NewerFile):
        unlock(folder)

    assert (folder.path / "clinic.db").read_bytes() == before


def test_an_older_file_asks_before_it_is_brought_up_to_date(folder: ClinicFolder) -> None:
    mark_as(folder, "user_version", 0)

    with pytest.raises(OlderFile, match="copy is made first"):
        unlock(folder)


def test_a_file_of_another_program_is_not_ours(folder: ClinicFolder) -> None:
    mark_as(folder, "application_id", 1)

    with pytest.raises(Damaged, match="not a clinic of CoCM Desktop"):
        unlock(folder)


def test_missing_keys_are_not_made_anew(folder: ClinicFolder) -> None:
    for name in ("keys.json", "keys.json.bak"):
        (folder.path / name).unlink()

    assert folder.state is FolderState.NO_KEYS
    with pytest.raises(Damaged, match=r"keys\.json is missing"):
        unlock(folder)


def test_a_damaged_key_file_is_replaced_by_its_spare_and_that_is_told(
    folder: ClinicFolder,
) -> None:
    keys = folder.path / "keys.json"
    good = keys.read_bytes()
    flip(keys, 200)

    with unlock(folder) as clinic:
        assert "spare copy was used" in clinic.notices[0]

    assert keys.read_bytes() == good


def test_two_damaged_key_files_are_damage(folder: ClinicFolder) -> None:
    for name in ("keys.json", "keys.json.bak"):
        flip(folder.path / name, 200)

    assert folder.state is FolderState.KEYS_DAMAGED
    with pytest.raises(Damaged, match=r"keys\.json is damaged"):
        unlock(folder)


def test_a_write_that_was_broken_off_is_undone_at_the_next_opening(folder: ClinicFolder) -> None:
    file = folder.path / "clinic.db"
    with unlock(folder) as clinic, clinic.database.write() as session:
        session.execute(text("PRAGMA cache_size = 1"))
        session.execute(text("PRAGMA cache_spill = 1"))
        for _ in range(200):
            session.execute(text("INSERT INTO canary VALUES (hex(randomblob(2000)))"))
        copies = {
            name: (folder.path / name).read_bytes() for name in ("clinic.db", "clinic.db-journal")
        }
    for name, content in copies.items():
        (folder.path / name).write_bytes(content)

    assert file.stat().st_size > 0
    with unlock(folder) as clinic:
        assert canaries(clinic) == [CANARY]


def test_a_newer_key_file_is_left_for_the_newer_program(folder: ClinicFolder) -> None:
    for name in ("keys.json", "keys.json.bak"):
        content = json.loads((folder.path / name).read_bytes())
        (folder.path / name).write_text(json.dumps(content | {"version": 3}))

    assert folder.state is FolderState.NEWER_KEYS
    assert isinstance(folder.state.error(), NewerFile)
    with pytest.raises(NewerFile):
        unlock(folder)


def test_one_copy_that_names_a_newer_program_gives_way_to_the_other(folder: ClinicFolder) -> None:
    first = folder.path / "keys.json"
    content = json.loads(first.read_bytes())
    first.write_text(json.dumps(content | {"version": 6}))

    with unlock(folder) as clinic:
        assert "spare copy was used" in clinic.notices[0]


def test_keys_that_may_not_be_read_are_not_called_damaged(
    folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def refuse(path: Path, *how: Any, **more: Any) -> Any:
        if path.name.startswith("keys.json"):
            raise PermissionError(errno.EACCES, "not yours")
        return real(path, *how, **more)

    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(Unavailable, match="may not be read") as raised:
        unlock(folder)
    assert not isinstance(raised.value, Damaged)


def test_keys_that_the_disk_cannot_read_give_way_to_the_spare(
    folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def fail(path: Path, *how: Any, **more: Any) -> Any:
        if path.name == "keys.json":
            raise OSError(errno.EIO, "broken")
        return real(path, *how, **more)

    with monkeypatch.context() as disk:
        disk.setattr(Path, "open", fail)
        with unlock(folder) as clinic:
            assert clinic.notices


def test_keys_that_were_forged_give_way_to_the_spare(folder: ClinicFolder) -> None:
    first = folder.path / "keys.json"
    content = json.loads(first.read_bytes())
    del content["checksum"]
    content["slots"][0]["staff_id"] = COLLEAGUE
    first.write_text(json.dumps(content | {"checksum": checksum(content)}))

    with unlock(folder) as clinic:
        assert clinic.staff_id == OWNER
        assert clinic.notices

    (folder.path / "keys.json.bak").unlink()
    first.write_text(json.dumps(content | {"checksum": checksum(content)}))
    with pytest.raises(Damaged, match="something other than CoCM Desktop"):
        unlock(folder)
