"""Two programs at one clinic, and locks that nobody holds any more.

The lock of the operating system is the truth; what stands in the lock file only says who has it.
"""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cocm_desktop.storage.folder_state import LOCK_NAME
from tests.drills.children import CHEAP_TOOLS, Child, done, forked, load_everything
from tests.drills.clinic import make_clinic, mrns
from tests.drills.whole import Save, count_wrong, planned

SAVES = 6
IN_USE = 7
NOBODY = 65534
LEFT_BEHIND = {
    "empty": b"",
    "garbage": os.urandom(700),
    "of another machine": json.dumps(
        {"person": "A. Stranger", "machine": "elsewhere", "pid": 1, "since": "2019-01-01T00:00"}
    ).encode(),
    "with a process number in use": json.dumps({"person": "M. Bell", "pid": os.getpid()}).encode(),
    "a megabyte long": b"[" * 1_000_000,
    "with lines to steer a screen": json.dumps({"person": "\x1b[2J", "machine": "\n\n"}).encode(),
}


@dataclass(slots=True)
class Twos:
    """What the meetings of two programs came to."""

    pairs: int = 0
    refused: int = 0
    waited: int = 0
    healed: int = 0
    wrong: list[str] = field(default_factory=list)


def drill(folder: Path, pairs: int, *, seed: int = 1) -> Twos:
    """Let pairs of programs save at once, some killed; then open with each kind of old lock."""
    load_everything()
    tally, chance = Twos(), random.Random(seed)
    clinic = folder / "clinic"
    make_clinic(clinic, CHEAP_TOOLS)
    everything: list[Save] = []
    acknowledged: list[str] = []
    for number in range(pairs):
        saves = [planned(SAVES, chance.sample(mrns(), 5)) for _ in range(2)]
        patient = bool(number % 2)
        both = [_saving(clinic, each, wait=patient) for each in saves]
        if number % 3 == 0:
            time.sleep(chance.uniform(0, 0.1))
            both[0].kill()
        ended = [child.ended() for child in both]
        everything += [save for each in saves for save in each]
        acknowledged += [each for child in ended for each in child.acknowledged]
        tally.pairs += 1
        tally.refused += sum(child.code == IN_USE for child in ended)
        tally.waited += patient and all(child.code == 0 for child in ended)
        tally.wrong += _wrong_of_pair(ended, patient=patient)
    tally.wrong += count_wrong(clinic, everything, acknowledged, tools=CHEAP_TOOLS)[1]
    tally.wrong += _wrong_locks(clinic, tally)
    return tally


def _saving(clinic: Path, saves: list[Save], *, wait: bool) -> Child:
    words = ["--wait", "20" if wait else "0", "record-batch"]
    return forked(clinic, words, stdin=b"".join(save.line for save in saves))


def _wrong_of_pair(ended: list[Child], *, patient: bool) -> Iterator[str]:
    for child in ended:
        if child.code not in {0, IN_USE, -signal.SIGKILL}:
            yield f"one of two ended with {child.code}: {child.errors.strip()}"
        if child.code == IN_USE and patient:
            yield "one of two did not wait"
        if child.code == IN_USE and "has this clinic open" not in child.errors:
            yield f"who has it open is not said: {child.errors.strip()}"
        if child.code == IN_USE and child.acknowledged:
            yield "one that was kept out acknowledged something"


def _wrong_locks(clinic: Path, tally: Twos) -> Iterator[str]:
    """Open with whatever an earlier program may have left; none of it keeps anybody out."""
    lock = clinic / LOCK_NAME
    for words, content in LEFT_BEHIND.items():
        lock.write_bytes(content)
        child = done(clinic, ["--wait", "0", "check"])
        tally.healed += child.code == 0
        if child.code:
            yield f"a lock file {words} keeps everybody out: {child.errors.strip()}"
    killed = forked(clinic, ["record-batch"], stdin=planned(1, mrns())[0].line * 500)
    killed.read_lines(1)
    killed.kill()
    killed.ended()
    child = done(clinic, ["--wait", "0", "check"])
    tally.healed += child.code == 0
    if child.code:
        yield f"the lock of a killed program keeps everybody out: {child.errors.strip()}"
    yield from _wrong_while_held(clinic, tally)
    yield from _wrong_for_strangers(clinic)


def _wrong_while_held(clinic: Path, tally: Twos) -> Iterator[str]:
    """One that holds the clinic keeps it, however old or damaged its lock file looks."""
    holder = forked(clinic, ["record-batch"], stdin=planned(1, mrns())[0].line * 5_000)
    holder.read_lines(1)
    os.kill(holder.pid, signal.SIGSTOP)
    try:
        for words in ("as it is", "emptied"):
            if words == "emptied":
                (clinic / LOCK_NAME).write_bytes(b"")
            second = done(clinic, ["--wait", "0", "check"])
            tally.refused += second.code == IN_USE
            if second.code != IN_USE:
                yield f"with its lock file {words}, a second program came in ({second.code})"
    finally:
        holder.kill()
        holder.ended()


def _wrong_for_strangers(clinic: Path) -> Iterator[str]:
    """Another person of this computer gets words, and nothing of the clinic."""
    if os.geteuid() != 0:
        return
    child = done(clinic, ["--wait", "0", "check"], first=lambda: os.setuid(NOBODY))
    if child.code not in {3, 5} or not child.errors.strip() or "fault of its own" in child.errors:
        yield f"another person of this computer: {child.code} {child.errors.strip()}"
