"""Tables of the work lists: tasks, delays, flags, saved views."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.domain.flag import FlagKind
from cocm_desktop.domain.staff import Role
from cocm_desktop.storage.table_base import ID, Recorded, Table, Voidable


class TaskTable(Recorded, Voidable, Table):
    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_due_on", "due_on"),
        Index("ix_task_patient_id", "patient_id", "voided_at", "id"),
    )

    patient_id: Mapped[str | None] = mapped_column(ID, ForeignKey("patient.id"))
    assigned_to: Mapped[str | None] = mapped_column(ID, ForeignKey("staff.id"))
    team: Mapped[Role | None]
    words: Mapped[str]
    due_on: Mapped[date]
    repeat_weeks: Mapped[int]


class TaskDelayTable(Recorded, Table):
    """A task put off to another day, with the reason; the latest row holds."""

    __tablename__ = "task_delay"
    __table_args__ = (Index("ix_task_delay_task_id", "task_id", "id"),)

    task_id: Mapped[str] = mapped_column(ID, ForeignKey("task.id"))
    due_on: Mapped[date]
    reason: Mapped[str]


class TaskDoneTable(Recorded, Voidable, Table):
    """A task done, with its outcome; voided, the task is open again."""

    __tablename__ = "task_done"
    __table_args__ = (Index("ix_task_done_task_id", "task_id", "voided_at", "id"),)

    task_id: Mapped[str] = mapped_column(ID, ForeignKey("task.id"))
    done_on: Mapped[date]
    outcome: Mapped[str]


class DueDelayTable(Recorded, Table):
    """What is due for a patient, put off to another day; the latest row holds."""

    __tablename__ = "due_delay"
    __table_args__ = (
        Index("ix_due_delay_made_on", "made_on"),
        Index("ix_due_delay_patient_id", "patient_id"),
    )

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    made_on: Mapped[date]
    until_on: Mapped[date]
    reason: Mapped[str]


class FlagTable(Recorded, Voidable, Table):
    __tablename__ = "flag"
    __table_args__ = (
        Index("ix_flag_patient_id", "patient_id", "voided_at", "id", "expires_on", "kind", "words"),
    )

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    kind: Mapped[FlagKind]
    words: Mapped[str]
    reason: Mapped[str]
    expires_on: Mapped[date | None]


class SavedViewTable(Recorded, Voidable, Table):
    """A person's view of a table: filter, columns, order and widths, as text."""

    __tablename__ = "saved_view"
    __table_args__ = (Index("ix_saved_view_staff_id", "staff_id", "screen"),)

    staff_id: Mapped[str] = mapped_column(ID, ForeignKey("staff.id"))
    screen: Mapped[str]
    name: Mapped[str]
    content: Mapped[str]
    is_shared: Mapped[bool]
