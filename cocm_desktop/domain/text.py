"""Comparing and keeping what people type."""

from __future__ import annotations

import re
import unicodedata

# A reason is read beside a record; a letter belongs into a note.
LONGEST_REASON = 2_000
LONG_REASON = f"A reason has at most {LONGEST_REASON:,} characters."

# Letters that do not come apart into a plain letter and an accent: dotless i, and so on.
_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_APOSTROPHES = dict.fromkeys(map(ord, "'`\u00b4\u2018\u2019\u02bc"))
_PUNCTUATION = re.compile(r"[-\u2010-\u2014.,;()+\s]+")
# Marks that turn the direction of writing and could make a name read as another.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])

# Letters by their category, yet drawn as nothing: the fillers of Hangul.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
_EMPTY_BRAILLE = "\u2800"
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"}


def fold(text: str) -> str:
    """Give what a name sounds like when typed in haste: García-López becomes garcia lopez.

    Case, accents, apostrophes and punctuation do not matter; a hyphen is a space.
    """
    plain = text.lower() if text.isascii() else _without_accents(text)
    return _PUNCTUATION.sub(" ", plain.translate(_APOSTROPHES)).strip()


def tidy(text: str) -> str:
    """Give typed text as it is kept on one line: no edges, no doubled or unseen characters."""
    composed = unicodedata.normalize("NFC", text).translate(_TURNS)
    seen = "".join(c if unicodedata.category(c) != "Cc" else " " for c in composed)
    return " ".join(seen.split())


def says_something(text: str) -> bool:
    """Whether a text has a letter or a digit of any script: blanks and unseen signs say nothing."""
    return any(c.isalnum() and c not in _FILLERS for c in text)


def seen_length(text: str) -> int:
    """Count the characters that a reader sees: no blanks, marks on others, or unseen signs."""
    return sum(
        unicodedata.category(c) not in _UNSEEN and c not in _FILLERS and c != _EMPTY_BRAILLE
        for c in text
    )


def has_controls(text: str) -> bool:
    """Whether a text breaks its line, or holds a tab or another sign that steers a screen."""
    return any(unicodedata.category(c) in {"Cc", "Zl", "Zp"} for c in text)


def _without_accents(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).translate(_LETTERS)
