from __future__ import annotations

import errno
import fcntl
import os
import resource
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop import safe_file
from cocm_desktop.errors import Unavailable
from cocm_desktop.exchange.safe_file import write_whole

OLD = b"the packet of last week"
NEW = b"the packet of this week"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "packet.pdf"
    file.write_bytes(OLD)
    return file


def left_as_it_was(file: Path) -> bool:
    return file.read_bytes() == OLD and list(file.parent.iterdir()) == [file]


def test_a_new_file_holds_the_content_and_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "packet.pdf"

    write_whole(file, NEW)

    assert file.read_bytes() == NEW
    assert list(tmp_path.iterdir()) == [file]
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_older_file_is_replaced(file: Path) -> None:
    write_whole(file, NEW)

    assert file.read_bytes() == NEW
    assert list(file.parent.iterdir()) == [file]


def test_a_part_file_that_a_power_cut_left_does_not_stand_in_the_way(file: Path) -> None:
    file.with_name("packet.pdf.part").write_bytes(b"half")

    write_whole(file, NEW)

    assert file.read_bytes() == NEW
    assert list(file.parent.iterdir()) == [file]


def test_a_disk_that_takes_little_at_a_time_gets_the_whole(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, content: write(handle, content[:5]))

    write_whole(file, NEW)

    assert file.read_bytes() == NEW


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "disk is full"),
        (errno.EROFS, "may not be written"),
        (errno.EACCES, "may not be written"),
        (errno.ENODEV, "cannot be reached"),
        (errno.EIO, "reported an error"),
    ],
)
@pytest.mark.parametrize("fails", ["open", "write", "fsync"])
def test_a_failing_disk_leaves_the_older_file(
    file: Path, monkeypatch: pytest.MonkeyPatch, fails: str, code: int, words: str
) -> None:
    def failing(*_: object, **__: object) -> int:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as disk:
        disk.setattr(os, fails, failing)
        with pytest.raises(Unavailable, match=words) as refusal:
            write_whole(file, NEW)

    assert left_as_it_was(file)
    assert "An older file of that name is as it was." in str(refusal.value)


def test_a_disk_that_takes_nothing_more_does_not_hang_the_program(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "write", lambda _handle, _content: 0)

    with pytest.raises(Unavailable):
        write_whole(file, NEW)

    assert left_as_it_was(file)


def test_a_disk_that_keeps_other_bytes_than_it_was_given_is_found_out(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes
    with monkeypatch.context() as disk:
        disk.setattr(Path, "read_bytes", lambda path: read(path)[:-1] + b"?")
        with pytest.raises(Unavailable, match="reported an error"):
            write_whole(file, NEW)

    assert left_as_it_was(file)


def test_a_program_that_holds_the_file_for_a_moment_is_waited_for(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, waited = Path.replace, list[float]()

    def held_twice(part: Path, target: Path) -> Path:
        if len(waited) < 2:
            raise PermissionError(errno.EACCES, "held")
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", held_twice)
    monkeypatch.setattr(time, "sleep", waited.append)

    write_whole(file, NEW)

    assert file.read_bytes() == NEW
    assert waited == list(safe_file.RETRY_SECONDS[:2])


def test_a_program_that_keeps_the_file_open_is_named_as_the_reason(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_part: Path, _target: Path) -> Path:
        raise PermissionError(errno.EACCES, "held")

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)

    with pytest.raises(Unavailable, match="Another program has the file open"):
        write_whole(file, NEW)

    assert left_as_it_was(file)


def test_waiting_ends_within_two_seconds() -> None:
    assert sum(safe_file.RETRY_SECONDS) <= 2.0


def test_a_folder_is_never_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()

    with pytest.raises(Unavailable, match="name is a folder"):
        write_whole(folder, NEW)

    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_that_has_gone_is_named_as_the_reason(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be reached"):
        write_whole(tmp_path / "gone" / "packet.pdf", NEW)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_flushed_does_not_undo_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_ = os.open

    def no_folders(path: Path, flags: int, mode: int = 0o777) -> int:
        if Path(path).is_dir():
            raise OSError(errno.EINVAL, "a share")
        return open_(path, flags, mode)

    monkeypatch.setattr(os, "open", no_folders)

    write_whole(file, NEW)

    assert file.read_bytes() == NEW


def test_on_a_mac_the_disk_itself_is_flushed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[int]()
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda _handle, command: asked.append(command))

    write_whole(file, NEW)

    assert file.read_bytes() == NEW
    assert asked == [51]


def test_on_windows_no_folder_is_opened(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_, opened = os.open, list[Path]()

    def noted(path: Path, flags: int, mode: int = 0o777) -> int:
        opened.append(Path(path))
        return open_(path, flags, mode)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "open", noted)

    write_whole(file, NEW)

    assert file.read_bytes() == NEW
    assert file.parent not in opened


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """Have the system itself refuse files above a size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_that_the_system_cuts_short_leaves_the_older_one(file: Path) -> None:
    with at_most(1000), pytest.raises(Unavailable, match="reported an error"):
        write_whole(file, b"x" * 5000)

    assert left_as_it_was(file)


@given(content=st.binary(max_size=300))
def test_any_content_is_written_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.mktemp("papers") / "any.pdf"

    write_whole(file, content)

    assert file.read_bytes() == content
