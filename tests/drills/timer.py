"""Kill the program while a timer runs, and see what the next start finds of it.

The clocks of the process run fast, a second at a time with a heartbeat every fifteen; it tells
each second before it passes. Then the timer is kept as it was measured, twice.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from cocm_desktop.actions.patient import read_patients
from cocm_desktop.actions.session import lock
from cocm_desktop.actions.timer import beat_timer, read_timer, start_timer
from cocm_desktop.actions.timer_saving import discard_timer, stop_timer
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.domain.timer import HEARTBEAT_SECONDS, Tick, TimerState
from cocm_desktop.domain.timer_draft import TimerDraft
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import time_entry as time_entries
from tests.drills.clinic import AS_OF, PASSWORD, make_clinic, opened
from tests.source_tree import ROOT

LONGEST_SECONDS = 400
BETWEEN = timedelta(hours=1)


def drill(folder: Path, cycles: int, *, seed: int = 1) -> tuple[int, int, list[str]]:
    """Give how many were killed, the most seconds lost, and a sentence for each fault."""
    chance, killed, most, wrong = random.Random(seed), 0, 0, []
    make_clinic(folder)
    kept: list[int] = []
    for number in range(cycles):
        began = AS_OF + number * BETWEEN
        run = ["tests.drills.timer", str(folder), began.isoformat()]
        true = killed_after(run, chance.randint(1, LONGEST_SECONDS), pause=chance.random())
        killed += true is not None
        measured, faults = _found(folder, began)
        kept.append(measured)
        lost = (true or 0) - measured
        most = max(most, lost)
        if not -1 <= lost <= HEARTBEAT_SECONDS:
            wrong.append(f"cycle {number}: {measured} of {true} seconds are on file")
        wrong += [f"cycle {number}: {each}" for each in faults]
    if (total := _logged(folder)) != sum(kept):
        wrong.append(f"{total} seconds stand in the log, {sum(kept)} were kept")
    return killed, most, wrong


def killed_after(run: list[str], seconds: int, *, pause: float) -> int | None:
    """Give the second that the process had told of last, None if it ended by itself.

    `run` is a module of ours with what it is given.
    """
    child = subprocess.Popen(
        [sys.executable, "-m", *run],
        cwd=ROOT,
        env={**os.environ, "COCM_PASSWORD": PASSWORD},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    lines = [child.stdout.readline() for _ in range(seconds)]
    time.sleep(pause / 50)
    child.send_signal(signal.SIGKILL)
    rest, _ = child.communicate()
    told = [line for line in (*lines, *rest.splitlines(keepends=True)) if line.endswith("\n")]
    return int(told[-1]) if child.returncode == -signal.SIGKILL and told else None


def _found(folder: Path, began: datetime) -> tuple[int, list[str]]:
    """Open the clinic anew, keep what the timer says, and say what is wrong with it."""
    now = began + timedelta(minutes=40)
    workspace = replace(opened(folder), now=lambda: now)
    try:
        view = read_timer(workspace)
        if view is None:
            return 0, ["the timer is lost"]
        faults = [] if view.state is TimerState.ASKING else ["nothing is asked"]
        if not view.timer.seconds:
            discard_timer(workspace, view.timer.id, reason="Killed before the first heartbeat")
            return 0, faults
        draft = TimerDraft(view.timer.id, Activity.CONTACT, is_confirmed=True)
        for _ in range(2):
            stop_timer(workspace, draft)
        return view.timer.seconds, faults
    finally:
        lock(workspace)


def _logged(folder: Path) -> int:
    workspace = opened(folder)
    with workspace.database.read() as session:
        staff = StaffId(workspace.staff.id)
        first = AS_OF.date() - timedelta(days=1)
        days = [first + timedelta(days=number) for number in range(30)]
        entries = [e for day in days for e in time_entries.of_staff_on(session, staff, day)]
    lock(workspace)
    return sum(entry.seconds for entry in entries)


def _run(folder: Path, began: datetime) -> None:
    """Let the timer run on clocks of our own until somebody ends us."""
    moments = [began]
    workspace = replace(opened(folder), now=lambda: moments[0])
    start_timer(workspace, _an_episode(workspace), Activity.CONTACT, tick=Tick(began, 0, "run"))
    for second in range(LONGEST_SECONDS * 100):
        print(second, flush=True)
        moments[0] = began + timedelta(seconds=second)
        if second % HEARTBEAT_SECONDS == 0:
            beat_timer(workspace, Tick(moments[0], second * 1000, "run"))


def _an_episode(workspace: Workspace) -> str:
    first = read_patients(workspace)[0]
    with workspace.database.read() as session:
        episode = episodes.latest(session, first.id)
    assert episode
    return episode.id


if __name__ == "__main__":
    _run(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
