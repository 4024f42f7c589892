"""Read what can be read of a damaged file, row by row, and say what is missing.

The clinic's own file is never opened for this: it is copied, with its journal, and the copy is
read. So nothing can make the damage worse.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as driver

from cocm_desktop.errors import Damaged
from cocm_desktop.safe_file import blaming_the_disk, scratch
from cocm_desktop.storage.data_key import Purpose
from cocm_desktop.storage.key_copies import KeyCopies
from cocm_desktop.storage.key_cost import KeyPolicy
from cocm_desktop.storage.key_file import KeyFile
from cocm_desktop.storage.key_slot import Opened
from cocm_desktop.storage.sqlite import unlock

SCRATCH: Final = "rescue.part"
_SAFE: Final = "Nothing was changed."
_MOST_LISTED: Final = 1000
_GREAT_ENOUGH: Final = 2**31
_NOTHING: Final = (
    "Nothing can be read of the clinic's file: the pages that say what it holds are damaged. It "
    "was left as it is. Restore the newest good backup."
)


@dataclass(slots=True)
class RescuedTable:
    """What was read of a table. `missing_ids` are known from its index, where that is whole."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    wanted: int | None = None
    """So many rows there should be; None where that is not known either."""
    missing_ids: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        return max((self.wanted or len(self.rows)) - len(self.rows), len(self.missing_ids))


class DamagedCopy:
    """A copy of the file. At a bad page the cipher gives up; the next question opens it anew."""

    def __init__(self, file: Path, raw_key: bytes) -> None:
        self._file = file
        self._raw_key = raw_key
        self._connection: Any = None

    def rows(self, sql: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """Give the rows of a query; raises the driver's DatabaseError at the first bad page."""
        try:
            yield from self._opened().execute(sql, values)
        except driver.DatabaseError:
            self.close()
            raise

    def first(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        return next(self.rows(sql, *values), None)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _opened(self) -> Any:
        if self._connection is None:
            self._connection = driver.connect(str(self._file), isolation_level=None)
            unlock(self._connection, self._raw_key)
        return self._connection


@contextmanager
def damaged_copy(
    folder: Path, policy: KeyPolicy, open_slot: Callable[[KeyFile], Opened]
) -> Iterator[DamagedCopy]:
    """Yield a copy of the clinic's file, opened with somebody's secret."""
    unlocked = KeyCopies(folder, policy).unlock(open_slot)
    name = unlocked.keys.database
    with blaming_the_disk(_SAFE), scratch(folder / SCRATCH) as beside:
        for each in (name, f"{name}-journal"):
            if (folder / each).exists():
                shutil.copyfile(folder / each, beside / each)
        if not (beside / name).exists():
            raise Damaged(f"The clinic's file {name} is missing. Restore the newest backup.")
        copy = DamagedCopy(beside / name, unlocked.data_key.derive(Purpose.DATABASE))
        with closing(copy):
            yield copy


def tables(copy: DamagedCopy) -> tuple[str, ...]:
    """Name the tables that the file says it has."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    try:
        return tuple(sorted(name for (name,) in copy.rows(sql)))
    except driver.DatabaseError as error:
        raise Damaged(_NOTHING) from error


def rescue_table(copy: DamagedCopy, name: str, *, expected: int | None = None) -> RescuedTable:
    """Read every row that can be read, going around the pages that cannot."""
    columns = tuple(row[1] for row in copy.rows(f'PRAGMA table_info("{name}")'))
    table = RescuedTable(name, columns)
    table.rows.extend(row[1:] for row in _rows(copy, name))
    known = _ids(copy, name) if "id" in columns else None
    table.wanted = expected
    if known is not None:
        place = columns.index("id")
        missing = known - {row[place] for row in table.rows}
        table.wanted = max(len(known), expected or 0)
        table.missing_ids = tuple(sorted(missing)[:_MOST_LISTED])
    return table


def _rows(copy: DamagedCopy, name: str) -> Iterator[tuple[Any, ...]]:
    """Go through a table by its row numbers; at a bad page, look for the next row behind it."""
    sql = f'SELECT rowid, * FROM "{name}" WHERE rowid > ? ORDER BY rowid'  # noqa: S608
    after = 0
    last: int | None = None
    while True:
        try:
            for row in copy.rows(sql, after):
                after = row[0]
                yield row
        except driver.DatabaseError:
            last = _last(copy, name) if last is None else last
            following = _next_readable(copy, name, after=after, last=last)
            if following is None:
                return
            after = following - 1
        else:
            return


def _next_readable(copy: DamagedCopy, name: str, *, after: int, last: int) -> int | None:
    """Find a row behind a bad page, in steps that grow and then shrink again."""
    bad, step = after + 1, 1
    while not _is_readable(copy, name, good := min(after + 1 + step, last)):
        if good == last:
            return None
        bad, step = good, step * 2
    while good - bad > 1:
        middle = (bad + good) // 2
        if _is_readable(copy, name, middle):
            good = middle
        else:
            bad = middle
    return good


def _is_readable(copy: DamagedCopy, name: str, rowid: int) -> bool:
    sql = f'SELECT * FROM "{name}" WHERE rowid >= ? ORDER BY rowid LIMIT 1'  # noqa: S608
    try:
        return copy.first(sql, rowid) is not None
    except driver.DatabaseError:
        return False


def _last(copy: DamagedCopy, name: str) -> int:
    """Give the greatest row number, or where that cannot be read one that is great enough."""
    with suppress(driver.DatabaseError):
        row = copy.first(f'SELECT max(rowid) FROM "{name}"')  # noqa: S608
        return int(row[0] or 0) if row else 0
    return _GREAT_ENOUGH


def _ids(copy: DamagedCopy, name: str) -> set[str] | None:
    """Give all ids from the index, which lies on other pages than the rows; None if it cannot."""
    index = f"sqlite_autoindex_{name}_1"
    try:
        return {each for (each,) in copy.rows(f'SELECT id FROM "{name}" INDEXED BY "{index}"')}  # noqa: S608
    except driver.DatabaseError:
        return None
