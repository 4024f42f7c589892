"""The part of JSON Schema, draft 2020-12, that the program writes: a check of it and by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

Schema = dict[str, Any]
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}
# Keywords by draft 2020-12 with the type of their value.
KEYWORDS: dict[str, tuple[type, ...]] = {
    "$schema": (str,),
    "title": (str,),
    "description": (str,),
    "examples": (list,),
    "type": (str,),
    "enum": (list,),
    "anyOf": (list,),
    "properties": (dict,),
    "required": (list,),
    "additionalProperties": (bool,),
    "items": (dict,),
    "maxItems": (int,),
    "minimum": (int,),
    "maximum": (int,),
    "maxLength": (int,),
    "pattern": (str,),
    "format": (str,),
}


def faults_of_schema(schema: Schema, at: str = "schema") -> list[str]:
    """Name what is no schema of the draft: keywords, their types, doubled or unknown names."""
    return list(_of_schema(schema, at))


def faults_of(value: Any, schema: Schema) -> list[str]:
    """Name where a value is not what the schema says."""
    return list(_of(value, schema, "value"))


def _of_schema(schema: Schema, at: str) -> Iterator[str]:
    for keyword, content in schema.items():
        if keyword not in KEYWORDS or not isinstance(content, KEYWORDS[keyword]):
            yield f"{at}: {keyword} is no keyword, or not of its type"
    if schema.get("type", "object") not in TYPES:
        yield f"{at}: no type {schema['type']}"
    if "pattern" in schema:
        re.compile(schema["pattern"])
    names, needed = schema.get("properties", {}), schema.get("required", [])
    if len(set(needed)) < len(needed) or not set(needed) <= set(names):
        yield f"{at}: required names what is not there, or twice"
    for number, example in enumerate(schema.get("examples", [])):
        yield from _of(example, schema, f"{at}.examples[{number}]")
    below = {**names, **{f"anyOf{n}": each for n, each in enumerate(schema.get("anyOf", []))}}
    for name, each in ({**below, "items": schema["items"]} if "items" in schema else below).items():
        yield from _of_schema(each, f"{at}.{name}")


def _of(value: Any, schema: Schema, at: str) -> Iterator[str]:
    if "anyOf" in schema and all(faults_of(value, each) for each in schema["anyOf"]):
        yield f"{at}: fits none of several"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if "type" in schema and not _is_of_type(value, schema["type"]):
        yield f"{at}: {value!r} is no {schema['type']}"
    for kind, inside in INSIDE.items():
        if type(value) is kind:
            yield from inside(value, schema, at)


def _is_of_type(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, TYPES[name])


def _of_object(value: dict[str, Any], schema: Schema, at: str) -> Iterator[str]:
    names = schema.get("properties", {})
    for missing in set(schema.get("required", [])) - set(value):
        yield f"{at}: {missing} is missing"
    if schema.get("additionalProperties") is False:
        yield from (f"{at}: {name} is unknown" for name in set(value) - set(names))
    for name in set(value) & set(names):
        yield from _of(value[name], names[name], f"{at}.{name}")


def _of_list(value: list[Any], schema: Schema, at: str) -> Iterator[str]:
    if len(value) > schema.get("maxItems", len(value)):
        yield f"{at}: {len(value)} entries"
    for number, each in enumerate(value):
        yield from _of(each, schema.get("items", {}), f"{at}[{number}]")


def _of_number(value: int, schema: Schema, at: str) -> Iterator[str]:
    if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{at}: {value} is out of range"


def _of_text(value: str, schema: Schema, at: str) -> Iterator[str]:
    if len(value) > schema.get("maxLength", len(value)):
        yield f"{at}: {len(value)} characters"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: {value!r} is not of the pattern"
    elif schema.get("format") == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            yield f"{at}: {value!r} is no day"


INSIDE: dict[type, Callable[[Any, Schema, str], Iterator[str]]] = {
    dict: _of_object,
    list: _of_list,
    str: _of_text,
    int: _of_number,
}
