"""Tables of letters, of how they went out, and of the practice's own templates."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.domain.letter import Language, LetterKind, SendingWay
from cocm_desktop.storage.table_base import ID, Recorded, Table, Voidable


class LetterTable(Recorded, Voidable, Table):
    __tablename__ = "letter"
    __table_args__ = (
        Index("ix_letter_patient_id", "patient_id", "written_on"),
        Index("ix_letter_review_id", "review_id", "voided_at"),
    )

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    episode_id: Mapped[str | None] = mapped_column(ID, ForeignKey("episode.id"))
    review_id: Mapped[str | None] = mapped_column(ID, ForeignKey("case_review.id"))
    kind: Mapped[LetterKind]
    language: Mapped[Language]
    written_on: Mapped[date]
    recipient: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]


class LetterSendingTable(Recorded, Table):
    """That a letter left the practice, or went into the practitioner's hands."""

    __tablename__ = "letter_sending"
    __table_args__ = (Index("ix_letter_sending_letter_id", "letter_id", "sent_on"),)

    letter_id: Mapped[str] = mapped_column(ID, ForeignKey("letter.id"))
    sent_on: Mapped[date]
    way: Mapped[SendingWay]
    recipient: Mapped[str]
    note: Mapped[str]


class LetterTemplateTable(Recorded, Table):
    """The practice's wording of a letter; the latest row holds, an empty one is the shipped."""

    __tablename__ = "letter_template"
    __table_args__ = (Index("ix_letter_template_kind", "kind", "language", "recorded_at"),)

    kind: Mapped[LetterKind]
    language: Mapped[Language]
    title: Mapped[str]
    body: Mapped[str]
