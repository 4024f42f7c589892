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
    return (resources() / "glossary.md").read_text(encoding="utf-8")
