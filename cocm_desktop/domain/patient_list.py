"""A list of patients as a file held it, and which of its columns means what."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from cocm_desktop.domain.text import fold
from cocm_desktop.errors import Problem

SAMPLES = 3


class PatientField(Enum):
    """What a column may hold; the value is the word on the screen."""

    MRN = "MRN"
    FULL_NAME = "Full name"
    LAST_NAME = "Family name"
    FIRST_NAME = "Given name"
    MIDDLE_NAME = "Middle name"
    SUFFIX = "Name suffix"
    PREFERRED_NAME = "Preferred name"
    BORN_ON = "Date of birth"
    SEX = "Sex"
    PHONE = "Phone"
    EMAIL = "E-mail"
    ADDRESS = "Address"
    ADDRESS_2 = "Address, second line"
    CITY = "City"
    STATE = "State"
    POSTAL_CODE = "ZIP code"
    LANGUAGE = "Language"
    PAYER = "Payer"
    MEMBER_ID = "Member id"
    GROUP_NUMBER = "Group number"
    TREATING_PRACTITIONER = "Treating practitioner"


Mapping = tuple[PatientField | None, ...]
"""What each column holds, in the order of the columns; None where it is left out."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One record. `line` is where it begins in the file, `last_line` where it ends.

    `damage` says why the record cannot be read; it is kept all the same, to be listed.
    """

    line: int
    cells: tuple[str, ...]
    last_line: int
    damage: str = ""


@dataclass(frozen=True, slots=True)
class PatientList:
    """A file after reading: its columns by name and every record below the header.

    `notices` tell what was left out or guessed. Columns of Social Security numbers are gone.
    """

    file_name: str
    sha256: str
    columns: tuple[str, ...]
    rows: tuple[ListRow, ...]
    notices: tuple[str, ...] = ()
    has_header: bool = True

    @property
    def fingerprint(self) -> str:
        """Name the layout: the same for every file with these columns in this order."""
        headers = "\n".join(fold(column) for column in self.columns)
        return hashlib.sha256(headers.encode("utf-8", "surrogatepass")).hexdigest()

    def values(self, column: int) -> Iterator[str]:
        """Give what stands in a column, blanks left out."""
        for row in self.rows:
            if column < len(row.cells) and row.cells[column].strip():
                yield row.cells[column].strip()

    def samples(self, column: int) -> tuple[str, ...]:
        """Give the first few different values of a column."""
        found: dict[str, None] = {}
        for value in self.values(column):
            found[value] = None
            if len(found) == SAMPLES:
                break
        return tuple(found)


def mapping_problems(mapping: Mapping) -> Iterator[Problem]:
    """Name what keeps a mapping from giving patients: a name, a date of birth, each once."""
    chosen = [field for field in mapping if field is not None]
    has_name = PatientField.FULL_NAME in chosen or (
        PatientField.LAST_NAME in chosen and PatientField.FIRST_NAME in chosen
    )
    if not has_name:
        words = "Choose the columns of the family name and the given name, or of the full name."
        yield Problem("mapping", words)
    if PatientField.BORN_ON not in chosen:
        yield Problem("mapping", "Choose the column of the date of birth.")
    for field in PatientField:
        if chosen.count(field) > 1:
            yield Problem("mapping", f"{field.value} is chosen for more than one column.")
