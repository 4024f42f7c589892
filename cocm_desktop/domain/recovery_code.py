"""The printed recovery code: 140 random bits that a person can type and correct.

Seven groups of five characters of Crockford's alphabet, which has no I, L, O and U. The fifth
character of each group checks the other four and the group's place, so that a wrong character,
two changed about within a group, or two groups in each other's place are found, and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cocm_desktop.errors import Problem, Refused

GROUPS = 7
GROUP_LENGTH = 5
RANDOM_BYTES = 18

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SYMBOL_BITS = 5
_CHECKED = GROUP_LENGTH - 1
_SPARE_BITS = RANDOM_BYTES * 8 - GROUPS * _CHECKED * _SYMBOL_BITS
_ALIKE = str.maketrans("OIL", "011")
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015.,]+")
_FIELD = "recovery_code"


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """A code whose every group is right."""

    groups: tuple[str, ...] = field(repr=False)

    def __str__(self) -> str:
        return "-".join(self.groups)

    def has_group(self, number: int, typed: str) -> bool:
        """Tell whether this is the group with that number, counted from 1."""
        return _plain(typed) == self.groups[number - 1]

    def secret(self) -> bytes:
        """Return the random bits without their checks."""
        value = 0
        for group in self.groups:
            for symbol in group[:_CHECKED]:
                value = value << _SYMBOL_BITS | _ALPHABET.index(symbol)
        return value.to_bytes(RANDOM_BYTES)


def generate(random_bytes: bytes) -> RecoveryCode:
    """Make a code from 18 bytes that nobody can guess."""
    if len(random_bytes) != RANDOM_BYTES:
        raise ValueError(f"a recovery code is made from {RANDOM_BYTES} random bytes")
    value = int.from_bytes(random_bytes) >> _SPARE_BITS
    symbols = [
        value >> _SYMBOL_BITS * place & (len(_ALPHABET) - 1)
        for place in reversed(range(GROUPS * _CHECKED))
    ]
    return RecoveryCode(tuple(_groups(symbols)))


def parse(text: str) -> RecoveryCode:
    """Read a code as typed, in either case, with or without marks between the groups."""
    groups = _split(text)
    problems = [
        Problem(_FIELD, words)
        for number, group in enumerate(groups, start=1)
        if (words := _wrong_with(number, group))
    ]
    if problems:
        raise Refused(*problems)
    return RecoveryCode(groups)


def _split(text: str) -> tuple[str, ...]:
    pieces = tuple(_plain(piece) for piece in _BETWEEN.split(text.strip()) if piece)
    if len(pieces) == GROUPS:
        return pieces
    joined = "".join(pieces)
    if len(joined) != GROUPS * GROUP_LENGTH:
        raise Refused(
            Problem(
                _FIELD,
                f"The recovery code has {GROUPS} groups of {GROUP_LENGTH} characters. "
                f"{len(joined)} characters were typed. Compare them with the paper.",
            )
        )
    return tuple(
        joined[start : start + GROUP_LENGTH] for start in range(0, len(joined), GROUP_LENGTH)
    )


def _plain(typed: str) -> str:
    return _BETWEEN.sub("", typed).upper().translate(_ALIKE)


def _wrong_with(number: int, group: str) -> str:
    strange = sorted(set(group) - set(_ALPHABET))
    if strange:
        return f"Group {number} has the character {strange[0]}, which no recovery code has."
    if len(group) != GROUP_LENGTH:
        return f"Group {number} has {len(group)} characters. It should have {GROUP_LENGTH}."
    symbols = [_ALPHABET.index(symbol) for symbol in group]
    if _check(number, symbols[:_CHECKED]) != symbols[-1]:
        return f"Group {number} has a typing error. Compare it with the paper."
    return ""


def _groups(symbols: list[int]) -> Iterator[str]:
    for number in range(1, GROUPS + 1):
        part = symbols[(number - 1) * _CHECKED : number * _CHECKED]
        yield "".join(_ALPHABET[symbol] for symbol in (*part, _check(number, part)))


def _check(number: int, symbols: list[int]) -> int:
    """Return a sum with a different weight for each place, in the field of 32 elements.

    No single wrong symbol, no two symbols changed about and no other place of the group
    leaves it as it is.
    """
    total = number
    for symbol in symbols:
        total = _times_two(total ^ symbol)
    return total


def _times_two(value: int) -> int:
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
