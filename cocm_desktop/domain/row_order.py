"""In which order the registry's rows stand: by several columns, safety first, blanks last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.registry_column import Column
from cocm_desktop.domain.registry_columns import BY_KEY

MOST_KEYS = 4


@dataclass(frozen=True, slots=True)
class SortKey:
    """One column to sort by, and in which direction."""

    column: Column
    descending: bool = False

    @property
    def words(self) -> str:
        return self.column.orders[self.descending]

    def turned(self) -> SortKey:
        return SortKey(self.column, not self.descending)


USUAL_ORDER = (SortKey(BY_KEY["due"]),)


def first_by(column: Column) -> SortKey:
    """Give the direction in which people ask for a column first."""
    return SortKey(column, column.starts_descending)


def by_column(order: Sequence[SortKey], column: Column, *, add: bool) -> tuple[SortKey, ...]:
    """Sort by a column, alone or after those by which it is sorted; the same one turns round."""
    held = next((key for key in order if key.column is column), None)
    if not add:
        only = held is not None and order[0] is held
        return (held.turned() if held and only else first_by(column),)
    if held is not None:
        return tuple(key.turned() if key is held else key for key in order)
    return (*order[: MOST_KEYS - 1], first_by(column))


def order_words(order: Sequence[SortKey]) -> str:
    return ", then ".join(key.words for key in order) or "by name"


def in_order(rows: Iterable[RegistryRow], order: Sequence[SortKey]) -> tuple[RegistryRow, ...]:
    """Sort: open safety answers on top, blanks last in each column, by name within equals."""
    ordered = sorted(rows, key=lambda row: (row.sort_name, row.key))
    for key in reversed(order):
        ordered = _by(ordered, key)
    ordered.sort(key=lambda row: not row.has_safety_open)
    return tuple(ordered)


def _by(rows: Sequence[RegistryRow], key: SortKey) -> list[RegistryRow]:
    keyed = [(key.column.sort(row), row) for row in rows]
    full = [pair for pair in keyed if pair[0] is not None]
    full.sort(key=lambda pair: pair[0], reverse=key.descending)
    blank = (row for value, row in keyed if value is None)
    return list(chain((row for _, row in full), blank))
