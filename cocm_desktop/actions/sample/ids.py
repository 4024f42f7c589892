"""Identifiers of the sample clinic: the same on every run."""

from __future__ import annotations

import hashlib
import uuid
from datetime import UTC, date, datetime, time


def sample_id(name: str, on: date = date(2025, 1, 1)) -> str:
    """Give the UUID version 7 that belongs to a name and a day, as if made on that day."""
    made = int(datetime.combine(on, time(12), UTC).timestamp() * 1000)
    value = int.from_bytes(hashlib.sha256(f"{name} {on}".encode()).digest()[:16])
    value = value & ~(0xFFFF_FFFF_FFFF << 80) | made << 80
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))
