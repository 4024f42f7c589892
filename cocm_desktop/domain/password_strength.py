"""What a password would cost somebody to guess who has stolen the file: an estimate in words.

Nobody is refused for the estimate: it is shown while a password is chosen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from math import log2
from typing import Final

GUESSES_A_SECOND: Final = 10_000
"""Some twenty graphics cards at what this program makes each guess cost (Argon2id, 128 MiB)."""
_WORD_BITS: Final = 17.0
_DIGIT_BITS: Final = log2(10)
_YEAR_BITS: Final = 7.0
_LETTER_BITS: Final = log2(26)
_OTHER_BITS: Final = 5.0
_RUN_BITS: Final = 6.0
_LONGEST_JUDGED: Final = 64
_LONGEST_WORD: Final = 20
_SHORTEST_RUN: Final = 3
_RUNS: Final = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_YEAR: Final = re.compile(r"(19|20)\d\d")
_HOUR, _DAY, _YEAR_SECONDS = 3600, 86_400, 31_557_600


def strength_bits(password: str, words: Container[str]) -> float:
    """Give how many times the guesser must double: the cheapest way to put the password together.

    Whole words of the list, years, runs of keys and repeats are cheap; what is left costs by the
    character.
    """
    text = unicodedata.normalize("NFKC", password).casefold()[:_LONGEST_JUDGED]
    best = [0.0]
    for end in range(1, len(text) + 1):
        starts = range(max(0, end - _LONGEST_WORD), end)
        best.append(min(best[start] + _piece(text[start:end], words) for start in starts))
    capitals = sum(each.isupper() for each in password[1:])
    return best[-1] + min(capitals, len(password) - capitals)


def seconds_to_guess(bits: float) -> float:
    """Give the time in which a thief finds it with even chance."""
    return float(2.0 ** (min(bits, 512.0) - 1)) / GUESSES_A_SECOND


def guessing_words(seconds: float) -> str:
    """Say how long a thief would need, in words that need no table."""
    steps: tuple[tuple[float, str], ...] = (
        (_HOUR, "less than an hour"),
        (_DAY, "a day"),
        (30 * _DAY, "some weeks"),
        (_YEAR_SECONDS, "some months"),
        (10 * _YEAR_SECONDS, "some years"),
        (100 * _YEAR_SECONDS, "decades"),
        (10_000 * _YEAR_SECONDS, "centuries"),
    )
    return next((words for limit, words in steps if seconds < limit), "longer than anybody waits")


def _piece(piece: str, words: Container[str]) -> float:
    """Give what one piece costs by the cheapest rule that fits it whole."""
    if len(piece) == 1:
        return _character(piece)
    costs = [sum(_character(each) for each in piece)]
    if piece in words:
        costs.append(_WORD_BITS)
    if _YEAR.fullmatch(piece):
        costs.append(_YEAR_BITS)
    if len(piece) >= _SHORTEST_RUN and _is_run(piece):
        costs.append(_RUN_BITS + log2(len(piece)))
    return min(costs)


def _character(each: str) -> float:
    if each.isdigit():
        return _DIGIT_BITS
    return _LETTER_BITS if each.isascii() and each.isalpha() else _OTHER_BITS


def _is_run(piece: str) -> bool:
    is_repeat = len(set(piece)) == 1
    return is_repeat or any(piece in run or piece in run[::-1] for run in _RUNS)
