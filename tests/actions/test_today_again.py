"""The board of a day is read many times: what did not change is kept, and nothing else."""

from __future__ import annotations

from datetime import date

from cocm_desktop.actions.contact import record_contact
from cocm_desktop.actions.today import put_off_due, read_today
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.contact import ContactDraft, ContactKind
from cocm_desktop.domain.due_delay import DueDelayDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.today_card import Card
from cocm_desktop.storage.database import KEPT


def test_cards_are_kept_until_something_is_recorded_or_put_off(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    first = read_today(workspace).cards
    again = read_today(workspace).cards
    draft = ContactDraft(
        episode_id=maria, made_on=date(2026, 11, 27), kind=ContactKind.PHONE, minutes=20
    )
    record_contact(workspace, draft)
    reached = read_today(workspace).cards
    delay = DueDelayDraft(maria_patient, date(2026, 12, 2), "She is away until then")
    put_off_due(workspace, delay)
    put_off = read_today(workspace).cards

    assert first
    assert all(one is other for one, other in zip(first, again, strict=True))
    assert _said(reached) != _said(again)
    assert _said(put_off) != _said(reached)
    assert _said(put_off) == _said(_read_afresh(workspace))


def _said(cards: tuple[Card, ...]) -> list[tuple[object, ...]]:
    return [(card.key, card.lane, card.day, card.words, card.why, card.note) for card in cards]


def _read_afresh(workspace: Workspace) -> tuple[Card, ...]:
    with workspace.database.read() as session:
        session.info[KEPT].clear()
    return read_today(workspace).cards
