"""Values whose fields say what they mean: read from JSON strictly, and described as JSON Schema."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import (
    Any,
    Protocol,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    runtime_checkable,
)

from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.errors import Problem, Refused

MOST_ENTRIES = 10_000
LONGEST_TEXT = 4_000
HIGHEST_NUMBER = 10**9
_DAY = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_MONTH = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$"
_DECIMAL = r"^[0-9]{1,6}(\.[0-9]{1,6})?$"
Value = TypeVar("Value")
JsonSchema = dict[str, Any]
_NEEDED: Any = object()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a field takes beside its type: numbers or entries up to `most`, or only those named."""

    most: int | None = None
    among: tuple[int, ...] = ()


_FREE = Limits()


@runtime_checkable
class MayContradict(Protocol):
    """A described value whose fields may not fit one another."""

    def contradiction(self) -> tuple[str, str] | None:
        """Give the field and what it is that cannot be, or None."""


def meant(meaning: str, *, example: Any, default: Any = _NEEDED, limits: Limits = _FREE) -> Any:
    """Declare a field with what it means and an example as JSON has it; needed unless a default."""
    metadata = {"meaning": meaning, "example": example, "limits": limits}
    return (
        field(metadata=metadata)
        if default is _NEEDED
        else field(default=default, metadata=metadata)
    )


def read_as(kind: type[Value], content: Any, at: str = "") -> Value:
    """Read a described value.

    Raises Refused naming the field: unknown, missing, not what it must be, or at odds with others.
    """
    if not isinstance(content, Mapping):
        raise _refusal(at or "the input", "is no object")
    known = _fields_of(kind)
    for name in content:
        if name not in known:
            raise _refusal(_below(at, str(name)[:80]), "is no field of this format")
    values = {}
    for name, (hint, each) in known.items():
        if name in content:
            values[name] = _read(
                hint, content[name], _below(at, name), limits=each.metadata["limits"]
            )
        elif _is_needed(each):
            raise _refusal(_below(at, name), "is missing")
    read = kind(**values)
    if isinstance(read, MayContradict) and (found := read.contradiction()):
        name, words = found
        raise _refusal(_below(at, name), words)
    return read


def schema_of(kind: type[Any]) -> JsonSchema:
    """Describe a value as JSON Schema (draft 2020-12), each field with meaning and example."""
    properties = {
        name: {
            **_schema(hint, each.metadata["limits"]),
            "description": each.metadata["meaning"],
            **({} if _part_of(hint) else {"examples": [each.metadata["example"]]}),
        }
        for name, (hint, each) in _fields_of(kind).items()
    }
    return {
        "type": "object",
        "description": _first_line(kind),
        "properties": properties,
        "required": [each.name for each in fields(kind) if _is_needed(each)],
        "additionalProperties": False,
    }


def example_of(kind: type[Any]) -> dict[str, Any]:
    """Give an example that names every field."""
    hints, example = get_type_hints(kind), {}
    for each in fields(kind):
        inner = _part_of(hints[each.name])
        if inner is None:
            example[each.name] = each.metadata["example"]
        elif get_origin(hints[each.name]) is tuple:
            example[each.name] = [example_of(inner)]
        else:
            example[each.name] = example_of(inner)
    return example


