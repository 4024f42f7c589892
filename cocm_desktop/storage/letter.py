"""Letters as they were written, and the log of how they went out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import CaseReviewId, EpisodeId, LetterId, PatientId, StaffId, new_id
from cocm_desktop.domain.letter import Letter, Sending
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import found, grouped, recorded, void
from cocm_desktop.storage.tables_letter import LetterSendingTable, LetterTable


def add(session: Session, letter: Letter, stamp: Stamp) -> None:
    session.add(
        LetterTable(
            id=letter.id,
            patient_id=letter.patient_id,
            episode_id=letter.episode_id,
            review_id=letter.review_id,
            kind=letter.kind,
            language=letter.language,
            written_on=letter.written_on,
            recipient=letter.recipient,
            title=letter.title,
            body=letter.body,
            **recorded(stamp),
        )
    )


def add_sending(session: Session, letter_id: str, stamp: Stamp, *, sending: Sending) -> None:
    """Log that a letter left. It may leave several times, by several ways."""
    session.add(
        LetterSendingTable(
            id=new_id(),
            letter_id=letter_id,
            sent_on=sending.sent_on,
            way=sending.way,
            recipient=sending.recipient,
            note=sending.note,
            **recorded(stamp),
        )
    )


def exists(session: Session, letter_id: str) -> bool:
    return is_stored(session, LetterTable, letter_id)


def get(session: Session, letter_id: str) -> Letter:
    [letter] = _letters(session, [found(session, LetterTable, letter_id, words="letter")])
    return letter


def void_letter(session: Session, letter_id: str, stamp: Stamp, *, reason: str) -> None:
    void(found(session, LetterTable, letter_id, words="letter"), stamp, reason)


def of_patient(session: Session, patient_id: str) -> tuple[Letter, ...]:
    """Give every letter to or about a patient, oldest first."""
    table = LetterTable
    rows = session.scalars(
        select(table)
        .where(table.patient_id == patient_id, table.voided_at.is_(None))
        .order_by(table.written_on, table.id)
    ).all()
    return tuple(_letters(session, rows))


def of_reviews(
    session: Session, review_ids: Collection[str]
) -> dict[CaseReviewId, tuple[Letter, ...]]:
    """Give the letters about many reviews in two statements, each oldest first."""
    table = LetterTable
    rows = session.scalars(
        select(table)
        .where(table.review_id.in_(review_ids), table.voided_at.is_(None))
        .order_by(table.written_on, table.id)
    ).all()
    found_ones = _letters(session, rows)
    return grouped((each.review_id, each) for each in found_ones if each.review_id is not None)


def _letters(session: Session, rows: Sequence[LetterTable]) -> list[Letter]:
    table = LetterSendingTable
    sent = session.scalars(
        select(table)
        .where(table.letter_id.in_([row.id for row in rows]))
        .order_by(table.sent_on, table.id)
    )
    sendings = grouped((row.letter_id, _sending(row)) for row in sent)
    return [_letter(row, sendings.get(row.id, ())) for row in rows]


def _sending(row: LetterSendingTable) -> Sending:
    return Sending(row.sent_on, row.way, row.recipient, StaffId(row.recorded_by), row.note)


def _letter(row: LetterTable, sendings: tuple[Sending, ...]) -> Letter:
    return Letter(
        id=LetterId(row.id),
        patient_id=PatientId(row.patient_id),
        kind=row.kind,
        language=row.language,
        written_on=row.written_on,
        recipient=row.recipient,
        title=row.title,
        body=row.body,
        episode_id=EpisodeId(row.episode_id) if row.episode_id else None,
        review_id=CaseReviewId(row.review_id) if row.review_id else None,
        sendings=sendings,
    )
