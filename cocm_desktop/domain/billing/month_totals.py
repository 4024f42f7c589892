"""What a list of months comes to, altogether and by state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.month_row import TO_APPROVE, MonthRow
from cocm_desktop.domain.wording import count_of, dollars


@dataclass(frozen=True, slots=True)
class StateTotal:
    """How many months stand in a state, and what they come to as far as amounts are known."""

    state: str
    count: int
    charge_cents: int
    allowed_cents: int
    paid_cents: int = 0

    @property
    def words(self) -> str:
        amount = f" {dollars(self.charge_cents)}" if self.charge_cents else ""
        words = f"{self.count:,} {self.state.lower()}{amount}"
        return f"{words}, {dollars(self.paid_cents)} received" if self.paid_cents else words


@dataclass(frozen=True, slots=True)
class MonthTotals:
    """What a list comes to. `without_charge` and `without_rate` are months that lack one."""

    patients: int
    minutes: int
    charge_cents: int
    allowed_cents: int
    without_charge: int
    without_rate: int
    by_state: tuple[StateTotal, ...] = ()

    @classmethod
    def of(cls, rows: Sequence[MonthRow]) -> MonthTotals:
        priced = [row for row in rows if row.has_amounts]
        return cls(
            patients=len(rows),
            minutes=sum(row.bill.minutes for row in rows),
            charge_cents=sum(row.charge_cents or 0 for row in rows),
            allowed_cents=sum(row.allowed_cents or 0 for row in rows),
            without_charge=sum(row.charge_cents is None for row in priced),
            without_rate=sum(row.allowed_cents is None for row in priced),
            by_state=tuple(_by_state(rows)),
        )

    @property
    def words(self) -> tuple[str, ...]:
        """Say each total; what is missing only where something is."""
        return (
            count_of(self.patients, "patient"),
            count_of(self.minutes, "minute"),
            self._amounts,
            *(each.words for each in self.by_state),
            *self._missing,
        )

    @property
    def amount_words(self) -> tuple[str, ...]:
        """Say what the rows come to, for whoever is about to do something with them all."""
        return (count_of(self.minutes, "minute"), self._amounts, *self._missing)

    @property
    def _amounts(self) -> str:
        """Say what is charged and allowed; nothing unknown is zero."""
        charged = f"{dollars(self.charge_cents)} charged"
        is_unknown = self.without_rate and not self.allowed_cents
        return charged if is_unknown else f"{charged}, {dollars(self.allowed_cents)} allowed"

    @property
    def _missing(self) -> tuple[str, ...]:
        lacking = ((self.without_charge, "charge"), (self.without_rate, "rate"))
        return tuple(f"{count:,} without a {what}" for count, what in lacking if count)


def _by_state(rows: Sequence[MonthRow]) -> Iterator[StateTotal]:
    found: defaultdict[str, list[MonthRow]] = defaultdict(list)
    for row in rows:
        found[row.state_name].append(row)
    for state in (TO_APPROVE, *(each.value for each in MonthState)):
        if of_state := found[state]:
            charge = sum(row.charge_cents or 0 for row in of_state)
            allowed = sum(row.allowed_cents or 0 for row in of_state)
            paid = sum(row.paid_cents for row in of_state)
            yield StateTotal(state, len(of_state), charge, allowed, paid)
