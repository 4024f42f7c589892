"""Tables of the practice's own billing rules, rates and code releases."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.domain.billing.billing_table import TableKind
from cocm_desktop.storage.table_base import NOT_VOIDED, Recorded, Table, Voidable


class OwnRuleSetTable(Recorded, Voidable, Table):
    """A payer's rules as the practice wrote them; a newer row of its name and day replaces it."""

    __tablename__ = "own_rule_set"
    __table_args__ = (
        Index(
            "uq_own_rule_set_name",
            "name",
            "valid_from",
            unique=True,
            sqlite_where=NOT_VOIDED,
            postgresql_where=NOT_VOIDED,
        ),
    )

    name: Mapped[str]
    valid_from: Mapped[date]
    content: Mapped[str]
    confirmed_on: Mapped[date | None]
    confirmed_note: Mapped[str]


class BillingTableTable(Recorded, Voidable, Table):
    """A table read from a public file. `content` is packed text and is never changed."""

    __tablename__ = "billing_table"
    __table_args__ = (
        CheckConstraint("row_count > 0", name="row_count"),
        Index("ix_billing_table_kind", "kind", "voided_at", "valid_from"),
    )

    kind: Mapped[TableKind]
    name: Mapped[str]
    valid_from: Mapped[date]
    ends_on: Mapped[date | None]
    is_qualifying: Mapped[bool | None]
    file_name: Mapped[str]
    sha256: Mapped[str]
    row_count: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
