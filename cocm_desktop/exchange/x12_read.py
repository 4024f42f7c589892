"""X12 files that come in: parted into segments, and refused where they are cut or no X12."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cocm_desktop.errors import Problem, Refused

LARGEST_FILE = 20 * 1024 * 1024
MOST_SEGMENTS = 400_000
LONGEST_SEGMENT = 20_000
# Source: X12 interchange header: 106 characters, delimiters at fixed places.
HEADER = 106
ELEMENT_AT, REPEAT_AT, PART_AT, END_AT = 3, 82, 104, 105
MOST_DIGITS = 11
CENTS_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its id, and its elements counted from 1 as the standard does."""

    elements: tuple[str, ...]
    part_mark: str

    @property
    def id(self) -> str:
        return self.elements[0]

    def at(self, place: int) -> str:
        """Give an element; empty where the segment ends before it."""
        return self.elements[place].strip() if place < len(self.elements) else ""

    def parts(self, place: int) -> tuple[str, ...]:
        return tuple(self.at(place).split(self.part_mark))

    def cents(self, place: int) -> int:
        """Read an amount, or refuse the file; nothing is no money."""
        return cents_of(self.at(place))

    def day(self, place: int) -> date | None:
        try:
            return datetime.strptime(self.at(place)[:8], "%Y%m%d").date()  # noqa: DTZ007  a day
        except ValueError:
            return None


def refuse(words: str) -> Refused:
    return Refused(Problem("file", f"{words} Nothing was stored."))


def cents_of(text: str) -> int:
    if not text:
        return 0
    sign = -1 if text.startswith("-") else 1
    whole, _, rest = text.removeprefix("-").removeprefix("+").partition(".")
    digits = whole + rest
    is_plain = digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS
    if not is_plain or len(rest.rstrip("0")) > CENTS_DIGITS:
        raise refuse("The file holds an amount that cannot be read.")
    return sign * (int(whole or "0") * 100 + int(rest[:CENTS_DIGITS].ljust(CENTS_DIGITS, "0")))


def read_segments(content: bytes) -> tuple[Segment, ...]:
    """Part a file into segments. Raises Refused where it is no whole X12 file."""
    text = _text(content)
    start = text[:HEADER]
    if len(start) < HEADER or not start.startswith("ISA"):
        raise refuse("This is no X12 file: it does not begin with an interchange header.")
    element, part, end = start[ELEMENT_AT], start[PART_AT], start[END_AT]
    marks = {element, part, end}
    if len(marks) != len((element, part, end)) or any(mark.isalnum() for mark in marks):
        raise refuse("The header of the file is damaged: its delimiters cannot be told apart.")
    found: list[Segment] = []
    for raw in text.split(end):
        plain = raw.strip("\r\n \t")
        if not plain:
            continue
        if len(plain) > LONGEST_SEGMENT or len(found) >= MOST_SEGMENTS:
            raise refuse("The file is larger than any file of claims or payments.")
        found.append(Segment(tuple(plain.split(element)), part))
    _require_whole(found)
    return tuple(found)


def transactions(segments: Sequence[Segment], kind: str) -> Iterator[tuple[Segment, ...]]:
    """Give the segments of each transaction of a kind, such as 835, from ST to SE."""
    inside: list[Segment] | None = None
    for each in segments:
        if each.id == "ST":
            inside = [each] if each.at(1) == kind else None
        elif inside is not None:
            inside.append(each)
            if each.id == "SE":
                yield tuple(inside)
                inside = None


def _text(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise refuse(f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.lstrip()


def _require_whole(segments: Sequence[Segment]) -> None:
    """Compare the counts and numbers that headers and trailers promise each other."""
    opened: dict[str, Segment] = {}
    began: dict[str, int] = {}
    trailers = {"SE": ("ST", 2, 2), "GE": ("GS", 6, 2), "IEA": ("ISA", 13, 2)}
    for place, each in enumerate(segments):
        if each.id in {"ISA", "GS", "ST"}:
            if each.id in opened:
                raise _damaged()
            opened[each.id], began[each.id] = each, place
        elif each.id in trailers:
            header, number_at, own_at = trailers[each.id]
            if header not in opened or opened.pop(header).at(number_at) != each.at(own_at):
                raise _damaged()
            if header == "ST" and each.at(1) != str(place - began["ST"] + 1):
                raise _damaged()
    if opened or not segments or segments[-1].id != "IEA":
        raise refuse("The file is cut short. Fetch it again.")


def _damaged() -> Refused:
    return refuse("The file is damaged: its parts do not count up. Fetch it again.")
