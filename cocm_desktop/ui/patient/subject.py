"""The patient that a dialog is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.instrument import GAD7, PHQ9, InstrumentId
from cocm_desktop.domain.listed_patient import ListedPatient
from cocm_desktop.domain.outcome import Course
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.wording import NOT_RECORDED, long_date


@dataclass(frozen=True, slots=True)
class Subject:
    """Enough to be sure who it is, and what a new record is compared with.

    `courses` is empty for whoever may not see scores.
    """

    patient_id: PatientId
    episode_id: EpisodeId | None
    name: str
    born_on: date
    age: int
    mrn: str
    status: EpisodeStatus | None = None
    courses: tuple[tuple[InstrumentId, Course], ...] = ()

    @classmethod
    def of_row(cls, row: RegistryRow) -> Subject:
        return cls(
            patient_id=row.patient_id,
            episode_id=row.episode_id,
            name=row.name,
            born_on=row.born_on,
            age=row.age,
            mrn=row.mrn,
            status=row.status,
            courses=((PHQ9, row.phq9), (GAD7, row.gad7)),
        )

    @classmethod
    def of_listed(cls, listed: ListedPatient) -> Subject:
        return cls(
            patient_id=listed.patient_id,
            episode_id=listed.episode_id,
            name=listed.name,
            born_on=listed.born_on,
            age=listed.age,
            mrn=listed.mrn,
        )

    @property
    def born_words(self) -> str:
        return f"{long_date(self.born_on)} ({self.age} y)"

    @property
    def mrn_words(self) -> str:
        return self.mrn or NOT_RECORDED

    def course_of(self, instrument_id: InstrumentId) -> Course | None:
        return dict(self.courses).get(instrument_id)
