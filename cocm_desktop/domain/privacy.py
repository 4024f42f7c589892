"""What a patient may ask of the practice about their record, and what of it went to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum

from cocm_desktop.domain.ids import AmendmentId, DisclosureId, PatientId, RestrictionId, new_id
from cocm_desktop.domain.text import says_something, tidy
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

LONGEST_WORDS = 4_000
LONGEST_NAME = 200
# Source: 45 CFR 164.526(b)(2): 60 days to act, once 30 days more with a written statement.
DAYS_TO_ANSWER = timedelta(days=60)
DAYS_MORE = timedelta(days=30)


class Purpose(Enum):
    """Why a part of the record was given out; the value completes "Given out for …".

    Source: 45 CFR 164.528(a)(1): treatment, payment, operations, to the patient and by the
    patient's authorization need not be accounted for.
    """

    TREATMENT = "treatment"
    PAYMENT = "payment"
    OPERATIONS = "health care operations"
    TO_PATIENT = "the patient's own request"
    AUTHORIZED = "the patient's authorization"
    PUBLIC_HEALTH = "public health"
    ABUSE_OR_NEGLECT = "a report of abuse or neglect"
    OVERSIGHT = "health oversight"
    COURT = "a court or an administrative proceeding"
    LAW_ENFORCEMENT = "law enforcement"
    DEATH = "a coroner, medical examiner or funeral director"
    RESEARCH = "research without authorization"
    SAFETY = "averting a serious threat"
    GOVERNMENT = "specialized government functions"
    WORKERS_COMPENSATION = "workers' compensation"
    REQUIRED_BY_LAW = "what a law requires"
    IN_ERROR = "an error (not allowed)"

    @property
    def is_accountable(self) -> bool:
        return self not in _NOT_ACCOUNTED

    @property
    def needs_authority(self) -> bool:
        """Whether an order, a statute or a signed authorization has to be named."""
        return self in _BY_AUTHORITY

    @property
    def is_proceeding(self) -> bool:
        """Whether it may be used against the patient. Source: 42 CFR 2.12(d)(1), 2.61-2.67."""
        return self in {Purpose.COURT, Purpose.LAW_ENFORCEMENT}


_NOT_ACCOUNTED = {
    Purpose.TREATMENT,
    Purpose.PAYMENT,
    Purpose.OPERATIONS,
    Purpose.TO_PATIENT,
    Purpose.AUTHORIZED,
}
_BY_AUTHORITY = {
    Purpose.AUTHORIZED,
    Purpose.COURT,
    Purpose.LAW_ENFORCEMENT,
    Purpose.RESEARCH,
    Purpose.REQUIRED_BY_LAW,
}


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One time that something of a patient's record left the practice."""

    id: DisclosureId
    patient_id: PatientId
    disclosed_on: date
    recipient: str
    address: str
    what: str
    purpose: Purpose
    authority: str = ""
    """The authorization, court order or statute, where there is one."""
    has_part2: bool = False
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class DisclosureDraft:
    """What was typed about something that was given out by other means than this program."""

    patient_id: PatientId
    disclosed_on: date | None
    recipient: str
    what: str
    purpose: Purpose | None
    address: str = ""
    authority: str = ""
    has_part2: bool = False
    id: DisclosureId = field(default_factory=lambda: DisclosureId(new_id()))

    def problems(self, *, today: date) -> Iterator[Problem]:
        yield from _day_problems("disclosed_on", self.disclosed_on, today=today)
        yield from _words_problems(
            "recipient", self.recipient, "Say who received it.", longest=LONGEST_NAME
        )
        yield from _words_problems("what", self.what, "Say what was given out.")
        if self.purpose is None:
            yield Problem("purpose", "Choose what it was given out for.")
        elif self.purpose.needs_authority and not says_something(self.authority):
            yield Problem("authority", "Name the order, the law or the signed authorization.")
        for name, text in (("address", self.address), ("authority", self.authority)):
            if len(text) > LONGEST_NAME:
                yield Problem(name, f"At most {LONGEST_NAME} characters.")

    def accept(self, *, today: date) -> Disclosure:
        problems = tuple(self.problems(today=today))
        if problems or self.disclosed_on is None or self.purpose is None:
            raise Refused(*problems)
        return Disclosure(
            id=self.id,
            patient_id=self.patient_id,
            disclosed_on=self.disclosed_on,
            recipient=tidy(self.recipient),
            address=tidy(self.address),
            what=tidy(self.what),
            purpose=self.purpose,
            authority=tidy(self.authority),
            has_part2=self.has_part2,
        )


class Decision(Enum):
    OPEN = "Open"
    ACCEPTED = "Accepted"
    DENIED = "Denied"


@dataclass(frozen=True, slots=True)
class Amendment:
    """A patient's request to amend the record. Source: 45 CFR 164.526; 60 days to answer."""

    id: AmendmentId
    patient_id: PatientId
    asked_on: date
    words: str
    decision: Decision = Decision.OPEN
    decided_on: date | None = None
    decision_words: str = ""
    disagreement: str = ""
    """The patient's statement where the request was denied; it goes with later disclosures."""
    version: int = 1

    @property
    def due_on(self) -> date:
        return self.asked_on + DAYS_TO_ANSWER

    @property
    def is_open(self) -> bool:
        return self.decision is Decision.OPEN

    def standing(self, today: date) -> str:
        """Say in words where it stands: answered, due by a day, or late."""
        if self.decided_on is not None:
            return f"{self.decision.value.lower()} on {long_date(self.decided_on)}"
        latest = long_date(self.due_on + DAYS_MORE)
        if today <= self.due_on:
            return f"answer due by {long_date(self.due_on)}"
        return (
            f"answer was due by {long_date(self.due_on)}; "
            f"at the latest by {latest}, if the patient was told in writing why"
        )


