"""From keys to an answer: a digit, two digits where the form has them, or the letter of a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cocm_desktop.domain.instrument import Option

TWO_ANSWERS = 2


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """What the keys so far come to. `is_final` says that no further digit could belong to it."""

    typed: str
    answer: int | None
    is_final: bool


def read_key(options: Sequence[Option], before: str, key: str) -> TypedAnswer | None:
    """Read one more key after those before; None where it means nothing here."""
    if len(key) != 1 or not (key.isdigit() or key.isalpha()):
        return None
    if key.isalpha():
        return _by_letter(options, key)
    values = {str(option.value): option.value for option in options}
    for typed in (before + key, key):
        longer = any(value.startswith(typed) and value != typed for value in values)
        if typed in values or longer:
            return TypedAnswer(typed, values.get(typed), is_final=not longer)
    return None


def _by_letter(options: Sequence[Option], key: str) -> TypedAnswer | None:
    """Take y and n for Yes and No, where a question has two answers that begin otherwise."""
    letters = [option.words[:1].lower() for option in options]
    if len(options) != TWO_ANSWERS or letters[0] == letters[1] or key.lower() not in letters:
        return None
    return TypedAnswer("", options[letters.index(key.lower())].value, is_final=True)
