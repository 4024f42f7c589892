"""Kill the program in the middle of long works: backup, restore, migration, keys, import.

With the shim it dies right before one of its calls to the disk, one after another; where there
is none, at random moments. The power drill does the same with the power.
"""

from __future__ import annotations

import json
import random
import shutil
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.drills import shim
from tests.drills.base import Base, base_for, copied
from tests.drills.children import Child, forked
from tests.drills.shim import CHANGES, Action, Fault
from tests.drills.works import After, Work, command_of, stdin_of, works_of, wrong_after

KEYS = ("password", "recovery", "new person", "new key")


@dataclass(slots=True)
class Killed:
    """What the kills came to, by work."""

    killed: dict[str, int] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        each = ", ".join(f"{name} {count}" for name, count in self.killed.items())
        return f"{sum(self.killed.values()):,} killed ({each}), {len(self.wrong)} faults"


def drill(kills: dict[str, int], *, seed: int = 1) -> Killed:
    """Kill each work so many times."""
    with tempfile.TemporaryDirectory(prefix="cocm-drill-") as name:
        home = Path(name)
        if shim.why_not():
            return _in_turn(home, kills, at_calls=False, seed=seed)
        report = home / "report.json"
        asked = json.dumps({"kills": kills, "seed": seed})
        shim.run_under(shim.build(home), "tests.drills.kills", str(report), asked)
        return Killed(**json.loads(report.read_text()))


def _in_turn(home: Path, kills: dict[str, int], *, at_calls: bool, seed: int) -> Killed:
    base, chance, tally = base_for(home, kills), random.Random(seed), Killed()
    works = works_of(base)
    for name, count in kills.items():
        at = home / "trial"
        calls, seconds = _measured(base, works[name], at, at_calls=at_calls)
        tally.calls[name], tally.killed[name] = calls, 0
        for number in range(count):
            if at_calls:
                nth = 1 + number * calls // count if calls > count else 1 + number % calls
                child = _killed_at(base, works[name], at, nth)
            else:
                child = _killed_after(base, works[name], at, chance.uniform(0, seconds))
            tally.killed[name] += child.code == -signal.SIGKILL
            wrong = wrong_after(works[name], After(base, at, child))
            tally.wrong += [f"kill {number} of {count}: {each}" for each in wrong]
    return tally


def _measured(base: Base, work: Work, at: Path, *, at_calls: bool) -> tuple[int, float]:
    """Let the work come to its end once: how many calls, how many seconds."""
    _fresh(base, work, at)
    if at_calls:
        shim.plan(Fault(CHANGES), at)
    begun = time.monotonic()
    child = _begun(base, work, at, armed=at_calls).ended()
    assert child.code == 0, child.errors
    return shim.seen() if at_calls else 0, time.monotonic() - begun


def _killed_at(base: Base, work: Work, at: Path, nth: int) -> Child:
    _fresh(base, work, at)
    shim.plan(Fault(CHANGES, nth, Action.KILL), at)
    return _begun(base, work, at, armed=True).ended()


def _killed_after(base: Base, work: Work, at: Path, seconds: float) -> Child:
    _fresh(base, work, at)
    child = _begun(base, work, at, armed=False)
    time.sleep(seconds)
    child.kill()
    return child.ended()


def _fresh(base: Base, work: Work, at: Path) -> None:
    shutil.rmtree(at, ignore_errors=True)
    copied(base, at, only=[work.clinic])


def _begun(base: Base, work: Work, at: Path, *, armed: bool) -> Child:
    return forked(
        at / work.clinic,
        command_of(work, at),
        stdin=stdin_of(work, base),
        env=work.env,
        first=shim.arm if armed else lambda: None,
    )


if __name__ == "__main__":
    wanted = json.loads(sys.argv[2])
    done = _in_turn(Path(sys.argv[1]).parent, wanted["kills"], at_calls=True, seed=wanted["seed"])
    answer = {"killed": done.killed, "calls": done.calls, "wrong": done.wrong}
    Path(sys.argv[1]).write_text(json.dumps(answer))
