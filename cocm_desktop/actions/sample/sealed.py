"""A sealed note of the sample clinic's care manager: only her own password opens it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from cocm_desktop.actions.sample.calendar import working_day
from cocm_desktop.actions.sample.event import Book
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.sample.team import Team
from cocm_desktop.actions.sealed_note import write_sealed_note
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import PatientId, SealedNoteId
from cocm_desktop.domain.sealed_note import SealedNoteDraft

WORDS = (
    "Spoke for the first time of the winter after her brother's death, and of the quarrel she has "
    "never told anybody about. Wants to come back to it herself; do not ask before she does."
)
DAYS_AGO = timedelta(days=12)


def tell_sealed_note(book: Book, team: Team, patients: Mapping[str, PatientId]) -> None:
    day = working_day(book.as_of - DAYS_AGO)
    draft = SealedNoteDraft(
        id=SealedNoteId(sample_id("sealed note")),
        patient_id=patients["Alvarez"],
        words=WORDS,
        written_on=day,
    )
    book.write(book.at(day, 17), team.care_managers[0], partial(_seal, draft=draft))


def _seal(workspace: Workspace, *, draft: SealedNoteDraft) -> None:
    """Where only a database is at hand there are no keys to seal with."""
    if workspace.clinic is not None:
        write_sealed_note(workspace, draft)
