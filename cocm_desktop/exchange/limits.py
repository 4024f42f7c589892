"""How large a list of patients may be before it is taken for an accident or an attack."""

from __future__ import annotations

from cocm_desktop.errors import Problem, Refused

LARGEST_FILE = 50 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_CELL = 32 * 1024
MOST_ENTRIES = 200
LARGEST_UNPACKED = 100 * 1024 * 1024
HIGHEST_RATIO = 100
CHILD_MEMORY = 512 * 1024 * 1024
CHILD_CPU_SECONDS = 10
CHILD_WALL_SECONDS = 20


def refuse(words: str) -> Refused:
    """Give the error that turns a whole file away. Nothing was changed when it is raised."""
    return Refused(Problem("file", f"{words} Nothing was imported."))


def too_many_rows() -> Refused:
    return refuse(f"The file has more than {MOST_ROWS:,} rows. Split it into smaller ones.")


def too_many_columns() -> Refused:
    return refuse(
        f"The file has more than {MOST_COLUMNS} columns. Export only the columns of the list."
    )


def too_long_cell(line: int) -> Refused:
    return refuse(f"A cell on line {line:,} holds more than {LONGEST_CELL // 1024} KB of text.")
