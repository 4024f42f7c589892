"""Views that people saved, and what each person is used to."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import SavedViewId, StaffId, new_id
from cocm_desktop.domain.saved_view import SavedView, ViewHabits, habits, view_content
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.storage.records import as_text, found, recorded, void
from cocm_desktop.storage.tables_work import SavedViewTable

WORDS = "view"
HABITS = ":habits"
"""Behind the name of a screen: the row that holds a person's habits there, and no view."""


def open_to(session: Session, staff_id: StaffId, *, screen: str) -> tuple[SavedView, ...]:
    """Give a person's own views and those that others share, by name."""
    table = SavedViewTable
    rows = session.scalars(
        select(table)
        .where(
            table.screen == screen,
            table.voided_at.is_(None),
            or_(table.staff_id == staff_id, table.is_shared),
        )
        .order_by(table.name, table.id)
    )
    return tuple(map(_view, rows))


def exists(session: Session, view_id: str) -> bool:
    return session.get(SavedViewTable, view_id) is not None


def get(session: Session, view_id: str) -> SavedView:
    return _view(found(session, SavedViewTable, view_id, words=WORDS))


def add(session: Session, view: SavedView, stamp: Stamp, *, screen: str) -> None:
    session.add(
        SavedViewTable(
            id=view.id, staff_id=view.staff_id, screen=screen, **_columns(view), **recorded(stamp)
        )
    )


def update(session: Session, view: SavedView) -> list[FieldChange]:
    """Put other contents in place of a view's, and tell what differs."""
    row = found(session, SavedViewTable, view.id, words=WORDS)
    values = _columns(view)
    changes = [
        FieldChange(name, as_text(getattr(row, name)), as_text(value))
        for name, value in values.items()
        if getattr(row, name) != value
    ]
    for name, value in values.items():
        setattr(row, name, value)
    return changes


def delete(session: Session, view_id: str, stamp: Stamp, *, reason: str) -> None:
    void(found(session, SavedViewTable, view_id, words=WORDS), stamp, reason)


def habits_of(session: Session, staff_id: StaffId, *, screen: str) -> ViewHabits:
    row = _habits_row(session, staff_id, screen)
    return habits(row.content) if row else ViewHabits()


def keep_habits(session: Session, kept: ViewHabits, stamp: Stamp, *, screen: str) -> None:
    """Put a person's habits in place of the earlier ones: they are no record of anything."""
    row = _habits_row(session, stamp.staff.id, screen)
    if row is None:
        row = SavedViewTable(
            id=new_id(),
            staff_id=stamp.staff.id,
            screen=f"{screen}{HABITS}",
            name="",
            is_shared=False,
            **recorded(stamp),
        )
        session.add(row)
    row.content = kept.to_json()


def _habits_row(session: Session, staff_id: StaffId, screen: str) -> SavedViewTable | None:
    table = SavedViewTable
    return session.scalar(
        select(table)
        .where(table.staff_id == staff_id, table.screen == f"{screen}{HABITS}")
        .order_by(table.id)
        .limit(1)
    )


def _columns(view: SavedView) -> dict[str, str | bool]:
    return {"name": view.name, "content": view.content.to_json(), "is_shared": view.is_shared}


def _view(row: SavedViewTable) -> SavedView:
    content, notes = view_content(row.content)
    return SavedView(
        id=SavedViewId(row.id),
        staff_id=StaffId(row.staff_id),
        name=row.name,
        content=content,
        is_shared=row.is_shared,
        notes=notes,
    )
