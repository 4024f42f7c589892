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
Reader = Callable[[Any], Any]
Writer = Callable[[Any], object]


def superbill_to_text(superbill: Superbill) -> str:
    content = {"format": FORMAT, "superbill": _written(superbill)}
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def superbill_from_text(text: str) -> Superbill:
    superbill: Superbill = _read(Superbill, _as_now(json.loads(text)["superbill"]))
    return superbill


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
    kind: Any = type(value)
    return _writer(kind)(value)


@cache
def _writer(kind: Any) -> Writer:
    """Give what writes the values of a class; worked out once, for documents are many."""
    if is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))
        return lambda value: {name: _written(getattr(value, name)) for name in names}
    return next((write for base, write in _WRITERS if issubclass(kind, base)), _as_it_is)


_WRITERS: tuple[tuple[type[Any], Writer], ...] = (
    (Enum, lambda value: value.name),
    (frozenset, lambda value: sorted(str(_written(part)) for part in value)),
    (tuple, lambda value: [_written(part) for part in value]),
    (date, lambda value: value.isoformat()),
    (time, lambda value: value.isoformat()),
    (Decimal, str),
)


def _read(kind: Any, value: Any) -> Any:
    """Build a value of a type from what was written."""
    return _reader(kind)(value)


@cache
def _reader(kind: Any) -> Reader:
    """Give what reads a dataclass field's type; worked out once, for documents are many."""
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        inner = _reader(next(part for part in get_args(kind) if part is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin in {tuple, frozenset}:
        part = _reader(get_args(kind)[0])
        return lambda value: origin(map(part, value))
    plain = getattr(kind, "__supertype__", kind)
    return _reader_of_fields(plain) if is_dataclass(plain) else _reader_of_plain(plain)


def _reader_of_fields(kind: Any) -> Reader:
    parts = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
    build = cast("type[Any]", kind)
    return lambda value: build(
        **{name: read(value[name]) for name, read in parts.items() if name in value}
    )


def _reader_of_plain(kind: Any) -> Reader:
    if issubclass(kind, Enum):
        member: Reader = kind.__members__.__getitem__
        return member
    return next((read for base, read in _READERS if issubclass(kind, base)), _as_it_is)


def _as_it_is(value: Any) -> Any:
    return value


# A moment is a day too, so it stands before it.
_READERS: tuple[tuple[type[Any], Reader], ...] = (
    (datetime, datetime.fromisoformat),
    (date, date.fromisoformat),
    (time, time.fromisoformat),
    (Decimal, Decimal),
)
