"""Contacts and the questions they raise for the next review."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.contact import Contact
from cocm_desktop.domain.ids import ContactId, EpisodeId, StaffId
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import found, grouped, is_stored, recorded, void
from cocm_desktop.storage.tables import (
    ContactTable,
    DiscussionFlagTable,
)


def add(session: Session, contact: Contact, stamp: Stamp) -> None:
    session.add(
        ContactTable(
            id=contact.id,
            episode_id=contact.episode_id,
            staff_id=contact.staff_id,
            made_on=contact.made_on,
            kind=contact.kind,
            outcome=contact.outcome,
            note=contact.note,
            next_contact_on=contact.next_contact_on,
            safety=contact.safety,
            **recorded(stamp),
        )
    )


def exists(session: Session, contact_id: str) -> bool:
    return is_stored(session, ContactTable, contact_id)


def get(session: Session, contact_id: str) -> Contact:
    return _contact(found(session, ContactTable, contact_id, words="contact"))


def void_contact(session: Session, contact_id: str, stamp: Stamp, *, reason: str) -> None:
    void(found(session, ContactTable, contact_id, words="contact"), stamp, reason)


def of_episode(session: Session, episode_id: str, *, until: date) -> tuple[Contact, ...]:
    """Give the contacts of an episode, oldest first."""
    return of_episodes(session, [episode_id], until=until).get(EpisodeId(episode_id), ())


def of_episodes(
    session: Session, episode_ids: Collection[str], *, until: date
) -> dict[EpisodeId, tuple[Contact, ...]]:
    """Give the contacts of many episodes in one statement, each oldest first."""
    table = ContactTable
    rows = session.scalars(
        select(table)
        .where(table.episode_id.in_(episode_ids), table.voided_at.is_(None), table.made_on <= until)
        .order_by(table.made_on, table.id)
    )
    return grouped((EpisodeId(row.episode_id), _contact(row)) for row in rows)


def add_flag(
    session: Session, flag_id: str, stamp: Stamp, *, episode_id: str, question: str
) -> None:
    session.add(
        DiscussionFlagTable(id=flag_id, episode_id=episode_id, question=question, **recorded(stamp))
    )


def clear_flags(session: Session, episode_id: str, stamp: Stamp, *, reason: str) -> int:
    """Void the open questions of an episode; give how many there were."""
    rows = session.scalars(
        select(DiscussionFlagTable).where(
            DiscussionFlagTable.episode_id == episode_id, DiscussionFlagTable.voided_at.is_(None)
        )
    ).all()
    for row in rows:
        void(row, stamp, reason)
    return len(rows)


def _contact(row: ContactTable) -> Contact:
    return Contact(
        id=ContactId(row.id),
        episode_id=EpisodeId(row.episode_id),
        staff_id=StaffId(row.staff_id),
        made_on=row.made_on,
        kind=row.kind,
        outcome=row.outcome,
        note=row.note,
        next_contact_on=row.next_contact_on,
        safety=row.safety,
    )
