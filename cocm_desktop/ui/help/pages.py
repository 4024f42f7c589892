"""The pages of resources/help, as they are on the disk."""

from __future__ import annotations

from cocm_desktop.paths import resources

START = "start"


def page(name: str) -> str:
    """Give a page's text in Markdown; the first page where that one is missing."""
    folder = resources() / "help"
    file = folder / f"{name}.md"
    return (file if file.exists() else folder / f"{START}.md").read_text(encoding="utf-8")


def glossary() -> str:
    """Give the words of the program without the names they have in its source."""
    written = (resources() / "glossary.md").read_text(encoding="utf-8")
    return "\n".join(map(_without_code, written.splitlines()))


def _without_code(line: str) -> str:
    if not line.startswith("|"):
        return line
    cells = line.split("|")
    return "|".join(cells[:2] + cells[3:])
