"""What reading and saving cost in a clinic of 2,000 patients."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from openpyxl import Workbook

from cocm_desktop.actions.backup import back_up, check_clinic
from cocm_desktop.actions.chart_page import read_chart_page
from cocm_desktop.actions.contact import record_contact
from cocm_desktop.actions.importing import import_patients, preview_import
from cocm_desktop.actions.keys import rotate_key
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.session import Place, lock, unlock
from cocm_desktop.actions.today import read_today
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.contact import ContactDraft, ContactKind
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.registry import Chip, counts, shown
from tests.bench.caseload import NOTE, PASSWORD, SIGN_IN, TODAY, caseload_at, clock
from tests.bench.figures import Figure, median_of, ratio_of, seconds_of
from tests.bench.plain import plain_copy, read_by_hand, require_same
from tests.bench.registry import arranging
from tests.builders.people import NAMES, id_of

PATIENTS = 2_000
READS, SAVES, CHARTS = 15, 200, 40
KEYSTROKES = ("a", "al", "alv", "alv m", "alv ma", "5000", "500012")
MS = 1_000


def measure(folder: Path) -> Iterator[Figure]:
    """Make the clinic, and measure it; what changes it comes last."""
    clinic = caseload_at(folder / "clinic", PATIENTS)
    opening = median_of(3, lambda: lock(_opened(clinic)))
    yield Figure("unlock: password, keys, file", opening, "s", 1.0, "Argon2id as in real use")
    workspace = _opened(clinic)
    yield from _reading(workspace, folder / "plain.db")
    yield from arranging(workspace)
    yield from _saving(workspace)
    backup = seconds_of(partial(back_up, workspace, folder / "backups"))
    size = (clinic / "clinic.db").stat().st_size / 1e6
    words = f"copied, read back whole, compared; the file has {size:.0f} MB with its audit"
    yield Figure("verified backup", backup, "s", 2.0, words)
    yield Figure("check of every page and row", seconds_of(partial(check_clinic, workspace)), "s")
    yield _importing(workspace, folder / "list.xlsx")
    yield Figure("another key", seconds_of(partial(rotate_key, workspace)), "s", 3.0)
    lock(workspace)


def _opened(clinic: Path) -> Workspace:
    return unlock(Place(clinic, clock), SIGN_IN, PASSWORD)


def _reading(workspace: Workspace, plain: Path) -> Iterator[Figure]:
    copy = plain_copy(workspace, plain)
    require_same(read_registry(workspace), read_by_hand(copy, TODAY))
    ours = median_of(READS, partial(read_registry, workspace))
    by_hand = median_of(READS, partial(read_by_hand, copy, TODAY))
    read = ratio_of(READS, partial(read_registry, workspace), partial(read_by_hand, copy, TODAY))
    first, next_ones = _keystrokes(workspace)
    copy.close()
    yield Figure("registry read, 2,000 patients", ours * MS, "ms", 90, "of 120 with its painting")
    yield Figure("  the same rows by hand", by_hand * MS, "ms", note="plain sqlite3, no objects")
    yield Figure("  as a multiple of that", read, "×", note="by turns in one run")
    mine = median_of(READS, partial(read_today, workspace))
    team = median_of(READS, partial(read_today, workspace, whole_team=True))
    yield Figure("Today of one care manager", mine * MS, "ms", note="with the reading; unpainted")
    yield Figure("  of the whole team", team * MS, "ms", note="2,000 patients")
    yield Figure("first keystroke of a filter", first * MS, "ms", 60, "without painting")
    yield Figure("next keystrokes", next_ones * MS, "ms", 60, "median, without painting")
    yield Figure("  as a multiple of the rows by hand", next_ones / by_hand, "×")
    charts = iter(range(PATIENTS))
    chart = median_of(
        CHARTS, lambda: read_chart_page(workspace, id_of(f"patient {next(charts) * 7}"))
    )
    yield Figure("open a chart", chart * MS, "ms", 100, "30 contacts, 15 scores; without painting")


def _keystrokes(workspace: Workspace) -> tuple[float, float]:
    """Give the first keystroke after a fresh read, and the median of those that follow."""
    firsts, others = [], []
    for _ in range(5):
        rows = read_registry(workspace).rows
        counts(rows)  # the chips show them before anybody types
        times = [
            seconds_of(partial(shown, rows, chip=Chip.OPEN, find=typed)) for typed in KEYSTROKES
        ]
        firsts.append(times[0])
        others += times[1:]
    return statistics.median(firsts), statistics.median(others)


def _saving(workspace: Workspace) -> Iterator[Figure]:
    def save(number: int) -> None:
        episode = EpisodeId(id_of(f"episode {number * 100 % PATIENTS}"))
        day = TODAY - timedelta(days=number % 20)
        record_contact(
            workspace, ContactDraft(episode, day, ContactKind.PHONE, minutes=7, note=NOTE)
        )

    save(0)
    times = [seconds_of(partial(save, number)) * MS for number in range(SAVES)]
    cuts = statistics.quantiles(times, n=20)
    yield Figure("save a contact with its minutes", cuts[9], "ms", note="median of 200, durable")
    yield Figure("  the slowest of twenty", cuts[18], "ms", 20, "95th percentile")
    assert workspace.clinic
    flush = _flush_ms(workspace.clinic.path / "flush")
    words = "a save waits for four: that is the disk's part of it"
    yield Figure("  one flush of this disk", flush, "ms", note=words)


def _flush_ms(file: Path) -> float:
    """Give how long the disk takes to make one page durable."""
    times = []
    with file.open("wb", buffering=0) as stream:
        for _ in range(SAVES):
            stream.write(bytes(4096))
            times.append(seconds_of(partial(os.fsync, stream.fileno())))
    file.unlink()
    return statistics.median(times) * MS


def _importing(workspace: Workspace, file: Path) -> Figure:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["MRN", "Last name", "First name", "Date of birth", "Sex", "Phone"])
    for number in range(PATIENTS):
        last, first = NAMES[number % len(NAMES)]
        born = f"{number % 12 + 1:02}/{number % 28 + 1:02}/{1940 + number % 60}"
        name = f"{last}-{chr(65 + number % 26)}{chr(65 + number // 26 % 26)}o"
        sheet.append([f"{900_000 + number}", name, first, born, "F", f"914-555-{number:04}"])
    book.save(file)
    taken = seconds_of(lambda: import_patients(workspace, preview_import(workspace, file)))
    words = "read, compared with 2,000 on file, stored"
    return Figure("import of 2,000 rows of XLSX", taken, "s", 3.0, words)
