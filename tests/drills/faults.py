"""Let the disk refuse one call after another, and see that nobody is told what is not so.

Every kind of call that a work makes on its files is counted, and then made to fail at each
number: writes, flushes of a file and of a folder, truncations, removals, renames, reads. After
each the work is done again on a healthy disk.
"""

from __future__ import annotations

import errno
import json
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.drills import shim
from tests.drills.base import Base, base_for, copied
from tests.drills.children import done
from tests.drills.shim import Action, Fault, Kind
from tests.drills.works import After, Work, command_of, stdin_of, works_of, wrong_after

FAILURES = {
    Kind.WRITE: ((Action.FAIL, errno.EIO), (Action.FAIL, errno.ENOSPC), (Action.SHORT, errno.EIO)),
    Kind.SYNC: ((Action.FAIL, errno.EIO), (Action.FAIL, errno.ENOSPC)),
    Kind.FOLDER_SYNC: ((Action.FAIL, errno.EIO),),
    Kind.TRUNCATE: ((Action.FAIL, errno.EIO),),
    Kind.UNLINK: ((Action.FAIL, errno.EIO), (Action.FAIL, errno.EACCES)),
    Kind.RENAME: ((Action.FAIL, errno.EIO), (Action.FAIL, errno.ENOSPC)),
    Kind.READ: ((Action.FAIL, errno.EIO),),
}
EVERY_KIND = shim.CHANGES | Kind.READ
SLOW_WORKS = ("save", "backup", "packet", "password", "new key")
HELD_FOR = 5  # times that a scanner keeps a file from being renamed; the program tries seven times
SLOW_MILLISECONDS, SLOW_POINTS = 400, 10
WORKS = (
    "save",
    "backup",
    "restore",
    "restore over",
    "import",
    "packet",
    "claims",
    "report",
    "password",
    "new key",
    "migration 4",
)


@dataclass(slots=True)
class Tally:
    """What a drill came to; it goes from the process under the shim to the one that asked."""

    points: int = 0
    called: int = 0
    failed: int = 0
    harmless: int = 0
    slow: int = 0
    wrong: list[str] = field(default_factory=list)


def drill(*, most: int, only: tuple[str, ...] = WORKS, kinds: Kind = EVERY_KIND) -> Tally:
    """Try at most so many numbers of each kind of call of each work, evenly spread.

    With every kind of call, some are made slow or held for a while as well.
    """
    with tempfile.TemporaryDirectory(prefix="cocm-drill-") as name:
        built = shim.build(Path(name))
        report = Path(name) / "report.json"
        words = (str(report), str(most), str(int(kinds)), *only)
        shim.run_under(built, "tests.drills.faults", *words)
        return Tally(**json.loads(report.read_text()))


def _inside(report: Path, most: int, only: list[str], *, kinds: Kind) -> None:
    base = base_for(report.parent, only)
    tally = Tally()
    works = works_of(base)
    for name in only:
        for kind in [each for each in FAILURES if each & kinds]:
            _sweep(Trial(base, works[name]), kind, most=most, tally=tally)
    for name in [each for each in only if kinds == EVERY_KIND and each in SLOW_WORKS]:
        _slow_down(Trial(base, works[name]), tally)
    report.write_text(json.dumps({name: getattr(tally, name) for name in Tally.__slots__}))


def _slow_down(trial: Trial, tally: Tally) -> None:
    """Let flushes last, and a scanner hold files: it must come to its end, or say why not."""
    for number in range(1, SLOW_POINTS + 1):
        lasting = Fault(Kind.SYNC, number, Action.SLEEP, milliseconds=SLOW_MILLISECONDS, times=2)
        held = Fault(Kind.RENAME, 1, Action.FAIL, errno.EACCES, times=HELD_FOR)
        for_good = Fault(Kind.RENAME, 1 + number % 2, Action.FAIL, errno.EBUSY, times=shim.EVERY)
        fault = (lasting, held, for_good)[number % 3]
        _, after = trial.run(fault)
        assert after.child
        tally.slow += 1
        if fault is not for_good and after.child.code:
            tally.wrong.append(f"slow {trial.work.name}: {after.child.errors.strip()}")
        tally.wrong += [f"slow: {each}" for each in wrong_after(trial.work, after)]


def _sweep(trial: Trial, kind: Kind, *, most: int, tally: Tally) -> None:
    """Fail every call of a kind in every way or, where they are many, each in one way."""
    calls, _ = trial.run(Fault(kind))
    tally.called += calls
    step, ways = max(1, -(-calls // most)), FAILURES[kind]
    points = [
        (number, *way)
        for number in range(1 + (step - 1) // 2, calls + 1, step)
        for way in (ways if step == 1 else [ways[number // step % len(ways)]])
    ]
    for number, action, error in points:
        _, after = trial.run(Fault(kind, number, action, error))
        assert after.child
        tally.points += 1
        tally.failed += after.child.code != 0
        tally.harmless += after.child.code == 0
        where = f"{errno.errorcode[error]} at {kind.name} {number} of {calls} ({action.name}): "
        tally.wrong += [where + each for each in wrong_after(trial.work, after)]


class Trial:
    """One work, again and again on a fresh copy."""

    def __init__(self, base: Base, work: Work) -> None:
        self.base = base
        self.work = work
        self.folder = base.folder.parent / "trial"

    def run(self, fault: Fault) -> tuple[int, After]:
        """Give how many calls of that kind there were, and what is there after it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        copied(self.base, self.folder, only=[self.work.clinic])
        shim.plan(fault, self.folder)
        child = done(
            self.folder / self.work.clinic,
            command_of(self.work, self.folder),
            stdin=stdin_of(self.work, self.base),
            env=self.work.env,
            first=shim.arm,
        )
        return shim.seen(), After(self.base, self.folder, child)


if __name__ == "__main__":
    _inside(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[4:], kinds=Kind(int(sys.argv[3])))
