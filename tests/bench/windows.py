"""What the windows cost: the first one, the registry, a keystroke, a chart, and memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.sample.clinic import make_sample_clinic
from cocm_desktop.actions.session import Place, lock, new_recovery_code
from tests.bench.caseload import PASSWORD, SIGN_IN, caseload_at
from tests.bench.figures import Figure
from tests.bench.records import PATIENTS
from tests.bench.window_probe import STARTED
from tests.builders.people import id_of
from tests.source_tree import ROOT

RUNS = 3
SECONDS = 120


def measure(folder: Path) -> Iterator[Figure]:
    """Work in both clinics through the real program, each time in a process of its own."""
    sample, patient_id = _sample(folder / "sample")
    small = _median_of_runs(folder, sample, patient_id)
    large = _median_of_runs(folder, caseload_at(folder / "clinic", PATIENTS), id_of("patient 0"))
    seconds = small["unlock window painted"] / 1000
    yield Figure("process start to unlock window", seconds, "s", 0.5, "painted, offscreen")
    yield Figure("  memory then", small["memory at first paint"], "MB")
    for name, found in (("sample clinic", small), ("2,000 patients", large)):
        yield from _of(name, found)


def _of(name: str, found: dict[str, float]) -> Iterator[Figure]:
    seconds = found["unlock to registry painted"] / 1000
    words = f"{found['rows']:.0f} rows, read and painted"
    yield Figure(f"unlock to registry, {name}", seconds, "s", 1.2, "click to painted")
    yield Figure("  longest freeze meanwhile", found["longest freeze of the window"], "ms", 50)
    again = found["registry read again and painted"]
    yield Figure("  registry read again", again, "ms", 120, words)
    yield Figure("  first keystroke of a filter", found["first keystroke"], "ms", 60, "painted")
    yield Figure("  next keystrokes", found["next keystrokes"], "ms", 60, "painted")
    yield Figure("  open a chart", found["chart shown"], "ms", 100, "painted")
    yield Figure(
        "  memory before unlocking",
        found["memory before unlocking"],
        "MB",
        120,
        "idle, after the warm-up",
    )
    yield Figure("  memory at work", found["memory at work"], "MB", 350)


def _sample(folder: Path) -> tuple[Path, str]:
    def clock(zone: ZoneInfo | None) -> datetime:
        return datetime.now(UTC).astimezone(zone)  # noqa: TID251  the window reads it too

    workspace = make_sample_clinic(Place(folder, clock), PASSWORD, new_recovery_code())
    patient_id = read_registry(workspace).rows[0].patient_id
    lock(workspace)
    return folder, patient_id


def _median_of_runs(folder: Path, clinic: Path, patient_id: str) -> dict[str, float]:
    runs = [_probed(folder, clinic, patient_id) for _ in range(RUNS)]
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def _probed(folder: Path, clinic: Path, patient_id: str) -> dict[str, float]:
    homes = dict.fromkeys(
        ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), str(folder / "home")
    )
    command = [sys.executable, "-m", "tests.bench.window_probe"]
    done = subprocess.run(
        [*command, str(clinic), SIGN_IN, PASSWORD, patient_id],
        cwd=ROOT,
        env={**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen", STARTED: str(time.time_ns())},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=SECONDS,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found
