from __future__ import annotations

import re
from pathlib import Path

import pytest

from cocm_desktop.paths import resources
from cocm_desktop.ui.help.pages import glossary, page
from cocm_desktop.ui.screens import PLACES

FOLDER = resources() / "help"
PAGES = sorted(FOLDER.glob("*.md"))
MADE = {"glossary.md"}


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_every_link_leads_to_a_page(file: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", file.read_text(encoding="utf-8"))

    assert {link for link in links if link not in MADE and not (FOLDER / link).exists()} == set()


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_every_page_begins_with_its_title(file: Path) -> None:
    assert file.read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.key)
def test_every_screen_has_a_page(place: object) -> None:
    screen = getattr(place, "make")  # noqa: B009  the factory is the screen's class

    assert (FOLDER / f"{screen.help_page}.md").exists()


def test_every_page_can_be_reached_from_the_first() -> None:
    seen, waiting = set(), ["start.md"]
    while waiting:
        name = waiting.pop()
        if name in seen or name in MADE:
            continue
        seen.add(name)
        waiting += re.findall(r"\]\(([^)]+\.md)\)", (FOLDER / name).read_text(encoding="utf-8"))

    assert {file.name for file in PAGES} - seen == set()


def test_a_page_that_is_missing_gives_the_first_one() -> None:
    assert page("nothing of that name") == page("start")


def test_the_words_are_shown_without_the_names_in_the_source() -> None:
    assert "| care manager |" in glossary()
    assert "Role.CARE_MANAGER" not in glossary()
