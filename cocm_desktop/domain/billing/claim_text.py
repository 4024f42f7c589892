"""The few letters a claim file may hold, and shapes of what stands in it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

# Source: X12 005010X222A1, appendix B: basic and extended characters, without our four delimiters.
ALLOWED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !\"&'()+,-./;?=%@[]_{}\\|<>#$")
_LETTERS = str.maketrans(
    {
        "Ł": "L", "Đ": "D", "Ð": "D", "Ø": "O", "Æ": "AE", "Œ": "OE", "Þ": "TH", "ẞ": "SS",
        "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"',
        "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-",
        "*": " ", ":": " ", "~": " ", "^": " ",
    }
)  # fmt: skip
_CODE = re.compile(r"[0-9]{5}|[A-Z][0-9]{4}", re.ASCII)
_DIAGNOSIS = re.compile(r"[A-TV-Z][0-9][0-9A-Z][0-9A-Z]{0,4}", re.ASCII)
_POSTAL = re.compile(r"[0-9]{5}([0-9]{4})?", re.ASCII)
_POST_BOX = re.compile(r"\s*(p\.?\s*o\.?\s*)?box\s+\w", re.IGNORECASE)
FULL_POSTAL_DIGITS = 9


def claim_text(text: str, longest: int = 60) -> str:
    """Write a text with the letters of a claim: no accents, capitals, cut to its room."""
    parts = unicodedata.normalize("NFKD", text.upper().translate(_LETTERS))
    kept = "".join(letter for letter in parts if letter in ALLOWED or letter.isspace())
    return " ".join(kept.split())[:longest].strip()


def claim_day(day: date) -> str:
    """Write a day as files of claims do: 20261130."""
    return f"{day:%Y%m%d}"


def claim_amount(cents: int) -> str:
    """Write an amount without needless zeros: 160.32, 320, 61.5."""
    sign, whole, rest = "-" if cents < 0 else "", abs(cents) // 100, abs(cents) % 100
    return f"{sign}{whole}" + (f".{rest:02}".rstrip("0") if rest else "")


def claim_digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def claim_diagnosis(code: str) -> str:
    """Write a diagnosis as a claim does, without its dot: F33.1 becomes F331."""
    return code.strip().upper().replace(".", "")


def is_service_code(code: str) -> bool:
    return _CODE.fullmatch(code) is not None


def is_diagnosis(code: str) -> bool:
    """Tell whether a diagnosis, written without its dot, has the shape of ICD-10-CM."""
    return _DIAGNOSIS.fullmatch(code) is not None


def is_postal_code(text: str, *, is_full: bool = False) -> bool:
    """Tell whether it is a ZIP code; a full one has nine digits."""
    digits = text.strip().replace("-", "")
    is_shaped = _POSTAL.fullmatch(digits) is not None
    return is_shaped and (not is_full or len(digits) == FULL_POSTAL_DIGITS)


def is_post_box(address: str) -> bool:
    return _POST_BOX.match(address) is not None
