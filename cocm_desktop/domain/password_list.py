"""Passwords, words and names that are tried first: kept as short digests, and looked up."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

HEAD: Final = b"COCMPW1\n"
DIGEST_BYTES: Final = 4
SHORTEST_WORD: Final = 3
_LETTERS_ONLY: Final = re.compile(r"[\W\d_]+")
_AT_THE_ENDS: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_APART: Final = re.compile(r"[\W_]+")
_LEET: Final = str.maketrans("013457@$!", "oieastasi")


class PasswordList:
    """Says whether something is in the list. An empty one holds nothing."""

    def __init__(self, content: bytes = HEAD) -> None:
        if not content.startswith(HEAD) or (len(content) - len(HEAD)) % DIGEST_BYTES:
            raise ValueError("this is no list of passwords")
        self._digests = memoryview(content)[len(HEAD) :]

    def __len__(self) -> int:
        return len(self._digests) // DIGEST_BYTES

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str) or len(word) < SHORTEST_WORD:
            return False
        wanted = hashlib.sha256(word.encode()).digest()[:DIGEST_BYTES]
        place = bisect_left(range(len(self)), wanted, key=self._at)
        return place < len(self) and self._at(place) == wanted

    def holds(self, password: str) -> bool:
        """Tell whether a password is of the list once what people add or turn around is undone."""
        return any(form in self for form in _plain_forms(password))

    def _at(self, place: int) -> bytes:
        return bytes(self._digests[place * DIGEST_BYTES : (place + 1) * DIGEST_BYTES])


def _plain_forms(password: str) -> Iterator[str]:
    """Give what is left of a password without digits, separators, repeats and look-alikes."""
    text = unicodedata.normalize("NFKC", password).casefold()
    for whole in (text, text.translate(_LEET)):
        for form in (
            whole,
            _APART.sub("", whole),
            _AT_THE_ENDS.sub("", whole),
            _LETTERS_ONLY.sub("", whole),
        ):
            yield form
            yield form[::-1]
            yield _once(form)
        letters = max((n for n, each in enumerate(whole, 1) if each.isalpha()), default=0)
        for end in range(max(letters, SHORTEST_WORD), len(whole)):
            yield whole[:end]


def _once(text: str) -> str:
    """Give what a text repeats from beginning to end: passpasspass is pass."""
    again = (text + text).find(text, 1)
    return text[:again] if 0 < again < len(text) else text
