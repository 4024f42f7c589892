"""Tables of safety: what was answered, who was told, what closed it. No row is ever changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.storage.table_base import ID, Recorded, Table


class SafetyTaskTable(Recorded, Table):
    """Never voided: what was answered was answered. Closed by a row of its own.

    Without `measure_id` it was opened by hand, with its `reason`.
    """

    __tablename__ = "safety_task"
    __table_args__ = (
        Index(
            "ix_safety_task_patient_id",
            "patient_id",
            "id",
            "answer",
            "item",
            "answered_on",
            "instrument",
        ),
    )

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    measure_id: Mapped[str | None] = mapped_column(ID, ForeignKey("measure.id"))
    instrument: Mapped[str]
    item: Mapped[int]
    answer: Mapped[int]
    answered_on: Mapped[date]
    reason: Mapped[str]


class SafetyClosingTable(Recorded, Table):
    """`closed_on` is the practice's day of closing; `steps` are names between commas."""

    __tablename__ = "safety_closing"
    __table_args__ = (
        Index("uq_safety_closing_task_id", "task_id", unique=True),
        Index("ix_safety_closing_closed_on", "closed_on"),
    )

    task_id: Mapped[str] = mapped_column(ID, ForeignKey("safety_task.id"))
    closed_by: Mapped[str] = mapped_column(ID, ForeignKey("staff.id"))
    closed_on: Mapped[date]
    assessed_at: Mapped[datetime]
    assessment_id: Mapped[str | None] = mapped_column(ID, ForeignKey("measure.id"))
    assessed: Mapped[str]
    steps: Mapped[str]
    action: Mapped[str]
    told: Mapped[str]
    told_at: Mapped[datetime | None]


class PractitionerToldTable(Recorded, Table):
    """The treating practitioner was told of an open task; the latest row holds."""

    __tablename__ = "practitioner_told"
    __table_args__ = (Index("ix_practitioner_told_task_id", "task_id", "told_at"),)

    task_id: Mapped[str] = mapped_column(ID, ForeignKey("safety_task.id"))
    who: Mapped[str]
    told_at: Mapped[datetime]
