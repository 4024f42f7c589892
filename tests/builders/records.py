"""What is recorded of a made-up patient: contacts, time, measures, scores, safety tasks."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from cocm_desktop.domain.contact import Contact, ContactDraft, ContactKind, ContactOutcome
from cocm_desktop.domain.ids import (
    ContactId,
    MeasureId,
    SafetyTaskId,
    TimeEntryId,
)
from cocm_desktop.domain.instrument import GAD7, PHQ9, Instrument, InstrumentId
from cocm_desktop.domain.instrument_definition import parse_instrument
from cocm_desktop.domain.measure import (
    Measure,
    MeasureDraft,
    MeasureFacts,
    MeasureMode,
    Score,
)
from cocm_desktop.domain.outcome import Course, course_of
from cocm_desktop.domain.safety import SafetyTask
from cocm_desktop.domain.time_entry import Activity, TimeEntry, TimeEntryDraft
from tests.builders.people import (
    BELL,
    ENROLLED_ON,
    MARIAS_EPISODE,
    TODAY,
    id_of,
)
from tests.source_tree import ROOT


@cache
def load_instrument(instrument_id: InstrumentId) -> Instrument:
    path = ROOT / "resources" / "instruments" / f"{instrument_id.lower()}.json"
    return parse_instrument(json.loads(path.read_text(encoding="utf-8")))


def phq9() -> Instrument:
    return load_instrument(PHQ9)


def gad7() -> Instrument:
    return load_instrument(GAD7)


def a_contact(**changes: Any) -> Contact:
    made_on = changes.get("made_on", TODAY - timedelta(days=8))
    contact = Contact(
        id=ContactId(id_of(f"contact {made_on}")),
        episode_id=MARIAS_EPISODE,
        staff_id=BELL,
        made_on=made_on,
        kind=ContactKind.PHONE,
        outcome=ContactOutcome.REACHED,
        note="Sleeping better; walks most mornings. Agreed to keep the activity plan.",
    )
    return replace(contact, **changes)


def a_contact_draft(**changes: Any) -> ContactDraft:
    draft = ContactDraft(
        id=ContactId(id_of("contact draft")),
        time_entry_id=TimeEntryId(id_of("time of contact draft")),
        episode_id=MARIAS_EPISODE,
        made_on=TODAY,
        kind=ContactKind.PHONE,
        minutes=25,
        note="Sleeping better.",
    )
    return replace(draft, **changes)


def a_time_entry(minutes: int = 25, **changes: Any) -> TimeEntry:
    worked_on = changes.get("worked_on", date(2026, 11, 12))
    entry = TimeEntry(
        id=TimeEntryId(id_of(f"time {worked_on} {minutes} {changes.get('started_at')}")),
        episode_id=MARIAS_EPISODE,
        staff_id=BELL,
        worked_on=worked_on,
        seconds=minutes * 60,
        activity=Activity.CONTACT,
        signed_at=datetime.combine(worked_on, time(23), tzinfo=UTC),
        signed_by=BELL,
    )
    return replace(entry, **changes)


def a_time_entry_draft(**changes: Any) -> TimeEntryDraft:
    draft = TimeEntryDraft(
        id=TimeEntryId(id_of("time draft")),
        episode_id=MARIAS_EPISODE,
        worked_on=TODAY,
        minutes=25,
        activity=Activity.CARE_PLAN,
    )
    return replace(draft, **changes)


def answers_totalling(total: int, instrument: Instrument | None = None) -> tuple[int, ...]:
    """Spread a total over the items, the first ones high; the last stays 0 where it can."""
    instrument = instrument or phq9()
    answers = []
    for _ in instrument.items:
        answers.append(min(3, total))
        total -= answers[-1]
    return tuple(answers)


def a_measure(total: int | None = 14, **changes: Any) -> Measure:
    """Give a PHQ-9 of that total, or an incomplete one for None; of `instrument` if named."""
    instrument: Instrument = changes.pop("instrument", phq9())
    answers: tuple[int | None, ...] = changes.pop("answers", ()) or (
        answers_totalling(total, instrument)
        if total is not None
        else (*answers_totalling(3, instrument)[:-2], None, None)
    )
    taken_on = changes.get("taken_on", TODAY - timedelta(days=7))
    draft = MeasureDraft(
        id=MeasureId(id_of(f"{instrument.id} {taken_on} {answers}")),
        episode_id=MARIAS_EPISODE,
        instrument_id=instrument.id,
        taken_on=taken_on,
        answers=answers,
        mode=MeasureMode.PAPER,
        difficulty=1 if instrument.difficulty_options else None,
    )
    measure = draft.accept(instrument, MeasureFacts(today=taken_on, staff_id=BELL))
    return replace(measure, **changes)


def a_measure_draft(**changes: Any) -> MeasureDraft:
    draft = MeasureDraft(
        id=MeasureId(id_of("measure draft")),
        episode_id=MARIAS_EPISODE,
        instrument_id=PHQ9,
        taken_on=TODAY,
        answers=answers_totalling(14),
    )
    return replace(draft, **changes)


def scores(
    *totals: int,
    first_on: date = ENROLLED_ON,
    days_apart: int = 14,
    critical: int | None = 0,
    alone: tuple[int, ...] = (),
) -> tuple[Score, ...]:
    """Give one score every two weeks, from the day of enrollment on; those `alone` lack answers."""
    return tuple(
        Score(
            first_on + timedelta(days=days_apart * n),
            total,
            None if n in alone else critical,
            is_total_alone=n in alone,
        )
        for n, total in enumerate(totals)
    )


def a_course(*totals: int, **changes: Any) -> Course:
    """Give the course of these PHQ-9 totals; `enrolled_on` may move, or be None."""
    enrolled_on = changes.pop("enrolled_on", ENROLLED_ON)
    return course_of(scores(*totals, **changes), enrolled_on=enrolled_on, remission_below=5)


def a_safety_task(**changes: Any) -> SafetyTask:
    task = SafetyTask(
        id=SafetyTaskId(id_of("safety task Alvarez")),
        episode_id=MARIAS_EPISODE,
        measure_id=MeasureId(id_of("measure of the safety task")),
        instrument=str(PHQ9),
        item=9,
        answer=1,
        answered_on=TODAY - timedelta(days=1),
    )
    return replace(task, **changes)
