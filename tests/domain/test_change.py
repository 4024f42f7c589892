"""What an action changed, and which screens hear of it."""

from __future__ import annotations

from cocm_desktop.domain.change import Change, Topic


def test_a_screen_hears_of_a_topic_it_shows() -> None:
    change = Change(Topic.CONTACT | Topic.TIME, "1")

    assert Topic.TIME in change.topics
    assert Topic.STAFF not in change.topics
    assert bool(change.topics & (Topic.TIME | Topic.STAFF))
