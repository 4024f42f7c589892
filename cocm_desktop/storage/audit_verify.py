"""Check the chain of the audit: every entry, its field changes and its seal, in their order.

A chain proves order and wholeness up to its last entry. What was cut off behind it only shows
against an anchor that was kept elsewhere: see anchors.py.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, Final

from cocm_desktop.storage.audit_chain import BEGINNING, UNSEALED, Head, seal_plain

COLUMNS: Final = (
    "seq", "id", "at", "local_offset", "ticks_ms", "clock_ok", "staff_id", "staff_name", "roles",
    "is_emergency", "device", "os_account", "app_version", "session_id", "code", "action",
    "outcome", "patient_id", "object_type", "object_id", "object_version", "category",
    "before_hash", "after_hash", "reason", "recipient", "sha256", "pages", "bytes",
    "prev_mac", "mac",
)  # fmt: skip
SEALED_CODE: Final = "audit.sealed"
LAST_FEW: Final = 2_000
"""So many entries are checked at each unlock; all of them once a week."""

_BATCH: Final = 20_000
_OLDER: Final = tuple(name for name in COLUMNS if name not in UNSEALED)
_AT, _CLOCK_OK, _IS_EMERGENCY = (COLUMNS.index(c) for c in ("at", "clock_ok", "is_emergency"))
_CONTENT: Final = len(_OLDER)
_SORTED: Final = tuple(sorted(_OLDER))
_in_order = itemgetter(*(_OLDER.index(name) for name in _SORTED))
_KEPT_LENGTH: Final = len("2026-11-22 17:05:00.000000")
_AFTER = f"SELECT {', '.join(COLUMNS)} FROM audit_entry WHERE seq >= ? ORDER BY seq LIMIT ?"  # noqa: S608  our own names
_CHANGES: Final = (
    "SELECT seq, field, before, after FROM audit_change WHERE seq >= ? AND seq <= ? "
    "ORDER BY seq, rowid"
)
_ORPHAN: Final = (
    "SELECT min(c.seq) FROM audit_change c LEFT JOIN audit_entry e ON e.seq = c.seq "
    "WHERE e.seq IS NULL"
)


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What was found: the first bad entry and a sentence on it, or none; and how far it reached."""

    first_bad: int | None
    words: str
    entries: int
    head: Head

    @property
    def is_whole(self) -> bool:
        return self.first_bad is None


class _Broken(Exception):
    def __init__(self, seq: int, words: str) -> None:
        super().__init__(words)
        self.seq = seq
        self.words = words


class Walk:
    """Goes along the chain, some entries at a time, so that others may use the file between."""

    def __init__(self, key: bytes) -> None:
        """Begin before the first entry; `start_after` begins later."""
        self._key = key
        self._before = BEGINNING
        self._next = 1
        self._first_sealed: int | None = None
        self.entries = 0

    def start_after(self, head: Head) -> None:
        """Take an entry for good, and begin with the next one."""
        self._next, self._before = head.seq + 1, head.mac or BEGINNING
        self._first_sealed = head.seq if head.mac else None

    def step(self, connection: Any, most: int = _BATCH) -> bool:
        """Check the next entries; tell whether there may be more. Raises on the first bad one."""
        rows = connection.execute(_AFTER, (self._next, most)).fetchall()
        if not rows:
            return False
        changes: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for seq, *change in connection.execute(_CHANGES, (self._next, rows[-1][0])):
            changes[seq].append(tuple(change))
        for row in rows:
            self._check(connection, row, changes.pop(row[0], ()))
        return len(rows) == most

    def end(self, connection: Any) -> Head:
        """Look at what is left when every entry has been read: changes without an entry."""
        (first,) = connection.execute("SELECT min(seq) FROM audit_entry").fetchone()
        if first is not None and first < 1:
            raise _Broken(first, f"Entry {first} stands before the first one.")
        (orphan,) = connection.execute(_ORPHAN).fetchone()
        if orphan is not None:
            raise _Broken(orphan, f"Field changes of entry {orphan} are there without the entry.")
        mac = self._before if self._first_sealed is not None else ""
        return Head(self._next - 1, mac)

    def _check(self, connection: Any, row: Sequence[Any], changes: Sequence[Sequence[Any]]) -> None:
        seq, before, mac = row[0], row[-2], row[-1]
        if seq != self._next:
            raise _Broken(self._next, _missing(self._next, seq))
        self._next += 1
        self.entries += 1
        if mac is None and self._first_sealed is None:
            _require_old(row)
            return
        if mac is None or before is None:
            raise _Broken(seq, f"Entry {seq} has no seal though entries before it have one.")
        if self._first_sealed is None:
            self._first_sealed = seq
            self._require_older_sealed(connection, row)
        content = dict(zip(_SORTED, _in_order(_plain(row)), strict=True))
        if before != self._before or mac != seal_plain(
            self._key, before, content=content, changes=changes
        ):
            raise _Broken(
                seq,
                f"Entry {seq} or the order before it was changed: its seal does not fit. "
                f"Everything up to entry {seq - 1} is as it was written.",
            )
        self._before = mac

    def _require_older_sealed(self, connection: Any, row: Sequence[Any]) -> None:
        """Want the first seal to stand on the whole of what was written before the chain."""
        seq = row[0]
        if seq == 1:
            return
        code, digest = row[COLUMNS.index("code")], row[COLUMNS.index("sha256")]
        if code != SEALED_CODE:
            raise _Broken(
                seq, f"The chain begins at entry {seq} without a seal of the entries before it."
            )
        if digest != older_digest(connection, seq):
            raise _Broken(1, f"One of the entries 1 to {seq - 1} was changed since it was sealed.")


