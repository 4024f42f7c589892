"""Rows are read around bad pages, however many lie side by side."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from cocm_desktop.errors import Damaged
from cocm_desktop.storage.clinic_keys import KeyTools, open_sign_in
from cocm_desktop.storage.key_file import KeyFile
from cocm_desktop.storage.key_slot import Opened
from cocm_desktop.storage.rescue import DamagedCopy, damaged_copy, rescue_table
from cocm_desktop.storage.sqlite import PAGE_BYTES, unlock
from tests.storage.clinics import CHEAP, PASSWORD, SharesInMemory, flip, made_at

KEY = bytes(range(32))
ROWS = 90
"""Each fills a page of its own. The pages of the index come first, those of the rows behind."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "clinic.db"
    with closing(driver.connect(str(made), isolation_level=None)) as connection:
        unlock(connection, KEY)
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE note (id TEXT PRIMARY KEY, words TEXT)")
        for number in range(ROWS):
            values = (f"{number:03}", "x" * 3500)
            connection.execute("INSERT INTO note VALUES (?, ?)", values)
        connection.execute("COMMIT")
    return made


@pytest.fixture
def copy(file: Path) -> Iterator[DamagedCopy]:
    with closing(DamagedCopy(file, KEY)) as opened:
        yield opened


def harm(file: Path, pages: range) -> None:
    for page in pages:
        flip(file, page * PAGE_BYTES + 500)


def ids_of(copy: DamagedCopy) -> list[str]:
    return [row[0] for row in rescue_table(copy, "note").rows]


def test_the_rows_before_and_behind_a_long_damage_are_read(file: Path, copy: DamagedCopy) -> None:
    harm(file, range(30, 60))

    found = rescue_table(copy, "note")

    rows = [row[0] for row in found.rows]
    assert rows == sorted(rows)
    assert (rows[0], rows[-1]) == ("000", f"{ROWS - 1:03}")
    assert ROWS - 35 < len(rows) < ROWS - 25
    assert sorted({*rows, *found.missing_ids}) == [f"{number:03}" for number in range(ROWS)]


def test_where_the_end_is_damaged_what_stands_before_it_is_read(
    file: Path, copy: DamagedCopy
) -> None:
    pages = file.stat().st_size // PAGE_BYTES
    harm(file, range(pages - 6, pages))

    rows = ids_of(copy)

    assert rows == [f"{number:03}" for number in range(len(rows))]
    assert ROWS - 8 <= len(rows) <= ROWS - 5


def test_where_the_index_is_damaged_too_no_row_is_called_missing(
    file: Path, copy: DamagedCopy
) -> None:
    (root,) = copy.first("SELECT rootpage FROM sqlite_master WHERE type = 'index'") or (0,)
    copy.close()
    harm(file, range(root - 1, root))

    found = rescue_table(copy, "note")

    assert len(found.rows) == ROWS
    assert (found.wanted, found.missing_ids, found.missing) == (None, (), 0)


def by_password(keys: KeyFile) -> Opened:
    tools = KeyTools(CHEAP, SharesInMemory())
    return open_sign_in(keys, "owner", password=PASSWORD, tools=tools)


def test_a_file_that_is_missing_is_told_and_leaves_no_scratch(tmp_path: Path) -> None:
    folder = made_at(tmp_path / "clinic")
    (folder.path / "clinic.db").unlink()
    before = sorted(folder.path.iterdir())

    with (
        pytest.raises(Damaged, match=r"clinic\.db is missing"),
        damaged_copy(folder.path, CHEAP, by_password),
    ):
        pytest.fail("there is nothing to read")

    assert sorted(folder.path.iterdir()) == before
