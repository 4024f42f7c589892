"""Cut the power in the middle of works, and see what the disk has when it comes back.

The program works on a disk of our own. At a random moment, or right before one of its calls to
the disk, it is stopped, the file system is shut down without a flush, and mounted anew. Two
controls with weaker settings of SQLite must lose acknowledged rows, or the drill proves nothing.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.drills.base import Base, copied
from tests.drills.children import CHEAP_TOOLS, Child, forked, load_everything
from tests.drills.clinic import make_clinic, mrns
from tests.drills.loop_disk import LoopDisk
from tests.drills.whole import Save, count_wrong, planned
from tests.drills.works import After, Work, command_of, stdin_of, wrong_after

BATCH = 60
MOST_ACKS = 8
LONGEST_SECONDS = 0.06
CUTS_A_CLINIC = 25
DELETE_FULL, DELETE_NORMAL = ("delete", "full"), ("delete", "normal")


@dataclass(slots=True)
class Cuts:
    """What some cuts came to."""

    cuts: int = 0
    in_a_write: int = 0
    acknowledged: int = 0
    kept: int = 0
    wrong: list[str] = field(default_factory=list)


def cut_saves(cuts: int, *, seed: int = 1) -> Cuts:
    """Cut the power while records of every kind are saved."""
    load_everything()
    tally, chance = Cuts(), random.Random(seed)
    with LoopDisk() as disk:
        while tally.cuts < cuts:
            folder = disk.path / f"clinic {tally.cuts}"
            make_clinic(folder, CHEAP_TOOLS)
            os.sync()
            _cut_again_and_again(disk, folder, min(CUTS_A_CLINIC, cuts - tally.cuts), chance, tally)
            shutil.rmtree(folder)
    return tally


def _cut_again_and_again(
    disk: LoopDisk, folder: Path, cuts: int, chance: random.Random, tally: Cuts
) -> None:
    everything: list[Save] = []
    acknowledged: list[str] = []
    for _ in range(cuts):
        saves = planned(BATCH, chance.sample(mrns(), 5))
        everything += saves
        child = forked(folder, ["record-batch"], stdin=b"".join(save.line for save in saves))
        child.read_lines(chance.randint(0, MOST_ACKS))
        time.sleep(chance.uniform(0, LONGEST_SECONDS))
        os.kill(child.pid, signal.SIGSTOP)
        disk.cut()
        child.kill()
        acknowledged += child.ended().acknowledged
        disk.again()
        tally.cuts += 1
        tally.in_a_write += any(file.stat().st_size for file in folder.glob("*.db-journal"))
    kept, wrong = count_wrong(folder, everything, acknowledged, tools=CHEAP_TOOLS)
    tally.acknowledged += len(acknowledged)
    tally.kept += kept
    tally.wrong += wrong


def cut_work(base: Base, work: Work, cuts: int, *, seed: int = 1) -> Cuts:
    """Cut the power at random moments of one work, as long as it takes when nobody does."""
    tally, chance = Cuts(), random.Random(seed)
    with LoopDisk() as disk:
        child, begun = _begun(base, work, disk.path / "uncut"), time.monotonic()
        child.ended()
        longest = time.monotonic() - begun
        assert child.code == 0, child.errors
        shutil.rmtree(disk.path / "uncut")
        for number in range(cuts):
            folder = disk.path / f"trial {number}"
            child = _begun(base, work, folder)
            time.sleep(chance.uniform(0, longest))
            os.kill(child.pid, signal.SIGSTOP)
            disk.cut()
            child.kill()
            child.ended()
            disk.again()
            tally.cuts += 1
            tally.wrong += [
                f"cut {number}: {each}" for each in wrong_after(work, After(base, folder, child))
            ]
            shutil.rmtree(folder)
    return tally


def _begun(base: Base, work: Work, folder: Path) -> Child:
    copied(base, folder, only=[work.clinic])
    os.sync()
    given = stdin_of(work, base)
    return forked(folder / work.clinic, command_of(work, folder), stdin=given, env=work.env)


def control(cuts: int, settings: tuple[str, str], *, seed: int = 1) -> tuple[int, int]:
    """Give how many cuts there were, and how many lost an acknowledged row of a plain SQLite."""
    chance, lost = random.Random(seed), 0
    with LoopDisk(32) as disk:
        for number in range(cuts):
            file = disk.path / f"control {number}.db"
            with closing(sqlite3.connect(file)) as connection:
                connection.execute("CREATE TABLE row (number INTEGER)")
            os.sync()
            reader, writer = os.pipe()
            pid = os.fork()
            if not pid:
                os.close(reader)
                _write_rows(file, settings, writer)
            os.close(writer)
            with os.fdopen(reader) as lines:
                told = [lines.readline() for _ in range(chance.randint(1, 20))]
                time.sleep(chance.uniform(0, 0.02))
                os.kill(pid, signal.SIGSTOP)
                disk.cut()
                os.kill(pid, signal.SIGKILL)
                told += lines.readlines()
            os.waitpid(pid, 0)
            disk.again()
            lost += not {int(line) for line in told if line.endswith("\n")} <= set(_rows(file))
    return cuts, lost


def _write_rows(file: Path, settings: tuple[str, str], out: int) -> None:
    try:
        connection = sqlite3.connect(file, isolation_level=None)
        connection.execute(f"PRAGMA journal_mode = {settings[0]}")
        connection.execute(f"PRAGMA synchronous = {settings[1]}")
        for number in range(1_000_000):
            connection.execute("INSERT INTO row VALUES (?)", (number,))
            os.write(out, f"{number}\n".encode())
    finally:
        os._exit(1)


def _rows(file: Path) -> Iterator[int]:
    try:
        with closing(sqlite3.connect(file)) as connection:
            yield from (number for (number,) in connection.execute("SELECT number FROM row"))
    except sqlite3.DatabaseError as error:
        print(f"  control: {error}", file=sys.stderr)
