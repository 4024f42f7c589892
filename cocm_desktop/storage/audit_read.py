"""Reading the audit: a page of the entries that fit, or all of them one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, literal_column, select, true, union_all
from sqlalchemy.orm import Session

from cocm_desktop.domain.audit_entry import AuditEntry
from cocm_desktop.domain.audit_query import MOST_COUNTED, PAGE, AuditOrder, AuditQuery
from cocm_desktop.domain.audit_review import AuditLine
from cocm_desktop.domain.patient import banner_name
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.storage.tables import AuditChangeTable, AuditEntryTable, PatientTable

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
    offset = (query.page - 1) * PAGE
    codes = query.codes
    if codes is not None and len(codes) > 1 and _is_by_codes_alone(query):
        fitting = _of_each_code(query, zone, codes)
    else:
        fitting = _fitting(query, zone, _COLUMNS)
    statement = _ordered(fitting, query).limit(PAGE).offset(offset)
    return _entries(session, session.execute(statement).mappings().all(), zone)


def _is_by_codes_alone(query: AuditQuery) -> bool:
    has_other = _has_days(query) or query.staff_id or query.patient_id or _is_of_few(query)
    return query.order is AuditOrder.WHEN and not has_other


def _of_each_code(query: AuditQuery, zone: ZoneInfo, codes: Collection[str]) -> Select[Any]:
    """Take from each code as many as may stand on the page: its index holds them in order.

    To sort all entries of a kind would take seconds where there are hundreds of thousands.
    """
    most = query.page * PAGE
    each = [
        _ordered(_fitting(replace(query, kind=None, code=code), zone, (_ENTRY.seq,)), query)
        .limit(most)
        .subquery()
        for code in sorted(codes)
    ]
    seqs = union_all(*(select(one.c.seq) for one in each)).subquery()
    return select(*_COLUMNS).where(_ENTRY.seq.in_(select(seqs.c.seq)))


def count(session: Session, query: AuditQuery, zone: ZoneInfo) -> int:
    """Count the entries that fit, up to one more than MOST_COUNTED."""
    some = _fitting(query, zone, (_ENTRY.seq,)).limit(MOST_COUNTED + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def every(session: Session, query: AuditQuery, zone: ZoneInfo) -> Iterator[AuditEntry]:
    """Give all entries that fit, oldest first, however many there are."""
    after = 0
    while True:
        statement = _fitting(query, zone, _COLUMNS).where(_ENTRY.seq > after)
        rows = session.execute(statement.order_by(_ENTRY.seq).limit(PAGE)).mappings().all()
        if not rows:
            return
        yield from _entries(session, rows, zone)
        after = rows[-1]["seq"]


def newest_other(session: Session, session_id: str) -> AuditEntry | None:
    """Give the newest entry that another sitting made."""
    return _newest(session, _ENTRY.session_id != session_id)


def newest_of(session: Session, code: str) -> AuditEntry | None:
    """Give the newest entry of a code."""
    return _newest(session, _ENTRY.code == code)


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
    """Give who did anything: the id, and the name at the last time, by name."""
    rows = session.execute(
        select(_ENTRY.staff_id, _ENTRY.staff_name, func.max(_ENTRY.seq)).group_by(_ENTRY.staff_id)
    )
    return tuple(sorted(((row[0], row[1]) for row in rows), key=lambda each: each[1]))


def moment(day: date, zone: ZoneInfo) -> datetime:
    """Give the first moment of a day where the practice is."""
    return datetime.combine(day, time(), zone)


def _fitting(query: AuditQuery, zone: ZoneInfo, columns: tuple[Any, ...]) -> Select[Any]:
    return select(*columns).where(*_conditions(query, zone))


def _conditions(query: AuditQuery, zone: ZoneInfo) -> Iterator[ColumnElement[bool]]:
    yield true()
    at = _second(_ENTRY.at) if _is_of_few(query) else _ENTRY.at
    if query.since:
        yield at >= moment(query.since, zone)
    if query.until:
        yield at < moment(query.until + timedelta(days=1), zone)
    if query.staff_id:
        is_second = _is_of_few(query) or _has_days(query) or query.patient_id
        yield (_second(_ENTRY.staff_id) if is_second else _ENTRY.staff_id) == query.staff_id
    if query.patient_id:
        is_second = _is_of_few(query)
        yield (_second(_ENTRY.patient_id) if is_second else _ENTRY.patient_id) == query.patient_id
    if query.codes is not None:
        is_second = _is_of_few(query) or _has_days(query) or query.staff_id or query.patient_id
        yield (_second(_ENTRY.code) if is_second else _ENTRY.code).in_(sorted(query.codes))
    if query.only_failed:
        yield _ENTRY.outcome != literal_column("0")
    if query.only_emergency:
        yield _ENTRY.is_emergency == literal_column("1")


def _second(column: Any) -> ColumnElement[Any]:
    """Keep SQLite from the index of a column where another one leaves fewer or is in order."""
    return func.coalesce(column, literal_column("''"), type_=column.type)


def _is_of_few(query: AuditQuery) -> bool:
    """Tell whether only rare entries fit: they have indexes of their own, in order."""
    return query.only_failed or query.only_emergency


def _has_days(query: AuditQuery) -> bool:
    return query.since is not None or query.until is not None


def _ordered(statement: Select[Any], query: AuditQuery) -> Select[Any]:
    """Put the entries in order; those of some days are found by their days and sorted then."""
    asks_more = query.until or query.staff_id or query.codes
    is_sorted = _has_days(query) and not _is_of_few(query) and bool(asks_more)
    seq = _ENTRY.seq + 0 if is_sorted else _ENTRY.seq
    newest = seq.desc() if query.is_descending else seq.asc()
    if query.order is AuditOrder.WHEN:
        return statement.order_by(newest)
    by = func.coalesce(_ORDERS[query.order], "") if _has_days(query) else _ORDERS[query.order]
    return statement.order_by(by.desc() if query.is_descending else by.asc(), newest)


def _newest(session: Session, condition: ColumnElement[bool]) -> AuditEntry | None:
    statement = select(*_COLUMNS).where(condition).order_by(_ENTRY.seq.desc()).limit(1)
    return next(iter(_entries(session, session.execute(statement).mappings().all(), UTC)), None)


def _entries(session: Session, rows: Any, zone: tzinfo) -> tuple[AuditEntry, ...]:
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
    table = PatientTable
    rows = session.execute(
        select(table.id, table.last_name, table.first_name).where(table.id.in_(patient_ids))
    )
    return {row.id: banner_name(row.last_name, row.first_name) for row in rows}
