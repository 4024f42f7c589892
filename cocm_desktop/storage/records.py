"""What every table shares: adding a row, voiding it, changing a row that has a version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage.table_base import Recorded, Table, Voidable

CHANGED_ELSEWHERE = (
    "This was changed on another screen in the meantime. Nothing was saved. "
    "Look at it again, then make your change once more."
)


Row = TypeVar("Row", bound=Table)
Key = TypeVar("Key")
Value = TypeVar("Value")


def recorded(stamp: Stamp) -> dict[str, Any]:
    """Give the columns that every row has."""
    return {
        "recorded_at": stamp.at,
        "recorded_by": stamp.staff.id,
        "device": stamp.device,
    }


def found(session: Session, table: type[Row], record_id: str, *, words: str) -> Row:
    """Give the row, or refuse in words: a record that was voided is not found either."""
    row = session.get(table, record_id)
    if row is None or getattr(row, "voided_at", None) is not None:
        raise Refused(Problem("id", f"This {words} is not on file any more."))
    # Held until the transaction ends, so that one which asks again need not read again.
    session.info.setdefault("held", {})[row] = None
    return row


def value_of(kind: type[Value], row: object) -> Value:
    """Give the dataclass whose fields are named as the columns of a row are."""
    of_kind: Any = kind
    names = [each.name for each in fields(of_kind)]
    return kind(**{name: getattr(row, name) for name in names})


def grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    """Give the values of each key, in their order: what was read for many, by whose it is."""
    found_ones: defaultdict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        found_ones[key].append(value)
    return {key: tuple(values) for key, values in found_ones.items()}


def void(row: Voidable, stamp: Stamp, reason: str) -> None:
    """Withdraw a row, keeping it."""
    row.voided_at = stamp.at
    row.voided_by = stamp.staff.id
    row.void_reason = reason


def change(row: Recorded, values: Mapping[str, Any], *, version: int) -> list[FieldChange]:
    """Set the fields of a row that was read at `version`, and tell which of them differ.

    Raises Refused when somebody else has changed the row since.
    """
    mutable: Any = row
    if mutable.version != version:
        raise Refused(Problem("version", CHANGED_ELSEWHERE))
    changes = [
        FieldChange(name, as_text(getattr(row, name)), as_text(value))
        for name, value in values.items()
        if getattr(row, name) != value
    ]
    for name, value in values.items():
        setattr(row, name, value)
    if changes:
        mutable.version += 1
    return changes


def as_text(value: object) -> str | None:
    """Write a value for the audit: the same text in every language and zone."""
    if value is None:
        return None
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return ",".join(sorted(as_text(part) or "" for part in value))
    return str(value)
