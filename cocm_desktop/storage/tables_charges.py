"""Tables of what a charge needs: payers, coverage, dated settings of billing."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from cocm_desktop.storage.table_base import Recorded, Table, Voidable


class FeeTable(Recorded, Voidable, Table):
    __tablename__ = "fee"
    __table_args__ = (CheckConstraint("cents >= 0", name="cents"),)

    code: Mapped[str]
    cents: Mapped[int]
    valid_from: Mapped[date]
