"""Letters to patients of the sample clinic: sent and not yet sent, one in the practice's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

from cocm_desktop.actions.letter import record_sending
from cocm_desktop.actions.letter_template import change_template
from cocm_desktop.actions.patient_letter import LetterRequest, write_patient_letter
from cocm_desktop.actions.sample.calendar import next_working_day, working_day
from cocm_desktop.actions.sample.event import Book
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.sample.team import Team
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import LetterId, PatientId
from cocm_desktop.domain.letter import Language, LetterKind, SendingDraft, SendingWay
from cocm_desktop.domain.letter_template import TemplateDraft

OWN_WORDS = """\
Dear {patient_name},

We missed you on {appointment_date}. {appointment_with} kept the hour for you, and we hope that \
nothing is wrong.

Call us at {practice_phone}, any weekday from 8 to 5. We have early and late appointments, by \
phone too. The parking lot behind Mill Street is open again.

This number is not for emergencies. In an emergency:
- {crisis_lines}

Sincerely,



{sender_name}
{practice_name}"""


@dataclass(frozen=True, slots=True)
class Note:
    """A letter written `ago` days before today; `days` are fields, counted in days from today."""

    about: str
    kind: LetterKind
    ago: int
    way: SendingWay | None = SendingWay.MAIL
    days: Mapping[str, int] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)


# Weeks after they came: whoever is introduced has a care manager on whatever day it is told.
NOTES = (
    Note("Torres", LetterKind.INTRODUCTION, 90),
    Note("Washington", LetterKind.INTRODUCTION, 60, SendingWay.BY_HAND),
    Note("Alvarez", LetterKind.APPOINTMENT, 1, days={"appointment_date": 12},
         given={"appointment_time": "10:30 am"}),
    Note("Reed", LetterKind.NO_SHOW, 0, None, days={"appointment_date": -2}),
    Note("Quinn", LetterKind.UNABLE_TO_REACH, 0, None,
         days={"first_attempt": -9, "second_attempt": -3, "reply_by": 14}),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letters:
    """Writes them into the book. A patient whom the story leaves out is left out here too."""

    book: Book
    team: Team
    patients: Mapping[str, PatientId]

    def tell(self) -> None:
        self._put_own_words()
        for number, note in enumerate(NOTES):
            if note.about in self.patients:
                self._write(number, note)

    def _put_own_words(self) -> None:
        day = next_working_day(self.book.as_of - timedelta(weeks=20))
        key = (LetterKind.NO_SHOW, Language.ENGLISH)
        draft = TemplateDraft(*key, "We kept your hour", OWN_WORDS, sample_id("own words", day))
        owner = self.team.care_managers[0]
        self.book.write(self.book.at(day, 13, 5), owner, partial(change_template, draft=draft))

    def _write(self, number: int, note: Note) -> None:
        day = working_day(self.book.as_of - timedelta(days=note.ago))
        days = {
            name: working_day(self.book.as_of + timedelta(days=ahead)).isoformat()
            for name, ahead in note.days.items()
        }
        request = LetterRequest(
            self.patients[note.about],
            note.kind,
            given={**note.given, **days},
            id=LetterId(sample_id(f"letter {number}", day)),
        )
        deed = partial(_write_and_send, request=request, way=note.way)
        self.book.write(self.book.at(day, 9, 20 + number), self.team.front_desk, deed)


def _write_and_send(
    workspace: Workspace, *, request: LetterRequest, way: SendingWay | None
) -> None:
    write_patient_letter(workspace, request)
    if way is not None:
        record_sending(workspace, request.id, SendingDraft(workspace.today(), way))
