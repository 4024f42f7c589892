"""Comparing what people type: case, accents and hyphens do not matter."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_JOINERS = str.maketrans({"-": " ", "‐": " ", "’": "'", "ʼ": "'"})


def fold(text: str) -> str:
    """Give the text without case, accents and hyphens: García-López becomes garcia lopez."""
    if text.isascii():
        return text.lower().translate(_JOINERS)
    parts = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    return bare.translate(_LETTERS).translate(_JOINERS)
