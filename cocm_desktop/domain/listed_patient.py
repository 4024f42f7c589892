"""A patient as the front desk sees them: who they are and how to reach them, nothing clinical."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.text import fold


class Program(Enum):
    """How a patient stands to collaborative care, as the front desk has to know it."""

    REFERRED = "Referred"
    WAIT_LISTED = "Wait-listed"
    CONSENTED = "Consented"
    ENROLLED = "Enrolled"
    CLOSED = "Closed"
    DIED = "Died"
    NONE = "Not referred"

    @property
    def may_be_referred(self) -> bool:
        return self in {Program.NONE, Program.CLOSED}

    @property
    def may_consent(self) -> bool:
        return self.may_be_referred or self in {Program.REFERRED, Program.WAIT_LISTED}


_PROGRAMS = {
    EpisodeStatus.REFERRED: Program.REFERRED,
    EpisodeStatus.WAIT_LISTED: Program.WAIT_LISTED,
    EpisodeStatus.CONSENTED: Program.CONSENTED,
    EpisodeStatus.CLOSED: Program.CLOSED,
}


def _program_of(row: RegistryRow) -> Program:
    """Tell no phase of treatment: whoever is being treated is enrolled."""
    if row.status is None:
        return Program.NONE
    return Program.DIED if row.died_on else _PROGRAMS.get(row.status, Program.ENROLLED)


@dataclass(frozen=True, slots=True)
class ListedPatient:
    """`episode_id` is a referral or an episode, for which a form may be keyed, and not closed."""

    patient_id: PatientId
    name: str
    sort_name: str
    found_by: str
    born_on: date
    age: int
    mrn: str
    phone: str
    episode_id: EpisodeId | None
    program: Program = Program.NONE
    marks: tuple[str, ...] = ()

    @classmethod
    def of_row(cls, row: RegistryRow) -> ListedPatient:
        """Leave out everything that only clinicians see."""
        return cls(
            patient_id=row.patient_id,
            name=row.name,
            sort_name=row.sort_name,
            found_by=row.found_by,
            born_on=row.born_on,
            age=row.age,
            mrn=row.mrn,
            phone=row.phone,
            episode_id=None if row.status is EpisodeStatus.CLOSED else row.episode_id,
            program=_program_of(row),
            marks=row.flags,
        )


def found(
    patients: Sequence[ListedPatient], find: str, *, program: Program | None = None
) -> list[ListedPatient]:
    """Give the patients of a program that hold every word typed, in any order, by name."""
    words = fold(find).split()
    hits = (
        each
        for each in patients
        if (program is None or each.program is program)
        and all(word in each.found_by for word in words)
    )
    return sorted(hits, key=lambda each: (each.sort_name, each.patient_id))
