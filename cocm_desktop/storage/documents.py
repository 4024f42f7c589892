"""Issued documents as text: written whole, read back as the same values."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from cocm_desktop.domain.superbill import Superbill

FORMAT = 1
Value = TypeVar("Value")


def superbill_to_text(superbill: Superbill) -> str:
    content = {"format": FORMAT, "superbill": _written(superbill)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def superbill_from_text(text: str) -> Superbill:
    value = _read(Superbill, _as_now(json.loads(text)["superbill"]))
    if not isinstance(value, Superbill):
        raise TypeError("the document is no superbill")
    return value


def value_to_text(value: object) -> str:
    """Write any value of the domain; it is read back by its class."""
    return json.dumps({"format": FORMAT, "value": _written(value)}, ensure_ascii=False)


def value_from_text(kind: type[Value], text: str) -> Value:
    value = _read(kind, json.loads(text)["value"])
    if not isinstance(value, kind):
        raise TypeError("the document is of another kind")
    return value


def _as_now(content: dict[str, Any]) -> dict[str, Any]:
    """Read what the first releases kept with the practice where it stands now."""
    if "settings" in content:
        return content
    settings = {
        name: content["practice"][name] for name in ("place_of_service", "g2214_first_minute")
    }
    return {**content, "settings": settings}


def _written(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _written(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, frozenset):
        return sorted(str(_written(part)) for part in value)
    if isinstance(value, tuple):
        return [_written(part) for part in value]
    return value.isoformat() if isinstance(value, date | time) else _plain(value)


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Decimal) else value


def _read(kind: Any, value: Any) -> Any:
    """Build a value of a dataclass field's type from what was written."""
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        inner = next(part for part in get_args(kind) if part is not type(None))
        return None if value is None else _read(inner, value)
    if origin in {tuple, frozenset}:
        return origin(_read(get_args(kind)[0], part) for part in value)
    return _reader(getattr(kind, "__supertype__", kind))(value)


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    if is_dataclass(kind):
        hints, build = get_type_hints(kind), cast("type[Any]", kind)
        return lambda value: build(
            **{name: _read(hints[name], value[name]) for name in hints if name in value}
        )
    if issubclass(kind, Enum):
        return lambda value: kind[value]
    return next((read for base, read in _READERS if issubclass(kind, base)), lambda value: value)


# A moment is a day too, so it stands before it.
_READERS: tuple[tuple[type[Any], Callable[[Any], Any]], ...] = (
    (datetime, datetime.fromisoformat),
    (date, date.fromisoformat),
    (time, time.fromisoformat),
    (Decimal, Decimal),
)
