"""A folder of backups is listed without trouble, and a copy is a copy or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from cocm_desktop.errors import Unavailable
from cocm_desktop.storage import backup_folder
from cocm_desktop.storage.backup import back_up
from cocm_desktop.storage.backup_folder import backups_in, copy_backup, files_in, newest_in
from tests.storage.clinics import flip, made_at, unlock


def test_a_folder_that_cannot_be_read_holds_no_backups(tmp_path: Path) -> None:
    assert files_in(tmp_path / ("x" * 300)) == ()


def test_a_file_that_is_no_backup_is_passed_over(tmp_path: Path) -> None:
    with unlock(made_at(tmp_path / "clinic")) as clinic:
        made = back_up(clinic)
    (made.path.parent / "2027-01-01T000000Z_x.cocmbak").write_bytes(b"no backup")

    assert newest_in(made.path.parent, made.vault_id) == made
    assert backups_in(tmp_path / "clinic") == (made,)


def test_a_disk_that_gives_back_other_bytes_gets_no_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.cocmbak"
    file.write_bytes(bytes(100))
    monkeypatch.setattr(backup_folder, "flush_file", lambda part: flip(part, 50))

    with pytest.raises(Unavailable, match="other bytes than written"):
        copy_backup(file, tmp_path / "usb")

    assert list((tmp_path / "usb").iterdir()) == []
