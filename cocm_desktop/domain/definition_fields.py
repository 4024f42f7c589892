"""Reading the fields of a definition strictly: each refusal names the field and says why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, Final, TypeVar

from cocm_desktop.domain.text import tidy
from cocm_desktop.errors import Problem, Refused

LONGEST_TEXT = 4_000
HIGHEST_NUMBER = 10_000
Choice = TypeVar("Choice", bound=Enum)
NEEDED: Final[Any] = object()


class Fields:
    """One object of a definition: its fields, and where it stands in the file."""

    def __init__(self, content: Any, path: str, known: Sequence[str]) -> None:
        if not isinstance(content, Mapping):
            raise refusal(path or "the file", "is no object")
        self._content = content
        self._path = path
        for name in content:
            if name not in known:
                raise refusal(self.at(str(name)[:80]), "is no field of this format")

    def at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def has(self, name: str) -> bool:
        return self._content.get(name) is not None

    def text(self, name: str, default: str = NEEDED, *, longest: int = LONGEST_TEXT) -> str:
        """Read text as it is kept on one line."""
        value = self._value(name, default)
        if not isinstance(value, str):
            raise refusal(self.at(name), "is no text")
        kept = value if _is_plain(value) else tidy(value)
        if not kept.isascii() and any("\ud800" <= letter <= "\udfff" for letter in kept):
            raise refusal(self.at(name), "holds half a character")
        if default is NEEDED and not kept:
            raise refusal(self.at(name), "is empty")
        if len(kept) > longest:
            raise refusal(self.at(name), f"has more than {longest} characters")
        return kept

    def whole(
        self, name: str, default: int = NEEDED, *, lowest: int = 0, highest: int = HIGHEST_NUMBER
    ) -> int:
        value = self._value(name, default)
        # Python takes True for 1 and 1.0 for 1; neither is written by who means a number.
        if type(value) is not int or not lowest <= value <= highest:
            raise refusal(self.at(name), f"is no whole number from {lowest} to {highest}")
        return value

    def whole_or_none(self, name: str, *, lowest: int = 0) -> int | None:
        return self.whole(name, lowest=lowest) if self.has(name) else None

    def flag(self, name: str, *, default: bool = NEEDED) -> bool:
        value = self._value(name, default)
        if not isinstance(value, bool):
            raise refusal(self.at(name), "is neither true nor false")
        return value

    def choice(self, name: str, kind: type[Choice], default: Choice = NEEDED) -> Choice:
        """Read a member of an enum by its name in small letters."""
        value = self._value(name, default)
        if isinstance(value, kind):
            return value
        by_name = {member.name.lower(): member for member in kind}
        if not isinstance(value, str) or value not in by_name:
            raise refusal(self.at(name), f"is none of {', '.join(by_name)}")
        return by_name[value]

    def rows(self, name: str, default: Any = NEEDED, *, most: int) -> Iterator[tuple[Any, str]]:
        """Give the entries of a list, each with its place in the file."""
        value = self._value(name, default)
        if not isinstance(value, list):
            raise refusal(self.at(name), "is no list")
        if len(value) > most:
            raise refusal(self.at(name), f"has more than {most} entries")
        for number, entry in enumerate(value):
            yield entry, f"{self.at(name)}[{number}]"

    def part(self, name: str) -> tuple[Any, str]:
        """Give a field that is an object of its own."""
        return self._value(name, NEEDED), self.at(name)

    def raw(self, name: str, default: Any = None) -> Any:
        return self._content.get(name, default)

    def _value(self, name: str, default: Any) -> Any:
        value = self._content.get(name)
        if value is None:
            if default is NEEDED:
                raise refusal(self.at(name), "is missing")
            return default
        return value


def _is_plain(text: str) -> bool:
    """Tell quickly what most texts are: letters of the keyboard, on one line, without edges."""
    is_one_line = text.isascii() and text.isprintable()
    return is_one_line and "  " not in text and text == text.strip()


def refusal(field: str, words: str) -> Refused:
    """Name the field and what is wrong with it."""
    return Refused(Problem(field, f"The field {field} {words}."))
