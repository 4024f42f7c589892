"""The facts that the program makes of a story beside the story read by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from tests.billing.stories import PATIENTS, Story
from tests.billing.story_by_hand import Reading
from tests.billing.story_clinic import STAFF, Clinic, empty_clinic


def comparable(facts: PatientMonth) -> dict[str, Any]:
    """Tell the program's facts in the words of the reading."""
    first, last = facts.month.first_day, facts.month.last_day
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    spans = facts.payer.coverage
    names: dict[str, str] = {member.id: name for name, member in STAFF.items()}
    return {
        "rule_set": facts.payer.rule_set,
        "covered": [day for day in days if not spans or any(span.holds(day) for span in spans)],
        "has_changed": facts.episode.has_changed_payer,
        "practitioner": facts.practitioner.npi,
        "died_on": facts.patient.died_on,
        "last_seen_on": facts.patient.last_seen_on,
        "inpatient": sorted((stay.first, stay.last) for stay in facts.patient.inpatient),
        "started_on": facts.episode.started_on,
        "service_months": [(each.year, each.month) for each in facts.episode.service_months],
        "ended_on": facts.episode.ended_on,
        "consents": sorted(
            ((c.given_on, c.practitioner_npi, c.withdrawn_on) for c in facts.consents), key=str
        ),
        "visits": sorted(
            (v.made_on, v.code, v.practitioner_npi, v.is_about_cocm) for v in facts.visits
        ),
        "time": sorted(
            (
                t.worked_on,
                t.seconds,
                -1 if t.starts_at is None else t.starts_at,
                names.get(t.performer, "?"),
                t.role.name,
                t.work.name,
                t.billed_as,
                t.is_signed,
                bool(t.meeting),
                t.with_patient,
            )
            for t in facts.time
        ),
        "other_codes": sorted(
            (each.code, each.served_on, each.practitioner_npi) for each in facts.other_codes
        ),
        "diagnoses": [each.code for each in facts.diagnoses],
        "measures": sorted((m.taken_on, m.instrument, m.total) for m in facts.proofs.measures),
        "plan_on": facts.proofs.plan_on,
        "reviews": list(facts.proofs.reviews),
        "meetings": list(facts.proofs.meetings),
    }


def compare(seeds: range) -> tuple[int, list[str]]:
    """Compare the months of all patients of these stories; give how many, and what differed."""
    tried, wrong = 0, []
    for seed in seeds:
        story = Story(seed)
        with empty_clinic(story.today) as place:
            clinic = Clinic(place)
            events = clinic.record(story.events)
            for patient in range(PATIENTS):
                by_hand = Reading(events, patient, story.month).facts()
                facts = clinic.facts(patient, story.month)
                found = comparable(facts) if facts else None
                tried += by_hand is not None
                wrong += [
                    f"story {seed}, patient {patient}: {each}"
                    for each in _differences(by_hand, found)
                ]
    return tried, wrong


def _differences(by_hand: dict[str, Any] | None, found: dict[str, Any] | None) -> list[str]:
    if by_hand is None or found is None:
        return [] if by_hand is found else ["only one of the two has a month"]
    return [
        f"{name}: by hand {by_hand[name]}, by the program {found[name]}"
        for name in by_hand
        if by_hand[name] != found[name]
    ]
