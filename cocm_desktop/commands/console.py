"""What the command line writes: plain lines, tables, JSON, and ACK after a durable commit."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from io import TextIOWrapper
from typing import Any

GAP = "  "
# Marks that turn the direction of writing: one line must not change how the next one reads.
_TURNS = frozenset([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def prepare_streams() -> None:
    """Write UTF-8 on every console, and never into a file that took a closed stream's place.

    A program started with a closed output gets that number for the next file it opens: SQLite's
    own, say. So the numbers 0, 1 and 2 are taken first.
    """
    if os.name == "posix":
        for number in range(3):
            try:
                os.fstat(number)
            except OSError:
                os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if isinstance(sys.stdin, TextIOWrapper):
        # Some consoles begin with a mark of the encoding; bytes that are no text are refused.
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape")


def ack(record_id: str) -> None:
    """Say that a record is on the disk. The line goes out at once."""
    print(f"ACK {record_id}", flush=True)


def say(text: str) -> None:
    print(plain(text))


def say_json(content: Mapping[str, Any] | Sequence[Any], *, indent: int | None = 1) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=indent))


def tell(text: str) -> None:
    """Say what went wrong or needs attention, where errors are written."""
    with suppress(OSError, ValueError):
        print(plain(text), file=sys.stderr, flush=True)


def say_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write columns as wide as their widest cell; a column of numbers stands to the right."""
    lines = [[plain(cell) for cell in row] for row in rows]
    if not lines:
        return
    columns = list(zip(*lines, strict=True))
    to_the_right = [all(_is_number(cell) for cell in column) for column in columns]
    widths = [max(map(width, (head, *column))) for head, column in zip(heads, columns, strict=True)]
    for line in (heads, ["─" * wide for wide in widths], *lines):
        cells = zip(line, widths, to_the_right, strict=True)
        print(GAP.join(_padded(cell, wide, right=right) for cell, wide, right in cells).rstrip())


def plain(text: str) -> str:
    """Take out what would steer a terminal; line breaks stay."""
    if text.isprintable():
        return text
    return "".join(" " if _steers(character) else character for character in text)


def width(text: str) -> int:
    """Give the columns that a text takes: none for a combining mark, two for a wide letter."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def forget_stdout() -> None:
    """Give up an output that nobody reads any more, so that closing it cannot fail again."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _steers(character: str) -> bool:
    if character == "\n":
        return False
    return unicodedata.category(character) == "Cc" or ord(character) in _TURNS


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _is_number(cell: str) -> bool:
    return cell[:1] in "0123456789−+—" or not cell


def _padded(cell: str, wide: int, *, right: bool) -> str:
    blanks = " " * (wide - width(cell))
    return blanks + cell if right else cell + blanks
