"""Numbers that carry a check or have a shape: NPI, EIN, taxonomy, ZIP code."""

from __future__ import annotations

import re

# Source: CMS, Requirements for National Provider Identifier and NPI Check Digit (80840 prefix).
NPI_PREFIX = "80840"
US_PHONE_DIGITS = 10
NO_TAXONOMY = "A taxonomy code has nine digits or capital letters and an X, such as 207Q00000X."


def is_npi(text: str) -> bool:
    """Ten ASCII digits, first 1 or 2, Luhn sum over 80840 and the number divisible by ten."""
    if not re.fullmatch(r"[12][0-9]{9}", text):
        return False
    total = 0
    for place, digit in enumerate(reversed(NPI_PREFIX + text)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value // 10 + value % 10
    return total % 10 == 0


def is_ein(text: str) -> bool:
    return re.fullmatch(r"[0-9]{2}-?[0-9]{7}", text) is not None


def is_taxonomy(text: str) -> bool:
    """Whether it has the shape of a health care provider taxonomy code. Source: NUCC."""
    return re.fullmatch(r"[0-9A-Z]{9}X", text) is not None


def is_zip_plus_4(text: str) -> bool:
    """Whether it is a ZIP code with the four digits that claims need. Source: X12 005010X222A1."""
    return re.fullmatch(r"[0-9]{5}-?[0-9]{4}", text) is not None


def phone_digits(text: str) -> str:
    """Give the ten digits of a US phone number, or what digits there are."""
    digits = re.sub(r"[^0-9]", "", text)
    with_country = len(digits) == US_PHONE_DIGITS + 1 and digits.startswith("1")
    return digits[1:] if with_country else digits


def phone_words(text: str) -> str:
    """Write a US number as 555-712-4709; leave anything else as typed."""
    digits = phone_digits(text)
    if len(digits) != US_PHONE_DIGITS:
        return text.strip()
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
