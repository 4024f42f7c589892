"""What a billing month of 2,000 patients costs: read, evaluated, drafted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from cocm_desktop.actions.billing_tables import tables_of
from cocm_desktop.actions.month_facts import month_cases
from cocm_desktop.actions.session import lock
from cocm_desktop.actions.superbill import read_billing_month, read_superbill
from cocm_desktop.domain.billing.evaluation import evaluate_month
from cocm_desktop.domain.billing.month_case import facts_of
from cocm_desktop.domain.billing.month_list import counts, month_rows, shown, work_out
from cocm_desktop.domain.billing.month_totals import MonthTotals
from cocm_desktop.domain.service_month import ServiceMonth
from tests.bench.caseload import TODAY, make_caseload
from tests.bench.figures import Figure, median_of, seconds_of

PATIENTS = 2_000
RUNS = 3
MS = 1_000


def measure(folder: Path) -> Iterator[Figure]:
    workspace = make_caseload(folder / "two thousand", PATIENTS)
    month = ServiceMonth.of(TODAY).plus(-1)
    first = seconds_of(partial(read_billing_month, workspace, month))
    whole = median_of(RUNS, partial(read_billing_month, workspace, month))
    gathered = median_of(RUNS, partial(month_cases, workspace, month))
    facts = [facts_of(case) for case in month_cases(workspace, month).values()]
    tables = tables_of(workspace)
    evaluated = median_of(RUNS, lambda: [evaluate_month(each, tables) for each in facts])
    listed = read_billing_month(workspace, month)
    rows = month_rows(listed.superbills, today=TODAY)
    worked_out = seconds_of(partial(work_out, rows))
    asked = median_of(RUNS, lambda: [counts(rows), shown(rows, find="al"), MonthTotals.of(rows)])
    patient_id = next(iter(month_cases(workspace, month)))
    one = median_of(RUNS, partial(read_superbill, workspace, patient_id, month))
    note = f"{len(facts):,} patients with time in it"
    yield Figure("billing month of 2,000", whole, "s", 5, note)
    yield Figure("  the first one after a start", first, "s")
    yield Figure("  read from the file", gathered, "s")
    yield Figure("  evaluated once", evaluated, "s")
    words = "on the worker: filters, checklist, amounts"
    yield Figure("  worked out as a list", worked_out * MS, "ms", note=words)
    yield Figure("  a keystroke in that list", asked * MS, "ms", 60, "without sorting or painting")
    yield Figure("one superbill drafted", one * MS, "ms", 100)
    lock(workspace)
