"""What a consultant has to know of a patient's past, and records of a Part 2 program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import HistoryNoteId, Part2RecordId, PatientId, new_id
from cocm_desktop.domain.text import says_something, tidy
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

LONGEST_NOTE = 600
LONGEST_PROGRAM = 120
# Source: 42 CFR 2.32(a)(2), statement 2, as in force since 2026-02-16.
PART2_NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


class HistoryKind(Enum):
    """Source: the psychiatric history of SCOPE's initial assessment form."""

    PSYCHIATRIC = "Psychiatric"
    ATTEMPTS = "Hospital stays and attempts"
    SUBSTANCES = "Substance use"
    MEDICAL = "Medical"
    FAMILY = "Family"
    SOCIAL = "Social"
    PREGNANCY = "Pregnancy"
    LABS = "Labs and QTc"

    @property
    def goes_with_medication(self) -> bool:
        """Whether it decides what may be prescribed, and so is read beside the medicines."""
        return self in WITH_MEDICATION


WITH_MEDICATION = frozenset({HistoryKind.PREGNANCY, HistoryKind.LABS})


@dataclass(frozen=True, slots=True)
class HistoryNote:
    """What is known of one part of the history; the newest note of a kind holds."""

    id: HistoryNoteId
    patient_id: PatientId
    kind: HistoryKind
    words: str
    noted_on: date


@dataclass(frozen=True, slots=True)
class HistoryNoteDraft:
    """What was typed of one part of the history, in place of what was known before."""

    patient_id: PatientId
    kind: HistoryKind | None
    words: str
    noted_on: date | None
    id: HistoryNoteId = field(default_factory=lambda: HistoryNoteId(new_id()))

    def problems(self, *, today: date, born_on: date) -> Iterator[Problem]:
        if self.kind is None:
            yield Problem("kind", "Choose which part of the history this is.")
        yield from _words_problems(self.words, "Type what is known, in a sentence or two.")
        yield from _day_problems("noted_on", self.noted_on, today=today, born_on=born_on)

    def accept(self, *, today: date, born_on: date) -> HistoryNote:
        problems = tuple(self.problems(today=today, born_on=born_on))
        if problems or self.kind is None or self.noted_on is None:
            raise Refused(*problems)
        return HistoryNote(self.id, self.patient_id, self.kind, tidy(self.words), self.noted_on)


def holding(notes: Iterable[HistoryNote]) -> tuple[HistoryNote, ...]:
    """Give the note of each kind that holds, in the order of the kinds; `notes` oldest first."""
    newest = {note.kind: note for note in notes}
    return tuple(newest[kind] for kind in HistoryKind if kind in newest)


class Part2Consent(Enum):
    """How a Part 2 consent stands on a day. Source: 42 CFR 2.31, 2.33."""

    NONE = "No consent on file"
    VALID = "Consent valid"
    EXPIRED = "Consent expired"
    REVOKED = "Consent revoked"


@dataclass(frozen=True, slots=True)
class Part2Record:
    """What a substance use disorder program under 42 CFR Part 2 let the practice know.

    It is disclosed only under a consent that is valid on the day, with the notice of section 2.32.
    """

    id: Part2RecordId
    patient_id: PatientId
    program: str
    words: str
    received_on: date
    consent_on: date | None = None
    consent_ends_on: date | None = None
    revoked_on: date | None = None
    version: int = 1

    def consent_on_day(self, day: date) -> Part2Consent:
        """Tell how the consent stands; its last day is included, the day of revoking is not."""
        if self.revoked_on is not None and day >= self.revoked_on:
            return Part2Consent.REVOKED
        if self.consent_on is None or day < self.consent_on:
            return Part2Consent.NONE
        if self.consent_ends_on is not None and day > self.consent_ends_on:
            return Part2Consent.EXPIRED
        return Part2Consent.VALID

    def shown_on(self, day: date) -> ShownRecord:
        """Give what may be read of it on a day; nothing else reads its words."""
        consent = self.consent_on_day(day)
        is_valid = consent is Part2Consent.VALID
        return ShownRecord(
            id=self.id,
            program=self.program if is_valid else "",
            words=self.words if is_valid else "",
            received_on=self.received_on,
            consent=consent,
            consent_words=self._consent_words(consent),
            days=Part2ConsentDraft(self.consent_on, self.consent_ends_on, self.revoked_on),
            version=self.version,
        )

    def _consent_words(self, consent: Part2Consent) -> str:
        if consent is Part2Consent.REVOKED and self.revoked_on:
            return f"consent revoked on {long_date(self.revoked_on)}"
        if consent is Part2Consent.EXPIRED and self.consent_ends_on:
            return f"consent expired on {long_date(self.consent_ends_on)}"
        if consent is Part2Consent.VALID and self.consent_on:
            until = f", until {long_date(self.consent_ends_on)}" if self.consent_ends_on else ""
            return f"consent of {long_date(self.consent_on)}{until}"
        return "no consent on file"


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """What a screen or a paper may show of a Part 2 record: no words without a valid consent."""

    id: Part2RecordId
    program: str
    words: str
    received_on: date
    consent: Part2Consent
    consent_words: str
    days: Part2ConsentDraft
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.consent is Part2Consent.VALID

    @property
    def sentence(self) -> str:
        """Say who wrote what under which consent, or that a record is left out, and why."""
        if self.is_open:
            return f"{self.program}, {self.consent_words}: {self.words}"
        return f"A protected record is on file and left out: {self.consent_words}."


