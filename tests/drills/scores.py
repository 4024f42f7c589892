"""Every possible set of answers through the command line, compared with the paper's own rule."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from bisect import bisect
from collections.abc import Iterator
from itertools import product
from typing import Any

from tests.source_tree import ROOT

# Source: PHQ and GAD-7 instruction manual: the total is the sum of the columns at the foot.
SEVERITY = {
    "PHQ-9": (9, (5, 10, 15, 20), ("Minimal", "Mild", "Moderate", "Moderately severe", "Severe")),
    "GAD-7": (7, (5, 10, 15), ("Minimal", "Mild", "Moderate", "Severe")),
}
ITEM_9 = 8


def drill() -> tuple[int, list[str]]:
    """Score 262,144 and 16,384 sets in one process; give how many, and those that differ."""
    tried, wrong = 0, []
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as answered:
        for instrument, answers in _every_set():
            asked.write(f'{{"instrument": "{instrument}", "answers": {list(answers)}}}\n'.encode())
        asked.seek(0)
        command = [sys.executable, "-m", "cocm_desktop.commands", "score"]
        subprocess.run(command, cwd=ROOT, stdin=asked, stdout=answered, check=True)
        answered.seek(0)
        for (instrument, answers), line in zip(_every_set(), answered, strict=True):
            tried += 1
            if _differs(by_hand(instrument, answers), json.loads(line)):
                wrong.append(f"{instrument} {answers}: {line.decode().strip()}")
    return tried, wrong


def by_hand(instrument: str, answers: tuple[int, ...]) -> dict[str, Any]:
    _items, cut_points, words = SEVERITY[instrument]
    total = answers.count(1) + 2 * answers.count(2) + 3 * answers.count(3)
    is_followed_up = instrument == "PHQ-9" and answers[ITEM_9] > 0
    return {
        "instrument": instrument,
        "answers": list(answers),
        "complete": True,
        "total": total,
        "band": words[bisect(cut_points, total)],
        "critical": [{"item": 9, "answer": answers[ITEM_9]}] if is_followed_up else [],
    }


def _differs(expected: dict[str, Any], found: dict[str, Any]) -> bool:
    return {name: found.get(name) for name in expected} != expected


def _every_set() -> Iterator[tuple[str, tuple[int, ...]]]:
    for instrument, (items, _, _) in SEVERITY.items():
        yield from ((instrument, answers) for answers in product(range(4), repeat=items))
