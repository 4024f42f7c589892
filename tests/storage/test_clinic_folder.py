"""The one door: what is in a folder, making a clinic, opening it."""

from __future__ import annotations

import errno
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from cocm_desktop.domain.recovery_code import generate
from cocm_desktop.errors import (
    Damaged,
    InUse,
    Refused,
    Unavailable,
    WrongSecret,
)
from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.folder_state import FolderState
from cocm_desktop.storage.key_file import KeyFile
from cocm_desktop.storage.key_slot import SignIn
from tests.storage.clinics import (
    CANARY,
    CODE,
    NOW,
    OWNER,
    PASSWORD,
    canaries,
    create,
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


@pytest.mark.no_cover
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


def test_a_clinic_without_a_recovery_code_says_so(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic:
        keys = clinic.keys.key_file
        clinic.keys._write(replace(keys, slots=keys.people()))

    with pytest.raises(WrongSecret, match="no recovery code"):
        folder.unlock_with_recovery_code(CODE)
