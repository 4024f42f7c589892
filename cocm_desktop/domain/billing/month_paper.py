"""A month's bills as one paper: what they come to by state, by code and by payer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cocm_desktop.domain.billing.bill_paper import BillPaper
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.superbill import ServiceLine
from cocm_desktop.domain.wording import NOT_RECORDED


@dataclass(frozen=True, slots=True)
class Sum:
    """What comes together under one name. Amounts are None where not one is known.

    `without_charge` and `without_rate` count what lacks one, and so is not in the sums.
    """

    name: str
    count: int
    charge_cents: int | None
    allowed_cents: int | None
    without_charge: int = 0
    without_rate: int = 0


@dataclass(frozen=True, slots=True)
class MonthPaper:
    """The bills that are printed, in their order. `others` are patients who are left out."""

    practice: Practice
    month: ServiceMonth
    papers: tuple[BillPaper, ...]
    as_of: datetime
    prepared_by: str
    is_closed: bool
    others: int = 0

    @property
    def total(self) -> Sum:
        return _sum("Total", self.papers)

    @property
    def by_state(self) -> tuple[Sum, ...]:
        return _grouped(self.papers, lambda paper: paper.state.value, [s.value for s in MonthState])

    @property
    def by_payer(self) -> tuple[Sum, ...]:
        return _grouped(self.papers, payer_of, sorted({payer_of(each) for each in self.papers}))

    @property
    def by_code(self) -> tuple[Sum, ...]:
        """Count the units of each code, with what they come to."""
        found: dict[str, list[ServiceLine]] = defaultdict(list)
        for line in (line for paper in self.papers for line in paper.bill.lines):
            found[line.code].append(line)
        return tuple(_sum_of_lines(code, found[code]) for code in sorted(found))


def payer_of(paper: BillPaper) -> str:
    bill = paper.bill
    return (bill.payer.name if bill.payer else bill.patient.coverage.payer) or NOT_RECORDED


def _grouped(
    papers: Iterable[BillPaper], name_of: Callable[[BillPaper], str], names: Iterable[str]
) -> tuple[Sum, ...]:
    found: dict[str, list[BillPaper]] = defaultdict(list)
    for paper in papers:
        found[name_of(paper)].append(paper)
    return tuple(_sum(name, found[name]) for name in names if name in found)


def _sum(name: str, papers: Iterable[BillPaper]) -> Sum:
    bills = [paper.bill for paper in papers]
    lines = [line for bill in bills for line in bill.lines]
    return Sum(
        name,
        len(bills),
        _total(line.amount_cents for line in lines),
        _total(line.allowed_cents for line in lines),
        without_charge=sum(bool(bill.lines) and bill.total_cents is None for bill in bills),
        without_rate=sum(any(line.allowed_cents is None for line in bill.lines) for bill in bills),
    )


def _sum_of_lines(code: str, lines: Sequence[ServiceLine]) -> Sum:
    return Sum(
        code,
        sum(line.units for line in lines),
        _total(line.amount_cents for line in lines),
        _total(line.allowed_cents for line in lines),
    )


def _total(amounts: Iterable[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None
