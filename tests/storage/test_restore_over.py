"""A restore replaces only what it must, and what stops it leaves everything as it was."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from cocm_desktop.errors import Damaged, NewerFile, Refused, Unavailable
from cocm_desktop.storage.backup import back_up
from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.folder_state import FolderState
from cocm_desktop.storage.key_copies import NAME, SPARE_NAME, KeyCopies
from cocm_desktop.storage.replacing import pending_note
from cocm_desktop.storage.restore import restore
from tests.storage.clinics import CANARY, add_canary, canaries, flip, folder_at, made_at, unlock
from tests.storage.test_restore import files_of, over


@pytest.fixture
def folder(tmp_path: Path) -> ClinicFolder:
    return made_at(tmp_path / "clinic")


@pytest.fixture
def backup_file(folder: ClinicFolder, tmp_path: Path) -> Path:
    with unlock(folder) as clinic:
        return back_up(clinic, tmp_path / "usb").path


@pytest.mark.parametrize("harm", [None, b"{}"], ids=["missing", "damaged"])
def test_where_only_the_keys_are_lost_only_they_are_put_back(
    folder: ClinicFolder, backup_file: Path, harm: bytes | None
) -> None:
    with unlock(folder) as clinic:
        add_canary(clinic, "later")
    for name in ("keys.json", "keys.json.bak"):
        (folder.path / name).unlink()
        if harm is not None:
            (folder.path / name).write_bytes(harm)

    done = over(backup_file, folder)

    assert (done.is_keys_only, done.kept) == (True, None)
    assert pending_note(folder.path)["only"] == "keys"
    with unlock(folder) as clinic:
        assert canaries(clinic) == [CANARY, "later"]


def test_without_keys_a_damaged_file_gives_way_to_the_backup(
    folder: ClinicFolder, backup_file: Path
) -> None:
    for name in ("keys.json", "keys.json.bak"):
        (folder.path / name).unlink()
    flip(folder.path / "clinic.db", 40_000)

    done = over(backup_file, folder)

    assert not done.is_keys_only
    with unlock(folder) as clinic:
        assert canaries(clinic) == [CANARY]


def test_a_folder_with_other_things_in_it_is_no_clinics_place(
    backup_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("Dear Ada")
    there = folder_at(tmp_path / "letters")
    assert there.state is FolderState.FOREIGN

    with pytest.raises(Refused):
        over(backup_file, there)

    assert files_of(there.path)["letter.txt"] == b"Dear Ada"
    assert not list(there.path.glob("*.db"))


def test_keys_of_a_newer_program_are_left_for_it(folder: ClinicFolder, backup_file: Path) -> None:
    for name in (NAME, SPARE_NAME):
        content = json.loads((folder.path / name).read_bytes())
        (folder.path / name).write_text(json.dumps(content | {"version": 99}))
    assert folder.state is FolderState.NEWER_KEYS
    before = files_of(folder.path)

    with pytest.raises(NewerFile):
        over(backup_file, folder)

    assert files_of(folder.path) == before


def test_a_backup_that_holds_other_rows_than_it_says_takes_no_ones_place(
    folder: ClinicFolder, backup_file: Path
) -> None:
    false = backup_file.with_name("false.cocmbak")
    with ZipFile(backup_file) as source, ZipFile(false, "w") as packed:
        for name in source.namelist():
            content = source.read(name)
            if name == "manifest.json":
                manifest = json.loads(content)
                manifest["rows"]["canary"] = 2
                content = json.dumps(manifest).encode()
            packed.writestr(name, content)
    before = files_of(folder.path)

    with pytest.raises(Damaged, match="This backup is damaged"):
        over(false, folder)

    assert files_of(folder.path) == before


def test_a_harmed_backup_leaves_damaged_keys_as_they_are(
    folder: ClinicFolder, backup_file: Path
) -> None:
    for name in (NAME, SPARE_NAME):
        (folder.path / name).write_bytes(b"x")
    flip(folder.path / "clinic.db", 40_000)
    with ZipFile(backup_file) as archive:
        offset = archive.getinfo("clinic.db").header_offset
    flip(backup_file, offset + 20_000)

    with pytest.raises(Damaged):
        over(backup_file, folder)

    assert (folder.path / NAME).read_bytes() == b"x"
    assert (folder.path / "clinic.db").exists()


def test_keys_that_cannot_be_written_leave_an_empty_folder_empty(
    backup_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_copies: KeyCopies, _keys: object) -> None:
        raise Unavailable("uncertain") from OSError(errno.ENOSPC, "full")

    again = folder_at(tmp_path / "again")
    with monkeypatch.context() as disk:
        disk.setattr(KeyCopies, "write", fail)
        with pytest.raises(Unavailable, match="disk is full"):
            restore(backup_file, again)
    assert files_of(again.path) == {}

    restore(backup_file, again)

    with unlock(again) as clinic:
        assert canaries(clinic) == [CANARY]
