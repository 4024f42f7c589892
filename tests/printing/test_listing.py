from __future__ import annotations

from cocm_desktop.domain.review_priority import Section
from cocm_desktop.printing.blocks import Block, Space
from cocm_desktop.printing.listing import Entry, Headings, in_pages

HEADING = 10.0
AGAIN = 11.0
ENTRY = 30.0
HEADINGS = Headings(first=lambda _: Space(HEADING), again=lambda _: Space(AGAIN))


def pages_of(
    *sections: Section, first_room: float = 100.0, room: float = 100.0
) -> list[list[float]]:
    entries = [Entry(section, Space(ENTRY)) for section in sections]
    pages = in_pages(entries, HEADINGS, first_room=first_room, room=room)
    return [list(map(height_of, page)) for page in pages]


def height_of(block: Block) -> float:
    return block.height


def test_entries_share_a_page_as_long_as_they_fit() -> None:
    assert pages_of(*[Section.NEW] * 3) == [[HEADING, ENTRY, ENTRY, ENTRY]]


def test_a_section_that_goes_on_is_headed_again() -> None:
    assert pages_of(*[Section.NEW] * 4) == [[HEADING, ENTRY, ENTRY, ENTRY], [AGAIN, ENTRY]]


def test_a_heading_is_never_the_last_thing_on_a_page() -> None:
    pages = pages_of(Section.SAFETY, Section.SAFETY, Section.NEW, first_room=85.0)

    assert pages == [[HEADING, ENTRY, ENTRY], [HEADING, ENTRY]]


def test_the_first_page_may_have_less_room() -> None:
    assert pages_of(Section.NEW, Section.NEW, first_room=45.0) == [[HEADING, ENTRY], [AGAIN, ENTRY]]


def test_an_entry_that_is_too_tall_for_any_page_still_gets_one() -> None:
    assert pages_of(Section.NEW, room=5.0, first_room=5.0) == [[HEADING, ENTRY]]
