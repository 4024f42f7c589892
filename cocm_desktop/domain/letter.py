"""Letters to practitioners and patients: which there are, and how and when each went out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import (
    CaseReviewId,
    EpisodeId,
    LetterId,
    PatientId,
    StaffId,
    new_id,
)
from cocm_desktop.domain.patient import LONGEST_NAME
from cocm_desktop.domain.text import says_something, tidy
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

LONGEST_LETTER = 20_000
LONGEST_LINE = 200
LONGEST_RECIPIENT = 2 * LONGEST_NAME + 1
TOO_LONG_A_RECIPIENT = f"Whom a letter goes to has at most {LONGEST_RECIPIENT} characters."
"""Room for a given and a family name as long as a patient may have."""


class Language(Enum):
    ENGLISH = "English"
    SPANISH = "Spanish"


class LetterKind(Enum):
    RECOMMENDATION = "Letter to the practitioner"
    INTRODUCTION = "Introduction of the care team"
    NO_SHOW = "Missed appointment"
    UNABLE_TO_REACH = "Unable to reach"
    APPOINTMENT = "Appointment"
    CONSENT = "Consent form"


class SendingWay(Enum):
    EHR = "Copied into the EHR"
    FAX = "Fax"
    MAIL = "Mail"
    BY_HAND = "By hand"
    PORTAL = "Portal"


@dataclass(frozen=True, slots=True)
class Sending:
    """That a letter left, by which way, on which day, to whom."""

    sent_on: date
    way: SendingWay
    recipient: str
    by: StaffId
    note: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was written: its words are kept, whatever becomes of the template.

    A letter about a review names it; every other letter has no `review_id`.
    """

    id: LetterId
    patient_id: PatientId
    kind: LetterKind
    language: Language
    written_on: date
    recipient: str
    title: str
    body: str
    episode_id: EpisodeId | None = None
    review_id: CaseReviewId | None = None
    sendings: tuple[Sending, ...] = ()

    @property
    def is_sent(self) -> bool:
        return bool(self.sendings)

    @property
    def sent_on(self) -> date | None:
        """The day on which it left first."""
        return min((sending.sent_on for sending in self.sendings), default=None)


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """The words of a kind of letter, with named fields in braces.

    `is_own` tells the practice's wording from the one that is shipped.
    """

    kind: LetterKind
    language: Language
    title: str
    body: str
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """The words of a letter, ready to be kept. Without a day it is written today."""

    patient_id: PatientId
    kind: LetterKind
    recipient: str
    title: str
    body: str
    language: Language = Language.ENGLISH
    written_on: date | None = None
    episode_id: EpisodeId | None = None
    review_id: CaseReviewId | None = None
    id: LetterId = field(default_factory=lambda: LetterId(new_id()))

    def problems(self, *, today: date) -> Iterator[Problem]:
        if self.written_on and self.written_on > today:
            yield Problem("written_on", "A letter cannot be dated in the future.")
        for name, text, words in (
            ("recipient", self.recipient, "Say to whom the letter goes."),
            ("title", self.title, "Give the letter a title."),
            ("body", self.body, "The letter has no words yet."),
        ):
            if not says_something(text):
                yield Problem(name, words)
        if len(self.recipient) > LONGEST_RECIPIENT:
            yield Problem("recipient", TOO_LONG_A_RECIPIENT)
        if len(self.title) > LONGEST_LINE:
            yield Problem("title", f"A title has at most {LONGEST_LINE} characters.")
        if len(self.body) > LONGEST_LETTER:
            yield Problem("body", f"A letter has at most {LONGEST_LETTER:,} characters.")

    def accept(self, *, today: date) -> Letter:
        """Give the letter, or raise Refused with every problem at once."""
        if problems := tuple(self.problems(today=today)):
            raise Refused(*problems)
        return Letter(
            id=self.id,
            patient_id=self.patient_id,
            kind=self.kind,
            language=self.language,
            written_on=self.written_on or today,
            recipient=tidy(self.recipient),
            title=tidy(self.title),
            body=self.body.strip(),
            episode_id=self.episode_id,
            review_id=self.review_id,
        )


@dataclass(frozen=True, slots=True)
class SendingDraft:
    """What was typed about how a letter left. Without a recipient it went to the letter's own."""

    sent_on: date | None
    way: SendingWay | None
    recipient: str = ""
    note: str = ""

    def problems(self, letter: Letter, *, today: date) -> Iterator[Problem]:
        if self.way is None:
            yield Problem("way", "Choose how the letter went out.")
        if self.sent_on is None:
            yield Problem("sent_on", "Type the day on which the letter went out.")
        elif self.sent_on > today:
            yield Problem("sent_on", "The day lies in the future.")
        elif self.sent_on < letter.written_on:
            yield Problem("sent_on", f"The letter is of {long_date(letter.written_on)}.")
        if len(self.recipient) > LONGEST_RECIPIENT:
            yield Problem("recipient", TOO_LONG_A_RECIPIENT)
        if len(self.note) > LONGEST_LINE:
            yield Problem("note", f"A note has at most {LONGEST_LINE} characters.")

    def accept(self, letter: Letter, *, today: date, by: StaffId) -> Sending:
        problems = tuple(self.problems(letter, today=today))
        if problems or self.sent_on is None or self.way is None:
            raise Refused(*problems)
        recipient = tidy(self.recipient) or letter.recipient
        return Sending(self.sent_on, self.way, recipient, by, tidy(self.note))
