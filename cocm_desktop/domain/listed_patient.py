"""A patient as the front desk sees them: who they are and how to reach them, nothing clinical."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.text import fold


@dataclass(frozen=True, slots=True)
class ListedPatient:
    """`episode_id` is the open episode, for which a form may be keyed; None without one."""

    patient_id: PatientId
    name: str
    sort_name: str
    found_by: str
    born_on: date
    age: int
    mrn: str
    phone: str
    episode_id: EpisodeId | None

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
            episode_id=row.episode_id if row.is_open else None,
        )


def found(patients: Sequence[ListedPatient], find: str) -> list[ListedPatient]:
    """Give the patients that hold every word typed, in any order, by name."""
    words = fold(find).split()
    hits = (each for each in patients if all(word in each.found_by for word in words))
    return sorted(hits, key=lambda each: (each.sort_name, each.patient_id))
