"""A table as CSV that every spreadsheet opens and none calculates."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# Source: OWASP, CSV injection: a spreadsheet calculates what begins with one of these; the wide
# signs are those of East Asian keyboards. What is blank or not to be seen before them is no guard.
_CALCULATED = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_STEERS = ("\t", "\r", "\n")
_UNSEEN = " \u00a0\u200b\u200e\u200f\u2060\ufeff\t\r\n\0"
_NUMBER = re.compile(r"-[0-9]+([.][0-9]+)?")


def table_csv(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([harmless(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Keep a spreadsheet from calculating a text; a negative number is left as it is."""
    begins = text.lstrip(_UNSEEN)[:1]
    is_calculated = text.startswith(_STEERS) or begins in _CALCULATED
    return f"'{text}" if is_calculated and not _NUMBER.fullmatch(text) else text


def as_it_was(text: str) -> str:
    """Take off the sign that `harmless` put in front."""
    bare = text.removeprefix("'")
    is_guarded = bare[:1] in _CALCULATED or harmless(bare) != bare
    return bare if bare != text and is_guarded else text
