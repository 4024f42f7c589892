"""The long trials, each with one line of figures: `make drills`, or some of them by name."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

from tests.billing import stories_compared
from tests.billing.compared import compare
from tests.drills import (
    canary,
    drafts,
    instruments,
    kill,
    meeting,
    of_faults,
    packets,
    pages,
    paths,
    scores,
    tamper,
    timer,
    unshown,
)
from tests.drills.children import can_fork
from tests.drills.clinic import nothing_of_this_computer
from tests.reviews import stories
from tests.source_tree import ROOT

CYCLES, STARTED_ANEW = 1_000, 25
UNSHOWN_CYCLES = 30
TIMER_CYCLES = 20
DRAFT_CYCLES = 4
PAGES = 1_000
MONTHS = range(100_000, 110_000)
STORIES = range(100_000, 100_200)
HERE, STOPPED = "--here", 143
RUNNING: set[subprocess.Popen[str]] = set()
REVIEW_STORIES = range(100_000, 100_030)


def kill_drill() -> tuple[str, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        cycles = CYCLES if can_fork else STARTED_ANEW
        report = kill.drill(Path(folder), cycles, started_anew=STARTED_ANEW)
    return report.words, list(report.wrong)


def score_drill() -> tuple[str, list[str]]:
    tried, wrong = scores.drill()
    words = f"{tried:,} answer sets scored on the command line as by hand, {len(wrong)} otherwise"
    return words, wrong


def billing_drill() -> tuple[str, list[str]]:
    tried, wrong = compare(MONTHS)
    told, otherwise = stories_compared.compare(STORIES)
    words = (
        f"{tried:,} random months evaluated as by hand, {len(wrong)} differences; "
        f"{told:,} months of recorded stories read as by hand, {len(otherwise)} differences"
    )
    return words, wrong + otherwise


def instrument_drill() -> tuple[str, list[str]]:
    tallies = instruments.drill()
    tried, wrong = sum(t.tried for t in tallies), sum(t.wrong for t in tallies)
    print("\n".join(f"  {tally.words}" for tally in tallies))
    words = (
        f"{tried:,} answer sets of {len(tallies)} instruments scored as by hand, {wrong} otherwise"
    )
    return words, [tally.first_wrong for tally in tallies if tally.wrong]


def unshown_drill() -> tuple[str, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        killed, wrong = unshown.drill(Path(folder), UNSHOWN_CYCLES)
    words = f"{killed} times killed between save and display, {len(wrong)} safety tasks missing"
    return words, wrong


def path_drill() -> tuple[str, list[str]]:
    said: list[str] = []
    wrong: list[str] = []
    for way in paths.WAYS:
        opened, otherwise = paths.drill(way)
        said.append(f"{way} {opened:,}")
        wrong += otherwise
    words = f"{paths.SAMPLED:,} forms each way, tasks opened: {', '.join(said)}; {len(wrong)} wrong"
    return words, wrong


def draft_drill() -> tuple[str, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        killed, most, wrong = drafts.drill(Path(folder) / "clinic", DRAFT_CYCLES)
    words = f"{killed} windows killed while typing, {most:.1f} s lost at most, {len(wrong)} faults"
    return words, wrong


def timer_drill() -> tuple[str, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        killed, most, wrong = timer.drill(Path(folder) / "clinic", TIMER_CYCLES)
    words = f"{killed} running timers killed, {most} seconds lost at most, {len(wrong)} faults"
    return words, wrong


def meeting_drill() -> tuple[str, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        killed, most, wrong = meeting.drill(Path(folder) / "clinic", TIMER_CYCLES)
    words = f"{killed} review meetings killed, {most} seconds lost at most, {len(wrong)} faults"
    return words, wrong


def review_drill() -> tuple[str, list[str]]:
    tried, wrong = stories.compare(REVIEW_STORIES)
    words = f"{tried:,} agendas and due lists of random weeks as by hand, {len(wrong)} otherwise"
    return words, wrong


def page_drill() -> tuple[str, list[str]]:
    wrong = pages.drill(PAGES)
    words = f"{PAGES:,} patients with extreme texts: one page each, {len(wrong)} lost a line"
    return words, wrong


def packet_drill() -> tuple[str, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        read, wrong = packets.drill(Path(folder) / "clinic")
    words = f"{read} pages of the sample clinic read back, {len(wrong)} other than its tables"
    return words, wrong


def tamper_drill() -> tuple[str, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        outcomes, wrong = tamper.drill(Path(folder))
    for each in outcomes:
        entry = f", entry {each.first_bad}" if each.first_bad is not None else ""
        print(f"  {each.way}: {each.noticed or 'not found'}{entry}")
    found = sum(each.is_found for each in outcomes)
    return f"{found} of {len(outcomes)} ways of tampering found", wrong


def canary_drill() -> tuple[str, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        tally = canary.drill(Path(folder))
    return tally.words, tally.wrong


DRILLS = {
    **of_faults.DRILLS,
    "kill": kill_drill,
    "canary": canary_drill,
    "scores": score_drill,
    "instruments": instrument_drill,
    "unshown": unshown_drill,
    "paths": path_drill,
    "drafts": draft_drill,
    "timer": timer_drill,
    "meeting": meeting_drill,
    "reviews": review_drill,
    "billing": billing_drill,
    "pages": page_drill,
    "packets": packet_drill,
    "tamper": tamper_drill,
}


def run(name: str) -> int:
    """Run one drill here, and say what it came to."""
    begun = time.monotonic()
    words, wrong = DRILLS[name]()
    seconds, spent = time.monotonic() - begun, sum(os.times()[:4])
    print(f"{name}: {words} ({seconds:.0f} s, {spent:.0f} s of a processor)")
    print("\n".join(f"  {each}" for each in wrong[:20]), end="\n" if wrong else "", flush=True)
    return 1 if wrong else 0


def run_apart(name: str) -> int:
    """Run one drill in a process of its own, which keeps all it keeps in a folder of its own.

    That folder goes with all that is in it, however the drill ends.
    """
    with tempfile.TemporaryDirectory(prefix="cocm-drill-", ignore_cleanup_errors=True) as home:
        kept = {**nothing_of_this_computer(Path(home)), "TMPDIR": home, "TEMP": home, "TMP": home}
        words = [sys.executable, "-m", "tests.drills", HERE, name]
        with subprocess.Popen(
            words, cwd=ROOT, env={**os.environ, **kept}, stdout=subprocess.PIPE, text=True
        ) as child:
            RUNNING.add(child)
            said, _ = child.communicate()
            RUNNING.discard(child)
    print(said, end="", flush=True)
    if child.returncode not in {0, 1}:
        print(f"{name}: BROKEN OFF ({child.returncode})", flush=True)
    code: int = child.returncode
    return abs(code)


def stop(_number: int, _frame: object) -> NoReturn:
    """End what is running, so that every folder and mount is taken away."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for child in list(RUNNING):
        child.terminate()
    sys.exit(STOPPED)


def main() -> int:
    """Run the drills that are named, or all, as many at a time as there are processors."""
    signal.signal(signal.SIGTERM, stop)
    if sys.argv[1:2] == [HERE]:
        return run(sys.argv[2])
    names = sys.argv[1:] or list(DRILLS)
    begun = time.monotonic()
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        codes = list(pool.map(run_apart, names))
    finally:
        pool.shutdown(cancel_futures=True)
    print(f"{len(names)} drills in {(time.monotonic() - begun) / 60:.1f} minutes")
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
