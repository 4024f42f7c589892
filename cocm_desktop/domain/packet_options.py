"""What a packet shows of its patients: how they are named, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Protocol

from cocm_desktop.domain.wording import long_date

NO_MRN = "no MRN"


class Identity(Enum):
    """How the pages of a packet name a patient."""

    NAME = "Full name"
    INITIALS = "Initials"
    MRN = "MRN only"


class Person(Protocol):
    """Somebody whom a page names: a patient, or a row of the registry."""

    @property
    def first_name(self) -> str: ...

    @property
    def last_name(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def mrn(self) -> str: ...

    @property
    def born_on(self) -> date: ...


@dataclass(frozen=True, slots=True)
class PacketOptions:
    """Every page, bookmark and running head names a patient by these, and by nothing else."""

    identity: Identity = Identity.NAME
    leaves_out_social_history: bool = False

    @property
    def shows_names(self) -> bool:
        return self.identity is Identity.NAME

    def named(self, person: Person) -> str:
        """Give what stands in the place of the name: one without an MRN has initials."""
        if self.identity is Identity.NAME:
            return person.name
        if self.identity is Identity.MRN and person.mrn:
            return f"MRN {person.mrn}"
        return initials(person)

    def mrn_of(self, person: Person) -> str:
        """Give the number beside the name; empty where it stands in the place of the name."""
        if self.identity is Identity.MRN and person.mrn:
            return ""
        return f"MRN {person.mrn}" if person.mrn else NO_MRN

    def born(self, person: Person) -> str:
        """Give the day of birth beside a name, and only its year without one."""
        return long_date(person.born_on) if self.shows_names else str(person.born_on.year)


NAMED = PacketOptions()


def initials(person: Person) -> str:
    """Give the first letters of given and family name: M. A."""
    letters = (person.first_name.strip()[:1], person.last_name.strip()[:1])
    return " ".join(f"{letter.upper()}." for letter in letters if letter)
