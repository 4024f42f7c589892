"""Items by their numbers, as a person types them: 3, 10-12."""

from __future__ import annotations

import re

from cocm_desktop.errors import Problem, Refused

_RANGE = re.compile(r"(?P<first>\d{1,3})(?:\s*[-–]\s*(?P<last>\d{1,3}))?")


def read_numbers(field: str, text: str) -> tuple[int, ...]:
    """Read numbers and ranges between commas, or refuse in the name of the field."""
    numbers: list[int] = []
    for part in (each.strip() for each in text.split(",")):
        match = _RANGE.fullmatch(part)
        if match:
            first = int(match["first"])
            numbers += range(first, int(match["last"] or first) + 1)
        elif part:
            words = f"“{text.strip()[:60]}” is no list of questions such as 3,10."
            raise Refused(Problem(field, words))
    return tuple(dict.fromkeys(numbers))
