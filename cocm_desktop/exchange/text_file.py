"""From the bytes of a text file to its letters."""

from __future__ import annotations

import codecs
import re

from cocm_desktop.exchange.limits import refuse

UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 4096
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f]")
_MOST_CONTROLS = 0.02
_NULS_OF_UTF16 = 0.3
_OTHER_KINDS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"\x1f\x8b", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)


def decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Give the text and what a person should know about it.

    A letter that cannot be read becomes UNREADABLE; the row that holds it is then rejected.
    """
    _refuse_other_kinds(content)
    encoding, notice = _encoding_of(content)
    text = content.decode(encoding, errors="replace").removeprefix("\ufeff").rstrip("\x1a\0")
    if len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise refuse("This is not a text file: most of it cannot be read.")
    return text, (notice,) if notice else ()


def _refuse_other_kinds(content: bytes) -> None:
    for mark, words in _OTHER_KINDS:
        if content.startswith(mark):
            raise refuse(f"This is {words}, not a list. Export a CSV or XLSX file.")
    start = content[:_LOOKED_AT].lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta")):
        words = "This is a web page or XML, whatever its name says."
        raise refuse(f"{words} Open it in the spreadsheet and store it as CSV or XLSX.")


def _encoding_of(content: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, ""
    start = content[:_LOOKED_AT]
    half = len(start) / 2
    if start[1::2].count(0) > _NULS_OF_UTF16 * half > start[0::2].count(0):
        return "utf-16-le", ""
    if start[0::2].count(0) > _NULS_OF_UTF16 * half > start[1::2].count(0):
        return "utf-16-be", ""
    if _is_mostly_utf8(content):
        return "utf-8", ""
    return "cp1252", "The file was read as Windows text (cp1252). Look at the accents in names."


def _is_mostly_utf8(content: bytes) -> bool:
    """Tell UTF-8 with a few damaged letters from text of another kind."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="replace")
        broken = text.count(UNREADABLE)
        return sum(not letter.isascii() for letter in text) - broken > broken
    return True