def has_open(records: Iterable[ShownRecord]) -> bool:
    """Whether words of a Part 2 record are shown, so that the notice has to stand there too."""
    return any(record.is_open for record in records)


def part2_mark(records: Iterable[ShownRecord]) -> str:
    """Say in a banner that protected records are on file; empty where none is."""
    shown = tuple(records)
    if not shown:
        return ""
    if has_open(shown):
        return f"Part 2 record, {next(each for each in shown if each.is_open).consent_words}"
    return f"Protected record, left out: {shown[-1].consent_words}"


@dataclass(frozen=True, slots=True)
class Part2ConsentDraft:
    """What was typed about the consent of a record; every day may be missing."""

    consent_on: date | None = None
    consent_ends_on: date | None = None
    revoked_on: date | None = None

    def problems(self, *, today: date, born_on: date) -> Iterator[Problem]:
        for name, day in (("consent_on", self.consent_on), ("revoked_on", self.revoked_on)):
            if day is not None:
                yield from _day_problems(name, day, today=today, born_on=born_on)
        given = self.consent_on
        for name, day in (
            ("consent_ends_on", self.consent_ends_on),
            ("revoked_on", self.revoked_on),
        ):
            if day is None:
                continue
            if given is None:
                yield Problem(name, "Type the day on which the consent was given, too.")
            elif day < given:
                yield Problem(name, f"The consent was given on {long_date(given)}.")


@dataclass(frozen=True, slots=True)
class Part2RecordDraft:
    """What was typed of a record that a Part 2 program let the practice know."""

    patient_id: PatientId
    program: str
    words: str
    received_on: date | None
    consent: Part2ConsentDraft = Part2ConsentDraft()
    id: Part2RecordId = field(default_factory=lambda: Part2RecordId(new_id()))

    def problems(self, *, today: date, born_on: date) -> Iterator[Problem]:
        if not says_something(self.program):
            yield Problem("program", "Type the name of the program that keeps the record.")
        elif len(self.program) > LONGEST_PROGRAM:
            yield Problem("program", f"A program has at most {LONGEST_PROGRAM} characters.")
        yield from _words_problems(self.words, "Type what the program let you know.")
        yield from _day_problems("received_on", self.received_on, today=today, born_on=born_on)
        yield from self.consent.problems(today=today, born_on=born_on)

    def accept(self, *, today: date, born_on: date) -> Part2Record:
        problems = tuple(self.problems(today=today, born_on=born_on))
        if problems or self.received_on is None:
            raise Refused(*problems)
        return Part2Record(
            id=self.id,
            patient_id=self.patient_id,
            program=tidy(self.program),
            words=tidy(self.words),
            received_on=self.received_on,
            consent_on=self.consent.consent_on,
            consent_ends_on=self.consent.consent_ends_on,
            revoked_on=self.consent.revoked_on,
        )


def _words_problems(words: str, when_empty: str) -> Iterator[Problem]:
    if not says_something(words):
        yield Problem("words", when_empty)
    elif len(words) > LONGEST_NOTE:
        yield Problem("words", f"At most {LONGEST_NOTE} characters: the page is short.")


def _day_problems(name: str, day: date | None, *, today: date, born_on: date) -> Iterator[Problem]:
    if day is None:
        yield Problem(name, "Type the day.")
    elif day > today:
        yield Problem(name, "The day lies in the future.")
    elif day < born_on:
        yield Problem(name, f"The patient was born on {long_date(born_on)}.")
