"""One program at a time, and nobody is locked out by a lock that nobody holds."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from cocm_desktop.errors import InUse, Unavailable
from cocm_desktop.storage.data_lock import DataLock
from tests.storage.clinics import NOW

HOLDER = """
import sys, datetime, pathlib
from cocm_desktop.storage.data_lock import DataLock
lock = DataLock(pathlib.Path(sys.argv[1]), lambda: datetime.datetime(2026, 11, 22, 8, 5))
lock.acquire()
lock.announce("M. Bell")
print("held", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "clinic.lock"


def lock_on(file: Path) -> DataLock:
    return DataLock(file, lambda: NOW)


def held_elsewhere(file: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_program_is_told_who_has_the_clinic_open(file: Path) -> None:
    with held_elsewhere(file) as other:
        with pytest.raises(InUse) as raised:
            lock_on(file).acquire()
        other.communicate("\n")

    assert str(raised.value) == (
        f"M. Bell has this clinic open on {platform.node()} since 2026-11-22 08:05. "
        "Nothing was changed. Close CoCM Desktop there, then try again."
    )
    lock_on(file).acquire()


def test_a_killed_program_leaves_no_lock(file: Path) -> None:
    with held_elsewhere(file) as other:
        other.kill()

    assert "M. Bell" in file.read_text()
    lock = lock_on(file)
    lock.acquire()
    lock.release()


def test_waiting_is_rewarded(file: Path) -> None:
    with held_elsewhere(file) as other:
        assert other.stdin is not None
        other.stdin.write("\n")
        other.stdin.flush()
        lock = lock_on(file)
        lock.acquire(wait_seconds=10)
        lock.release()


def test_one_program_cannot_take_it_twice_either(file: Path) -> None:
    first = lock_on(file)
    first.acquire()

    with pytest.raises(InUse, match="Somebody has this clinic open"):
        lock_on(file).acquire(wait_seconds=0.1)

    first.release()
    first.release()
    lock_on(file).acquire()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff garbage",
        b"[" * 5000,
        b'{"person": 7, "machine": ["x"], "since": "yesterday"}',
        b'["a list"]',
        json.dumps(
            {"person": "old", "machine": "another", "pid": 1, "since": "2020-01-01"}
        ).encode(),
    ],
    ids=["empty", "garbage", "deep", "wrong kinds", "list", "another computer's"],
)
def test_what_stands_in_the_file_keeps_nobody_out(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    lock = lock_on(file)
    lock.acquire()
    lock.announce("Owner")

    assert json.loads(file.read_bytes())["person"] == "Owner"
    lock.release()
    assert file.read_bytes() == b""


@pytest.mark.parametrize("content", [b"", b"garbage", b'{"person": "\\u202eevil"}', b"[1]"])
def test_a_strange_file_still_gives_a_sentence(file: Path, content: bytes) -> None:
    lock = lock_on(file)
    lock.acquire()
    file.write_bytes(content)

    with pytest.raises(InUse, match=r"^Somebody has this clinic open on this computer\. "):
        lock_on(file).acquire()

    lock.release()


def test_a_lock_that_cannot_be_written_about_holds(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int, _length: int) -> None:
        raise OSError("no space")

    monkeypatch.setattr(os, "ftruncate", full)
    lock = lock_on(file)
    lock.acquire()

    with pytest.raises(InUse):
        lock_on(file).acquire()

    lock.release()


def test_a_folder_that_is_gone_is_no_bug(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be reached"):
        lock_on(tmp_path / "gone" / "clinic.lock").acquire()


def test_announcing_without_the_lock_is_a_bug(file: Path) -> None:
    with pytest.raises(RuntimeError):
        lock_on(file).announce("nobody")


def test_a_folder_that_can_only_be_read_is_locked_where_it_has_a_lock_file(file: Path) -> None:
    without = lock_on(file)
    without.acquire(reading=True)
    without.release()
    assert not file.exists()

    file.write_bytes(b"")
    reader = lock_on(file)
    reader.acquire(reading=True)
    with pytest.raises(InUse):
        lock_on(file).acquire(reading=True)
    reader.release()
