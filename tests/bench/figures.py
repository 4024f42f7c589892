"""A measured figure beside the budget it is held to, and the table of all of them."""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from cocm_desktop.commands.console import say_table

WORDS = {True: "pass", False: "MISS", None: "—"}


@dataclass(frozen=True, slots=True)
class Figure:
    """`budget` is the most that is allowed; None where a figure is only told."""

    name: str
    value: float
    unit: str
    budget: float | None = None
    note: str = ""

    @property
    def keeps(self) -> bool | None:
        return None if self.budget is None else self.value <= self.budget

    @property
    def cells(self) -> tuple[str, ...]:
        budget = "" if self.budget is None else f"≤ {_written(self.budget)} {self.unit}"
        measured = f"{_written(self.value)} {self.unit}"
        return self.name, measured, budget, WORDS[self.keeps], self.note


def show(figures: Sequence[Figure]) -> None:
    """Write the table of all figures."""
    heads = ("what", "measured", "budget", "", "how")
    say_table(heads, [figure.cells for figure in figures])
    missed = [figure.name for figure in figures if figure.keeps is False]
    print(f"\n{len(figures)} figures, missed: {', '.join(missed) or 'none'}")


def keep(figures: Sequence[Figure], file: Path) -> None:
    """Write the figures with what they were measured on."""
    content = {
        "measured_at": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "load": list(os.getloadavg()) if hasattr(os, "getloadavg") else None,
        "figures": [{**asdict(figure), "keeps": figure.keeps} for figure in figures],
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")


def seconds_of(task: Callable[[], object]) -> float:
    begun = time.perf_counter()
    task()
    return time.perf_counter() - begun


def cpu_seconds_of(task: Callable[[], object]) -> float:
    """Give what the processor spent: the same on a computer that others use too."""
    begun = time.process_time()
    task()
    return time.process_time() - begun


def median_of(times: int, task: Callable[[], object]) -> float:
    """Give the median of some runs in seconds, after one run that does not count."""
    task()
    return statistics.median(seconds_of(task) for _ in range(times))


def ratio_of(times: int, task: Callable[[], object], other: Callable[[], object]) -> float:
    """Give how much longer a task takes than another, both by turns in the same minute."""
    task()
    other()
    pairs = [(seconds_of(task), seconds_of(other)) for _ in range(times)]
    return statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)


def _written(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
