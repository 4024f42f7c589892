"""How the staff of the sample clinic write down one episode: contacts, scores, time, safety."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial
from random import Random

from cocm_desktop.actions.contact import record_contact
from cocm_desktop.actions.measure import correct_measure, record_measure
from cocm_desktop.actions.safety import close_safety_task, read_open_safety_tasks
from cocm_desktop.actions.sample.event import Book
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.sample.notes import SAFETY, SAFETY_HIGH, Closing
from cocm_desktop.actions.time_entry import record_time
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.contact import ContactDraft, ContactKind, ContactOutcome, SafetyAsked
from cocm_desktop.domain.ids import ContactId, EpisodeId, MeasureId, TimeEntryId
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.measure import MeasureDraft, MeasureMode
from cocm_desktop.domain.safety import SCREENER, SafetyClosingDraft
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.time_entry import Activity, TimeEntryDraft

HIGH_ANSWER = 2
UNTIL_CLOSED = timedelta(minutes=35)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A stretch of a day with or for the patient."""

    day: date
    start: time | None
    minutes: int
    kind: ContactKind = ContactKind.PHONE
    outcome: ContactOutcome = ContactOutcome.REACHED


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it was filled in."""

    instrument_id: InstrumentId
    answers: tuple[int | None, ...]
    mode: MeasureMode = MeasureMode.PAPER
    total_only: int | None = None


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes in the care manager's name, for one episode."""

    episode_id: EpisodeId
    care_manager: StaffMember
    book: Book
    random: Random

    def sit(
        self,
        day: date,
        minutes: int,
        kind: ContactKind = ContactKind.PHONE,
        *,
        outcome: ContactOutcome = ContactOutcome.REACHED,
    ) -> Sitting:
        """Take the next free stretch of the care manager's day."""
        start = self.book.hours.take(self.care_manager.id, day, minutes)
        return Sitting(day, start, minutes, kind, outcome)

    def contact(
        self,
        sitting: Sitting,
        note: str,
        *,
        next_on: date | None,
        safety: SafetyAsked = SafetyAsked.NOT_ASKED,
    ) -> None:
        draft = ContactDraft(
            id=ContactId(self._id("contact", sitting.day)),
            time_entry_id=TimeEntryId(self._id("contact time", sitting.day)),
            episode_id=self.episode_id,
            made_on=sitting.day,
            kind=sitting.kind,
            outcome=sitting.outcome,
            minutes=sitting.minutes,
            started_at=sitting.start,
            note=note,
            next_contact_on=next_on,
            safety=safety,
            is_confirmed=True,
        )
        at = self.book.after(sitting.day, sitting.start, sitting.minutes)
        self.book.write(at, self.care_manager, partial(record_contact, draft=draft))

    def time(self, sitting: Sitting, activity: Activity, note: str) -> None:
        draft = TimeEntryDraft(
            id=TimeEntryId(self._id(f"{activity.name} {sitting.start}", sitting.day)),
            second_id=TimeEntryId(self._id(f"{activity.name} {sitting.start} on", sitting.day)),
            episode_id=self.episode_id,
            worked_on=sitting.day,
            minutes=sitting.minutes,
            activity=activity,
            started_at=sitting.start,
            note=note,
            is_confirmed=True,
        )
        at = self.book.after(sitting.day, sitting.start, sitting.minutes)
        self.book.write(at, self.care_manager, partial(record_time, draft=draft))

    def measure(self, form: Form, sitting: Sitting, *, by: StaffMember | None = None) -> None:
        draft = self._draft(form, sitting.day, f"measure {form.instrument_id}")
        at = self.book.after(sitting.day, sitting.start, sitting.minutes // 2)
        self.book.write(at, by or self.care_manager, partial(record_measure, draft=draft))

    def correct(self, form: Form, sitting: Sitting) -> None:
        """Record the form of this sitting anew, as it really reads."""
        what = f"measure {form.instrument_id}"
        deed = partial(
            correct_measure,
            measure_id=self._id(what, sitting.day),
            draft=self._draft(form, sitting.day, f"{what} set right"),
            reason="One answer keyed in the wrong column",
        )
        at = self.book.after(sitting.day, sitting.start, sitting.minutes) + UNTIL_CLOSED
        self.book.write(at, self.care_manager, deed)

    def _draft(self, form: Form, day: date, what: str) -> MeasureDraft:
        return MeasureDraft(
            id=MeasureId(self._id(what, day)),
            episode_id=self.episode_id,
            instrument_id=form.instrument_id,
            taken_on=day,
            answers=form.answers,
            mode=form.mode,
            total_only=form.total_only,
        )

    def close_safety(self, sitting: Sitting, answer: int) -> None:
        """Close the task of this sitting's answer, once what has to be done is done."""
        stated = SAFETY_HIGH if answer >= HIGH_ANSWER else self.random.choice(SAFETY)
        at = self.book.after(sitting.day, sitting.start, sitting.minutes) + UNTIL_CLOSED
        deed = partial(_close_safety, episode_id=self.episode_id, stated=stated)
        self.book.write(at, self.care_manager, deed)

    def _id(self, what: str, day: date) -> str:
        return sample_id(f"{self.episode_id} {what}", day)


def _close_safety(workspace: Workspace, *, episode_id: EpisodeId, stated: Closing) -> None:
    """Close what is open of an episode. The screener, where there was one, was the assessment."""
    tasks = [t for t, _ in read_open_safety_tasks(workspace) if t.episode_id == episode_id]
    screener = next((t.measure_id for t in tasks if t.instrument == SCREENER), None)
    for task in tasks:
        if task.instrument != SCREENER:
            draft = SafetyClosingDraft(
                task.id,
                assessed=stated.assessed,
                action=stated.action,
                told=stated.told,
                steps=stated.steps,
                told_at=workspace.now(),
                assessment_id=screener,
            )
            close_safety_task(workspace, draft)
