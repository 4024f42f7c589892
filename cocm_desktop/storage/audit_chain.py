"""The chain that makes a changed, lost or added audit entry show: each entry seals the one before.

HMAC-SHA-256 over the entry, its field changes and the seal of the entry before it. Its key lies
in keys.json, not in the database: who can only write SQL cannot seal.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from cocm_desktop.storage.database import Database

BEGINNING: Final = "beginning"
"""Stands in the place of the seal before the first one."""
UNSEALED: Final = frozenset({"prev_mac", "mac"})
SHORT: Final = 8
"""How many digits of a seal stand on paper."""

_TYPED = re.compile(r"\s*(?:A\s*:)?\s*(\d{1,12})\s*[-–]\s*([0-9a-f]{8,64})\s*", re.IGNORECASE)
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode
_LAST = "SELECT seq, mac FROM audit_entry ORDER BY seq DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of the audit and its seal; kept elsewhere, it is an anchor of the chain.

    `mac` is empty where the entry was written before there was a chain.
    """

    seq: int
    mac: str

    def __str__(self) -> str:
        """Write it as it stands on paper."""
        return f"A:{self.seq}-{self.mac[:SHORT]}"


def head_of(connection: Any) -> Head:
    """Give the head of an open file, by the driver's own connection."""
    row = connection.execute(_LAST).fetchone()
    return Head(row[0], row[1] or "") if row else Head(0, "")


def head(database: Database) -> Head:
    """Give the head of an open clinic, `head(clinic.database)`, as it stands now."""
    with database.read() as session:
        row = session.connection().exec_driver_sql(_LAST).first()
    return Head(row[0], row[1] or "") if row else Head(0, "")


def read_anchor(text: str) -> Head | None:
    """Read what was typed from a page, such as A:184223-9f3c1a2b; None if it is no anchor."""
    found = _TYPED.fullmatch(text)
    return Head(int(found[1]), found[2].lower()) if found else None


def seal(
    key: bytes, before: str, *, entry: Mapping[str, Any], changes: Iterable[Sequence[Any]]
) -> str:
    """Give the seal of an entry whose field changes are (field, before, after), in their order."""
    content = {name: _plain(value) for name, value in entry.items() if name not in UNSEALED}
    return seal_plain(key, before, content=content, changes=changes)


def seal_plain(
    key: bytes, before: str, *, content: Mapping[str, Any], changes: Iterable[Sequence[Any]]
) -> str:
    """Give the seal of an entry whose instants are written out already, in UTC."""
    text = _encode([before, content, [list(each) for each in changes]])
    return hmac.digest(key, text.encode(), hashlib.sha256).hex()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
