"""Kill the program in the middle of its saves, and count what it had acknowledged.

Each cycle starts the real command line on a batch of measures (with an answer to item 9) and
contacts (with minutes), lets it acknowledge some, and ends it by SIGKILL at a random moment.
"""

from __future__ import annotations

import random
import signal
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.drills.clinic import make_clinic, mrns, started
from tests.drills.whole import Save, count_wrong

BATCH = 400  # more than any cycle lives to do
MOST_ACKS = 12
LONGEST_SECONDS = 0.05
# One in ten is killed early: while it starts, unlocks, or rolls back what the last one left.
EARLY_EVERY, EARLIEST_SECONDS, LATEST_SECONDS = 10, 0.05, 1.2


@dataclass(slots=True)
class Cycles:
    """What some cycles on one clinic came to."""

    killed: int = 0
    early: int = 0
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
            f"{self.cycles} kill -9 cycles, {self.in_a_write} of them inside a write: "
            f"{self.acknowledged} saves acknowledged, {self.kept} on the disk, "
            f"{len(self.wrong)} lost, torn or doubled"
        )


def drill(folder: Path, cycles: int, *, clinics: int = 2, seed: int = 1) -> Report:
    """Run the cycles on some clinics side by side, and judge each clinic at its end."""
    folders = [folder / f"clinic {number}" for number in range(clinics)]
    each = [cycles // clinics + (number < cycles % clinics) for number in range(clinics)]
    with ThreadPoolExecutor(clinics) as pool:
        done = list(pool.map(_kill_again_and_again, folders, each, range(seed, seed + clinics)))
    judged = [
        count_wrong(at, run.planned, run.acknowledged)
        for at, run in zip(folders, done, strict=True)
    ]
    return Report(
        cycles=sum(run.killed + run.early + run.ended_by_itself for run in done),
        in_a_write=sum(run.in_a_write for run in done),
        acknowledged=sum(len(run.acknowledged) for run in done),
        kept=sum(kept for kept, _ in judged),
        wrong=tuple(words for _, wrong in judged for words in wrong),
    )


def _kill_again_and_again(folder: Path, cycles: int, seed: int) -> Cycles:
    chance, run = random.Random(seed), Cycles()
    make_clinic(folder)
    for number in range(1, cycles + 1):
        saves = [Save.number(n, chance.choice(mrns())) for n in range(BATCH)]
        run.planned += saves
        if number % EARLY_EVERY:
            wanted, pause = chance.randint(1, MOST_ACKS), chance.uniform(0, LONGEST_SECONDS)
        else:
            wanted, pause = 0, chance.uniform(EARLIEST_SECONDS, LATEST_SECONDS)
            run.early += 1
        _kill_once(folder, run, saves, wanted=wanted, pause=pause)
        run.in_a_write += _has_journal(folder)
    run.killed -= run.early
    return run


def _kill_once(folder: Path, run: Cycles, saves: list[Save], *, wanted: int, pause: float) -> None:
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


def _has_journal(folder: Path) -> bool:
    """Tell whether the kill left a write half done, to be undone at the next opening."""
    return any(file.stat().st_size for file in folder.glob("clinic*.db-journal"))
