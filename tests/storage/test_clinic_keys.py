"""The keys of an open clinic: people come and go, codes and keys are renewed."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from cocm_desktop import safe_file
from cocm_desktop.domain.recovery_code import generate
from cocm_desktop.errors import Refused, Unavailable, WrongSecret
from cocm_desktop.storage import key_rotation
from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.data_key import Purpose
from cocm_desktop.storage.key_rotation import rotate_data_key
from tests.storage.clinics import (
    CANARY,
    CODE,
    COLLEAGUE,
    OWNER,
    PASSWORD,
    SharesInMemory,
    add_canary,
    canaries,
    create,
    flip,
    folder_at,
    killed_at,
    made_at,
    needs_fork,
    unlock,
)

NEW = "purple lantern tundra"


@pytest.fixture
def folder(tmp_path: Path) -> ClinicFolder:
    return made_at(tmp_path / "clinic")


def opens(folder: ClinicFolder, sign_in: str, password: str) -> bool:
    try:
        folder.unlock(sign_in, password).close()
    except WrongSecret:
        return False
    return True


def test_a_colleague_gets_a_way_in(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic:
        clinic.keys.set_password(COLLEAGUE, "bell", password=NEW)
        assert clinic.keys.sign_ins() == {OWNER: "Owner", COLLEAGUE: "bell"}

    with folder.unlock("Bell", NEW) as clinic:
        assert clinic.staff_id == COLLEAGUE
    assert opens(folder, "owner", PASSWORD)


def test_changing_a_password_leaves_the_database_alone(folder: ClinicFolder) -> None:
    before = (folder.path / "clinic.db").read_bytes()

    with unlock(folder) as clinic:
        clinic.keys.change_password(OWNER, old=PASSWORD, new=NEW)

    assert (folder.path / "clinic.db").read_bytes() == before
    assert opens(folder, "owner", NEW)
    assert not opens(folder, "owner", PASSWORD)


def test_the_old_password_must_be_right(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic, pytest.raises(WrongSecret):
        clinic.keys.change_password(OWNER, old="wrong", new=NEW)

    assert opens(folder, "owner", PASSWORD)


def test_a_person_without_a_slot_has_no_password_to_change(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic, pytest.raises(Refused, match="no sign-in"):
        clinic.keys.change_password(COLLEAGUE, old=PASSWORD, new=NEW)


def test_a_sign_in_name_is_given_once(folder: ClinicFolder) -> None:
    before = (folder.path / "keys.json").read_bytes()

    with unlock(folder) as clinic:
        with pytest.raises(Refused, match="taken"):
            clinic.keys.set_password(COLLEAGUE, " OWNER", password=NEW)
        with pytest.raises(Refused, match="Type a sign-in name"):
            clinic.keys.set_password(COLLEAGUE, "  ", password=NEW)

    assert (folder.path / "keys.json").read_bytes() == before


def test_a_person_who_leaves_cannot_sign_in_by_either_copy(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic:
        clinic.keys.set_password(COLLEAGUE, "bell", password=NEW)
        clinic.keys.remove(COLLEAGUE)
    (folder.path / "keys.json").unlink()

    assert not opens(folder, "bell", NEW)
    assert opens(folder, "owner", PASSWORD)


def test_the_last_way_in_stays(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic, pytest.raises(Refused, match="last sign-in"):
        clinic.keys.remove(OWNER)

    assert opens(folder, "owner", PASSWORD)


def test_a_forgotten_password_is_replaced_after_recovery(folder: ClinicFolder) -> None:
    with folder.unlock_with_recovery_code(CODE) as clinic:
        clinic.keys.set_password(OWNER, "owner", password=NEW)

    assert opens(folder, "owner", NEW)
    assert not opens(folder, "owner", PASSWORD)


def test_a_new_recovery_code_ends_the_old_one(folder: ClinicFolder) -> None:
    code = generate(os.urandom(18))

    with unlock(folder) as clinic:
        clinic.keys.set_recovery_code(code)
        clinic.keys.require_recovery_code(code)
        with pytest.raises(WrongSecret):
            clinic.keys.require_recovery_code(CODE)

    folder.unlock_with_recovery_code(code).close()
    with pytest.raises(WrongSecret):
        folder.unlock_with_recovery_code(CODE)


def test_derived_keys_stay_the_same_until_the_data_key_is_rotated(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic:
        before = clinic.keys.derive(Purpose.AUDIT)
    with unlock(folder) as clinic:
        assert clinic.keys.derive(Purpose.AUDIT) == before
        rotate_data_key(clinic)
        assert clinic.keys.derive(Purpose.AUDIT) != before


def test_a_device_share_ties_a_sign_in_to_this_computer(tmp_path: Path) -> None:
    shares = SharesInMemory()
    folder = folder_at(tmp_path / "clinic", shares)
    with create(folder) as clinic:
        clinic.keys.set_password(OWNER, "owner", password=PASSWORD, device_share=True)
    with unlock(folder) as clinic:
        clinic.keys.change_password(OWNER, old=PASSWORD, new=NEW)

    assert len(shares.kept) == 1
    assert opens(folder, "owner", NEW)
    elsewhere = folder_at(folder.path)
    with pytest.raises(Unavailable, match="only on the computer where it was set up"):
        elsewhere.unlock("owner", NEW)
    elsewhere.unlock_with_recovery_code(CODE).close()


@pytest.mark.no_cover
@needs_fork
def test_a_password_change_that_is_killed_leaves_one_that_opens(folder: ClinicFolder) -> None:
    secrets = [PASSWORD, *(f"{NEW} {number}" for number in range(40))]
    known = PASSWORD
    call, died = 0, True
    while died:
        call += 1
        wanted = secrets[call]

        def change(old: str = known, new: str = wanted) -> None:
            with folder.unlock("owner", old) as clinic:
                clinic.keys.change_password(OWNER, old=old, new=new)

        died = killed_at(call, change)
        opening = [secret for secret in {known, wanted} if opens(folder, "owner", secret)]
        assert len(opening) == 1
        known = opening[0]
        assert (folder.path / "keys.json").read_bytes() == (
            folder.path / "keys.json.bak"
        ).read_bytes()

    assert call > 6
    folder.unlock_with_recovery_code(CODE).close()


def test_a_full_disk_leaves_the_old_password(
    folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int, _content: object) -> int:
        raise OSError(errno.ENOSPC, "no space")

    with unlock(folder) as clinic, monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        with pytest.raises(Unavailable, match=r"disk is full\. Nothing was changed"):
            clinic.keys.change_password(OWNER, old=PASSWORD, new=NEW)

    assert opens(folder, "owner", PASSWORD)
    assert not (folder.path / "keys.json.part").exists()


def test_a_folder_that_cannot_be_flushed_leaves_it_open_which_password_lasts(
    folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_folder: Path) -> None:
        raise OSError(errno.EIO, "broken")

    with unlock(folder) as clinic, monkeypatch.context() as disk:
        disk.setattr(safe_file, "flush_folder", fail)
        with pytest.raises(Unavailable, match="try the new secret first, then the old"):
            clinic.keys.change_password(OWNER, old=PASSWORD, new=NEW)

    assert opens(folder, "owner", NEW)


def test_a_spare_that_cannot_be_renewed_is_not_left_to_open_with_an_old_secret(
    folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def replace(part: Path, target: Path) -> Path:
        if target.name.endswith(".bak"):
            raise OSError(errno.EIO, "broken")
        return real(part, target)

    with unlock(folder) as clinic, monkeypatch.context() as disk:
        disk.setattr(Path, "replace", replace)
        clinic.keys.change_password(OWNER, old=PASSWORD, new=NEW)

    assert not (folder.path / "keys.json.bak").exists()
    unlocked = folder.unlock("owner", NEW)
    unlocked.close()
    assert (folder.path / "keys.json.bak").exists()


def test_rotation_keeps_rows_and_secrets_and_removes_the_old_file(folder: ClinicFolder) -> None:
    with unlock(folder) as clinic:
        clinic.keys.set_password(COLLEAGUE, "bell", password=NEW)
        rotate_data_key(clinic)
        add_canary(clinic, "after")
        assert canaries(clinic) == [CANARY, "after"]

    assert [file.name for file in folder.path.glob("*.db")] == ["clinic-0002.db"]
    for sign_in, password in (("owner", PASSWORD), ("bell", NEW)):
        with folder.unlock(sign_in, password) as clinic:
            assert canaries(clinic) == [CANARY, "after"]
    folder.unlock_with_recovery_code(CODE).close()


def test_keys_copied_before_a_rotation_do_not_open_the_new_file(folder: ClinicFolder) -> None:
    stolen = (folder.path / "keys.json").read_bytes().replace(b'clinic.db"', b'clinic-0002.db"')
    with unlock(folder) as clinic:
        rotate_data_key(clinic)
    for name in ("keys.json", "keys.json.bak"):
        (folder.path / name).write_bytes(stolen)

    with pytest.raises(Unavailable):
        unlock(folder)


@pytest.mark.no_cover
@needs_fork
def test_a_rotation_that_is_killed_loses_nothing(folder: ClinicFolder) -> None:
    def rotate() -> None:
        with unlock(folder) as clinic:
            rotate_data_key(clinic)

    call, died = 0, True
    while died:
        call += 1
        died = killed_at(call, rotate)
        with unlock(folder) as clinic:
            assert canaries(clinic) == [CANARY]
            assert clinic.file.exists()

    assert call > 12


def test_a_rotation_whose_last_step_is_uncertain_closes_the_clinic(
    folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic = unlock(folder)

    def fail(_keys: object) -> None:
        raise Unavailable("simulated")

    with monkeypatch.context() as disk:
        disk.setattr(clinic.keys._copies, "write", fail)
        with pytest.raises(Unavailable, match="simulated"):
            rotate_data_key(clinic)

    with pytest.raises(Unavailable, match="locked"):
        canaries(clinic)
    with unlock(folder) as again:
        assert canaries(again) == [CANARY]


def test_a_forged_first_copy_gives_way_to_a_good_spare(folder: ClinicFolder) -> None:
    spare = (folder.path / "keys.json.bak").read_bytes()
    with unlock(folder) as clinic:
        clinic.keys.set_password(COLLEAGUE, "bell", password=NEW)
    (folder.path / "keys.json.bak").write_bytes(spare)
    flip(folder.path / "keys.json", 100)

    with unlock(folder) as clinic:
        assert clinic.notices
        assert clinic.keys.sign_ins() == {OWNER: "Owner"}


def test_a_rotation_on_a_full_disk_leaves_the_old_file(
    folder: ClinicFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_up(_file: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    with unlock(folder) as clinic, monkeypatch.context() as disk:
        disk.setattr(key_rotation, "flush_file", fill_up)
        with pytest.raises(Unavailable, match="as they were"):
            rotate_data_key(clinic)
        assert canaries(clinic) == [CANARY]

    assert [file.name for file in folder.path.glob("clinic*.db*")] == ["clinic.db"]
    with unlock(folder) as clinic:
        assert canaries(clinic) == [CANARY]


def test_there_is_one_key_of_the_sealed_notes_and_only_a_holder_gives_it(
    folder: ClinicFolder,
) -> None:
    with unlock(folder) as clinic:
        clinic.keys.set_password(COLLEAGUE, "bell", password=NEW)
        with pytest.raises(Refused, match="Only who may open the sealed notes"):
            clinic.keys.give_sealed_key(COLLEAGUE)
        clinic.keys.make_sealed_key(OWNER)
        before = (folder.path / "keys.json").read_bytes()
        with pytest.raises(Refused, match="a key of the sealed notes already"):
            clinic.keys.make_sealed_key(COLLEAGUE)

    assert (folder.path / "keys.json").read_bytes() == before
    with folder.unlock("bell", NEW) as clinic:
        assert clinic.keys.sealed_key == b""


def test_a_recovery_code_of_somebody_without_the_sealed_notes_gets_them_from_a_holder(
    folder: ClinicFolder,
) -> None:
    renewed = generate(bytes(range(1, 19)))
    with unlock(folder) as clinic:
        clinic.keys.set_password(COLLEAGUE, "bell", password=NEW)
        clinic.keys.make_sealed_key(OWNER)
        key = clinic.keys.sealed_key
    with folder.unlock("bell", NEW) as clinic:
        clinic.keys.set_recovery_code(renewed)
    with folder.unlock_with_recovery_code(renewed) as clinic:
        assert clinic.keys.sealed_key == b""

    with unlock(folder) as clinic:
        clinic.keys.keep_sealed_key_recoverable()

    with folder.unlock_with_recovery_code(renewed) as clinic:
        assert clinic.keys.sealed_key == key
