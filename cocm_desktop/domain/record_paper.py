"""A paper of tables whose words are never cut: what it says before it is set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cocm_desktop.domain.practice import Practice


@dataclass(frozen=True, slots=True)
class PaperTable:
    """One table. `widths` are shares of the line; `nothing` is said where it has no row."""

    title: str
    columns: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    nothing: str = "Nothing on file."
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordPaper:
    """The paper. `title` goes into the file and names no patient; `about` are lines below it.

    `whose` stands on every page, and so does `notice` where there is one.
    """

    title: str
    practice: Practice
    about: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    tables: tuple[PaperTable, ...]
    as_of: datetime
    prepared_by: str
    whose: tuple[str, str] = ("", "")
    notice: str = ""
