"""Plain text as a rich text file, which every word processor opens."""

from __future__ import annotations

_HEAD = r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\fmodern Courier New;}}\f0\fs20"
_SPECIAL = {"\\": r"\\", "{": r"\{", "}": r"\}", "\n": "\\par\n", "\t": r"\tab "}
_HIGHEST_PLAIN = 127
_HALF = 0x8000


def rich_text(text: str) -> bytes:
    """Give the text as RTF. Letters beyond ASCII are written by their numbers.

    Source: RTF specification 1.9.1: a number above 32767 is written as a negative one.
    """
    body = "".join(map(_letter, text))
    return f"{_HEAD}\n{body}}}".encode("ascii")


def _letter(letter: str) -> str:
    if letter in _SPECIAL:
        return _SPECIAL[letter]
    if letter >= " " and ord(letter) <= _HIGHEST_PLAIN:
        return letter
    if letter < " ":
        return " "
    units = letter.encode("utf-16-le", "replace")
    numbers = (int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2))
    return "".join(rf"\u{number - 2 * _HALF if number >= _HALF else number}?" for number in numbers)
