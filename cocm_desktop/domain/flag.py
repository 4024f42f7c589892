"""Marks on a patient that everybody who meets them should see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from cocm_desktop.domain.ids import FlagId, PatientId, new_id
from cocm_desktop.errors import Problem, Refused

LONGEST_WORDS = 60
LONGEST_REASON = 200


class FlagKind(Enum):
    INTERPRETER = "Needs an interpreter"
    NO_VOICEMAIL = "No voicemail"
    TRANSPORT = "Needs transport"
    HEARING_OR_SIGHT = "Hearing or sight"
    SAFE_CONTACT = "Ask before speaking freely"
    OTHER = "Other"


@dataclass(frozen=True, slots=True)
class Flag:
    """`expires_on` is the last day on which it shows; without one it shows until cleared."""

    id: FlagId
    patient_id: PatientId
    kind: FlagKind
    words: str
    reason: str
    expires_on: date | None = None

    @property
    def title(self) -> str:
        return self.words or self.kind.value

    def shows_on(self, day: date) -> bool:
        return self.expires_on is None or day <= self.expires_on


@dataclass(frozen=True, slots=True)
class PastFlag:
    """A flag with its history: when it was set, and when and why it was cleared, if it was."""

    flag: Flag
    set_at: datetime
    cleared_at: datetime | None = None
    cleared_because: str = ""

    def shows_on(self, day: date) -> bool:
        return self.cleared_at is None and self.flag.shows_on(day)


@dataclass(frozen=True, slots=True)
class FlagDraft:
    patient_id: PatientId
    kind: FlagKind | None
    reason: str
    words: str = ""
    expires_on: date | None = None
    id: FlagId = field(default_factory=lambda: FlagId(new_id()))

    def problems(self, *, today: date) -> Iterator[Problem]:
        if self.kind is None:
            yield Problem("kind", "Choose the kind of flag.")
        if self.kind is FlagKind.OTHER and not self.words.strip():
            yield Problem("words", "Say in a few words what to see.")
        if len(self.words) > LONGEST_WORDS:
            yield Problem("words", f"A flag has at most {LONGEST_WORDS} characters.")
        if not self.reason.strip():
            yield Problem("reason", "Say why the flag is set.")
        elif len(self.reason) > LONGEST_REASON:
            yield Problem("reason", f"A reason has at most {LONGEST_REASON} characters.")
        if self.expires_on and self.expires_on < today:
            yield Problem("expires_on", "The flag would have expired already.")

    def accept(self, *, today: date) -> Flag:
        problems = tuple(self.problems(today=today))
        if problems or self.kind is None:
            raise Refused(*problems)
        return Flag(
            id=self.id,
            patient_id=self.patient_id,
            kind=self.kind,
            words=self.words.strip(),
            reason=self.reason.strip(),
            expires_on=self.expires_on,
        )
