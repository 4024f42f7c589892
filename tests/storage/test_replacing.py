"""What a crash left of a restore is brought to its end, and nothing of it is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from cocm_desktop.storage.clinic_folder import ClinicFolder
from cocm_desktop.storage.key_copies import KeyCopies
from cocm_desktop.storage.replacing import MARKER, NOTE, begin, finish, pending_note
from tests.storage.clinics import CHEAP, NOW, folder_at, made_at, unlock


@pytest.fixture
def folder(tmp_path: Path) -> ClinicFolder:
    return made_at(tmp_path / "clinic")


def end(folder: ClinicFolder) -> None:
    finish(folder.path, KeyCopies(folder.path, CHEAP).read())


def test_the_journals_of_the_databases_before_are_kept_with_them(folder: ClinicFolder) -> None:
    kept = begin(folder.path, "clinic.db", told={}, at=NOW)
    before = {"clinic-0003.db", "clinic-0003.db-journal", "clinic-0004.db-journal"}
    for name in before:
        (folder.path / name).write_bytes(name.encode())

    end(folder)

    assert {file.name: file.read_bytes() for file in kept.iterdir()} == {
        name: name.encode() for name in before
    }
    assert [file.name for file in folder.path.glob("clinic*.db*")] == ["clinic.db"]
    unlock(folder).close()


def test_two_restores_of_one_second_keep_what_was_there_in_two_folders(tmp_path: Path) -> None:
    first = begin(tmp_path, "clinic-0002.db", told={}, at=NOW)
    first.mkdir()

    second = begin(tmp_path, "clinic-0003.db", told={}, at=NOW)

    assert second.name == "2026-11-22T170500Z_2.before-restore"


@pytest.mark.parametrize("content", ["{", "[]", "[" * 100_000], ids=["cut", "list", "deep"])
def test_a_note_that_cannot_be_read_says_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / NOTE).write_text(content)

    assert pending_note(tmp_path) == {}


def test_a_marker_that_cannot_be_read_is_removed_and_nothing_else(folder: ClinicFolder) -> None:
    (folder.path / MARKER).write_text("{")
    (folder.path / "clinic-0003.db").write_bytes(b"another")

    end(folder)

    assert not (folder.path / MARKER).exists()
    assert (folder.path / "clinic-0003.db").read_bytes() == b"another"
    unlock(folder_at(folder.path)).close()
