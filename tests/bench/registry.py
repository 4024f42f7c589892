"""What the registry costs once it is read: deriving, sorting and filtering its rows."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from cocm_desktop.actions.registry import read_registry, read_registry_table
from cocm_desktop.actions.session import Place, lock, unlock
from cocm_desktop.actions.today import read_today
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.arrangement import Arrangement
from cocm_desktop.domain.filter_text import read_filter
from cocm_desktop.domain.registry import RegistryRow, counts
from cocm_desktop.domain.registry_chips import work_out
from cocm_desktop.domain.registry_columns import BY_KEY
from cocm_desktop.domain.row_order import SortKey, in_order
from tests.bench.caseload import PASSWORD, SIGN_IN, caseload_at, clock
from tests.bench.figures import Figure, median_of, seconds_of
from tests.bench.peek import peeking

MANY = 10_000
TIMES = 5
MS = 1_000
BUILT = "phq9>=10 and no-contact>=14 and weeks>=8"
KEYS = tuple(SortKey(BY_KEY[key]) for key in ("why", "change", "due"))


def measure(folder: Path) -> Iterator[Figure]:
    """Read and arrange a clinic five times as large as the others are measured with."""
    workspace = unlock(Place(caseload_at(folder / "many", MANY), clock), SIGN_IN, PASSWORD)
    yield from arranging(workspace)
    yield from _boards(workspace)
    lock(workspace)


def _boards(workspace: Workspace) -> Iterator[Figure]:
    for name, whole_team in (("Today of one care manager", False), ("  of the whole team", True)):
        task = partial(read_today, workspace, whole_team=whole_team)
        first, again = seconds_of(task) * MS, median_of(TIMES, task) * MS
        yield Figure(f"{name}, first", first, "ms", note="with the reading; unpainted")
        yield Figure("  read again", again, "ms", note="cards as they were are kept")


def arranging(workspace: Workspace) -> Iterator[Figure]:
    first = seconds_of(partial(read_registry, workspace))
    rows = read_registry(workspace).rows
    size = f"{len(rows):,} patients"
    derived = seconds_of(partial(work_out, rows))
    again = median_of(TIMES, partial(read_registry_table, workspace))
    yield Figure(f"registry, {size}: first read", first * MS, "ms")
    yield Figure(
        "  what is derived of it once", derived * MS, "ms", note="due items, counts, names"
    )
    yield Figure("  read again, derived", again * MS, "ms", note="rows as they were are kept")
    yield Figure("  as a multiple of the first", again / (first + derived), "×")
    yield from _tasks(rows)
    yield from peeking(workspace, rows)


def _tasks(rows: tuple[RegistryRow, ...]) -> Iterator[Figure]:
    built = read_filter(BUILT)
    found = Arrangement(find="alv", order=KEYS)
    for name, task, budget in (
        ("  sorted by one column", lambda: in_order(rows, KEYS[1:2]), 60),
        ("  sorted by three columns", lambda: in_order(rows, KEYS), None),
        ("  a filter of three conditions", lambda: built.apply(rows), 60),
        ("  a keystroke, filtered and sorted", lambda: found.apply(rows), 60),
        ("  the counts of all chips", lambda: counts(rows), None),
    ):
        yield Figure(name, median_of(TIMES, task) * MS, "ms", budget, "without painting")
