"""The patient of an open safety task, as a dialog names them."""

from __future__ import annotations

from datetime import date

from cocm_desktop.domain.patient import age_on
from cocm_desktop.domain.safety_list import SafetyLine
from cocm_desktop.ui.patient.subject import Subject


def subject_of(line: SafetyLine, today: date) -> Subject:
    patient = line.patient
    return Subject(
        patient_id=patient.id,
        episode_id=line.task.episode_id,
        name=line.patient_name,
        born_on=patient.born_on,
        age=age_on(patient.born_on, today),
        mrn=patient.mrn,
    )
