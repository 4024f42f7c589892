"""How the size of a backup reads."""

from __future__ import annotations

from collections.abc import Mapping

from cocm_desktop.domain.wording import count_of

_MEGABYTE = 1_000_000
_PATIENTS = "patient"


def rows_words(rows: Mapping[str, int]) -> str:
    """Say what is held: 75 patients, 4,312 rows."""
    total = count_of(sum(rows.values()), "row")
    if _PATIENTS not in rows:
        return total
    return f"{count_of(rows[_PATIENTS], 'patient')}, {total}"


def size_words(size: int) -> str:
    """Say 1.4 MB."""
    return f"{size / _MEGABYTE:,.1f} MB"
