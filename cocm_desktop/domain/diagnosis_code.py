"""The ICD-10-CM codes of behavioral health: which there are, since when, and how to find them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice

from cocm_desktop.domain.text import fold
from cocm_desktop.domain.wording import long_date

_SHAPE = re.compile(r"(?P<category>[A-Z][0-9][0-9AB])\.?(?P<detail>[0-9A-Z]{0,4})")
_BEGINNING = re.compile(r"[A-Z][0-9][0-9A-Z.]*")
_SEPARATORS = re.compile(r"[^a-z0-9]+")
MOST_FOUND = 50
SHORTEST_WORD = 2

# Source: CMS159 (Depression Remission at Twelve Months), measurement period 2026: its list of
# diagnoses is F32.0-F32.5, F32.9, F33.0-F33.3, F33.40-F33.42, F33.9 and F34.1.
UNSPECIFIED_DEPRESSION = "F32.A"
UNSPECIFIED_DEPRESSION_WORDS = (
    "F32.A, unspecified depression, is not in the list of the measure Depression Remission at "
    "Twelve Months (CMS159, 2026): the patient will not count there, and payers may ask for more. "
    "F32.0 to F32.5, F32.9, F33.0 to F33.42, F33.9 and F34.1 are in the list."
)


def diagnosis_code(text: str) -> str:
    """Write a typed ICD-10-CM code as it is printed: f331 becomes F33.1. Empty if it is none."""
    found = _SHAPE.fullmatch(text.strip().upper())
    return ".".join(part for part in found.groups() if part) if found else ""


def is_diagnosis_code(text: str) -> bool:
    """Tell whether the text has the shape of an ICD-10-CM code; not whether it is billable."""
    return bool(diagnosis_code(text))


@dataclass(frozen=True, slots=True)
class DiagnosisCode:
    """One code with its official title. `also` holds its other names.

    A header is divided into longer codes and cannot be billed; one with `valid_to` could be, until
    that day. `valid_from` is None for codes in use before the oldest release that was compared.
    """

    code: str
    title: str
    also: tuple[str, ...] = ()
    is_header: bool = False
    valid_from: date | None = None
    valid_to: date | None = None

    def is_billable(self, on: date) -> bool:
        if self.valid_from and on < self.valid_from:
            return False
        return on <= self.valid_to if self.valid_to else not self.is_header

    def problem(self, on: date) -> str:
        """Say why the code cannot be billed for a day; empty where it can."""
        if self.is_billable(on):
            return ""
        if self.valid_from and on < self.valid_from:
            return f"{self.code} is valid from {long_date(self.valid_from)} on."
        if self.valid_to and not self.is_header:
            return f"{self.code} ended on {long_date(self.valid_to)}: choose another code."
        if self.valid_to:
            divided = long_date(self.valid_to + timedelta(days=1))
            return f"{self.code} is divided into longer codes since {divided}: add a digit."
        return f"{self.code} needs a further digit: it is a heading over longer codes."


@dataclass(frozen=True)
class CodeSet:
    """The codes that came with the program, in the order of the classification.

    `words` leads from what people say (mdd, ptsd) to beginnings of codes, best first; `common`
    lists what collaborative care meets most. `beyond` has the titles of every billable code of a
    release that the practice loaded, written without dots; codes beyond both are typed as they are.
    """

    codes: Mapping[str, DiagnosisCode]
    words: Mapping[str, tuple[str, ...]]
    common: frozenset[str]
    release: date
    checked_until: date
    source: str
    beyond: Mapping[str, str] = field(default_factory=dict, repr=False)
    _index: tuple[_Entry, ...] = field(init=False, repr=False)
    _others: tuple[tuple[str, str], ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        entries = tuple(_Entry.of(code, self._headings(code)) for code in self.codes.values())
        object.__setattr__(self, "_index", entries)
        known = {code.replace(".", "") for code in self.codes}
        others = (each for each in self.beyond.items() if each[0] not in known)
        object.__setattr__(self, "_others", tuple((b, f" {t.lower()}") for b, t in others))

    def _headings(self, code: DiagnosisCode) -> list[DiagnosisCode]:
        """Give the headings over a code: their names find it too."""
        shorter = (code.code[:length].rstrip(".") for length in range(3, len(code.code)))
        return [self.codes[each] for each in dict.fromkeys(shorter) if each in self.codes]

    def find(self, text: str) -> DiagnosisCode | None:
        code = diagnosis_code(text)
        known = self.codes.get(code)
        title = "" if known else self.beyond.get(code.replace(".", ""), "")
        return DiagnosisCode(code, title) if title else known

    def title_of(self, text: str) -> str:
        found = self.find(text)
        return found.title if found else ""

    def problem(self, text: str, on: date) -> str:
        """Say why a code cannot be billed for a day; empty where it can, or is not known here."""
        found = self.find(text)
        return found.problem(on) if found else ""

    def warnings(self, text: str, on: date) -> tuple[str, ...]:
        """Say what whoever chooses a code should know. None of it keeps it from being chosen."""
        code = diagnosis_code(text)
        said = (
            self.problem(code, on),
            UNSPECIFIED_DEPRESSION_WORDS if code == UNSPECIFIED_DEPRESSION else "",
        )
        return tuple(words for words in said if words)

    def search(self, text: str, on: date, *, most: int = MOST_FOUND) -> tuple[DiagnosisCode, ...]:
        """Find codes by their beginning or by words in any order, the best first.

        Case and accents do not matter; every word must be found, from its beginning.
        """
        wanted = fold(text).split()
        if not wanted:
            return ()
        ranked: list[tuple[tuple[int, ...], str]] = []
        beginning = text.strip().upper().replace(".", "")
        by_code = bool(_BEGINNING.fullmatch(text.strip().upper()))
        for place, entry in enumerate(self._index):
            starts = by_code and entry.bare.startswith(beginning)
            rank = 0 if starts else self._rank(entry, wanted)
            if rank is None:
                continue
            code = entry.code
            order = (
                rank,
                starts and len(entry.bare) != len(beginning),
                0 if starts else code.code not in self.common,
                not starts and not code.is_billable(on),
                place,
            )
            ranked.append((tuple(map(int, order)), code.code))
        best = tuple(self.codes[code] for _, code in sorted(ranked)[:most])
        return best + self._beyond(beginning if by_code else "", wanted, most=most - len(best))

    def _beyond(self, beginning: str, wanted: list[str], *, most: int) -> tuple[DiagnosisCode, ...]:
        """Find codes of other chapters, in their order, after those of behavioral health."""
        begun = [f" {word}" for word in wanted]
        found = (
            bare
            for bare, title in self._others
            if (beginning and bare.startswith(beginning)) or all(word in title for word in begun)
        )
        return tuple(
            DiagnosisCode(diagnosis_code(bare), self.beyond[bare]) for bare in islice(found, most)
        )

    def _rank(self, entry: _Entry, wanted: list[str]) -> int | None:
        """Give how well an entry fits, smaller being better; None where a word is missing."""
        worst = 1
        for word in wanted:
            fit = self._fit(entry, word)
            if fit is None:
                return None
            worst = max(worst, fit)
        return worst

    def _fit(self, entry: _Entry, word: str) -> int | None:
        beginnings = self.words.get(word, ())
        for place, beginning in enumerate(beginnings):
            if entry.code.code.startswith(beginning):
                return 1 + place
        if _begins(entry.title, word):
            return 2 if not beginnings else 2 + len(beginnings)
        if _begins(entry.also, word):
            return 3 + len(beginnings)
        return None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A code as it is searched: without its dot, its words in small plain letters."""

    code: DiagnosisCode
    bare: str
    title: str
    also: str

    @classmethod
    def of(cls, code: DiagnosisCode, headings: Iterable[DiagnosisCode]) -> _Entry:
        names = [*code.also, *(name for each in headings for name in (each.title, *each.also))]
        return cls(code, code.code.replace(".", ""), _words(code.title), _words(" ".join(names)))


def _words(text: str) -> str:
    """Write words so that " anx" is found where a word begins with anx."""
    return f" {' '.join(_SEPARATORS.sub(' ', fold(text)).split())}"


def _begins(words: str, wanted: str) -> bool:
    return f" {wanted}" in words


def code_problems(codes: Iterable[DiagnosisCode]) -> Iterator[str]:
    """Name what is wrong with a set: no shape, no title, days in no order, an empty heading."""
    known = {code.code: code for code in codes}
    divided = {code[:length].rstrip(".") for code in known for length in range(3, len(code))}
    for code in known.values():
        if diagnosis_code(code.code) != code.code:
            yield f"{code.code} is not written like a code"
        if not code.title.strip():
            yield f"{code.code} has no title"
        if code.valid_from and code.valid_to and code.valid_to <= code.valid_from:
            yield f"{code.code} ends before it begins"
        if code.is_header and code.code not in divided:
            yield f"{code.code} is a heading over nothing"
        if not code.is_header and code.code in divided:
            yield f"{code.code} has longer codes below it and is no heading"
