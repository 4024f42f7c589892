"""Looking up what most actions ask: whether an id is there, and small tables once a transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from cocm_desktop.storage.table_base import Recorded

Kept = TypeVar("Kept")
_BY_ID: dict[str, Select[Any]] = {}


def is_stored(session: Session, table: type[Recorded], record_id: str) -> bool:
    """Tell whether a row has this id, a voided one too. Most have not: nothing is loaded."""
    if (by_id := _BY_ID.get(table.__name__)) is None:
        by_id = select(table.id).where(table.id == bindparam("record_id"))
        _BY_ID[table.__name__] = by_id
    session.flush()
    return session.connection().scalar(by_id, {"record_id": record_id}) is not None


def kept(session: Session, name: str, read: Callable[[Session], Kept]) -> Kept:
    """Read once a transaction what is small and asked for often, and again after `forget`."""
    if name not in session.info:
        session.info[name] = read(session)
    value: Kept = session.info[name]
    return value


def forget(session: Session, name: str) -> None:
    """Have it read again: it is being changed."""
    session.info.pop(name, None)
