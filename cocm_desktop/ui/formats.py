"""How values look in tables, and how they sort."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from cocm_desktop.domain.text import fold

T = TypeVar("T")


def sorted_blanks_last(
    rows: Iterable[T], value: Callable[[T], Any], *, descending: bool = False
) -> list[T]:
    """Sort rows by a value. Rows without one come last in both directions; the sort is stable."""
    rows = list(rows)
    filled = [row for row in rows if value(row) not in (None, "")]
    blank = [row for row in rows if value(row) in (None, "")]
    return sorted(filled, key=lambda row: _comparable(value(row)), reverse=descending) + blank


def _comparable(value: Any) -> Any:
    return fold(value) if isinstance(value, str) else value
