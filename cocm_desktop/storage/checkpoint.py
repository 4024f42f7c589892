"""Checkpoints of the audit: how many rows each table had. No row is ever deleted from these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from cocm_desktop.storage.audit_verify import ChainReport
from cocm_desktop.storage.record_check import unlike_the_audit
from cocm_desktop.storage.tables import APPEND_ONLY

CODE: Final = "audit.checkpoint"
OBJECT: Final = "checkpoint"
COUNTED: Final = (
    *(table.__tablename__ for table in APPEND_ONLY),
    "patient", "episode", "measure", "contact", "time_entry", "consent", "staff", "superbill",
)  # fmt: skip

_SHOWN: Final = 3
_LATEST: Final = (
    "SELECT c.field, c.after FROM audit_change c WHERE c.seq = "
    "(SELECT max(seq) FROM audit_entry WHERE code = ?)"
)


def counted(connection: Any) -> dict[str, int]:
    """Count the rows of each table by the driver's own connection."""
    counts: dict[str, int] = {}
    for name in COUNTED:
        cursor = connection.cursor()
        cursor.execute(f"SELECT count(*) FROM {name}")  # noqa: S608  our own names
        (counts[name],) = cursor.fetchone()
    return counts


def compared(connection: Any, report: ChainReport) -> ChainReport:
    """Say in the report which records are fewer or other than the audit tells."""
    found = [*_fewer(connection), *unlike_the_audit(connection)]
    return replace(report, words=" ".join(found[:_SHOWN])) if found else report


def _fewer(connection: Any) -> Iterator[str]:
    then = {field: int(rows or 0) for field, rows in connection.execute(_LATEST, (CODE,))}
    now = counted(connection) if then else {}
    for name, rows in sorted(then.items()):
        if name in now and now[name] < rows:
            then_words = f"had {rows:,} rows at the last checkpoint"
            yield f"The table {name} {then_words} and has {now[name]:,}."
