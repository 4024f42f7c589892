"""Reviews of the audit: a month that an administrator has looked through and signed."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.audit_review import AuditReview
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import recorded
from cocm_desktop.storage.tables_trust import AuditReviewTable


def add(session: Session, review: AuditReview, stamp: Stamp) -> None:
    row = AuditReviewTable(
        id=review.id,
        month=review.month.key,
        last_seq=review.last_seq,
        last_mac=review.last_mac,
        entries=review.entries,
        words=review.words,
        **recorded(stamp),
    )
    session.add(row)


def everything(session: Session) -> tuple[AuditReview, ...]:
    """Give every review, the newest first."""
    table = AuditReviewTable
    rows = session.scalars(select(table).order_by(table.month.desc(), table.recorded_at.desc()))
    return tuple(
        AuditReview(
            id=row.id,
            month=_month(row.month),
            last_seq=row.last_seq,
            last_mac=row.last_mac,
            entries=row.entries,
            words=row.words,
            signed_at=row.recorded_at,
            signed_by=row.recorded_by,
        )
        for row in rows
    )


def _month(key: str) -> ServiceMonth:
    year, month = key.split("-")
    return ServiceMonth(int(year), int(month))
