"""What it costs to look something up in an audit of a million entries, and to look at a record."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from cocm_desktop.actions.audit import read_audit
from cocm_desktop.actions.looking import look
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.audit_event import EventKind
from cocm_desktop.domain.audit_query import AuditOrder, AuditQuery
from tests.bench.figures import Figure
from tests.builders.people import id_of

BUDGET_MS, TIMES, LOOKS = 300, 3, 200
MONTH = timedelta(days=30)


def questions(workspace: Workspace, today: date) -> dict[str, AuditQuery]:
    """Give what is asked of it: the first is what the window asks when it is opened."""
    lately = AuditQuery(since=today - MONTH)
    return {
        "the last 30 days": lately,
        "all, newest first": AuditQuery(),
        "one patient": AuditQuery(patient_id=id_of("patient 7")),
        "one person, one kind": AuditQuery(staff_id=workspace.staff.id, kind=EventKind.ACCESS),
        "failures of 30 days": replace(lately, only_failed=True),
        "30 days by patient": replace(lately, order=AuditOrder.PATIENT),
        "a month two years ago": AuditQuery(
            since=today - 25 * MONTH, until=today - 24 * MONTH, kind=EventKind.CHANGE
        ),
        "three years of a kind": AuditQuery(since=today - 37 * MONTH, kind=EventKind.CHANGE),
        "all but the last month": AuditQuery(until=today - MONTH),
        "failures of all years": AuditQuery(only_failed=True),
        "emergency access ever": AuditQuery(only_emergency=True),
    }


def filters(workspace: Workspace) -> Iterator[Figure]:
    """Give the slowest filter, and what it costs a chart to tell of itself."""
    taken: dict[str, float] = {}
    for name, query in questions(workspace, workspace.today()).items():
        read_audit(workspace, query)
        begun = time.perf_counter()
        for _ in range(TIMES):
            read_audit(workspace, query)
        taken[name] = (time.perf_counter() - begun) * 1_000 / TIMES
    slowest = max(taken, key=lambda name: taken[name])
    words = ", ".join(f"{name} {ms:.0f}" for name, ms in taken.items())
    yield Figure(f"audit: {slowest}", taken[slowest], "ms", BUDGET_MS, words)
    begun = time.perf_counter()
    for number in range(LOOKS):
        look(workspace, "chart.viewed", id_of(f"patient {number}"), parts=("scores",))
    each = (time.perf_counter() - begun) * 1_000 / LOOKS
    yield Figure("a chart tells the audit", each, "ms", note="beside reading it, once in 15 min")
