"""The chain that makes a changed, lost or added audit entry show: each entry seals the one before.

HMAC-SHA-256 over the entry, its field changes and the seal of the entry before it. Its key lies
in keys.json, not in the database: who can only write SQL cannot seal.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

BEGINNING: Final = "beginning"
"""Stands in the place of the seal before the first one."""
UNSEALED: Final = frozenset({"prev_mac", "mac"})


def seal(
    key: bytes, before: str, *, entry: Mapping[str, Any], changes: Iterable[Sequence[Any]]
) -> str:
    """Give the seal of an entry whose field changes are (field, before, after), in their order."""
    content = {name: _plain(value) for name, value in entry.items() if name not in UNSEALED}
    whole = [before, content, [list(each) for each in changes]]
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hmac.digest(key, text.encode(), hashlib.sha256).hex()


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
