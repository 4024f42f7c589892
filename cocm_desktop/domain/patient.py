"""A patient: identity, ways to reach them, coverage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import PatientId, new_id
from cocm_desktop.domain.text import tidy
from cocm_desktop.domain.wording import NOT_RECORDED, long_date
from cocm_desktop.errors import Problem, Refused

OLDEST = 125
LONGEST_NAME = 120
LONGEST_TEXT = 400
# Words that other systems write where a name is missing. "Na" and "Test" are families' names.
PLACEHOLDER_NAMES = frozenset({"unk", "unknown", "null", "none", "n/a", "nan", "-", "--", "?", "."})


class Sex(Enum):
    FEMALE = "Female"
    MALE = "Male"
    OTHER = "Other"
    UNKNOWN = "Not recorded"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who pays. Empty text where it is not recorded."""

    payer: str = ""
    member_id: str = ""
    group_number: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """How to reach a patient. Empty text where it is not recorded."""

    phone: str = ""
    email: str = ""
    address: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    language: str = ""

    @property
    def address_lines(self) -> tuple[str, ...]:
        region = " ".join(part for part in (self.state, self.postal_code) if part)
        last = ", ".join(part for part in (self.city, region) if part)
        return tuple(line for line in (self.address, last) if line)


@dataclass(frozen=True, slots=True)
class Patient:
    id: PatientId
    last_name: str
    first_name: str
    born_on: date
    mrn: str = ""
    middle_name: str = ""
    preferred_name: str = ""
    sex: Sex = Sex.UNKNOWN
    reach: Reach = Reach()
    coverage: Coverage = Coverage()
    treating_practitioner: str = ""
    version: int = 1

    @property
    def name(self) -> str:
        """Family name in capitals, comma, given name in full."""
        return banner_name(self.last_name, self.first_name)

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    def age_on(self, day: date) -> int:
        return age_on(self.born_on, day)

    @property
    def born(self) -> str:
        return long_date(self.born_on)

    @property
    def mrn_or_words(self) -> str:
        return self.mrn or NOT_RECORDED


def banner_name(last_name: str, first_name: str) -> str:
    return f"{last_name.upper()}, {first_name}"


def age_on(born_on: date, day: date) -> int:
    """Completed years; one born on February 29 grows older on March 1 of other years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


@dataclass(frozen=True, slots=True)
class PatientDraft:
    """What was typed or imported about a patient."""

    last_name: str
    first_name: str
    born_on: date | None
    mrn: str = ""
    middle_name: str = ""
    preferred_name: str = ""
    sex: Sex = Sex.UNKNOWN
    reach: Reach = Reach()
    coverage: Coverage = Coverage()
    treating_practitioner: str = ""
    id: PatientId = field(default_factory=lambda: PatientId(new_id()))

    def problems(self, *, today: date, mrn_taken: bool = False) -> Iterator[Problem]:
        yield from _name_problems("last_name", "family name", self.last_name)
        yield from _name_problems("first_name", "given name", self.first_name)
        if self.born_on is None:
            yield Problem("born_on", "Type the date of birth, for example 04/05/1971.")
        elif self.born_on > today:
            yield Problem("born_on", "The date of birth lies in the future.")
        elif age_on(self.born_on, today) > OLDEST:
            yield Problem("born_on", f"The date of birth makes the patient over {OLDEST}.")
        for name, text in self._details():
            if len(text) > LONGEST_TEXT:
                yield Problem(name, f"This has at most {LONGEST_TEXT} characters.")
        if mrn_taken:
            yield Problem("mrn", f"Another patient has the MRN {self.mrn.strip()}.")

    def accept(self, *, today: date, mrn_taken: bool = False) -> Patient:
        """Give the patient, or raise Refused with every problem at once."""
        problems = tuple(self.problems(today=today, mrn_taken=mrn_taken))
        if problems or self.born_on is None:
            raise Refused(*problems)
        return Patient(
            id=self.id,
            last_name=tidy(self.last_name),
            first_name=tidy(self.first_name),
            born_on=self.born_on,
            mrn=tidy(self.mrn),
            middle_name=tidy(self.middle_name),
            preferred_name=tidy(self.preferred_name),
            sex=self.sex,
            reach=Reach(**_tidied(self.reach)),
            coverage=Coverage(**_tidied(self.coverage)),
            treating_practitioner=tidy(self.treating_practitioner),
        )

    def _details(self) -> Iterator[tuple[str, str]]:
        yield "mrn", self.mrn
        yield "middle_name", self.middle_name
        yield "preferred_name", self.preferred_name
        yield "treating_practitioner", self.treating_practitioner
        yield from _tidied(self.reach).items()
        yield from _tidied(self.coverage).items()


def _tidied(record: Reach | Coverage) -> dict[str, str]:
    return {part.name: tidy(getattr(record, part.name)) for part in fields(record)}


def _name_problems(name: str, words: str, typed: str) -> Iterator[Problem]:
    kept = tidy(typed)
    if not kept:
        yield Problem(name, f"Type the patient's {words}.")
    elif kept.casefold() in PLACEHOLDER_NAMES:
        yield Problem(name, f"“{kept}” stands for a missing name. Type the {words}.")
    elif len(kept) > LONGEST_NAME:
        yield Problem(name, f"The {words} has more than {LONGEST_NAME} characters.")
