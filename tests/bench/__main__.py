"""Measure the budgets and print them beside the figures: `make bench`, or parts by name."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench import billing, chain, meetings, papers, records, registry, windows
from tests.bench.figures import keep, show
from tests.source_tree import ROOT

PARTS = {
    "windows": windows.measure,
    "records": records.measure,
    "meetings": meetings.measure,
    "papers": papers.measure,
    "registry": registry.measure,
    "billing": billing.measure,
    "chain": chain.measure,
}
RESULTS = ROOT / "build" / "bench.json"


def main() -> int:
    wanted = sys.argv[1:] or list(PARTS)
    figures = []
    with tempfile.TemporaryDirectory(prefix="cocm bench ") as folder:
        for name in wanted:
            print(f"measuring {name} …", file=sys.stderr)
            figures += list(PARTS[name](Path(folder)))
    show(figures)
    keep(figures, RESULTS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
