"""Which years have rates, from which file, and which have none: nothing is extrapolated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.billing.locality import LocalityTable
from cocm_desktop.domain.billing.rate_table import RateTable
from cocm_desktop.domain.wording import month_day

NOT_LOADED = "Not loaded"


@dataclass(frozen=True, slots=True)
class YearOfRates:
    """The tables that reach into a year, the one that counts first."""

    year: int
    tables: tuple[RateTable, ...]
    localities: tuple[LocalityTable, ...]

    @property
    def is_loaded(self) -> bool:
        return bool(self.tables)

    @property
    def factor_words(self) -> str:
        """Say the conversion factors in the order of their days, each once."""
        in_order = sorted(
            self.tables, key=lambda each: (each.valid.first, bool(each.is_qualifying))
        )
        told = {(each.factor, bool(each.is_qualifying)): each for each in reversed(in_order)}
        factors = (each for each in in_order if each in told.values())
        return "; ".join(map(self._factor, factors)) or NOT_LOADED

    @property
    def source_words(self) -> str:
        return "; ".join(dict.fromkeys(table.source for table in self.tables))

    @property
    def locality_words(self) -> str:
        if not self.localities:
            return NOT_LOADED
        return "; ".join(f"{each.source} ({len(each.rows)})" for each in self.localities)

    def _factor(self, table: RateTable) -> str:
        whose = " qualifying" if table.is_qualifying else ""
        first = table.valid.first
        since = "" if (first.month, first.day) == (1, 1) else f" from {month_day(first)}"
        return f"{table.factor}{whose}{since}"


def years_of_rates(
    rates: Iterable[RateTable], localities: Iterable[LocalityTable], *, today: date
) -> tuple[YearOfRates, ...]:
    """Give every year that has rates, and always this one and the next, the newest first."""
    rates, localities = tuple(rates), tuple(localities)
    wanted = {today.year, today.year + 1, *(table.valid.first.year for table in rates)}
    return tuple(
        YearOfRates(
            year,
            tuple(each for each in rates if _reaches(each, year)),
            tuple(each for each in localities if _reaches(each, year)),
        )
        for year in sorted(wanted, reverse=True)
    )


def _reaches(table: RateTable | LocalityTable, year: int) -> bool:
    last = table.valid.last
    return table.valid.first.year <= year and (last is None or year <= last.year)
