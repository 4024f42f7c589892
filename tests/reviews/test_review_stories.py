"""Random weeks of case reviews: agendas and due lists are what a person would make of them."""

from __future__ import annotations

import pytest

from cocm_desktop.actions import meeting_agenda
from tests.reviews.stories import compare

# Coverage would take most of the time; other tests reach the same lines.
pytestmark = pytest.mark.no_cover


def test_agendas_and_due_lists_of_random_weeks_are_as_by_hand() -> None:
    tried, wrong = compare([0], days=8)

    assert wrong == []
    assert tried > 80


def test_a_story_finds_a_meeting_that_carries_nobody_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meeting_agenda, "carried_over", lambda _ended, _discussed: {})

    _, wrong = compare([1], days=5)

    assert any("Carried over from" in each for each in wrong)
