"""One exchange with the patient, or an attempt at one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from enum import Enum

from cocm_desktop.domain.ids import ContactId, EpisodeId, StaffId, TimeEntryId, new_id
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.time_entry import Activity, TimeEntry, TimeEntryDraft
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

LONGEST_NOTE = 20_000
LONGEST_QUESTION = 160


class ContactKind(Enum):
    PHONE = "Phone"
    IN_PERSON = "In person"
    VIDEO = "Video"
    MESSAGE = "Message"
    LETTER = "Letter"


class ContactOutcome(Enum):
    REACHED = "Reached"
    LEFT_MESSAGE = "Left a message"
    NO_ANSWER = "No answer"
    NO_SHOW = "No show"


class SafetyAsked(Enum):
    """What the clinician says of the patient's safety at a contact, in comparison; never a level.

    Source: clinical rules 2.6, step 6: it is asked again at each contact.
    """

    NOT_ASKED = "Not asked"
    NO_CHANGE = "No change"
    BETTER = "Better"
    WORSE = "Worse"


# Source: NYS OMH: only a synchronous contact in which treatment was delivered counts as clinical;
# messages, reminders and no-shows do not.
SYNCHRONOUS = frozenset({ContactKind.PHONE, ContactKind.IN_PERSON, ContactKind.VIDEO})


def is_clinical_contact(kind: ContactKind, outcome: ContactOutcome) -> bool:
    return kind in SYNCHRONOUS and outcome is ContactOutcome.REACHED


@dataclass(frozen=True, slots=True)
class Contact:
    id: ContactId
    episode_id: EpisodeId
    staff_id: StaffId
    made_on: date
    kind: ContactKind
    outcome: ContactOutcome
    note: str = ""
    next_contact_on: date | None = None
    safety: SafetyAsked | None = None
    """None for a contact of the time before it was asked."""

    @property
    def is_clinical(self) -> bool:
        return is_clinical_contact(self.kind, self.outcome)

    @property
    def safety_words(self) -> str:
        """What was said of safety; empty where it was not asked about."""
        is_said = self.safety is not None and self.safety is not SafetyAsked.NOT_ASKED
        return self.safety.value if self.safety and is_said else ""


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """What a person has typed. Nothing about it is known to be true yet.

    `minutes` may be zero: the contact then brings no time entry. `question` raises a discussion
    flag for the next caseload review.
    """

    episode_id: EpisodeId
    made_on: date | None
    kind: ContactKind
    outcome: ContactOutcome = ContactOutcome.REACHED
    minutes: int = 0
    started_at: time | None = None
    note: str = ""
    next_contact_on: date | None = None
    safety: SafetyAsked = SafetyAsked.NOT_ASKED
    question: str = ""
    is_confirmed: bool = False
    """Answers the questions that an unusual length raises."""
    id: ContactId = field(default_factory=lambda: ContactId(new_id()))
    time_entry_id: TimeEntryId = field(default_factory=lambda: TimeEntryId(new_id()))

    def problems(self, *, today: date, closed_on: date | None) -> Iterator[Problem]:
        yield from self._date_problems(today, closed_on)
        is_asked = self.safety is not SafetyAsked.NOT_ASKED
        if is_asked and self.outcome is not ContactOutcome.REACHED:
            yield Problem("safety", "Nobody was reached, so safety was not asked about.")
        if self.minutes:
            yield from self.time_draft().minute_problems()
        if len(self.note) > LONGEST_NOTE:
            yield Problem("note", f"A note has at most {LONGEST_NOTE:,} characters.")
        if len(self.question) > LONGEST_QUESTION:
            yield Problem("question", f"The question has at most {LONGEST_QUESTION} characters.")

    def _date_problems(self, today: date, closed_on: date | None) -> Iterator[Problem]:
        if self.made_on is None:
            yield Problem("made_on", "Type the date of the contact.")
            return
        if self.made_on > today:
            yield Problem("made_on", "A contact cannot be dated in the future.")
        elif closed_on and self.made_on > closed_on:
            yield Problem("made_on", f"The episode closed on {long_date(closed_on)}.")
        if self.next_contact_on and self.next_contact_on <= self.made_on:
            yield Problem("next_contact_on", "The next contact must come after this one.")

    def accept(
        self, *, staff: StaffMember, today: date, closed_on: date | None
    ) -> tuple[Contact, TimeEntry | None]:
        """Give the contact and its time, or raise Refused with every problem at once."""
        problems = tuple(self.problems(today=today, closed_on=closed_on))
        if problems or self.made_on is None:
            raise Refused(*problems)
        contact = Contact(
            id=self.id,
            episode_id=self.episode_id,
            staff_id=staff.id,
            made_on=self.made_on,
            kind=self.kind,
            outcome=self.outcome,
            note=self.note.strip(),
            next_contact_on=self.next_contact_on,
            safety=self.safety,
        )
        if not self.minutes:
            return contact, None
        (entry,) = self.time_draft().accept(staff=staff, today=today, closed_on=closed_on)
        return contact, entry

    def time_draft(self) -> TimeEntryDraft:
        return TimeEntryDraft(
            id=self.time_entry_id,
            episode_id=self.episode_id,
            worked_on=self.made_on,
            minutes=self.minutes,
            started_at=self.started_at,
            activity=Activity.CONTACT,
            contact_id=self.id,
        )
