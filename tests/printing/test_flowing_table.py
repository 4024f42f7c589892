from __future__ import annotations

from cocm_desktop.printing.blocks import Column, Space
from cocm_desktop.printing.flowing_table import FlowingRow, Group, flowing_row, in_pages

COLUMNS = (Column("Date", 60.0), Column("Words", 200.0))


def a_group(*words: str) -> Group:
    rows = tuple(flowing_row(("11/05/2026", each), COLUMNS) for each in words)
    return Group(Space(20.0), Space(18.0), rows)


def rows_of(page: object) -> list[FlowingRow]:
    return [each for each in getattr(page, "blocks", ()) if isinstance(each, FlowingRow)]


def test_a_row_that_is_too_high_goes_on_over_the_page_with_every_line() -> None:
    group = a_group("word " * 400)

    pages = list(in_pages([group], 200.0))

    lines = sum(row.lines for page in pages for row in rows_of(page))
    assert len(pages) > 2
    assert lines == group.rows[0].lines
    assert all(page.height <= 200.0 for page in pages)


def test_a_row_of_few_lines_goes_to_the_next_page_whole() -> None:
    pages = list(in_pages([a_group("word " * 30, "word " * 30, "word " * 30)], 100.0))

    assert [len(rows_of(page)) for page in pages] == [1, 1, 1]


def test_a_high_row_begins_on_the_next_page_where_not_one_line_fits() -> None:
    first = flowing_row(("11/05/2026", "word"), COLUMNS)
    group = a_group("word", "word " * 200)

    pages = list(in_pages([group], 20.0 + first.height + 5.0))

    assert [row.lines for row in rows_of(pages[0])] == [1]


def test_a_head_never_stands_alone_at_the_foot_of_a_page() -> None:
    pages = list(in_pages([a_group("word"), a_group("word " * 30)], 70.0))

    assert len(pages) == 2
    assert isinstance(pages[1].blocks[0], Space)


def test_a_row_has_no_part_in_a_room_lower_than_a_line() -> None:
    assert flowing_row(("11/05/2026", "word"), COLUMNS).split(8.0) is None


def test_a_page_lower_than_a_line_ends_all_the_same() -> None:
    pages = list(in_pages([a_group("word " * 200)], 30.0))

    assert sum(len(rows_of(page)) for page in pages) == 1
