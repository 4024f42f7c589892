"""Random stories: what the program makes of the clinic's file is what happened."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from cocm_desktop.actions.merge import merge_patients, undo_merge
from cocm_desktop.actions.month_facts import month_case
from cocm_desktop.actions.superbill import read_superbill
from cocm_desktop.domain.billing.draft import evaluate_case
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from cocm_desktop.domain.patient_merge import MergeDraft
from cocm_desktop.errors import Refused
from tests.actions.billing import issued_as_it_is
from tests.billing.compared import tables
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


@pytest.mark.parametrize("seed", range(300, 302))
def test_what_was_issued_stays_as_it_was_whatever_is_recorded_later(seed: int) -> None:
    story, more = Story(seed), Story(seed + 1_000)
    with empty_clinic(story.today) as place:
        clinic = Clinic(place)
        events = clinic.record(story.events)
        [number, *_] = [n for n in range(PATIENTS) if clinic.facts(n, story.month)]
        issued_as_it_is(place, clinic.patients[number], story.month)
        before = read_superbill(place, clinic.patients[number], story.month)
        facts = clinic.facts(number, story.month)

        added = clinic.record(_beside(more.events, events, story.today))

        assert added
        assert clinic.facts(number, story.month) != facts
        assert read_superbill(place, clinic.patients[number], story.month) == before


def test_two_records_merged_have_the_time_of_both_and_each_its_own_again_when_undone() -> None:
    is_tried = False
    for seed in range(400, 410):
        story = Story(seed)
        with empty_clinic(story.today) as place:
            clinic = Clinic(place)
            clinic.record(story.events)
            before = [clinic.facts(n, story.month) for n in range(PATIENTS)]
            one, other = clinic.patients
            merged = MergeDraft(one, other, typed="PatientA")
            try:
                merge_patients(place, merged)
            except Refused:
                continue
            is_tried = True
            [together, _] = [clinic.facts(n, story.month) for n in range(PATIENTS)]
            undo_merge(place, merged.id, reason="Twins")

            assert [clinic.facts(n, story.month) for n in range(PATIENTS)] == before
            assert _seconds(together) == sum(map(_seconds, before))
            break

    assert is_tried


def _seconds(facts: PatientMonth | None) -> int:
    return sum(entry.seconds for entry in facts.time) if facts else 0


@pytest.mark.parametrize("seed", range(500, 502))
def test_an_approval_goes_stale_exactly_when_what_was_approved_changes(seed: int) -> None:
    story, more = Story(seed), Story(seed + 1_000)
    with empty_clinic(story.today) as place:
        clinic = Clinic(place)
        events = clinic.record(story.events)
        before = [_approved(clinic, n, story) for n in range(PATIENTS)]
        stale = []
        for event in _beside(more.events, events, story.today):
            clinic.record([event])
            after = [_approved(clinic, n, story) for n in range(PATIENTS)]
            for old, new in zip(before, after, strict=True):
                assert (old[0] == new[0]) == (old[1] == new[1]), event
                stale.append(old[0] != new[0])
            before = after

    assert {*stale} == {True, False}


def _approved(clinic: Clinic, patient: int, story: Story) -> tuple[str, tuple[object, ...]]:
    """Give the digest that an approval is given to, and what the practitioner saw."""
    try:
        case = month_case(clinic.place, clinic.patients[patient], story.month)
    except Refused:
        return "", ()
    evaluated = evaluate_case(case, tables(), None)
    result, facts = evaluated.result, evaluated.facts
    seen = (result.kind, result.time.seconds, result.reached, result.served_on)
    rules = (facts.diagnoses, facts.practitioner.npi, result.versions.rule_set)
    return evaluated.outcome, (*seen, *rules)


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