@dataclass(frozen=True, slots=True)
class AmendmentDraft:
    """What the patient asked to have changed, in the patient's words."""

    patient_id: PatientId
    asked_on: date | None
    words: str
    id: AmendmentId = field(default_factory=lambda: AmendmentId(new_id()))

    def accept(self, *, today: date) -> Amendment:
        problems = (
            *_day_problems("asked_on", self.asked_on, today=today),
            *_words_problems("words", self.words, "Type what the patient asks to have changed."),
        )
        if problems or self.asked_on is None:
            raise Refused(*problems)
        return Amendment(self.id, self.patient_id, self.asked_on, self.words.strip())


@dataclass(frozen=True, slots=True)
class AmendmentAnswer:
    """What the practice decided. `disagreement` is the patient's statement after a denial."""

    decision: Decision
    words: str
    disagreement: str = ""

    def apply_to(self, amendment: Amendment, *, today: date) -> Amendment:
        problems = tuple(self._problems(amendment))
        if problems:
            raise Refused(*problems)
        return replace(
            amendment,
            decision=self.decision,
            decided_on=amendment.decided_on or today,
            decision_words=self.words.strip(),
            disagreement=self.disagreement.strip(),
        )

    def _problems(self, amendment: Amendment) -> Iterator[Problem]:
        if self.decision is Decision.OPEN:
            yield Problem("decision", "Choose whether the request is accepted or denied.")
        if not amendment.is_open and self.decision is not amendment.decision:
            yield Problem("decision", "This request was answered already. Record a new one.")
        when_empty = (
            "Say what was corrected, and where."
            if self.decision is Decision.ACCEPTED
            else "Say why it was denied: the patient has a right to the reason."
        )
        yield from _words_problems("words", self.words, when_empty)
        if len(self.disagreement) > LONGEST_WORDS:
            yield Problem("disagreement", f"At most {LONGEST_WORDS:,} characters.")
        if says_something(self.disagreement) and self.decision is not Decision.DENIED:
            yield Problem("disagreement", "A statement of disagreement follows a denial.")


@dataclass(frozen=True, slots=True)
class Restriction:
    """A restriction the patient asked for. Source: 45 CFR 164.522(a)."""

    id: RestrictionId
    patient_id: PatientId
    asked_on: date
    words: str
    decision: Decision = Decision.OPEN
    decided_on: date | None = None
    ended_on: date | None = None
    is_paid_in_full: bool = False
    """Services paid out of pocket in full: the practice must agree to keep them from the payer."""
    version: int = 1

    def holds_on(self, day: date) -> bool:
        """Tell whether the practice is bound by it on a day."""
        if self.decision is not Decision.ACCEPTED:
            return False
        return self.ended_on is None or day < self.ended_on

    def stops(self, purpose: Purpose, day: date) -> bool:
        """Tell whether it stops giving the record out for a purpose.

        Nothing stops the patient's own copy. What was paid in full is kept from the payer only.
        """
        if not self.holds_on(day) or purpose is Purpose.TO_PATIENT:
            return False
        return purpose is Purpose.PAYMENT or not self.is_paid_in_full

    def standing(self, today: date) -> str:
        """Say in words where it stands."""
        if self.ended_on is not None and today >= self.ended_on:
            return f"ended on {long_date(self.ended_on)}"
        if self.decided_on is None:
            return "not decided yet"
        return f"{self.decision.value.lower()} on {long_date(self.decided_on)}"


@dataclass(frozen=True, slots=True)
class RestrictionDraft:
    """What the patient asked the practice not to do with the record."""

    patient_id: PatientId
    asked_on: date | None
    words: str
    is_paid_in_full: bool = False
    id: RestrictionId = field(default_factory=lambda: RestrictionId(new_id()))

    def accept(self, *, today: date) -> Restriction:
        """Record the request. One about care paid in full binds at once: it must be agreed to."""
        problems = (
            *_day_problems("asked_on", self.asked_on, today=today),
            *_words_problems("words", self.words, "Type what shall not be given to whom."),
        )
        if problems or self.asked_on is None:
            raise Refused(*problems)
        return Restriction(
            id=self.id,
            patient_id=self.patient_id,
            asked_on=self.asked_on,
            words=self.words.strip(),
            decision=Decision.ACCEPTED if self.is_paid_in_full else Decision.OPEN,
            decided_on=today if self.is_paid_in_full else None,
            is_paid_in_full=self.is_paid_in_full,
        )


def restriction_mark(restrictions: Iterable[Restriction], today: date) -> str:
    """Say in a banner what binds the practice; empty where nothing does."""
    holding = [each for each in restrictions if each.holds_on(today)]
    if not holding:
        return ""
    if all(each.is_paid_in_full for each in holding):
        return "Restriction: nothing to the payer (paid in full)"
    first = next(each for each in holding if not each.is_paid_in_full)
    return f"Restriction: {tidy(first.words)}"


def _day_problems(name: str, day: date | None, *, today: date) -> Iterator[Problem]:
    if day is None:
        yield Problem(name, "Type the day.")
    elif day > today:
        yield Problem(name, "The day lies in the future.")


def _words_problems(
    name: str, text: str, when_empty: str, *, longest: int = LONGEST_WORDS
) -> Iterator[Problem]:
    if not says_something(text):
        yield Problem(name, when_empty)
    elif len(text) > longest:
        yield Problem(name, f"At most {longest:,} characters.")
