"""What it costs to check the chain of an audit of a million entries."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from cocm_desktop.actions.anchors import check_audit, check_recent
from cocm_desktop.actions.session import Place, lock, unlock
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.storage.audit_chain import head
from cocm_desktop.storage.audit_verify import COLUMNS
from tests.bench.audit import filters
from tests.bench.caseload import NOW, PASSWORD, SIGN_IN, caseload_at, clock
from tests.bench.figures import Figure
from tests.bench.seals import sealed
from tests.builders.people import id_of

ENTRIES, CHUNK, PEOPLE = 1_000_000, 50_000, 2_000
FAILED_EVERY, EMERGENCY_EVERY = 1_009, 4_999
CODES = ("chart.viewed", "contact.recorded", "measure.recorded", "registry.viewed", "task.done")
_NAMES = ", ".join(COLUMNS)
_PLACES = ", ".join(f":{name}" for name in COLUMNS)
_INSERT = f"INSERT INTO audit_entry ({_NAMES}) VALUES ({_PLACES})"


def measure(folder: Path) -> Iterator[Figure]:
    workspace = unlock(Place(caseload_at(folder / "chain", 10), clock), SIGN_IN, PASSWORD)
    fill(workspace, ENTRIES)
    begun = time.perf_counter()
    report = check_audit(workspace)
    seconds = time.perf_counter() - begun
    assert report.is_whole, report.words
    yield Figure(f"check of {report.entries:,} entries", seconds, "s", 30, "the whole chain")
    begun = time.perf_counter()
    check_recent(workspace)
    ms = (time.perf_counter() - begun) * 1_000
    yield Figure("check at unlock", ms, "ms", note="the last 2,000 entries")
    yield from filters(workspace)
    lock(workspace)


def fill(workspace: Workspace, entries: int) -> None:
    """Add sealed entries until there are so many, as four years of work would."""
    last = head(workspace.database)
    made = sealed(_entries(workspace, last.seq + 1, entries), workspace, before=last.mac)
    with workspace.database.write() as session:
        connection: Any = session.connection().connection.driver_connection
        while chunk := list(islice(made, CHUNK)):
            connection.executemany(
                _INSERT,
                [
                    entry | {"at": entry["at"].astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")}
                    for entry in chunk
                ],
            )


def _entries(workspace: Workspace, first: int, last: int) -> Iterator[dict[str, Any]]:
    for seq in range(first, last + 1):
        code = CODES[seq % len(CODES)]
        patient_id = id_of(f"patient {seq % PEOPLE}")
        yield {
            "seq": seq,
            "id": f"{seq:036}",
            "at": NOW - timedelta(minutes=2 * (last - seq)),
            "local_offset": -18_000,
            "ticks_ms": seq * 100,
            "clock_ok": True,
            "is_emergency": seq % EMERGENCY_EVERY == 0,
            "os_account": "bench",
            "staff_id": workspace.staff.id,
            "staff_name": workspace.staff.name,
            "roles": "CARE_MANAGER",
            "device": "bench",
            "app_version": "0.0",
            "session_id": workspace.sitting.id,
            "code": code,
            "action": "R" if code.endswith("viewed") else "C",
            "outcome": 0 if seq % FAILED_EVERY else 8,
            "patient_id": patient_id,
            "object_type": code.partition(".")[0],
            "object_id": patient_id,
        }
