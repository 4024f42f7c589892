"""Reading the audit: a page of the entries that fit, or all of them one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, false, func, literal_column, select, true, union_all
from sqlalchemy.orm import Session

from cocm_desktop.domain.audit_entry import AuditEntry
from cocm_desktop.domain.audit_query import MOST_COUNTED, PAGE, AuditOrder, AuditQuery
from cocm_desktop.domain.audit_review import AuditLine
from cocm_desktop.domain.patient import banner_name
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.storage.tables import AuditChangeTable, AuditEntryTable, PatientTable, StaffTable

_ENTRY = AuditEntryTable
_COLUMNS = tuple(
    getattr(_ENTRY, name)
    for name in AuditEntry.__dataclass_fields__
    if name not in {"patient", "changes"}
)
_ORDERS: dict[AuditOrder, Any] = {
    AuditOrder.WHO: _ENTRY.staff_name,
    AuditOrder.WHAT: _ENTRY.code,
    AuditOrder.PATIENT: _ENTRY.patient_id,
    AuditOrder.OUTCOME: _ENTRY.outcome,
    AuditOrder.COMPUTER: _ENTRY.device,
}


def page(session: Session, query: AuditQuery, zone: ZoneInfo) -> tuple[AuditEntry, ...]:
    """Give one page of the entries that fit, in their order, with their changes."""
    codes = _codes(session, query)
    if codes is not None and query.order is AuditOrder.WHEN:
        fitting = _of_each_code(query, zone, codes)
    else:
        fitting = _fitting(query, zone, _COLUMNS, codes=codes)
    statement = _ordered(fitting, query).limit(PAGE).offset((query.page - 1) * PAGE)
    return _entries(session, session.execute(statement).mappings().all(), zone)


def _of_each_code(query: AuditQuery, zone: ZoneInfo, codes: Collection[str]) -> Select[Any]:
    """Take from each code as many as may stand on the page: its index holds them in order.

    To sort all entries of a kind would take seconds where there are hundreds of thousands.
    """
    most = query.page * PAGE
    each = [
        _ordered(_fitting(query, zone, (_ENTRY.seq,), codes=(code,)), query).limit(most).subquery()
        for code in sorted(codes)
    ]
    if not each:
        return select(*_COLUMNS).where(false())
    seqs = union_all(*(select(one.c.seq) for one in each)).subquery()
    return select(*_COLUMNS).where(_ENTRY.seq.in_(select(seqs.c.seq)))


def count(session: Session, query: AuditQuery, zone: ZoneInfo) -> int:
    """Count the entries that fit, up to one more than MOST_COUNTED."""
    codes = _codes(session, query)
    some = _fitting(query, zone, (_ENTRY.seq,), codes=codes).limit(MOST_COUNTED + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _codes(session: Session, query: AuditQuery) -> Collection[str] | None:
    """Give the codes by which the entries are found: those asked for, or of a person all.

    None where another index leaves fewer: of one patient, and of what is rare.
    """
    if query.patient_id or _is_of_few(query) or query.codes is not None:
        return None if query.patient_id or _is_of_few(query) else query.codes
    return _each_of(session, _ENTRY.code) if query.staff_id else None


def _each_of(session: Session, column: Any) -> tuple[str, ...]:
    """Give every value that a column has, each found in the index from the one before it."""
    found: list[str] = []
    first = select(func.min(column))
    value = session.scalar(first)
    while value is not None:
        found.append(value)
        value = session.scalar(first.where(column > value))
    return tuple(found)


def every(session: Session, query: AuditQuery, zone: ZoneInfo) -> Iterator[AuditEntry]:
    """Give all entries that fit, oldest first, however many there are."""
    statement = _fitting(query, zone, _COLUMNS).order_by(_ENTRY.seq)
    found = session.execute(statement.execution_options(yield_per=PAGE))
    for rows in found.mappings().partitions():
        yield from _entries(session, rows, zone)


def newest_other(session: Session, session_id: str) -> AuditEntry | None:
    """Give the newest entry that another sitting made."""
    return _newest(session, _ENTRY.session_id != session_id)


def newest_of(session: Session, code: str) -> AuditEntry | None:
    """Give the newest entry of a code."""
    newest = select(func.max(_ENTRY.seq)).where(_ENTRY.code == code).scalar_subquery()
    return _newest(session, _ENTRY.seq == newest)


def newest(session: Session) -> AuditEntry | None:
    """Give the newest entry of all."""
    return _newest(session, true())


def lines(session: Session, query: AuditQuery, zone: ZoneInfo) -> Iterator[AuditLine]:
    """Give what a review needs of all entries that fit, oldest first."""
    entry, patient = _ENTRY, PatientTable
    columns = (
        entry.seq,
        entry.at,
        entry.staff_id,
        entry.staff_name,
        entry.code,
        entry.patient_id,
        func.coalesce(patient.last_name, "").label("last_name"),
        entry.is_emergency,
        entry.outcome,
        entry.clock_ok,
    )
    statement = _fitting(query, zone, columns).join(
        patient, patient.id == entry.patient_id, isouter=True
    )
    for row in session.execute(statement.order_by(entry.seq)).mappings():
        yield AuditLine(**{**row, "at": row["at"].astimezone(zone)})


def people(session: Session) -> tuple[tuple[str, str], ...]:
    """Give who did anything: the id and the name of today, by name."""
    ids = _each_of(session, _ENTRY.staff_id)
    rows = session.execute(select(StaffTable.id, StaffTable.name).where(StaffTable.id.in_(ids)))
    return tuple(sorted(((row.id, row.name) for row in rows), key=lambda each: each[1]))


def moment(day: date, zone: ZoneInfo) -> datetime:
    """Give the first moment of a day where the practice is."""
    return datetime.combine(day, time(), zone)


def _fitting(
    query: AuditQuery,
    zone: ZoneInfo,
    columns: tuple[Any, ...],
    *,
    codes: Collection[str] | None = None,
) -> Select[Any]:
    wanted = query.codes if codes is None else codes
    return select(*columns).where(*_conditions(query, zone, wanted))


def _conditions(
    query: AuditQuery, zone: ZoneInfo, codes: Collection[str] | None
) -> Iterator[ColumnElement[bool]]:
    yield true()
    is_found_otherwise = bool(query.patient_id) or _is_of_few(query)
    staff_id, code = (
        _second(column) if is_found_otherwise else column
        for column in (_ENTRY.staff_id, _ENTRY.code)
    )
    at = _second(_ENTRY.at) if query.patient_id else _ENTRY.at
    if query.since:
        yield at >= moment(query.since, zone)
    if query.until:
        yield at < moment(query.until + timedelta(days=1), zone)
    if query.staff_id:
        yield staff_id == query.staff_id
    if query.patient_id:
        yield _ENTRY.patient_id == query.patient_id
    if codes is not None:
        yield code.in_(sorted(codes))
    if query.only_failed:
        yield _ENTRY.outcome != literal_column("0")
    if query.only_emergency:
        yield _ENTRY.is_emergency == literal_column("1")


def _second(column: Any) -> ColumnElement[Any]:
    """Keep SQLite from the index of a column where another one leaves fewer."""
    return func.coalesce(column, literal_column("''"), type_=column.type)


def _is_of_few(query: AuditQuery) -> bool:
    """Tell whether only rare entries fit: they have indexes of their own, in order."""
    return query.only_failed or query.only_emergency


def _is_narrowed(query: AuditQuery) -> bool:
    has_days = query.since is not None or query.until is not None
    return bool(has_days or query.staff_id or query.patient_id or query.codes) or _is_of_few(query)


def _ordered(statement: Select[Any], query: AuditQuery) -> Select[Any]:
    """Put the entries in order: as they were written, or by the clock where some are asked for."""
    columns: list[Any] = [_ENTRY.at, _ENTRY.seq] if _is_narrowed(query) else [_ENTRY.seq]
    if query.order is not AuditOrder.WHEN:
        ties = [_ENTRY.at, _ENTRY.seq] if query.order is AuditOrder.WHAT else [_ENTRY.seq]
        by = _ORDERS[query.order]
        columns = [_second(by) if _is_narrowed(query) else by, *ties]
    return statement.order_by(*(c.desc() if query.is_descending else c.asc() for c in columns))


def _newest(session: Session, condition: ColumnElement[bool]) -> AuditEntry | None:
    statement = select(*_COLUMNS).where(condition).order_by(_ENTRY.seq.desc()).limit(1)
    return next(iter(_entries(session, session.execute(statement).mappings().all(), UTC)), None)


def _entries(session: Session, rows: Any, zone: tzinfo) -> tuple[AuditEntry, ...]:
    if not rows:
        return ()
    seqs = [row["seq"] for row in rows]
    changes = _changes(session, seqs)
    names = _names(session, {row["patient_id"] for row in rows if row["patient_id"]})
    return tuple(
        AuditEntry(
            **{**row, "at": row["at"].astimezone(zone)},
            patient=names.get(row["patient_id"], ""),
            changes=tuple(changes.get(row["seq"], ())),
        )
        for row in rows
    )


def _changes(session: Session, seqs: list[int]) -> dict[int, list[FieldChange]]:
    table = AuditChangeTable
    found: defaultdict[int, list[FieldChange]] = defaultdict(list)
    rows = session.execute(
        select(table.seq, table.field, table.before, table.after)
        .where(table.seq.in_(seqs))
        .order_by(table.id)
    )
    for seq, field, before, after in rows:
        found[seq].append(FieldChange(field, before, after))
    return found


def _names(session: Session, patient_ids: Collection[str]) -> dict[str, str]:
    if not patient_ids:
        return {}
    table = PatientTable
    rows = session.execute(
        select(table.id, table.last_name, table.first_name).where(table.id.in_(patient_ids))
    )
    return {row.id: banner_name(row.last_name, row.first_name) for row in rows}
