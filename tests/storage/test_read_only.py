"""Folders and files that may not be written, cannot be read or have gone: twelve cases.

Rights do not bind the system's own administrator, so each case runs in a process of its own that
gives up being one.
"""

from __future__ import annotations

import ctypes
import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from cocm_desktop.errors import CocmError, InUse, Unavailable
from cocm_desktop.storage.backup import back_up
from cocm_desktop.storage.data_lock import DataLock
from cocm_desktop.storage.folder_state import FolderState
from cocm_desktop.storage.key_copies import SPARE_NAME
from cocm_desktop.storage.open_clinic import OpenClinic
from tests.storage.clinics import (
    CANARY,
    NOW,
    add_canary,
    canaries,
    folder_at,
    made_at,
    needs_fork,
    unlock,
)

pytestmark = needs_fork
READ, CLOSED, OPEN = 0o555, 0o000, 0o700


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """A clinic whose rights are given back in the end."""
    made_at(tmp_path / "clinic")
    yield tmp_path / "clinic"
    for each in tmp_path.iterdir():
        each.chmod(OPEN)


def give_up_all_powers() -> None:
    """Let the rights of files bind this process too. Source: capset(2), version 3."""
    if sys.platform == "linux" and os.geteuid() == 0:
        header, powers = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
        if ctypes.CDLL(None, use_errno=True).capset(header, powers):
            raise OSError(ctypes.get_errno(), "capset")


def as_anybody(do: Callable[[], str]) -> str:
    """Do it in a process that rights do bind, and give what it said."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if not child:
        said = "a fault of the program"
        with suppress(BaseException):
            give_up_all_powers()
            try:
                said = do()
            except CocmError as error:
                said = f"{type(error).__name__}: {error}"
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        said = stream.read().decode()
    os.waitpid(child, 0)
    return said


def read_and_write(path: Path) -> str:
    """Open the clinic, read, try to write: say what came of it."""
    with unlock(folder_at(path)) as clinic:
        read = "read" if canaries(clinic) == [CANARY] else "wrong"
        try:
            add_canary(clinic, "more")
        except Unavailable as error:
            return f"{read}, {clinic.notices}, {error}"
        return f"{read}, written"


def test_a_clinic_that_may_be_written_is_opened_to_be_written(path: Path) -> None:
    assert as_anybody(lambda: read_and_write(path)) == "read, written"


@pytest.mark.parametrize(
    ("where", "mode"),
    [("", READ), ("clinic.db", 0o444), ("", 0o500)],
    ids=["folder", "file", "folder of the owner"],
)
def test_what_may_not_be_written_is_opened_to_be_read(path: Path, where: str, mode: int) -> None:
    (path / where).chmod(mode)
    before = (path / "clinic.db").read_bytes()

    said = as_anybody(lambda: read_and_write(path))

    assert said.startswith("read, ('This clinic is open for reading only: ")
    assert "Nothing was saved: this clinic is open for reading only" in said
    assert (path / "clinic.db").read_bytes() == before


def test_a_folder_that_was_never_opened_is_read_without_a_lock(path: Path) -> None:
    (path / "clinic.lock").unlink(missing_ok=True)
    path.chmod(READ)

    assert as_anybody(lambda: read_and_write(path)).startswith("read, ('This clinic is open for")


def test_keys_that_may_not_be_written_do_not_matter_until_they_change(path: Path) -> None:
    (path / "keys.json").chmod(0o444)

    assert as_anybody(lambda: read_and_write(path)) == "read, written"


@pytest.mark.parametrize("where", ["", "clinic.db", "keys.json"], ids=["folder", "file", "keys"])
def test_what_may_not_be_read_says_so(path: Path, where: str) -> None:
    (path / where).chmod(CLOSED)
    if where == "keys.json":
        (path / SPARE_NAME).chmod(CLOSED)

    said = as_anybody(lambda: read_and_write(path))

    assert said.startswith("Unavailable: "), said
    assert "may not be" in said
    assert "Nothing was changed." in said or "It was left as it is." in said


def test_a_folder_that_goes_away_in_the_middle_of_work_is_told(path: Path) -> None:
    with unlock(folder_at(path)) as clinic:
        path.rename(path.with_name("unplugged"))

        with pytest.raises(Unavailable) as told:
            add_canary(clinic, "more")

        path.with_name("unplugged").rename(path)
    assert "bound parameter" not in str(told.value)
    with unlock(folder_at(path)) as clinic:
        assert canaries(clinic) == [CANARY]


def test_a_folder_that_is_gone_before_it_is_opened_is_told(path: Path) -> None:
    folder = folder_at(path)
    path.rename(path.with_name("unplugged"))

    with pytest.raises(Unavailable, match="There is no clinic in this folder"):
        unlock(folder)

    assert folder.state is FolderState.NOTHING
    assert not path.exists()


def test_a_file_that_becomes_write_protected_in_the_middle_of_work_is_told(path: Path) -> None:
    def work() -> str:
        with unlock(folder_at(path)) as clinic:
            path.chmod(READ)
            try:
                add_canary(clinic, "more")
            except Unavailable as error:
                return f"{canaries(clinic) == [CANARY]}: {error}"
        return "written"

    assert as_anybody(work).startswith("True: ")


def test_two_may_read_only_one_after_the_other(path: Path) -> None:
    path.chmod(READ)

    def twice() -> str:
        with unlock(folder_at(path)):
            try:
                unlock(folder_at(path))
            except InUse as error:
                return str(error)
        return "both"

    DataLock(path / "clinic.lock", lambda: NOW)
    assert "has this clinic open" in as_anybody(twice)


def test_no_backup_is_made_beside_a_clinic_that_may_not_be_written(path: Path) -> None:
    path.chmod(READ)

    def work() -> str:
        with unlock(folder_at(path)) as clinic:
            return _backed_up(clinic)

    assert as_anybody(work).startswith("Unavailable: ")


def test_a_backup_elsewhere_saves_what_can_only_be_read(path: Path) -> None:
    path.chmod(READ)
    (path.parent / "elsewhere").mkdir(mode=0o777)
    (path.parent / "elsewhere").chmod(0o777)

    def work() -> str:
        with unlock(folder_at(path)) as clinic:
            return back_up(clinic, path.parent / "elsewhere").path.name[-8:]

    assert as_anybody(work) == ".cocmbak"


def _backed_up(clinic: OpenClinic) -> str:
    return back_up(clinic).path.name
