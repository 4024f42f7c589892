from __future__ import annotations

from datetime import date

import pytest

from cocm_desktop.actions.contact import record_contact
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.contact import ContactDraft, ContactKind
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.errors import Refused


def call(episode_id: EpisodeId, made_on: date, minutes: int = 25) -> ContactDraft:
    return ContactDraft(episode_id, made_on, ContactKind.PHONE, minutes=minutes)


def test_a_contact_reaches_the_registry(workspace: Workspace, maria: EpisodeId) -> None:
    change = record_contact(workspace, call(maria, date(2026, 11, 30)))

    [row] = read_registry(workspace).rows
    assert (row.last_contact_on, row.minutes_this_month) == (date(2026, 11, 30), 25)
    assert Topic.BILLING in change.topics


def test_every_problem_is_named_and_nothing_is_stored(
    workspace: Workspace, maria: EpisodeId
) -> None:
    with pytest.raises(Refused) as refusal:
        record_contact(workspace, call(maria, date(2026, 12, 1), minutes=500))

    assert [problem.field for problem in refusal.value.problems] == ["made_on", "minutes"]
    [row] = read_registry(workspace).rows
    assert (row.last_contact_on, row.minutes_this_month) == (None, 0)


def test_a_retried_save_is_saved_once(workspace: Workspace, maria: EpisodeId) -> None:
    draft = call(maria, date(2026, 11, 30))

    record_contact(workspace, draft)
    record_contact(workspace, draft)

    [row] = read_registry(workspace).rows
    assert row.minutes_this_month == 25