def written(value: Any) -> Any:
    """Write a value as JSON has it: days, months, choices and money as in the input."""
    if is_dataclass(value) and not isinstance(value, type) and not isinstance(value, ServiceMonth):
        return {each.name: written(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple | list):
        return [written(each) for each in value]
    if isinstance(value, Enum):
        return value.name.lower()
    if isinstance(value, ServiceMonth):
        return value.key
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _find_fields(kind: type[Any]) -> dict[str, tuple[Any, Field[Any]]]:
    hints = get_type_hints(kind)
    return {each.name: (hints[each.name], each) for each in fields(kind)}


_fields_of: Callable[[Any], dict[str, tuple[Any, Field[Any]]]] = cache(_find_fields)


def _below(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def _is_needed(each: Field[Any]) -> bool:
    return each.default is MISSING and each.default_factory is MISSING


def _takes_none(hint: Any) -> bool:
    return type(None) in get_args(hint)


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in {Union, types.UnionType}:
        return next(each for each in get_args(hint) if each is not type(None))
    return hint


def _part_of(hint: Any) -> type[Any] | None:
    """Give the described value that a field holds, alone or in a list."""
    hint = _without_none(hint)
    inner = get_args(hint)[0] if get_origin(hint) is tuple else hint
    is_described = isinstance(inner, type) and is_dataclass(inner) and inner is not ServiceMonth
    return inner if is_described else None


def _read(hint: Any, value: Any, at: str, *, limits: Limits = _FREE) -> Any:
    if value is None and _takes_none(hint):
        return None
    hint = _without_none(hint)
    if get_origin(hint) is tuple:
        return _read_list(get_args(hint)[0], value, at, most=limits.most or MOST_ENTRIES)
    if hint is int:
        return _read_whole(value, at, limits)
    if isinstance(hint, type) and is_dataclass(hint) and hint is not ServiceMonth:
        return read_as(hint, value, at)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _read_choice(hint, value, at)
    return _READERS[hint](value, at)


def _read_list(hint: Any, value: Any, at: str, *, most: int) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _refusal(at, "is no list")
    if len(value) > most:
        raise _refusal(at, f"has more than {most:,} entries")
    return tuple(_read(hint, each, f"{at}[{number}]") for number, each in enumerate(value))


def _read_choice(kind: type[Enum], value: Any, at: str) -> Enum:
    by_name = {member.name.lower(): member for member in kind}
    if not isinstance(value, str) or value not in by_name:
        raise _refusal(at, f"is none of {', '.join(by_name)}")
    return by_name[value]


def _read_text(value: Any, at: str) -> str:
    if not isinstance(value, str):
        raise _refusal(at, "is no text")
    if len(value) > LONGEST_TEXT:
        raise _refusal(at, f"has more than {LONGEST_TEXT:,} characters")
    if not all(map(_is_writable, value)):
        raise _refusal(at, "holds half of a character")
    return value.strip()


def _read_flag(value: Any, at: str) -> bool:
    if not isinstance(value, bool):
        raise _refusal(at, "is neither true nor false")
    return value


def _is_writable(character: str) -> bool:
    """Whether it can be written as UTF-8: halves of a pair cannot."""
    return not "\ud800" <= character <= "\udfff"


def _read_whole(value: Any, at: str, limits: Limits) -> int:
    most = HIGHEST_NUMBER if limits.most is None else limits.most
    if limits.among and (type(value) is not int or value not in limits.among):
        raise _refusal(at, f"is none of {', '.join(map(str, limits.among))}")
    if type(value) is not int or not 0 <= value <= most:
        raise _refusal(at, f"is no whole number from 0 to {most:,}")
    return value


def _read_day(value: Any, at: str) -> date:
    try:
        return date.fromisoformat(value if _matches(_DAY, value) else "")
    except ValueError:
        raise _refusal(at, "is no day such as 2026-11-20, from 1900 to 2199") from None


def _read_month(value: Any, at: str) -> ServiceMonth:
    month = ServiceMonth.parse(value) if _matches(_MONTH, value) else None
    if month is None:
        raise _refusal(at, "is no month such as 2026-11, from 1900 to 2199")
    return month


def _read_decimal(value: Any, at: str) -> Decimal:
    if not _matches(_DECIMAL, value):
        raise _refusal(at, 'is no decimal between quotes such as "0.958"')
    return Decimal(value)


def _matches(pattern: str, value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(pattern, value, re.ASCII))


_READERS = {
    str: _read_text,
    bool: _read_flag,
    date: _read_day,
    ServiceMonth: _read_month,
    Decimal: _read_decimal,
}
_SCHEMAS: dict[Any, JsonSchema] = {
    str: {"type": "string", "maxLength": LONGEST_TEXT},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date", "pattern": _DAY},
    ServiceMonth: {"type": "string", "pattern": _MONTH},
    Decimal: {"type": "string", "pattern": _DECIMAL},
}


def _schema(hint: Any, limits: Limits = _FREE) -> JsonSchema:
    if _takes_none(hint):
        return {"anyOf": [_schema(_without_none(hint), limits), {"type": "null"}]}
    if get_origin(hint) is tuple:
        most = limits.most or MOST_ENTRIES
        return {"type": "array", "items": _schema(get_args(hint)[0]), "maxItems": most}
    if hint is int:
        most = HIGHEST_NUMBER if limits.most is None else limits.most
        named = {"enum": list(limits.among)} if limits.among else {}
        return {"type": "integer", "minimum": 0, "maximum": most, **named}
    if is_dataclass(hint) and hint is not ServiceMonth:
        return schema_of(hint) if isinstance(hint, type) else {}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [member.name.lower() for member in hint]}
    return dict(_SCHEMAS[hint])


def _first_line(kind: type[Any]) -> str:
    return (kind.__doc__ or "").strip().partition("\n")[0]


def _refusal(at: str, words: str) -> Refused:
    return Refused(Problem(at, f"The field {at} {words}."))
