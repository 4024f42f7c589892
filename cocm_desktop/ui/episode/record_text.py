"""An episode that is over, written out line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cocm_desktop.actions.episode_history import EpisodeRecord
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.wording import NOTHING, long_date


def record_lines(record: EpisodeRecord, names: Mapping[StaffId, str]) -> Iterator[str]:
    """Write diagnoses, measures, contacts and reviews, each oldest first."""
    for diagnosis in record.diagnoses:
        yield f"Diagnosis: {diagnosis.code} {diagnosis.title}".rstrip()
    for measure in record.measures:
        total = NOTHING if measure.total is None else measure.total
        yield f"{long_date(measure.taken_on)}: {measure.instrument_id} {total}"
    for contact in record.contacts:
        note = f" – {' '.join(contact.note.split())}" if contact.note else ""
        safety = f", safety: {contact.safety_words.lower()}" if contact.safety_words else ""
        what = f"{contact.kind.value}, {contact.outcome.value.lower()}{safety}"
        yield f"{long_date(contact.made_on)}: {what}{note}"
    for review in record.reviews:
        said = "; ".join(f"{r.words} ({r.status.value.lower()})" for r in review.recommendations)
        who = names[review.consultant_id]
        yield f"{long_date(review.reviewed_on)}: review, {who}: {said or 'not discussed'}"