class LongCheck:
    """A check of the whole chain in steps, between which the file can be used."""

    def __init__(self) -> None:
        self._walk: Walk | None = None

    def step(self, connection: Any, key: bytes, most: int = _BATCH) -> ChainReport | None:
        """Check the next entries; give the report when all are read, or one is bad."""
        self._walk = self._walk or Walk(key)
        try:
            if self._walk.step(connection, most):
                return None
            return ChainReport(None, "", self._walk.entries, self._walk.end(connection))
        except _Broken as broken:
            return _report(broken, self._walk)


def check_chain(connection: Any, key: bytes) -> ChainReport:
    """Check the whole chain by the driver's own connection."""
    walk = Walk(key)
    return _walked(connection, walk)


def check_end(connection: Any, key: bytes, most: int = LAST_FEW) -> ChainReport:
    """Check the last entries only, taking those before them for good."""
    walk = Walk(key)
    start = connection.execute(
        "SELECT seq, mac FROM audit_entry ORDER BY seq DESC LIMIT 1 OFFSET ?", (most,)
    ).fetchone()
    if start:
        walk.start_after(Head(start[0], start[1] or ""))
    return _walked(connection, walk)


def _walked(connection: Any, walk: Walk) -> ChainReport:
    try:
        while walk.step(connection):
            pass
        return ChainReport(None, "", walk.entries, walk.end(connection))
    except _Broken as broken:
        return _report(broken, walk)


def _report(broken: _Broken, walk: Walk) -> ChainReport:
    return ChainReport(broken.seq, broken.words, walk.entries, Head(broken.seq - 1, ""))


def older_digest(connection: Any, first_sealed: int) -> str:
    """Digest all entries before this one and their field changes, written before the chain."""
    digest = hashlib.sha256()
    columns = ", ".join(_OLDER)
    for table in (
        f"SELECT {columns} FROM audit_entry WHERE seq < ? ORDER BY seq",  # noqa: S608  our names
        "SELECT seq, field, before, after FROM audit_change WHERE seq < ? ORDER BY seq, rowid",
    ):
        for row in _rows(connection, table, first_sealed):
            digest.update(json.dumps(list(row), separators=(",", ":")).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _rows(connection: Any, statement: str, value: int) -> Iterable[Sequence[Any]]:
    found: Iterator[Sequence[Any]] = connection.execute(statement, (value,))
    return found


def _plain(row: Sequence[Any]) -> list[Any]:
    """Give the sealed columns as they were sealed, not as SQLite keeps them."""
    values = list(row[:_CONTENT])
    values[_AT] = _instant(values[_AT])
    values[_CLOCK_OK] = bool(values[_CLOCK_OK])
    values[_IS_EMERGENCY] = bool(values[_IS_EMERGENCY])
    return values


def _instant(kept: str) -> str:
    """Write an instant as isoformat() does: a million of them are too many to be parsed."""
    if len(kept) != _KEPT_LENGTH:
        return datetime.fromisoformat(kept).replace(tzinfo=UTC).isoformat()
    fraction = kept[19:]
    return f"{kept[:10]}T{kept[11:19]}{'' if fraction == '.000000' else fraction}+00:00"


def _require_old(row: Sequence[Any]) -> None:
    """Want an entry without a seal to be of before the chain: then no account was kept."""
    if row[COLUMNS.index("ticks_ms")] or row[COLUMNS.index("os_account")]:
        raise _Broken(row[0], f"Entry {row[0]} has lost its seal.")


def _missing(wanted: int, found: int) -> str:
    if found == wanted + 1:
        return f"Entry {wanted} is missing."
    return f"Entries {wanted} to {found - 1} are missing."
