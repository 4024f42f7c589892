"""What happened outside collaborative care and decides a month: visits, services, stays, death."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from cocm_desktop.domain.billing.code_shape import is_service_code
from cocm_desktop.domain.episode import CloseDraft, CloseReason, Episode
from cocm_desktop.domain.ids import (
    DeathId,
    OtherServiceId,
    PatientId,
    StaffId,
    StayId,
    VisitId,
    new_id,
)
from cocm_desktop.domain.text import tidy
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

LONGEST_PLACE = 120
NOT_A_CODE = "A code has five characters, such as 99214 or G0439."


@dataclass(frozen=True, slots=True)
class Visit:
    """That the patient saw a practitioner. Without a code it only says when they were last seen.

    `practitioner_id` is None for somebody outside the practice.
    """

    id: VisitId
    patient_id: PatientId
    made_on: date
    code: str = ""
    practitioner_id: StaffId | None = None
    is_face_to_face: bool = True
    is_about_cocm: bool = True


@dataclass(frozen=True, slots=True)
class BilledBeside:
    """A service that is billed beside collaborative care: 96127, an APCM base code, G0678."""

    id: OtherServiceId
    patient_id: PatientId
    code: str
    served_on: date
    practitioner_id: StaffId | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in a hospital or nursing facility; `last_on` is None while it goes on."""

    id: StayId
    patient_id: PatientId
    first_on: date
    last_on: date | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Death:
    """The day on which the patient died: nothing is billed after it."""

    id: DeathId
    patient_id: PatientId
    died_on: date


@dataclass(frozen=True, slots=True)
class VisitDraft:
    """What was typed about a visit."""

    patient_id: PatientId
    made_on: date | None
    code: str = ""
    practitioner_id: StaffId | None = None
    is_face_to_face: bool = True
    is_about_cocm: bool = True
    id: VisitId = field(default_factory=lambda: VisitId(new_id()))

    def problems(self, *, today: date, born_on: date) -> Iterator[Problem]:
        yield from _day_problems("made_on", "visit", self.made_on, today=today, born_on=born_on)
        if self.code.strip() and not is_service_code(self.code):
            yield Problem("code", NOT_A_CODE)
        if self.code.strip() and self.practitioner_id is None:
            yield Problem("practitioner_id", "Choose who made the visit.")

    def accept(self, *, today: date, born_on: date) -> Visit:
        problems = tuple(self.problems(today=today, born_on=born_on))
        if problems or self.made_on is None:
            raise Refused(*problems)
        return Visit(
            id=self.id,
            patient_id=self.patient_id,
            made_on=self.made_on,
            code=self.code.strip().upper(),
            practitioner_id=self.practitioner_id,
            is_face_to_face=self.is_face_to_face,
            is_about_cocm=self.is_about_cocm,
        )


@dataclass(frozen=True, slots=True)
class OtherServiceDraft:
    """What was typed about another service."""

    patient_id: PatientId
    code: str
    served_on: date | None
    practitioner_id: StaffId | None = None
    id: OtherServiceId = field(default_factory=lambda: OtherServiceId(new_id()))

    def problems(self, *, today: date, born_on: date) -> Iterator[Problem]:
        if not is_service_code(self.code):
            yield Problem("code", NOT_A_CODE)
        day = self.served_on
        yield from _day_problems("served_on", "service", day, today=today, born_on=born_on)

    def accept(self, *, today: date, born_on: date) -> BilledBeside:
        problems = tuple(self.problems(today=today, born_on=born_on))
        if problems or self.served_on is None:
            raise Refused(*problems)
        code = self.code.strip().upper()
        return BilledBeside(self.id, self.patient_id, code, self.served_on, self.practitioner_id)


@dataclass(frozen=True, slots=True)
class StayDraft:
    """What was typed about a stay."""

    patient_id: PatientId
    first_on: date | None
    last_on: date | None = None
    place: str = ""
    id: StayId = field(default_factory=lambda: StayId(new_id()))

    def problems(self, *, today: date, born_on: date) -> Iterator[Problem]:
        yield from _day_problems("first_on", "stay", self.first_on, today=today, born_on=born_on)
        if self.last_on and self.first_on and self.last_on < self.first_on:
            words = f"The stay began on {long_date(self.first_on)}."
            yield Problem("last_on", f"{words} It cannot end before.")
        elif self.last_on and self.last_on > today:
            yield Problem("last_on", "Leave the last day empty until the stay has ended.")
        if len(self.place) > LONGEST_PLACE:
            yield Problem("place", f"The place has at most {LONGEST_PLACE} characters.")

    def accept(self, *, today: date, born_on: date) -> Stay:
        problems = tuple(self.problems(today=today, born_on=born_on))
        if problems or self.first_on is None:
            raise Refused(*problems)
        return Stay(self.id, self.patient_id, self.first_on, self.last_on, tidy(self.place))


@dataclass(frozen=True, slots=True)
class DeathDraft:
    """What was typed about a patient's death."""

    patient_id: PatientId
    died_on: date | None
    id: DeathId = field(default_factory=lambda: DeathId(new_id()))

    def problems(self, *, today: date, born_on: date) -> Iterator[Problem]:
        yield from _day_problems("died_on", "death", self.died_on, today=today, born_on=born_on)

    def accept(self, *, today: date, born_on: date) -> Death:
        problems = tuple(self.problems(today=today, born_on=born_on))
        if problems or self.died_on is None:
            raise Refused(*problems)
        return Death(self.id, self.patient_id, self.died_on)


@dataclass(frozen=True, slots=True)
class OutsideCare:
    """Everything of this kind that is on file for one patient, oldest first."""

    visits: tuple[Visit, ...] = ()
    services: tuple[BilledBeside, ...] = ()
    stays: tuple[Stay, ...] = ()
    death: Death | None = None

    def last_seen_on(self, day: date) -> date | None:
        """Give the last day up to this one on which it is noted that the patient was seen."""
        seen = [each.made_on for each in self.visits if not each.code and each.made_on <= day]
        return max(seen, default=None)


NOTHING_OUTSIDE = OutsideCare()


def refuse_second_death(death: Death | None, episodes: Iterable[Episode]) -> None:
    """Raise Refused where the patient's death is on file: its day is one fact."""
    if death is not None:
        words = f"The patient died on {long_date(death.died_on)}: that is on file already."
        raise Refused(Problem("died_on", f"{words} Void it first if it is wrong."))
    for day in filter(None, (each.died_on for each in episodes)):
        words = f"The episode was closed because the patient died on {long_date(day)}."
        raise Refused(Problem("died_on", f"{words} Take the closing back if that is wrong."))


def closing_problems(
    draft: CloseDraft, death: Death | None, *, last_record_on: date | None
) -> Iterator[Problem]:
    """Name a day of death that is not the one on file; only a later record excuses it."""
    if draft.reason is not CloseReason.DIED or death is None or draft.closed_on is None:
        return
    if draft.closed_on != max(filter(None, (death.died_on, last_record_on))):
        words = f"The patient died on {long_date(death.died_on)}, as is on file."
        yield Problem("closed_on", f"{words} Close on that day, or void that record first.")


def _day_problems(
    name: str, words: str, day: date | None, *, today: date, born_on: date
) -> Iterator[Problem]:
    if day is None:
        yield Problem(name, f"Type the date of the {words}.")
    elif day > today:
        yield Problem(name, f"The {words} cannot be dated in the future.")
    elif day < born_on:
        yield Problem(name, f"The {words} lies before the patient's birth.")
