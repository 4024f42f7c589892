"""The calendar month in which time is counted."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.wording import MONTH_NAMES

_WRITTEN = re.compile(r"(?P<year>[12]\d{3})-(?P<month>0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class ServiceMonth:
    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> ServiceMonth:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> ServiceMonth | None:
        """Read 2026-11; anything else gives None."""
        found = _WRITTEN.fullmatch(text.strip())
        return cls(int(found["year"]), int(found["month"])) if found else None

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def contains(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.month)

    def plus(self, months: int) -> ServiceMonth:
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return ServiceMonth(year, month + 1)

    def months_since(self, earlier: ServiceMonth) -> int:
        return (self.year - earlier.year) * 12 + self.month - earlier.month

    def through(self, last: ServiceMonth) -> Iterator[ServiceMonth]:
        """Give this month and each one after it up to `last`; none if `last` is earlier."""
        return (self.plus(months) for months in range(last.months_since(self) + 1))

    @property
    def key(self) -> str:
        """The month as files and the command line write it: 2026-11."""
        return f"{self.year:04}-{self.month:02}"

    def __str__(self) -> str:
        return f"{MONTH_NAMES[self.month - 1]} {self.year}"
