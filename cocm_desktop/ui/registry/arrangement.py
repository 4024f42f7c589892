"""Which rows the registry shows and in which order, in values and in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.registry import Chip, RegistryRow, shown
from cocm_desktop.domain.wording import count_of
from cocm_desktop.ui.registry.columns import BY_KEY, Column

OUTSIDE_OPEN = frozenset({Chip.NOT_ENROLLED, Chip.CLOSED, Chip.EVERYONE, Chip.SAFETY})


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A filter and an order over the rows. Rows with an open safety answer come first, always."""

    chip: Chip = Chip.OPEN
    of: StaffId | None = None
    find: str = ""
    column: Column = BY_KEY["due"]
    descending: bool = False

    @property
    def order_words(self) -> str:
        return self.column.orders[self.descending]

    @property
    def is_filtered(self) -> bool:
        return bool(self.find.strip()) or self.chip is not Chip.OPEN

    def of_care_manager(self, everyone: Sequence[RegistryRow]) -> list[RegistryRow]:
        return shown(everyone, chip=Chip.EVERYONE, of=self.of)

    def found_in(self, everyone: Sequence[RegistryRow]) -> Arrangement:
        """Give the arrangement to show: where the filter hides whom a person looks for, everyone.

        Whoever types a name wants that patient, enrolled or not, and of whatever care manager.
        """
        if not self.find.strip() or shown(everyone, chip=self.chip, find=self.find, of=self.of):
            return self
        widened = replace(self, chip=Chip.EVERYONE, of=None)
        return widened if shown(everyone, chip=Chip.EVERYONE, find=self.find) else self

    def apply(self, everyone: Sequence[RegistryRow]) -> tuple[RegistryRow, ...]:
        rows = shown(everyone, chip=self.chip, find=self.find, of=self.of)
        return in_order(rows, self.column, descending=self.descending)

    def words(
        self, visible: Sequence[RegistryRow], everyone: Sequence[RegistryRow], *, whose: str
    ) -> str:
        """Say what is shown, of how many, by which filter and in which order."""
        return " · ".join(self._parts(visible, everyone, whose))

    def _parts(
        self, visible: Sequence[RegistryRow], everyone: Sequence[RegistryRow], whose: str
    ) -> Iterator[str]:
        mine = self.of_care_manager(everyone)
        if self.chip in OUTSIDE_OPEN:
            yield f"Showing {len(visible):,} of {count_of(len(mine), 'patient')}"
        else:
            opened = shown(mine, chip=Chip.OPEN)
            yield f"Showing {len(visible):,} of {len(opened):,} open"
        yield self.chip.value
        if whose:
            yield whose
        if self.find.strip():
            yield f"“{self.find.strip()}”"
        yield self.order_words
        if hidden := hidden_overdue(visible, mine):
            yield f"{hidden:,} overdue not shown"


def hidden_overdue(visible: Iterable[RegistryRow], everyone: Iterable[RegistryRow]) -> int:
    """Count the overdue patients that a filter keeps out of sight."""
    seen = {row.key for row in visible}
    return sum(row.is_overdue and row.key not in seen for row in everyone)


def in_order(
    rows: Iterable[RegistryRow], column: Column, *, descending: bool
) -> tuple[RegistryRow, ...]:
    """Sort by a column: open safety answers on top, blanks last, and by name within equals."""
    by_name = sorted(rows, key=lambda row: (row.sort_name, row.key))
    keyed = [(column.sort(row), row) for row in by_name]
    full = [pair for pair in keyed if pair[0] is not None]
    full.sort(key=lambda pair: pair[0], reverse=descending)
    blank = [row for value, row in keyed if value is None]
    ordered = list(chain((row for _, row in full), blank))
    ordered.sort(key=lambda row: not row.has_safety_open)
    return tuple(ordered)
