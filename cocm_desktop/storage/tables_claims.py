"""Tables of files of claims and remittances."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.domain.billing.claim import Frequency
from cocm_desktop.domain.billing.claim_file import AnswerKind, ClaimFileKind
from cocm_desktop.storage.table_base import ID, NOT_VOIDED, Recorded, Table, Voidable


class ClaimFileTable(Recorded, Table):
    """A file of claims as it was written. `control_number` is that of its interchange."""

    __tablename__ = "claim_file"
    __table_args__ = (
        CheckConstraint("control_number >= 1", name="control_number"),
        Index("uq_claim_file_control_number", "control_number", unique=True),
    )

    kind: Mapped[ClaimFileKind]
    control_number: Mapped[int | None]
    file_name: Mapped[str]
    sha256: Mapped[str]
    is_test: Mapped[bool]
    content: Mapped[str]


class FiledClaimTable(Table):
    """One claim of a file. `payer_rank` is 1 for the payer who pays first."""

    __tablename__ = "filed_claim"
    __table_args__ = (
        Index("ix_filed_claim_claim_file_id", "claim_file_id"),
        Index("ix_filed_claim_superbill_id", "superbill_id"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    claim_file_id: Mapped[str] = mapped_column(ID, ForeignKey("claim_file.id"))
    superbill_id: Mapped[str] = mapped_column(ID, ForeignKey("superbill.id"))
    account_number: Mapped[str]
    frequency: Mapped[Frequency]
    payer_rank: Mapped[int]


class ClaimAnswerTable(Recorded, Table):
    """What a clearinghouse or payer answered about a file or one claim of it (999, 277CA)."""

    __tablename__ = "claim_answer"
    __table_args__ = (
        Index("ix_claim_answer_claim_file_id", "claim_file_id"),
        Index("ix_claim_answer_sha256", "sha256"),
    )

    kind: Mapped[AnswerKind]
    file_name: Mapped[str]
    sha256: Mapped[str]
    claim_file_id: Mapped[str | None] = mapped_column(ID, ForeignKey("claim_file.id"))
    superbill_id: Mapped[str | None] = mapped_column(ID, ForeignKey("superbill.id"))
    named: Mapped[str]
    is_accepted: Mapped[bool]
    words: Mapped[str]


class RemittanceTable(Recorded, Voidable, Table):
    """A remittance file that was posted; voided when the posting is undone."""

    __tablename__ = "remittance"
    __table_args__ = (
        Index(
            "uq_remittance_sha256",
            "sha256",
            unique=True,
            sqlite_where=NOT_VOIDED,
            postgresql_where=NOT_VOIDED,
        ),
    )

    file_name: Mapped[str]
    sha256: Mapped[str]
    payer_name: Mapped[str]
    trace_number: Mapped[str]
    paid_on: Mapped[date | None]
    paid_cents: Mapped[int]
    content: Mapped[str]


class RemittanceClaimTable(Table):
    """What a remittance says about one claim; without a superbill where none has its number."""

    __tablename__ = "remittance_claim"
    __table_args__ = (
        Index("ix_remittance_claim_remittance_id", "remittance_id"),
        Index("ix_remittance_claim_superbill_id", "superbill_id"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    remittance_id: Mapped[str] = mapped_column(ID, ForeignKey("remittance.id"))
    superbill_id: Mapped[str | None] = mapped_column(ID, ForeignKey("superbill.id"))
    account_number: Mapped[str]
    payer_name: Mapped[str]
    paid_on: Mapped[date | None]
    paid_cents: Mapped[int]
    content: Mapped[str]
