"""The long trials, each with one line of figures: `make drills`, or some of them by name."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.billing.compared import compare
from tests.drills import kill, scores

CYCLES = 300
MONTHS = range(100_000, 110_000)


def kill_drill() -> tuple[str, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        report = kill.drill(Path(folder), CYCLES)
    return report.words, list(report.wrong)


def score_drill() -> tuple[str, list[str]]:
    tried, wrong = scores.drill()
    words = f"{tried:,} answer sets scored on the command line as by hand, {len(wrong)} otherwise"
    return words, wrong


def billing_drill() -> tuple[str, list[str]]:
    tried, wrong = compare(MONTHS)
    words = f"{tried:,} random months evaluated as by hand, {len(wrong)} differences"
    return words, wrong


DRILLS = {"kill": kill_drill, "scores": score_drill, "billing": billing_drill}


def main() -> int:
    failed = False
    for name in sys.argv[1:] or DRILLS:
        begun = time.monotonic()
        words, wrong = DRILLS[name]()
        print(f"{name}: {words} ({time.monotonic() - begun:.0f} s)")
        print("\n".join(f"  {each}" for each in wrong[:20]), end="\n" if wrong else "")
        failed = failed or bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
