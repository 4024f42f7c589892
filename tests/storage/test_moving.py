"""A clinic moves to another folder whole, or stays; its old files are kept."""

from __future__ import annotations

import errno
import hashlib
import shutil
from functools import partial
from pathlib import Path

import pytest

from cocm_desktop.errors import Damaged, InUse, Refused, Unavailable, WrongPlace
from cocm_desktop.storage.backup import back_up
from cocm_desktop.storage.folder_state import FolderState, moved_to
from cocm_desktop.storage.moving import Moved, forget_move, move, moved_from
from tests.storage.clinics import (
    CANARY,
    NOW,
    canaries,
    folder_at,
    killed_at,
    made_at,
    needs_fork,
    unlock,
)


def moved(old: Path, new: Path) -> Moved:
    return move(folder_at(old), folder_at(new), now=NOW)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != "clinic.lock"
    }


def test_everything_goes_along_and_the_old_files_are_kept(tmp_path: Path) -> None:
    folder = made_at(tmp_path / "shared" / "clinic")
    before = contents(folder.path)

    done = moved(folder.path, tmp_path / "own" / "clinic")

    assert done.to == tmp_path / "own" / "clinic"
    assert done.old_files == tmp_path / "shared" / "clinic (moved 2026-11-22)"
    assert before.items() <= contents(done.to).items()
    assert before.items() <= contents(done.old_files).items()
    assert (done.files, done.size) == (len(before), sum(map(len, before.values())))


def test_a_moved_clinic_opens_and_backups_went_along(tmp_path: Path) -> None:
    with unlock(made_at(tmp_path / "old")) as clinic:
        backup = back_up(clinic)

    moved(tmp_path / "old", tmp_path / "new")

    with unlock(folder_at(tmp_path / "new")) as clinic:
        assert canaries(clinic) == [CANARY]
    assert (tmp_path / "new" / "backups" / backup.path.name).exists()


def test_the_old_folder_says_where_the_clinic_went_and_opens_nothing(tmp_path: Path) -> None:
    made_at(tmp_path / "old")

    moved(tmp_path / "old", tmp_path / "new")

    folder = folder_at(tmp_path / "old")
    assert folder.state is FolderState.MOVED
    assert moved_to(tmp_path / "old") == tmp_path / "new"
    with pytest.raises(Unavailable, match="was moved to another folder"):
        unlock(folder)
    with pytest.raises(Refused, match="was moved to another folder"):
        folder.require_room()


def test_a_folder_that_cannot_be_renamed_is_closed_by_its_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_at(tmp_path / "old")

    def held(_self: Path, _target: Path) -> Path:
        raise PermissionError(errno.EACCES, "another program has it open")

    monkeypatch.setattr(Path, "rename", held)
    done = moved(tmp_path / "old", tmp_path / "new")

    assert done.old_files == tmp_path / "old"
    with pytest.raises(Unavailable, match="was moved"):
        unlock(folder_at(tmp_path / "old"))
    with unlock(folder_at(tmp_path / "new")) as clinic:
        assert canaries(clinic) == [CANARY]


def test_two_moves_on_one_day_keep_both_old_folders(tmp_path: Path) -> None:
    made_at(tmp_path / "old")
    (tmp_path / "old (moved 2026-11-22)").mkdir()

    assert moved(tmp_path / "old", tmp_path / "new").old_files.name == "old (moved 2026-11-22) 2"


@pytest.mark.parametrize("new", ["old", "old/inside", ""])
def test_a_folder_does_not_move_into_itself(tmp_path: Path, new: str) -> None:
    made_at(tmp_path / "old")

    with pytest.raises(Refused, match="outside it"):
        moved(tmp_path / "old", tmp_path / new)


def test_nothing_moves_to_a_place_that_will_not_do(tmp_path: Path) -> None:
    made_at(tmp_path / "old")
    made_at(tmp_path / "there")
    before = contents(tmp_path)

    with pytest.raises(WrongPlace):
        moved(tmp_path / "old", tmp_path / "OneDrive" / "clinic")
    with pytest.raises(Refused, match="a clinic in this folder already"):
        moved(tmp_path / "old", tmp_path / "there")
    with pytest.raises(Unavailable):
        moved(tmp_path / "none", tmp_path / "new")

    assert contents(tmp_path) == before


def test_an_open_clinic_does_not_move(tmp_path: Path) -> None:
    with unlock(made_at(tmp_path / "old")), pytest.raises(InUse):
        moved(tmp_path / "old", tmp_path / "new")

    assert not (tmp_path / "new").exists()


def test_a_disk_that_gives_back_other_bytes_moves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_at(tmp_path / "old")
    before = contents(tmp_path / "old")

    class Other:
        def digest(self) -> bytes:
            return b"other"

    monkeypatch.setattr(hashlib, "file_digest", lambda _stream, _name: Other())
    with pytest.raises(Unavailable, match=r"other bytes.* not moved"):
        moved(tmp_path / "old", tmp_path / "new")

    assert contents(tmp_path / "old") == before
    assert contents(tmp_path / "new") == {}
    assert folder_at(tmp_path / "new").state is FolderState.NOTHING


def test_a_harmed_clinic_is_not_moved_as_if_it_were_whole(tmp_path: Path) -> None:
    made_at(tmp_path / "old")
    (tmp_path / "old" / "clinic.db").write_bytes(b"")

    with pytest.raises(Damaged, match="is empty"):
        moved(tmp_path / "old", tmp_path / "new")


@pytest.mark.no_cover
@needs_fork
def test_a_move_that_is_killed_leaves_the_clinic_in_one_of_the_folders(tmp_path: Path) -> None:
    made_at(tmp_path / "made")
    call, is_dying = 0, True
    while is_dying:
        call += 1
        old, new = tmp_path / str(call) / "old", tmp_path / str(call) / "new"
        shutil.copytree(tmp_path / "made", old)
        is_dying = killed_at(call, partial(moved, old, new))

        states = [folder_at(folder).state for folder in (old, new)]

        assert FolderState.CLINIC in states, call
        where = old if states[0] is FolderState.CLINIC else new
        with unlock(folder_at(where)) as clinic:
            assert canaries(clinic) == [CANARY], call
    assert call > 10


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"from": 1}', '{"to": 7, "machine": 1}'])
def test_a_note_that_cannot_be_read_says_nothing(tmp_path: Path, content: str) -> None:
    (tmp_path / "clinic.moved-from").write_text(content)
    (tmp_path / "clinic.moved").write_text(content)

    assert moved_from(tmp_path) == ""
    assert moved_to(tmp_path) is None
    forget_move(tmp_path)
    assert not (tmp_path / "clinic.moved-from").exists()
