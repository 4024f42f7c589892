"""A table as CSV that every spreadsheet opens and none calculates."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

# Source: OWASP, CSV injection: a spreadsheet calculates what begins with one of these.
_CALCULATED = ("=", "+", "-", "@", "\t", "\r", "\n")


def table_csv(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([harmless(cell) for cell in line] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Keep a spreadsheet from calculating a text; a negative number is left as it is."""
    is_number = text.removeprefix("-").isdecimal()
    return f"'{text}" if text.startswith(_CALCULATED) and not is_number else text
