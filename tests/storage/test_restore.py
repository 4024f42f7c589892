"""A backup becomes the same clinic again, in a folder that has none."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from cocm_desktop.domain.recovery_code import generate
from cocm_desktop.errors import Damaged, NewerFile, Refused, Unavailable, WrongSecret
from cocm_desktop.storage import restore as restoring
from cocm_desktop.storage.backup import back_up
from cocm_desktop.storage.backup_file import check_backup, read_backup
from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.clinic_keys import KeyTools, open_sign_in
from cocm_desktop.storage.folder_state import FolderState
from cocm_desktop.storage.key_file import KeyFile
from cocm_desktop.storage.key_rotation import rotate_data_key
from cocm_desktop.storage.key_slot import Opened
from cocm_desktop.storage.migrations import SCHEMA
from cocm_desktop.storage.place import Lying, Misplaced
from cocm_desktop.storage.replacing import pending_note
from cocm_desktop.storage.restore import Restored, restore, restore_over
from cocm_desktop.storage.verify import verify
from tests.storage.clinics import (
    CANARY,
    CHEAP,
    CODE,
    NOW,
    OWNER,
    PASSWORD,
    SharesInMemory,
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


@pytest.mark.no_cover
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


@pytest.mark.no_cover
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


@pytest.mark.parametrize("manifest", [{"version": 99}, {"schema": SCHEMA + 1}], ids=str)
def test_a_newer_backup_is_left_for_the_newer_program(
    folder: ClinicFolder, backup_file: Path, manifest: dict[str, Any]
) -> None:
    newer = repacked(backup_file, **manifest)
    before = files_of(folder.path)

    with pytest.raises(NewerFile, match="Nothing was restored"):
        restored(newer)
    with pytest.raises(NewerFile, match="Nothing was restored"):
        over(newer, folder)
    with pytest.raises(NewerFile, match="Nothing was restored"):
        check_backup(newer)

    assert files_of(folder.path) == before


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


def test_a_backup_whose_parts_do_not_fit_together_is_refused(backup_file: Path) -> None:
    wrong = {"clinic.db": "0" * 64}

    with pytest.raises(Damaged):
        restored(repacked(backup_file, sha256=wrong))


# ------------------------------------------------------ in the place of a clinic that is there


def by_password(keys: KeyFile) -> Opened:
    tools = KeyTools(CHEAP, SharesInMemory())
    return open_sign_in(keys, "owner", password=PASSWORD, tools=tools)


def over(backup_file: Path, folder: ClinicFolder) -> Restored:
    return restore_over(backup_file, folder, by_password, at=NOW)


def test_a_backup_takes_the_place_of_the_clinic_which_is_kept(
    folder: ClinicFolder, backup_file: Path
) -> None:
    with unlock(folder) as clinic:
        add_canary(clinic, "later")

    done = over(backup_file, folder)

    with unlock(folder) as clinic:
        assert canaries(clinic) == [CANARY]
        assert verify(clinic).findings == ()
        rotate_data_key(clinic)
    assert done.kept == folder.path / "2026-11-22T170500Z.before-restore"
    with unlock(folder_at(done.kept)) as clinic:
        assert canaries(clinic) == [CANARY, "later"]
    assert pending_note(folder.path)["kept"] == done.kept.name


def wrong_password(keys: KeyFile) -> Opened:
    tools = KeyTools(CHEAP, SharesInMemory())
    return open_sign_in(keys, "owner", password=PASSWORD + "!", tools=tools)


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_nothing_is_touched_before_the_secret_has_proved_right(
    folder: ClinicFolder, backup_file: Path
) -> None:
    before = files_of(folder.path)

    with pytest.raises(WrongSecret):
        restore_over(backup_file, folder, wrong_password, at=NOW)

    assert files_of(folder.path) == before


def test_a_backup_of_another_clinic_takes_no_ones_place(
    folder: ClinicFolder, tmp_path: Path
) -> None:
    other = made_at(tmp_path / "other")
    with unlock(other) as clinic:
        made = back_up(clinic)
    before = files_of(folder.path)

    with pytest.raises(Refused, match="another clinic"):
        over(made.path, folder)

    assert files_of(folder.path) == before


def test_a_harmed_backup_takes_no_ones_place(folder: ClinicFolder, backup_file: Path) -> None:
    with ZipFile(backup_file) as archive:
        offset = archive.getinfo("clinic.db").header_offset
    flip(backup_file, offset + 20_000)
    before = files_of(folder.path)

    with pytest.raises(Damaged):
        over(backup_file, folder)

    assert files_of(folder.path) == before


def lose_keys(folder: Path) -> None:
    (folder / "keys.json").unlink()
    (folder / "keys.json.bak").unlink()


HARMS: dict[str, Callable[[Path], object]] = {
    "keys lost": lose_keys,
    "file emptied": lambda folder: os.truncate(folder / "clinic.db", 0),
    "file lost": lambda folder: (folder / "clinic.db").unlink(),
    "keys damaged": lambda folder: [
        (folder / name).write_bytes(b"x") for name in ("keys.json", "keys.json.bak")
    ],
}


@pytest.mark.parametrize("harm", HARMS.values(), ids=HARMS)
def test_a_backup_takes_the_place_of_a_clinic_that_cannot_be_opened(
    folder: ClinicFolder, backup_file: Path, harm: Callable[[Path], object]
) -> None:
    harm(folder.path)

    over(backup_file, folder)

    with unlock(folder) as clinic:
        assert canaries(clinic) == [CANARY]


@pytest.mark.no_cover
@needs_fork
def test_a_restore_over_a_clinic_that_is_killed_leaves_the_one_or_the_other(
    folder: ClinicFolder, backup_file: Path, tmp_path: Path
) -> None:
    with unlock(folder) as clinic:
        add_canary(clinic, "later")
    shutil.copytree(folder.path, tmp_path / "as it was")
    call, died, ends = 0, True, set()
    while died:
        call += 2
        here = tmp_path / f"run {call}"
        shutil.copytree(tmp_path / "as it was", here)
        died = killed_at(call, lambda: over(backup_file, folder_at(here)))  # noqa: B023  at once
        with unlock(folder_at(here)) as clinic:
            found = tuple(canaries(clinic))
            assert verify(clinic).findings == ()
        kept = list(here.glob("*.before-restore"))
        assert len(kept) == (found == (CANARY,))
        assert not (here / "restoring.json").exists()
        ends.add(found)
        if kept:
            with unlock(folder_at(kept[0])) as clinic:
                assert canaries(clinic) == [CANARY, "later"]
        shutil.rmtree(here)

    assert call > 20
    assert ends == {(CANARY,), (CANARY, "later")}


def test_a_restore_goes_where_a_clinics_file_may_lie(
    folder: ClinicFolder, backup_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "misplaced", lambda _path: Misplaced(Lying.REMOVABLE))

    for attempt in (
        lambda: over(backup_file, folder),
        lambda: restore(backup_file, folder_at(tmp_path / "stick")),
    ):
        with pytest.raises(Refused, match="unplugged"):
            attempt()

    assert not (tmp_path / "stick").exists()
