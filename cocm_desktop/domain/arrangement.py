"""Which rows the registry shows and in which order, in values and in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.registry import Chip, RegistryRow, shown
from cocm_desktop.domain.row_filter import NO_FILTER, RowFilter
from cocm_desktop.domain.row_order import USUAL_ORDER, SortKey, in_order, order_words
from cocm_desktop.domain.wording import count_of

OUTSIDE_OPEN = frozenset({Chip.NOT_ENROLLED, Chip.CLOSED, Chip.EVERYONE, Chip.SAFETY})


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A filter and an order over the rows.

    Rows with an open safety answer come first, always, and no filter hides them: only a name that
    is typed finds that patient alone.
    """

    chip: Chip = Chip.OPEN
    of: StaffId | None = None
    find: str = ""
    filter: RowFilter = NO_FILTER
    order: tuple[SortKey, ...] = USUAL_ORDER

    @property
    def is_filtered(self) -> bool:
        return bool(self.find.strip() or self.filter) or self.chip is not Chip.OPEN

    def of_care_manager(self, everyone: Sequence[RegistryRow]) -> list[RegistryRow]:
        return shown(everyone, chip=Chip.EVERYONE, of=self.of)

    def found_in(self, everyone: Sequence[RegistryRow]) -> Arrangement:
        """Give the arrangement to show: where the filter hides whom a person looks for, everyone.

        Whoever types a name wants that patient, enrolled or not, and of whatever care manager.
        """
        if not self.find.strip() or self._rows(everyone):
            return self
        widened = replace(self, chip=Chip.EVERYONE, of=None, filter=NO_FILTER)
        return widened if shown(everyone, chip=Chip.EVERYONE, find=self.find) else self

    def apply(self, everyone: Sequence[RegistryRow]) -> tuple[RegistryRow, ...]:
        rows = self._rows(everyone)
        return in_order([*rows, *self._pinned(rows, everyone)], self.order)

    def words(
        self, visible: Sequence[RegistryRow], everyone: Sequence[RegistryRow], *, whose: str
    ) -> str:
        """Say what is shown, of how many, by which filter and in which order."""
        return " · ".join(self._parts(visible, everyone, whose))

    def filter_words(self, whose: str) -> str:
        """Say by what the rows are filtered: Open, Not at target, M. Bell."""
        return " · ".join(self._filters(whose))

    def _rows(self, everyone: Sequence[RegistryRow]) -> list[RegistryRow]:
        return self.filter.apply(shown(everyone, chip=self.chip, find=self.find, of=self.of))

    def _pinned(
        self, rows: Sequence[RegistryRow], everyone: Sequence[RegistryRow]
    ) -> list[RegistryRow]:
        """Give the rows with an open safety answer that the filter would hide."""
        if self.find.strip():
            return []
        seen = {row.key for row in rows if row.has_safety_open}
        return [row for row in everyone if row.has_safety_open and row.key not in seen]

    def _parts(
        self, visible: Sequence[RegistryRow], everyone: Sequence[RegistryRow], whose: str
    ) -> Iterator[str]:
        mine = self.of_care_manager(everyone)
        pinned = len(self._pinned(self._rows(everyone), everyone))
        count = len(visible) - pinned
        if self.chip in OUTSIDE_OPEN:
            yield f"Showing {count:,} of {count_of(len(mine), 'patient')}"
        else:
            opened = shown(mine, chip=Chip.OPEN)
            yield f"Showing {count:,} of {len(opened):,} open"
        if pinned:
            yield f"{pinned:,} more for safety"
        yield from self._filters(whose)
        yield order_words(self.order)
        if hidden := hidden_due(visible, mine):
            yield f"hidden by the filter: {hidden:,} due"

    def _filters(self, whose: str) -> Iterator[str]:
        yield self.chip.value
        if self.filter:
            yield self.filter.words
        if whose:
            yield whose
        if self.find.strip():
            yield f"“{self.find.strip()}”"


def hidden_due(visible: Iterable[RegistryRow], everyone: Iterable[RegistryRow]) -> int:
    """Count the patients with something due now that a filter keeps out of sight."""
    seen = {row.key for row in visible}
    return sum(row.key not in seen and bool(row.due_now) for row in everyone)
