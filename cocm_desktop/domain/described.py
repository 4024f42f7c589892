"""Values whose fields say what they mean: read from JSON strictly, and described as JSON Schema."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.errors import Problem, Refused

MOST_ENTRIES = 10_000
LONGEST_TEXT = 4_000
HIGHEST_NUMBER = 10**9
Value = TypeVar("Value")
JsonSchema = dict[str, Any]
_NEEDED: Any = object()


def meant(meaning: str, *, example: Any, default: Any = _NEEDED) -> Any:
    """Declare a field with what it means and an example as JSON has it; needed unless a default."""
    metadata = {"meaning": meaning, "example": example}
    return (
        field(metadata=metadata)
        if default is _NEEDED
        else field(default=default, metadata=metadata)
    )


def read_as(kind: type[Value], content: Any, at: str = "") -> Value:
    """Read a described value.

    Raises Refused naming the field: unknown, missing, or not what it must be.
    """
    if not isinstance(content, Mapping):
        raise _refusal(at or "the input", "is no object")
    hints, known = get_type_hints(kind), {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
    for name in content:
        if name not in known:
            raise _refusal(_below(at, str(name)[:80]), "is no field of this format")
    values = {}
    for name, each in known.items():
        value = content.get(name)
        if value is None and not _takes_none(hints[name]):
            if _is_needed(each):
                raise _refusal(_below(at, name), "is missing")
            continue
        values[name] = _read(hints[name], value, _below(at, name))
    return kind(**values)


def schema_of(kind: type[Any]) -> JsonSchema:
    """Describe a value as JSON Schema (draft 2020-12), each field with meaning and example."""
    hints = get_type_hints(kind)
    properties = {
        each.name: {
            **_schema(hints[each.name]),
            "description": each.metadata["meaning"],
            "examples": [each.metadata["example"]],
        }
        for each in fields(kind)
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


def _read(hint: Any, value: Any, at: str) -> Any:
    if value is None and _takes_none(hint):
        return None
    hint = _without_none(hint)
    if get_origin(hint) is tuple:
        return _read_list(get_args(hint)[0], value, at)
    if isinstance(hint, type) and is_dataclass(hint) and hint is not ServiceMonth:
        return read_as(hint, value, at)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _read_choice(hint, value, at)
    return _READERS[hint](value, at)


def _read_list(hint: Any, value: Any, at: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _refusal(at, "is no list")
    if len(value) > MOST_ENTRIES:
        raise _refusal(at, f"has more than {MOST_ENTRIES:,} entries")
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
    return value.strip()


def _read_flag(value: Any, at: str) -> bool:
    if not isinstance(value, bool):
        raise _refusal(at, "is neither true nor false")
    return value


def _read_whole(value: Any, at: str) -> int:
    if type(value) is not int or not 0 <= value <= HIGHEST_NUMBER:
        raise _refusal(at, f"is no whole number from 0 to {HIGHEST_NUMBER:,}")
    return value


def _read_day(value: Any, at: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _refusal(at, "is no day such as 2026-11-20") from None


def _read_month(value: Any, at: str) -> ServiceMonth:
    month = ServiceMonth.parse(value) if isinstance(value, str) else None
    if month is None:
        raise _refusal(at, "is no month such as 2026-11")
    return month


def _read_decimal(value: Any, at: str) -> Decimal:
    try:
        number = Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise _refusal(at, 'is no decimal between quotes such as "0.958"')
    return number


_READERS = {
    str: _read_text,
    bool: _read_flag,
    int: _read_whole,
    date: _read_day,
    ServiceMonth: _read_month,
    Decimal: _read_decimal,
}
_SCHEMAS: dict[Any, JsonSchema] = {
    str: {"type": "string", "maxLength": LONGEST_TEXT},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0},
    date: {"type": "string", "format": "date"},
    ServiceMonth: {"type": "string", "pattern": r"^[0-9]{4}-(0[1-9]|1[0-2])$"},
    Decimal: {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"},
}


def _schema(hint: Any) -> JsonSchema:
    if _takes_none(hint):
        return {"anyOf": [_schema(_without_none(hint)), {"type": "null"}]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _schema(get_args(hint)[0]), "maxItems": MOST_ENTRIES}
    if is_dataclass(hint) and hint is not ServiceMonth:
        return schema_of(hint) if isinstance(hint, type) else {}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [member.name.lower() for member in hint]}
    return dict(_SCHEMAS[hint])


def _first_line(kind: type[Any]) -> str:
    return (kind.__doc__ or "").strip().partition("\n")[0]


def _refusal(at: str, words: str) -> Refused:
    return Refused(Problem(at, f"The field {at} {words}."))
