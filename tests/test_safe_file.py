"""Small files are replaced whole or left, and a disk that refuses gets plain words."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cocm_desktop.errors import Unavailable
from cocm_desktop.safe_file import blaming_the_disk, flush_folder, write_safely
from tests.storage.clinics import killed_at, needs_fork

OLD, NEW = b"old " * 100, b"new " * 300


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "keys.json"
    made.write_bytes(OLD)
    return made


def test_a_file_is_replaced_and_nothing_is_left_beside_it(file: Path) -> None:
    write_safely(file, NEW)

    assert file.read_bytes() == NEW
    assert list(file.parent.iterdir()) == [file]


def test_a_stale_part_file_does_not_matter(file: Path) -> None:
    file.with_name("keys.json.part").write_bytes(b"half")

    write_safely(file, NEW)

    assert file.read_bytes() == NEW


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_owner_may_read_it(file: Path) -> None:
    write_safely(file, NEW)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@needs_fork
def test_a_kill_at_any_moment_leaves_the_old_or_the_new_file(file: Path) -> None:
    call, died, seen = 0, True, set()
    while died:
        call += 1
        died = killed_at(call, lambda: write_safely(file, NEW))
        seen.add(file.read_bytes())

    assert seen == {OLD, NEW}


@pytest.mark.parametrize("name", ["write", "fsync", "open"])
def test_an_error_of_the_disk_leaves_the_old_file(
    file: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def fail(*_args: object) -> int:
        raise OSError(errno.EIO, "broken")

    monkeypatch.setattr(os, name, fail)
    with pytest.raises(OSError, match="broken"):
        write_safely(file, NEW)
    monkeypatch.undo()

    assert file.read_bytes() == OLD
    assert list(file.parent.iterdir()) == [file]


def test_a_disk_that_reads_back_something_else_leaves_the_old_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda _self: b"something else")
    with pytest.raises(OSError, match="reads back otherwise"):
        write_safely(file, NEW)
    monkeypatch.undo()

    assert file.read_bytes() == OLD


def test_a_disk_that_writes_little_by_little_gets_everything(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: real(handle, content[:7]))

    write_safely(file, NEW)

    assert file.read_bytes() == NEW


def held_for(times: int, real: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
    left = times

    def replace(part: Path, target: Path) -> Path:
        nonlocal left
        left -= 1
        if left >= 0:
            raise PermissionError(errno.EACCES, "held by a scanner")
        return real(part, target)

    return replace


def test_a_scanner_that_holds_the_file_for_a_moment_is_waited_for(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    monkeypatch.setattr(Path, "replace", held_for(3, Path.replace))

    write_safely(file, NEW)

    assert file.read_bytes() == NEW
    assert waited == [0.05, 0.1, 0.2]


def test_a_scanner_that_never_lets_go_leaves_the_old_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    monkeypatch.setattr(Path, "replace", held_for(99, Path.replace))

    with pytest.raises(PermissionError):
        write_safely(file, NEW)

    assert file.read_bytes() == OLD
    assert sum(waited) == pytest.approx(2.0)


def test_windows_needs_no_flush_of_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")

    flush_folder(Path("is not even there"))


def test_macos_flushes_to_the_disk_itself(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")
    asked: list[int] = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda _handle, request: asked.append(request))

    write_safely(file, NEW)

    assert asked == [51]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full. It is safe. Free some space"),
        (errno.EROFS, "may not be written. It is safe."),
        (errno.EACCES, "may not be written"),
        (errno.ENOENT, "cannot be reached"),
        (errno.EIO, "reported an error. It is safe. Try again"),
    ],
)
def test_an_error_of_the_disk_gets_words(number: int, words: str) -> None:
    with pytest.raises(Unavailable, match=words), blaming_the_disk("It is safe."):
        raise OSError(number, "simulated")
