"""The history of the sample clinic's people, taken at the first assessment."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from cocm_desktop.actions.background import note_history, record_part2
from cocm_desktop.actions.sample.calendar import working_day
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.sample.past_notes import HISTORY, PART2
from cocm_desktop.actions.sample.pen import Pen
from cocm_desktop.actions.sample.treatment import WEEK, Span
from cocm_desktop.domain.background import (
    HistoryKind,
    HistoryNoteDraft,
    Part2ConsentDraft,
    Part2RecordDraft,
)
from cocm_desktop.domain.ids import HistoryNoteId, Part2RecordId, PatientId

HOUR, MINUTE = 16, 52
SINCE_LABS = timedelta(days=31)
A_YEAR = timedelta(days=365)


def tell_past(span: Span, pen: Pen, patient_id: PatientId) -> None:
    """Write down the history, and what a program under Part 2 let the practice know."""
    last, day = span.part.last, span.enrolled_on
    if day >= pen.book.as_of:
        return
    drawn_on = working_day(max(day, pen.book.as_of - SINCE_LABS))
    for kind, words in HISTORY.get(last, {}).items():
        noted_on = drawn_on if kind is HistoryKind.LABS else day
        note_id = HistoryNoteId(sample_id(f"{pen.episode_id} {kind.name}", day))
        note = HistoryNoteDraft(patient_id, kind, words, noted_on, id=note_id)
        at = pen.book.at(noted_on, HOUR, MINUTE)
        pen.book.write(at, pen.care_manager, partial(note_history, draft=note))
    if last in PART2:
        record = _record(last, patient_id, day, as_of=pen.book.as_of)
        at = pen.book.at(record.received_on or day, HOUR, MINUTE)
        pen.book.write(at, pen.care_manager, partial(record_part2, draft=record))


def _record(last: str, patient_id: PatientId, day: date, *, as_of: date) -> Part2RecordDraft:
    program, words, given, ended = PART2[last]
    given_on = working_day(as_of - given * WEEK)
    until = given_on + A_YEAR if ended is None else as_of - ended * WEEK
    received_on = working_day(max(day, given_on))
    return Part2RecordDraft(
        patient_id,
        program,
        words,
        received_on,
        consent=Part2ConsentDraft(given_on, until),
        id=Part2RecordId(sample_id(f"{patient_id} protected", received_on)),
    )
