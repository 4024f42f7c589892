"""Reading JSON that nobody vouches for: size, depth and oddities are refused in words."""

from __future__ import annotations

import json
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from cocm_desktop.errors import Problem, Refused, Unavailable

LARGEST_FILE = 2 * 1024 * 1024
DEEPEST = 60
LONGEST_NUMBER = 30


def read_json(file: Path) -> Any:
    """Read a JSON file, or raise Refused in words, or Unavailable where it cannot be reached."""
    return parse_json(read_bytes(file))


def read_bytes(file: Path, *, largest: int = LARGEST_FILE) -> bytes:
    """Read a file that is not too large."""
    try:
        with file.open("rb") as stream:
            return read_stream(stream, largest=largest)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Unavailable(f"The file cannot be read: {reason}. Nothing was changed.") from error


def read_stream(stream: BinaryIO, *, largest: int = LARGEST_FILE) -> bytes:
    """Read what is left of a stream, if that is not too much."""
    content = stream.read(largest + 1)
    if len(content) > largest:
        raise _refusal(f"is larger than {largest // (1024 * 1024)} MB")
    return content


def parse_json(content: bytes) -> Any:
    """Read JSON without doubled names, endless numbers or bottomless nesting."""
    try:
        text = content.decode("utf-8-sig")
        read = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_no_number,
            parse_int=_short_int,
            parse_float=_short_float,
        )
    except UnicodeDecodeError as error:
        raise _refusal("is no text in UTF-8") from error
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        raise _refusal("is no JSON") from error
    _require_shallow(read)
    return read


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _refusal("says one thing twice in one place")
        found[name] = value
    return found


def _no_number(written: str) -> NoReturn:
    raise _refusal(f"holds {written}, which is no number")


def _short_int(written: str) -> int:
    if len(written) > LONGEST_NUMBER:
        raise _refusal("holds a number with too many digits")
    return int(written)


def _short_float(written: str) -> float:
    if len(written) > LONGEST_NUMBER:
        raise _refusal("holds a number with too many digits")
    number = float(written)
    return number if isfinite(number) else _no_number(written)


def _require_shallow(content: Any) -> None:
    level, depth = [content], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise _too_deep()
        level = [part for each in level for part in _parts(each)]


def _parts(content: Any) -> list[Any]:
    if isinstance(content, dict):
        return list(content.values())
    return content if isinstance(content, list) else []


def _too_deep() -> Refused:
    return _refusal("is nested too deeply")


def _refusal(words: str) -> Refused:
    return Refused(Problem("file", f"The file {words}. Nothing was stored."))
