"""Tables of the billing month: visits, approvals, closing, what became of a bill."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.storage.table_base import ID, NOT_VOIDED, Recorded, Table, Voidable


class ConsentTable(Recorded, Voidable, Table):
    __tablename__ = "consent"
    __table_args__ = (
        Index(
            "uq_consent_episode_id",
            "episode_id",
            unique=True,
            sqlite_where=NOT_VOIDED,
            postgresql_where=NOT_VOIDED,
        ),
    )

    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    given_on: Mapped[date]
    method: Mapped[ConsentMethod]
    obtained_by: Mapped[str] = mapped_column(ID, ForeignKey("staff.id"))


class SuperbillTable(Recorded, Voidable, Table):
    """A superbill as it was issued: `content` is the whole document and is never recomputed."""

    __tablename__ = "superbill"
    __table_args__ = (
        Index(
            "uq_superbill_patient_month",
            "patient_id",
            "month",
            unique=True,
            sqlite_where=NOT_VOIDED,
            postgresql_where=NOT_VOIDED,
        ),
        Index("uq_superbill_number", "number", unique=True),
    )

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    month: Mapped[str]
    number: Mapped[str]
    content: Mapped[str]
