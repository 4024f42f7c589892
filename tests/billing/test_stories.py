"""Random stories: what the program makes of the clinic's file is what happened."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from tests.billing.stories import PATIENTS, Event, Story
from tests.billing.stories_compared import comparable, compare
from tests.billing.story_clinic import Clinic, empty_clinic

# Coverage would take most of the time; other tests reach the same lines.
pytestmark = pytest.mark.no_cover

LOOSE = {"time", "contact", "visit", "service", "stay", "coverage", "correct"}


def test_the_facts_of_random_stories_are_what_happened() -> None:
    tried, wrong = compare(range(6))

    assert wrong == []
    assert tried > 8


@pytest.mark.parametrize("seed", range(2))
def test_the_order_in_which_a_month_is_recorded_does_not_matter(seed: int) -> None:
    story = Story(seed)
    with empty_clinic(story.today) as place:
        clinic = Clinic(place)
        events = clinic.record(story.events)
        before = [_told(clinic.facts(n, story.month)) for n in range(PATIENTS)]
    shuffled = _in_another_order(events, Random(seed))

    with empty_clinic(story.today) as place:
        again = Clinic(place)
        recorded = again.record(shuffled)
        after = [_told(again.facts(n, story.month)) for n in range(PATIENTS)]

    assert [e["name"] for e in recorded] != [e["name"] for e in events]
    assert len(recorded) == len(events)
    assert after == before


@pytest.mark.parametrize("seed", range(100, 102))
def test_what_is_recorded_and_voided_leaves_every_month_as_it_was(seed: int) -> None:
    story, more = Story(seed), Story(seed + 1_000)
    with empty_clinic(story.today) as place:
        clinic = Clinic(place)
        events = clinic.record(story.events)
        before = [clinic.facts(n, story.month) for n in range(PATIENTS)]
        added = clinic.record(_beside(more.events, events, story.today))
        changed = [clinic.facts(n, story.month) for n in range(PATIENTS)]

        undone = clinic.record([_undoing(event) for event in reversed(added)])
        after = [clinic.facts(n, story.month) for n in range(PATIENTS)]

    assert added
    assert len(undone) == len(added)
    assert changed != before
    assert after == before


@pytest.mark.parametrize("seed", range(200, 202))
def test_no_second_of_a_person_counts_in_two_months_of_patients(seed: int) -> None:
    story = Story(seed)
    with empty_clinic(story.today) as place:
        clinic = Clinic(place)
        clinic.record(story.events)
        found = [clinic.facts(n, story.month) for n in range(PATIENTS)]
    taken: dict[str, set[tuple[date, int]]] = {}

    for entry in (each for facts in found if facts for each in facts.time):
        if entry.starts_at is None:
            continue
        length = entry.seconds - entry.overlap_elsewhere_seconds
        seconds = {(entry.worked_on, entry.starts_at + n) for n in range(length)}
        own = taken.setdefault(entry.performer, set())
        assert not own & seconds
        own |= seconds


def _told(facts: PatientMonth | None) -> dict[str, object] | None:
    return comparable(facts) if facts else None


def _in_another_order(events: list[Event], chance: Random) -> list[Event]:
    """Put what stands for itself after the rest in any order; what changes it stays behind it."""
    fixed = [e for e in events if not _is_loose(e)]
    places: dict[str, tuple[float, int]] = {}
    for number, event in enumerate(events):
        first = places.get(event.get("of", ""), (chance.random(), 0))[0]
        places[event["name"]] = (first, number)
    loose = sorted((e for e in events if _is_loose(e)), key=lambda e: places[e["name"]])
    return [*fixed, *loose]


def _is_loose(event: Event) -> bool:
    return event["kind"] in LOOSE or "of" in event


def _beside(more: list[Event], events: list[Event], today: date) -> list[Event]:
    """Take time, visits, services, stays and coverage of another story into episodes there are."""
    last = {e["patient"]: e["episode"] for e in events if e["kind"] == "enroll"}
    kinds = LOOSE - {"correct"}
    return [
        {**event, "name": f"more {event['name']}", "episode": last[event["patient"]]}
        for event in more
        if event["kind"] in kinds and event["day" if "day" in event else "rank"] is not None
        if event.get("day", today) <= today and (event.get("last") or today) <= today
    ]


def _undoing(event: Event) -> Event:
    kinds = {"time": "void_time", "contact": "void_time", "coverage": "void_coverage"}
    kind = kinds.get(event["kind"], "void_outside")
    return {"kind": kind, "name": f"undo {event['name']}", "of": event["name"]}
