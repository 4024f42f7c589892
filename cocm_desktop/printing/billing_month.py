"""A month's billing in one file: a summary with links, then the sheet of each patient."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from cocm_desktop.domain.billing.bill_paper import BillPaper
from cocm_desktop.domain.billing.month_paper import MonthPaper, Sum, payer_of
from cocm_desktop.domain.wording import NOTHING, count_of, dollars, long_moment
from cocm_desktop.printing import theme
from cocm_desktop.printing.bill_parts import dollars_or_dash
from cocm_desktop.printing.billing_sheet import billing_sheet, sheet_folio, sheet_key
from cocm_desktop.printing.blocks import (
    Beside,
    Block,
    Cell,
    Column,
    Link,
    Rule,
    Space,
    Stack,
    heading,
    row,
    title_row,
)
from cocm_desktop.printing.page import ROOM, Folio, Press
from cocm_desktop.printing.typesetting import Align, Span

ROWS: Final = (
    Column("", 18.0),
    Column("Patient", 112.0, most_lines=2),
    Column("MRN", 48.0),
    Column("Payer", 86.0),
    Column("Min", 26.0, Align.RIGHT),
    Column("", 8.0),
    Column("Codes", 78.0),
    Column("State", 46.0),
    Column("Charge", 48.0, Align.RIGHT),
    Column("Allowed", 44.0, Align.RIGHT),
    Column("Page", 26.0, Align.RIGHT),
)
THIRD_GAP: Final = 16.0
NARROW: Final = 156.0  # names of states and codes are short, those of payers are not
WIDE: Final = theme.BODY_WIDTH - 2 * (NARROW + THIRD_GAP)
AMOUNTS: Final = (Column("Charge", 48.0, Align.RIGHT), Column("Allowed", 44.0, Align.RIGHT))
COUNT_WIDTH: Final = 22.0
MOST_SUMS: Final = 8
ROW_PADDING: Final = 2.0
GAP: Final = 12.0


def sheets_pdf(papers: Sequence[BillPaper], *, anchor: str = "") -> bytes:
    """Set the billing sheets alone, a page and a bookmark each."""
    title = "Billing sheet" if len(papers) == 1 else "Billing sheets"
    press = Press(title, anchor=anchor)
    _print_sheets(press, papers, before=0)
    return press.finish()


def month_pages(month: MonthPaper) -> int:
    return len(_summary_pages(month)) + len(month.papers)


def month_pdf(month: MonthPaper, *, anchor: str = "") -> bytes:
    """Set the summary, then every sheet, with a bookmark for each."""
    press = Press("Billing month", anchor=anchor)
    pages = _summary_pages(month)
    for number, page in enumerate(pages, start=1):
        folio = Folio(
            key=f"summary-{number}",
            bookmark="Summary" if number == 1 else "",
            foot=f"Contains protected health information · {month.practice.name} · {month.month}",
            number=number,
            of=len(pages) + len(month.papers),
            is_sample=month.practice.is_sample,
        )
        press.print_page(page, folio)
    _print_sheets(press, month.papers, before=len(pages))
    return press.finish()


def _print_sheets(press: Press, papers: Sequence[BillPaper], *, before: int) -> None:
    of = before + len(papers)
    for number, paper in enumerate(papers, start=before + 1):
        press.print_page(billing_sheet(paper), sheet_folio(paper, number=number, of=of))


def _summary_pages(month: MonthPaper) -> list[Block]:
    """Share the rows out; the page of each sheet follows from how many pages that takes."""
    count = len(_set(month, before=0))
    return _set(month, before=count)


def _set(month: MonthPaper, *, before: int) -> list[Block]:
    front, continued = _front(month), _continued(month)
    pages: list[list[Block]] = [[front]]
    free = ROOM - front.height
    for number, paper in enumerate(month.papers, start=1):
        block = _row(number, paper, page=before + number)
        if block.height > free:
            pages.append([continued])
            free = ROOM - continued.height
        pages[-1].append(block)
        free -= block.height
    return [Stack(tuple(blocks)) for blocks in pages]


def _front(month: MonthPaper) -> Block:
    total = month.total
    parts: list[Block] = [_title(month), _figures(month, total), _sums(month)]
    notes = [theme.text(words, theme.BODY_WIDTH, theme.NOTE) for words in _notes(month, total)]
    if notes:
        parts.append(Stack(tuple(notes)))
    head = Stack((heading("Patients", theme.BODY_WIDTH), title_row(ROWS)))
    return Stack((*parts, head), GAP)


def _notes(month: MonthPaper, total: Sum) -> Iterator[str]:
    if month.others:
        yield f"{count_of(month.others, 'patient')} with time in the month: no sheet in this file."
    if total.without_charge:
        yield f"{count_of(total.without_charge, 'bill')} without a charge: not in the charges."
    if total.without_rate:
        yield f"{count_of(total.without_rate, 'bill')} without a rate: not in what is allowed."


def _continued(month: MonthPaper) -> Block:
    words = f"{month.month}, continued"
    return Stack((heading("Patients", theme.BODY_WIDTH, words), title_row(ROWS)))


def _title(month: MonthPaper) -> Block:
    state = "Closed" if month.is_closed else "Not closed yet"
    prepared = f"{state} · prepared {long_moment(month.as_of)} by {month.prepared_by}"
    return Stack(
        (
            theme.text(f"Billing month {month.month}", theme.BODY_WIDTH, theme.TITLE),
            theme.text(month.practice.name, theme.BODY_WIDTH, theme.SUBTITLE, most_lines=1),
            theme.text(prepared, theme.BODY_WIDTH, theme.BODY_QUIET, most_lines=1),
            Space(4.0),
            Rule(theme.BODY_WIDTH, 0.8),
        )
    )


def _figures(month: MonthPaper, total: Sum) -> Block:
    billable = sum(paper.has_lines for paper in month.papers)
    figures = (
        ("Patients", f"{total.count:,}"),
        ("With a code", f"{billable:,}"),
        ("Charges", dollars_or_dash(total.charge_cents)),
        ("Allowed, before deductible and coinsurance", dollars_or_dash(total.allowed_cents)),
    )
    lefts = (0.0, 90.0, 190.0, 320.0)
    return Beside(
        tuple(
            (
                left,
                Stack(
                    (
                        theme.text(label, 220.0, theme.SMALL_QUIET, most_lines=1),
                        theme.text(value, 220.0, theme.FIGURE, most_lines=1),
                    )
                ),
            )
            for left, (label, value) in zip(lefts, figures, strict=True)
        )
    )


def _sums(month: MonthPaper) -> Block:
    step = NARROW + THIRD_GAP
    return Beside(
        (
            (0.0, _table("By state", month.by_state, width=NARROW)),
            (step, _table("By code", month.by_code, width=NARROW)),
            (2 * step, _table("By payer", month.by_payer, width=WIDE)),
        )
    )


def _table(title: str, sums: Sequence[Sum], *, width: float) -> Block:
    name = width - COUNT_WIDTH - sum(column.width for column in AMOUNTS)
    columns = (Column("", name), Column("", COUNT_WIDTH, Align.RIGHT), *AMOUNTS)
    blocks: list[Block] = [heading(title, width), title_row(columns)]
    blocks += [row(columns, _sum_cells(each), style=theme.SMALL) for each in sums[:MOST_SUMS]]
    if len(sums) > MOST_SUMS:
        words = f"{len(sums) - MOST_SUMS} more below"
        blocks.append(theme.text(words, width, theme.NOTE))
    return Stack(tuple(blocks))


def _sum_cells(each: Sum) -> tuple[Cell, ...]:
    amounts = (dollars_or_dash(each.charge_cents), dollars_or_dash(each.allowed_cents))
    return each.name, f"{each.count:,}", *amounts


def _row(number: int, paper: BillPaper, *, page: int) -> Block:
    """Set one patient's row; it leads to the patient's sheet."""
    bill = paper.bill
    allowed = [line.allowed_cents for line in bill.lines]
    known = [each for each in allowed if each is not None]
    cells: tuple[Cell, ...] = (
        str(number),
        [Span(bill.patient.name, theme.SMALL_BOLD)],
        bill.patient.mrn,
        payer_of(paper),
        f"{bill.minutes:,}",
        "",
        bill.code_words or NOTHING,
        paper.state.value,
        dollars_or_dash(bill.total_cents) if bill.lines else NOTHING,
        dollars(sum(known)) if known and len(known) == len(allowed) else NOTHING,
        str(page),
    )
    block = row(ROWS, cells, style=theme.SMALL, padding=ROW_PADDING)
    return Link(block, theme.BODY_WIDTH, sheet_key(page))
