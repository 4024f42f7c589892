"""The one door: what is in a folder, making a clinic, opening it."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from cocm_desktop.domain.recovery_code import generate
from cocm_desktop.errors import (
    Damaged,
    InUse,
    NewerFile,
    OlderFile,
    Refused,
    Unavailable,
    WrongSecret,
)
from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.folder_state import FolderState
from cocm_desktop.storage.key_file import KeyFile
from cocm_desktop.storage.key_json import checksum
from cocm_desktop.storage.key_slot import SignIn
from cocm_desktop.storage.sqlite import PAGE_BYTES
from tests.storage.clinics import (
    CANARY,
    CODE,
    COLLEAGUE,
    NOW,
    OWNER,
    PASSWORD,
    canaries,
    create,
    flip,
    folder_at,
    killed_at,
    made_at,
    needs_fork,
    unlock,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Riverbend clinic"


@pytest.fixture
def folder(path: Path) -> ClinicFolder:
    return made_at(path)


def test_a_new_clinic_is_open_for_its_owner(path: Path) -> None:
    with create(folder_at(path)) as clinic:
        assert clinic.staff_id == OWNER
        assert canaries(clinic) == [CANARY]


def test_nothing_in_the_folder_can_be_read_without_a_secret(folder: ClinicFolder) -> None:
    for file in folder.path.iterdir():
        content = file.read_bytes()
        assert b"Quill" not in content
        assert b"SQLite format 3" not in content
        assert PASSWORD.encode() not in content


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_owner_of_the_computer_account_may_read_it(folder: ClinicFolder) -> None:
    modes = {stat.S_IMODE(file.stat().st_mode) for file in folder.path.iterdir()}

    assert modes == {0o600}
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["owner", "OWNER", " Owner ", "\uff2f\uff37\uff2e\uff25\uff32"])
def test_a_sign_in_name_is_found_however_it_is_written(folder: ClinicFolder, name: str) -> None:
    with folder.unlock(name, PASSWORD) as clinic:
        assert clinic.staff_id == OWNER


def test_a_wrong_password_and_an_unknown_name_get_the_same_words(folder: ClinicFolder) -> None:
    with pytest.raises(WrongSecret) as wrong_password:
        folder.unlock("owner", "violet tractor ozone hymns")
    with pytest.raises(WrongSecret) as unknown_name:
        folder.unlock("nobody", PASSWORD)

    assert str(wrong_password.value) == str(unknown_name.value)


def test_the_recovery_code_opens_it_for_nobody_in_particular(folder: ClinicFolder) -> None:
    with folder.unlock_with_recovery_code(CODE) as clinic:
        assert clinic.staff_id is None
        assert canaries(clinic) == [CANARY]


def test_another_recovery_code_does_not(folder: ClinicFolder) -> None:
    with pytest.raises(WrongSecret, match="recovery code"):
        folder.unlock_with_recovery_code(generate(bytes(18)))


def test_a_failed_unlock_gives_the_folder_back(folder: ClinicFolder) -> None:
    with pytest.raises(WrongSecret):
        folder.unlock("owner", "wrong")

    unlock(folder).close()


def test_a_clinic_is_open_once(folder: ClinicFolder) -> None:
    with unlock(folder), pytest.raises(InUse, match="Owner has this clinic open"):
        unlock(folder_at(folder.path))

    unlock(folder).close()


def test_an_existing_clinic_is_never_overwritten(folder: ClinicFolder) -> None:
    before = {file.name: file.read_bytes() for file in folder.path.iterdir()}

    with pytest.raises(Refused, match="a clinic in this folder already"):
        create(folder_at(folder.path))

    assert {file.name: file.read_bytes() for file in folder.path.iterdir()} == before


@pytest.mark.parametrize("name", ["OneDrive - Riverbend", "Dropbox", "Google Drive", "iCloudDrive"])
def test_no_clinic_is_made_in_a_folder_that_is_synced(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match="copied to other computers"):
        create(folder_at(tmp_path / name / "clinic"))

    assert list(tmp_path.iterdir()) == []


def test_a_creation_that_fails_leaves_an_empty_folder(path: Path) -> None:
    def fail(_session: Session) -> None:
        raise Refused

    folder = folder_at(path)
    with pytest.raises(Refused):
        folder.create(SignIn(OWNER, "owner", PASSWORD), CODE, fill=fail)

    assert folder.state is FolderState.NOTHING
    create(folder).close()


def test_a_creation_that_fails_after_its_keys_leaves_them_with_their_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_at(path)
    real = folder._copies.write

    def write(keys: KeyFile) -> None:
        real(keys)
        raise Unavailable("the folder could not be flushed")

    monkeypatch.setattr(folder._copies, "write", write)
    with pytest.raises(Unavailable):
        create(folder)

    with unlock(folder) as clinic:
        assert canaries(clinic) == [CANARY]
    assert not (path / "clinic.creating").exists()


@needs_fork
def test_a_creation_that_is_killed_leaves_a_whole_clinic_or_none(tmp_path: Path) -> None:
    call, died = 0, True
    while died:
        call += 1
        folder = folder_at(tmp_path / str(call))
        died = killed_at(call, lambda: create(folder_at(folder.path)))  # noqa: B023  done at once
        if folder.state.may_be_created_in:
            create(folder).close()
        with unlock(folder) as clinic:
            assert canaries(clinic) == [CANARY]

    assert call > 12


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00" + bytes(4080), bytes(4096)])
def test_a_stray_database_is_not_a_place_for_a_new_clinic(path: Path, content: bytes) -> None:
    path.mkdir()
    (path / "clinic.db").write_bytes(content)
    folder = folder_at(path)

    assert folder.state is FolderState.NO_KEYS
    with pytest.raises(Refused):
        create(folder)
    with pytest.raises(Damaged, match=r"keys\.json is missing"):
        unlock(folder)
    assert (path / "clinic.db").read_bytes() == content


def test_a_folder_that_is_not_there_holds_nothing(path: Path) -> None:
    folder = folder_at(path)

    assert folder.state is FolderState.NOTHING
    with pytest.raises(Unavailable, match="no clinic in this folder"):
        unlock(folder)
    assert not path.exists()


def test_a_folder_with_other_files_is_left_alone(path: Path) -> None:
    path.mkdir()
    (path / "letter.txt").write_text("Dear colleague")

    assert folder_at(path).state is FolderState.FOREIGN
    with pytest.raises(Unavailable, match="other files"):
        unlock(folder_at(path))
    assert [file.name for file in path.iterdir()] == ["letter.txt"]


def test_what_a_file_browser_leaves_does_not_matter(path: Path) -> None:
    path.mkdir()
    (path / ".DS_Store").touch()

    assert folder_at(path).state is FolderState.NOTHING


def test_backups_alone_ask_to_be_restored(path: Path) -> None:
    (path / "backups").mkdir(parents=True)

    assert folder_at(path).state is FolderState.ONLY_BACKUPS


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


def test_a_production_reader_refuses_the_cheap_slots_of_tests(folder: ClinicFolder) -> None:
    real = ClinicFolder(folder.path, now=lambda: NOW)

    with pytest.raises(Damaged, match="password check"):
        real.unlock("owner", PASSWORD)


def test_a_folder_that_may_not_be_written_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, **_how: object) -> None:
        raise PermissionError(errno.EACCES, "not yours")

    monkeypatch.setattr(Path, "mkdir", refuse)

    with pytest.raises(Unavailable, match=r"may not be written\. No clinic was created"):
        create(folder_at(path))


def test_sign_in_names_are_known_without_a_secret(folder: ClinicFolder, tmp_path: Path) -> None:
    assert folder.sign_ins() == ("Owner",)
    with pytest.raises(Unavailable, match="no clinic in this folder"):
        folder_at(tmp_path / "nothing").sign_ins()


def test_a_newer_key_file_is_left_for_the_newer_program(folder: ClinicFolder) -> None:
    for name in ("keys.json", "keys.json.bak"):
        content = json.loads((folder.path / name).read_bytes())
        (folder.path / name).write_text(json.dumps(content | {"version": 2}))

    assert folder.state is FolderState.NEWER_KEYS
    assert isinstance(folder.state.error(), NewerFile)
    with pytest.raises(NewerFile):
        unlock(folder)


def test_keys_that_may_not_be_read_are_not_called_damaged(
    folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path, *_how: object) -> None:
        raise PermissionError(errno.EACCES, "not yours")

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


def test_a_clinic_without_a_recovery_code_says_so(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic:
        keys = clinic.keys.key_file
        clinic.keys._write(replace(keys, slots=keys.people()))

    with pytest.raises(WrongSecret, match="no recovery code"):
        folder.unlock_with_recovery_code(CODE)
