"""Two records that may be one patient, and what makes them alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.patient import banner_name
from cocm_desktop.domain.wording import long_date


class Likeness(Enum):
    """What two records share, the most certain first."""

    SAME_PERSON = "Same name and date of birth"
    SAME_MRN = "Same MRN"
    SWAPPED_NAMES = "Same names the other way round, same date of birth"
    OTHER_MRN = "Same name and date of birth, but another MRN"
    SIMILAR_NAME = "Similar name, same date of birth"
    OTHER_FAMILY_NAME = "Same given name and date of birth, another family name"
    SIMILAR_BIRTH = "Same name, similar date of birth"
    SAME_PHONE = "Same phone and given name"
    TAKEN_MRN = "Same MRN, but another name and date of birth"

    @property
    def is_certain(self) -> bool:
        """Tell whether no person needs to look: it is the same patient."""
        return self in {Likeness.SAME_PERSON, Likeness.SAME_MRN, Likeness.SWAPPED_NAMES}


@dataclass(frozen=True, slots=True)
class PatientKey:
    """What duplicates are found by."""

    id: PatientId
    mrn: str
    last_name: str
    first_name: str
    born_on: date
    phone: str
    preferred_name: str = ""

    @property
    def words(self) -> str:
        """Two identifiers and the name, for a person to compare."""
        mrn = f", MRN {self.mrn}" if self.mrn else ""
        born = long_date(self.born_on)
        return f"{banner_name(self.last_name, self.first_name)}, born {born}{mrn}"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A patient on file who is, or may be, the one at hand."""

    key: PatientKey
    likeness: Likeness

    @property
    def words(self) -> str:
        return f"{self.likeness.value}: {self.key.words}"
