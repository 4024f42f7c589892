"""Kill the program in the middle of its saves, and count what it had acknowledged.

Each cycle starts the real command line on a batch of saves of every kind, lets it acknowledge
some, and ends it by SIGKILL at a random moment.
"""

from __future__ import annotations

import random
import signal
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.drills.children import CHEAP_TOOLS, forked, load_everything
from tests.drills.clinic import QUICK, make_clinic, mrns, started
from tests.drills.whole import Save, count_wrong, planned

BATCH = 120  # more than any cycle lives to do
MOST_ACKS = 12
LONGEST_SECONDS = 0.05
# One in ten is killed early: while it starts, unlocks, or rolls back what the last one left.
EARLY_EVERY, EARLIEST_SECONDS = 10, 0.002
LATEST_SECONDS = {True: 1.2, False: 0.04}
CYCLES_A_CLINIC = 250


@dataclass(slots=True)
class Cycles:
    """What some cycles on one clinic came to."""

    killed: int = 0
    in_a_write: int = 0
    ended_by_itself: int = 0
    planned: list[Save] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Report:
    """The whole drill. `wrong` says, sentence by sentence, what was lost, torn or doubled."""

    cycles: int
    in_a_write: int
    acknowledged: int
    kept: int
    wrong: tuple[str, ...]

    @property
    def words(self) -> str:
        return (
            f"{self.cycles:,} kill -9 cycles, {self.in_a_write} of them inside a write: "
            f"{self.acknowledged:,} saves acknowledged, {self.kept:,} on the disk, "
            f"{len(self.wrong)} lost, torn or doubled"
        )


def drill(folder: Path, cycles: int, *, started_anew: int = 0, seed: int = 1) -> Report:
    """Run the cycles, and judge each clinic at its end.

    `started_anew` of them start a new interpreter, as a person would; the others are forked from
    this one, which comes to the same and takes a tenth of the time.
    """
    load_everything()
    parts = [(started_anew, True)] if started_anew else []
    left = cycles - started_anew
    while left:
        parts.append((min(left, CYCLES_A_CLINIC), False))
        left -= parts[-1][0]
    runs, wrong, kept = [], [], 0
    for number, (count, anew) in enumerate(parts):
        at = folder / f"clinic {number}"
        run = _kill_again_and_again(at, count, random.Random(seed + number), anew=anew)
        found, faults = count_wrong(
            at, run.planned, run.acknowledged, tools=QUICK if anew else CHEAP_TOOLS
        )
        runs.append(run)
        wrong += faults
        kept += found
    return Report(
        cycles=sum(run.killed + run.ended_by_itself for run in runs),
        in_a_write=sum(run.in_a_write for run in runs),
        acknowledged=sum(len(run.acknowledged) for run in runs),
        kept=kept,
        wrong=tuple(wrong),
    )


def _kill_again_and_again(
    folder: Path, cycles: int, chance: random.Random, *, anew: bool
) -> Cycles:
    run = Cycles()
    make_clinic(folder, QUICK if anew else CHEAP_TOOLS)
    for number in range(1, cycles + 1):
        saves = planned(BATCH, chance.sample(mrns(), 5))
        run.planned += saves
        if number % EARLY_EVERY:
            wanted, pause = chance.randint(1, MOST_ACKS), chance.uniform(0, LONGEST_SECONDS)
        else:
            wanted, pause = 0, chance.uniform(EARLIEST_SECONDS, LATEST_SECONDS[anew])
        kill_once = _kill_started if anew else _kill_forked
        kill_once(folder, run, saves, wanted=wanted, pause=pause)
        run.in_a_write += has_journal(folder)
    return run


def _kill_forked(
    folder: Path, run: Cycles, saves: list[Save], *, wanted: int, pause: float
) -> None:
    child = forked(folder, ["record-batch"], stdin=b"".join(save.line for save in saves))
    child.read_lines(wanted)
    time.sleep(pause)
    child.kill()
    run.acknowledged += child.ended().acknowledged
    if child.code == -signal.SIGKILL:
        run.killed += 1
    else:
        run.ended_by_itself += 1
        assert child.code == 0, child.errors


def _kill_started(
    folder: Path, run: Cycles, saves: list[Save], *, wanted: int, pause: float
) -> None:
    with tempfile.TemporaryFile() as batch:
        batch.writelines(save.line for save in saves)
        batch.seek(0)
        child = started(folder, ["record-batch"], stdin=batch)
    assert child.stdout
    lines = [line for _ in range(wanted) if (line := child.stdout.readline())]
    time.sleep(pause)
    child.send_signal(signal.SIGKILL)
    rest, told = child.communicate()
    lines += rest.splitlines(keepends=True)
    run.acknowledged += [
        line.split()[1].decode() for line in lines if line.startswith(b"ACK") and line[-1:] == b"\n"
    ]
    if child.returncode == -signal.SIGKILL:
        run.killed += 1
    else:
        run.ended_by_itself += 1
        assert child.returncode == 0, told.decode()


def has_journal(folder: Path) -> bool:
    """Tell whether the kill left a write half done, to be undone at the next opening."""
    return any(file.stat().st_size for file in folder.glob("clinic*.db-journal"))
