"""Is this file encrypted and whole? The questions, from the cheapest to the longest."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as driver

from cocm_desktop.storage.sqlite import PAGE_BYTES

_MOST_LISTED: Final = 10
PLAIN_HEADER: Final = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds, in figures that must be equal in a copy."""

    schema: int
    pages: int
    rows: dict[str, int]


def unfinished_write(file: Path) -> bool:
    """Whether a write was broken off, which SQLite undoes when it opens the file."""
    journal = file.with_name(f"{file.name}-journal")
    return journal.exists() and journal.stat().st_size > 0


def is_plain(file: Path) -> bool:
    """Whether everybody can read the file: the header, or an SQLite without cipher, says so."""
    with file.open("rb") as stream:
        if stream.read(len(PLAIN_HEADER)) == PLAIN_HEADER:
            return True
    uri = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()
    return True


def table_names(connection: Any) -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "ORDER BY name"
    )
    return [name for (name,) in found]


def contents(connection: Any) -> Contents:
    """Count the rows of every table."""
    rows = {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for name in table_names(connection)
    }
    return Contents(
        schema=connection.execute("PRAGMA user_version").fetchone()[0],
        pages=connection.execute("PRAGMA page_count").fetchone()[0],
        rows=rows,
    )


def cipher_damage(connection: Any) -> Iterator[str]:
    """Say which pages were altered since they were encrypted."""
    answers = [str(words) for (words,) in _answers(connection, "cipher_integrity_check")]
    if answers:
        pages = re.findall(r"page (\d+)", " ".join(answers))
        listed = f" ({', '.join(pages[:_MOST_LISTED])}{' …' if pages[_MOST_LISTED:] else ''})"
        many = "altered pages were" if len(answers) != 1 else "altered page was"
        yield f"{len(answers)} {many} found{listed if pages else ''}."


def inner_damage(connection: Any, file: Path) -> Iterator[str]:
    """Say where the pages do not fit together."""
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    if file.stat().st_size != pages * PAGE_BYTES:
        yield "The file has another length than it should."
    answers = [str(words) for (words,) in _answers(connection, "integrity_check")]
    if answers != ["ok"]:
        lines = [line for words in answers for line in words.splitlines()]
        more = f" … and {len(lines) - 2} more" if lines[2:] else ""
        yield f"The database is inconsistent: {' '.join(lines[:2])}{more}."
    for table, *_ in _answers(connection, "foreign_key_check"):
        yield f"A row of {table} refers to a row that is not there."


def _answers(connection: Any, check: str) -> list[Any]:
    """Run a check of SQLite; one that stops at a bad page has found what it looked for."""
    try:
        return list(connection.execute(f"PRAGMA {check}").fetchall())
    except driver.DatabaseError:
        return [] if check == "foreign_key_check" else [("it cannot be read to its end",)]
