"""Amounts as people type them."""

from __future__ import annotations

import re

_AMOUNT = re.compile(
    r"\$? *(?P<dollars>\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(?P<cents>\d{2}))?", re.ASCII
)


def read_cents(text: str) -> int | None:
    """Read $1,234.50 or 80 in cents; None when it is not an amount. Cents have two digits."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        return None
    return int(found["dollars"].replace(",", "")) * 100 + int(found["cents"] or 0)
