"""Read the fields of a key file strictly: what is not as we write it is damage."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from cocm_desktop.domain.ids import is_id
from cocm_desktop.errors import Damaged

_LARGEST_NUMBER: Final = 2**31


def damaged() -> Damaged:
    return Damaged(
        "The key file keys.json is damaged. It was left as it is. "
        "Restore the newest backup: where only the keys are lost, only they come back."
    )


def canonical(content: Mapping[str, Any]) -> bytes:
    """Return the one way to write this, over which checksums and signatures are made."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def checksum(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def load(raw: bytes) -> dict[str, Any]:
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise damaged() from error
    if not isinstance(content, dict):
        raise damaged()
    return content


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


class Fields:
    """The fields of one JSON object, which must be exactly those that are asked for."""

    def __init__(self, content: object, names: set[str]) -> None:
        if not isinstance(content, dict) or content.keys() != names:
            raise damaged()
        self._content: dict[str, object] = content

    def text(self, name: str) -> str:
        value = self._content[name]
        if not isinstance(value, str):
            raise damaged()
        return value

    def identifier(self, name: str) -> str:
        value = self.text(name)
        if not is_id(value):
            raise damaged()
        return value

    def one_of(self, name: str, *allowed: str) -> str:
        value = self.text(name)
        if value not in allowed:
            raise damaged()
        return value

    def number(self, name: str) -> int:
        value = self._content[name]
        if type(value) is not int or not 0 < value < _LARGEST_NUMBER:
            raise damaged()
        return value

    def flag(self, name: str) -> bool:
        value = self._content[name]
        if not isinstance(value, bool):
            raise damaged()
        return value

    def data(self, name: str, length: int) -> bytes:
        try:
            value = base64.b64decode(self.text(name), validate=True)
        except ValueError as error:
            raise damaged() from error
        if len(value) != length:
            raise damaged()
        return value

    def items(self, name: str) -> list[object]:
        value = self._content[name]
        if not isinstance(value, list):
            raise damaged()
        return value

    def raw(self, name: str) -> object:
        return self._content[name]
