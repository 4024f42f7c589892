"""A contact that the sample clinic's care manager began to write down and has not saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from cocm_desktop.actions.draft import keep_draft
from cocm_desktop.actions.sample.calendar import working_day
from cocm_desktop.actions.sample.event import Book
from cocm_desktop.actions.sample.team import Team
from cocm_desktop.domain.draft import DraftPlace
from cocm_desktop.domain.ids import PatientId

A_DAY = timedelta(days=1)
ABOUT = "Alvarez"
# The names are those of the fields in the window.
VALUES = {
    "fields.minutes": 14,
    "fields.note": (
        "Took the second dose change well, no nausea this time. Sleeps six hours. Wants to try the "
        "walking group on Thursday; asked me to"
    ),
}


def tell_draft(book: Book, team: Team, patients: Mapping[str, PatientId]) -> None:
    """Leave the note in the middle of a sentence, at the end of the working day before."""
    patient_id = patients[ABOUT]
    keep = partial(
        keep_draft,
        place=DraftPlace("contact", patient_id),
        values=VALUES,
        title="Record contact",
        patient_id=patient_id,
    )
    book.write(book.at(working_day(book.as_of - A_DAY), 16), team.care_managers[0], keep)
