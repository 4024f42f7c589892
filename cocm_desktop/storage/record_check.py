"""Compare the records with what the audit says was done to them.

The chain proves the audit, not the records: an older page of a table, put back under the same
key, passes every check of SQLite and its cipher. It lacks what the audit tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Boolean, Date, Enum, Integer, String

from cocm_desktop.domain.wording import count_of
from cocm_desktop.storage.table_base import Table

TABLES: Final = {
    "time": "time_entry",
    **{
        name: name
        for name in (
            "contact", "dose", "episode", "goal", "history_note", "intervention", "letter",
            "measure", "medication", "part2_record", "patient", "payer", "plan",
            "recommendation", "sealed_note", "staff", "superbill", "task", "visit",
        )
    },
}  # fmt: skip
"""Kinds of records in the audit whose id is that of a row in this table."""
COMPARED: Final = ("patient", "staff")
"""Tables of which every change in place is told field by field: of an episode it is not."""
CREATED: Final = "C"
VOIDED: Final = "D"

_MISSING: Final = (
    "SELECT min(e.seq), count(*) FROM audit_entry e WHERE e.object_type = ? AND e.action = ? "
    "AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = e.object_id{voided})"
)
_LATEST: Final = (
    "SELECT e.object_id, c.field, c.after, max(c.seq) FROM audit_change c "
    "JOIN audit_entry e ON e.seq = c.seq WHERE e.object_type = ? GROUP BY e.object_id, c.field"
)


def unlike_the_audit(connection: Any) -> Iterator[str]:
    """Say in sentences which records are not as the audit tells; none if all are."""
    for kind, table in TABLES.items():
        yield from _missing(connection, kind, table)
    for table in COMPARED:
        yield from _changed(connection, table)


def _missing(connection: Any, kind: str, table: str) -> Iterator[str]:
    words = table.replace("_", " ")
    query = _MISSING.format(table=table, voided="")
    first, count = connection.execute(query, (kind, CREATED)).fetchone()
    if count:
        told = f"{count_of(count, 'record')} of {words} that the audit tells of"
        yield f"{told} cannot be found, the first in entry {first}."
    if "voided_at" not in Table.metadata.tables[table].c:
        return
    query = _MISSING.format(table=table, voided=" AND t.voided_at IS NOT NULL")
    first, count = connection.execute(query, (kind, VOIDED)).fetchone()
    if count:
        told = f"{count_of(count, 'record')} of {words} that the audit says was voided"
        yield f"{told} counts again, the first in entry {first}."


def _changed(connection: Any, table: str) -> Iterator[str]:
    columns = {c.name for c in Table.metadata.tables[table].c if _reads_alike(c.type)}
    for record_id, field, after, seq in connection.execute(_LATEST, (table,)).fetchall():
        if field not in columns:
            continue
        query = f"SELECT CAST({field} AS TEXT) FROM {table} WHERE id = ?"  # noqa: S608  our names
        row = connection.execute(query, (record_id,)).fetchone()
        if row is not None and row[0] != after:
            words = table.replace("_", " ")
            yield f"The field {field} of a {words} is not what entry {seq} says it became."


def _reads_alike(kind: object) -> bool:
    """Whether the file keeps a value as the audit writes it."""
    return isinstance(kind, String | Enum | Date | Integer) and not isinstance(kind, Boolean)
