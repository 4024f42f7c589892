"""Fill the disk to a few kilobytes, work on it, read on it, free it again.

A disk in memory holds a clinic, its backups and papers, and a filler that leaves as much as a
trial allows. Needs root on Linux, to mount it.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.drills.base import Base, base_for, copied
from tests.drills.children import done
from tests.drills.loop_disk import SmallDisk
from tests.drills.works import After, Work, command_of, stdin_of, works_of, wrong_after

DISK_KILOBYTES = 48 * 1024
BLOCK_KILOBYTES = 4
# How many free kilobytes are enough for the work, so that fill points are spread below.
ENOUGH = {
    "save": 240,
    "backup": 4_600,
    "restore": 1_700,
    "restore over": 1_900,
    "import": 560,
    "packet": 640,
    "claims": 320,
    "report": 320,
    "password": 24,
    "new key": 3_000,
    "migration 4": 5_400,
}
IS_FULL = "disk is full"
NO_OUTPUT = "No space left"


@dataclass(slots=True)
class Filled:
    """What the fill points came to."""

    points: int = 0
    refused: int = 0
    wrong: list[str] = field(default_factory=list)


def drill(points: int, *, only: tuple[str, ...] = tuple(ENOUGH)) -> Filled:
    """Share so many fill points among the works."""
    tally = Filled()
    with tempfile.TemporaryDirectory(prefix="cocm-drill-") as home:
        base = base_for(Path(home), only)
        works = works_of(base)
        each = max(1, points // len(only))
        for name in only:
            for free in fill_points(ENOUGH[name], each):
                _fill(base, works[name], free, tally)
    return tally


def fill_points(enough: int, count: int) -> list[int]:
    """Give free kilobytes from none to enough, at every block where the points suffice."""
    blocks = enough // BLOCK_KILOBYTES
    step = max(1, blocks // count)
    return [block * BLOCK_KILOBYTES for block in range(0, blocks + 1, step)][:count]


def _fill(base: Base, work: Work, free: int, tally: Filled) -> None:
    with SmallDisk(DISK_KILOBYTES) as disk:
        folder = disk.path / "trial"
        copied(base, folder, only=[work.clinic])
        clinic = folder / work.clinic
        filler = disk.path / "filler"
        filler.write_bytes(bytes(max(0, disk.free_kilobytes() - free) * 1024))
        child = done(clinic, command_of(work, folder), stdin=stdin_of(work, base), env=work.env)
        said = child.errors
        wrong = []
        if child.code and IS_FULL not in said and NO_OUTPUT not in said:
            wrong.append(f"{work.name}: the words do not say that the disk is full: {said.strip()}")
        if work.clinic == "clinic":
            wrong += _unread(work, clinic)
        filler.unlink()
        wrong += wrong_after(work, After(base, folder, child))
        tally.points += 1
        tally.refused += child.code != 0
        tally.wrong += [f"{free} KB free, {each}" for each in wrong]


def _unread(work: Work, clinic: Path) -> list[str]:
    """A full disk keeps nobody from reading."""
    passwords = [{}, work.env and {"COCM_PASSWORD": work.env.get("COCM_NEW_PASSWORD", "")}]
    read = None
    for env in passwords:
        read = done(clinic, ["--sign-in", work.sign_in, "registry", "--json"], env=env or {})
        if read.code == 0:
            return []
    return [f"{work.name}: the registry cannot be read: {read.errors.strip() if read else ''}"]
