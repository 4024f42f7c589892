"""The open safety tasks of a practice, each with its patient and who is responsible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from cocm_desktop.domain.patient import Patient, banner_name
from cocm_desktop.domain.safety import SafetyTask
from cocm_desktop.domain.wording import NOT_RECORDED, count_of, long_moment


@dataclass(frozen=True, slots=True)
class SafetyLine:
    """A task, and the patient's name as on the banner: nobody may take it for another's."""

    task: SafetyTask
    patient: Patient
    care_manager: str
    practitioner: str
    is_escalated: bool
    told_at: datetime | None = None

    @property
    def patient_name(self) -> str:
        return banner_name(self.patient.last_name, self.patient.first_name)

    @property
    def practitioner_words(self) -> str:
        return self.practitioner or NOT_RECORDED

    @property
    def told_words(self) -> str:
        """Say that the practitioner was told, or has to be; nothing on the first day."""
        told = self.task.practitioner_told
        if told is not None and self.told_at is not None:
            return f"{told.who} told {long_moment(self.told_at)}"
        return "Practitioner not yet told" if self.is_escalated else ""


@dataclass(frozen=True, slots=True)
class SafetyList:
    """Every open task, oldest first. `escalation_days` is the practice's setting."""

    lines: tuple[SafetyLine, ...]
    today: date
    escalation_days: int

    @property
    def escalated(self) -> tuple[SafetyLine, ...]:
        return tuple(line for line in self.lines if line.is_escalated)

    @property
    def patients(self) -> int:
        return len({line.patient.id for line in self.lines})

    def of_patient(self, patient_id: str) -> tuple[SafetyLine, ...]:
        return tuple(line for line in self.lines if line.patient.id == patient_id)

    def of_others(self, patient_id: str) -> SafetyList:
        others = tuple(line for line in self.lines if line.patient.id != patient_id)
        return SafetyList(others, self.today, self.escalation_days)

    @property
    def count_words(self) -> str:
        return f"{count_of(len(self.lines), 'open safety task')}, {len(self.escalated)} escalated"
