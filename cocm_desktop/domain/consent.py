"""Documented agreement of a patient to collaborative care."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import ConsentId, EpisodeId, StaffId, new_id
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused


class ConsentMethod(Enum):
    VERBAL = "Verbal"
    WRITTEN = "Written"


# Source: CMS, MLN909432 Behavioral Health Integration Services, "Advance consent": the patient
# agrees that specialists may be consulted and has been told that cost sharing applies.
CONSENT_STATEMENTS = (
    "The team may consult the psychiatric consultant and other specialists.",
    "Cost sharing may apply, also for services that are not face to face.",
    "The patient may stop at any time; it takes effect at the end of the month.",
)


@dataclass(frozen=True, slots=True)
class Consent:
    """`practitioner_id` is who bills, by name; None means whoever treats the patient.

    `withdrawn_on` is the last day on which it holds. The three flags follow the statements.
    """

    id: ConsentId
    episode_id: EpisodeId
    given_on: date
    method: ConsentMethod
    obtained_by: StaffId
    practitioner_id: StaffId | None = None
    to_specialists: bool = True
    to_cost_share: bool = True
    may_stop: bool = True
    withdrawn_on: date | None = None


def held_between(consents: Iterable[Consent], day: date) -> tuple[date | None, date | None]:
    """Give the first day on which any holds and, where none does on a day, the last one before it.

    The second is None too where one holds on the day.
    """
    known = tuple(consents)
    holds = any(
        each.given_on <= day and (each.withdrawn_on is None or day <= each.withdrawn_on)
        for each in known
    )
    ends = (each.withdrawn_on for each in known if each.withdrawn_on and each.withdrawn_on < day)
    first = min((each.given_on for each in known), default=None)
    return first, None if holds else max(ends, default=None)


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """What was typed of a consent given again: another practitioner, or after a withdrawal."""

    episode_id: EpisodeId
    given_on: date | None
    method: ConsentMethod
    practitioner_id: StaffId | None
    told: frozenset[str] = frozenset(CONSENT_STATEMENTS)
    id: ConsentId = field(default_factory=lambda: ConsentId(new_id()))

    def problems(self, *, today: date, born_on: date) -> Iterator[Problem]:
        if self.given_on is None:
            yield Problem("given_on", "Type the date on which the patient gave consent.")
        elif self.given_on > today:
            yield Problem("given_on", "The consent cannot be dated in the future.")
        elif self.given_on < born_on:
            yield Problem("given_on", "The consent lies before the patient's birth.")
        if self.practitioner_id is None:
            yield Problem("practitioner_id", "Choose the practitioner who bills.")
        if left := len(set(CONSENT_STATEMENTS) - self.told):
            words = f"Consent means that the patient was told each statement; {left} left."
            yield Problem("told", words)

    def accept(self, *, today: date, born_on: date, staff_id: StaffId) -> Consent:
        problems = tuple(self.problems(today=today, born_on=born_on))
        if problems or self.given_on is None:
            raise Refused(*problems)
        return Consent(
            id=self.id,
            episode_id=self.episode_id,
            given_on=self.given_on,
            method=self.method,
            obtained_by=staff_id,
            practitioner_id=self.practitioner_id,
        )


def withdrawal_problems(
    consent: Consent, withdrawn_on: date | None, *, today: date
) -> Iterator[Problem]:
    """Name what is wrong with the last day on which a consent shall hold."""
    if withdrawn_on is None:
        yield Problem("withdrawn_on", "Type the last day on which the consent holds.")
    elif withdrawn_on < consent.given_on:
        words = f"The consent was given on {long_date(consent.given_on)}."
        yield Problem("withdrawn_on", words)
    elif withdrawn_on > today:
        yield Problem("withdrawn_on", "A withdrawal cannot be dated in the future.")
