"""Pictures of the tab of medicines and problems, and of its dialogs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.diagnosis import add_diagnosis
from cocm_desktop.actions.medication import (
    add_medication,
    add_past_trial,
    change_dose,
    note_allergies,
    note_intake,
    stop_medication,
)
from cocm_desktop.domain.diagnosis import DiagnosisDraft, DiagnosisStatus
from cocm_desktop.domain.ids import DoseId, EpisodeId, MedicationId, PatientId
from cocm_desktop.domain.medication import (
    Adherence,
    DoseDraft,
    IntakeDraft,
    Medication,
    MedicationDraft,
    PastTrialDraft,
    StopDraft,
)
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.errors import Refused
from cocm_desktop.ui.diagnosis.dialog import AddDiagnosisDialog, DiagnosisStatusDialog
from cocm_desktop.ui.episode.enroll_dialog import EnrollDialog
from cocm_desktop.ui.medication.dialogs import (
    AddMedicineDialog,
    ChangeDoseDialog,
    IntakeDialog,
    StopMedicineDialog,
)
from cocm_desktop.ui.medication.past_dialogs import AllergiesDialog, PastTrialDialog
from cocm_desktop.ui.patient.subject import Subject
from tests.builders import id_of
from tests.pictures_of_episodes import chart
from tests.pictures_of_patients import Stage, first, measured, not_enrolled, opened, typed

TAB = "Meds and problems"


def treated(stage: Stage) -> RegistryRow:
    """Give a patient of whom everything on the tab is recorded."""
    row = measured(stage)
    with suppress(Refused):
        _record(stage, row.patient_id, EpisodeId(row.episode_id or ""))
    return row


def _record(stage: Stage, patient_id: PatientId, episode_id: EpisodeId) -> None:
    desk, today = stage.workspace, stage.desk.today()
    weeks = [today - timedelta(weeks=number) for number in range(20)]
    medicine = MedicationId(id_of("pictured medicine"))
    draft = MedicationDraft(
        patient_id,
        "escitalopram",
        "10 mg",
        weeks[12],
        route="By mouth",
        frequency="every morning",
        prescriber="Dr. Ann Smith",
        id=medicine,
        dose_id=DoseId(id_of("pictured dose")),
    )
    add_medication(desk, draft)
    change_dose(desk, DoseDraft(medicine, "20 mg", weeks[5], id=DoseId(id_of("second dose"))))
    note_intake(desk, IntakeDraft(medicine, Adherence.MISSES_SOME, "dry mouth", weeks[1]))
    other = MedicationDraft(
        patient_id, "lisinopril", "10 mg", weeks[18], is_psychotropic=False, frequency="daily"
    )
    add_medication(desk, other)
    stopped = MedicationDraft(patient_id, "trazodone", "50 mg", weeks[10], frequency="at night")
    add_medication(desk, stopped)
    stop_medication(desk, StopDraft(stopped.id, weeks[4], "drowsy in the morning", "partial"))
    add_past_trial(
        desk,
        PastTrialDraft(patient_id, "fluoxetine", "40 mg", "2019, 4 months", "partial", "tired"),
    )
    note_allergies(desk, patient_id, words="Penicillin: rash")
    add_diagnosis(desk, DiagnosisDraft(episode_id, "F41.1", weeks[10], onset="since college"))
    add_diagnosis(
        desk, DiagnosisDraft(episode_id, "F31.9", weeks[11], status=DiagnosisStatus.RULED_OUT)
    )


def taken(stage: Stage, row: RegistryRow) -> Medication:
    return read_chart(stage.workspace, row.patient_id).current_medications[0]


def of_medicine(stage: Stage, kind: Callable[..., QDialog]) -> QDialog:
    row = treated(stage)
    subject = Subject.of_row(row)
    return opened(kind(stage.desk, subject, taken(stage, row), parent=stage.window))


def adding(stage: Stage) -> AddDiagnosisDialog:
    row = treated(stage)
    episode_id = EpisodeId(row.episode_id or "")
    subject = Subject.of_row(row)
    return opened(AddDiagnosisDialog(stage.desk, subject, episode_id, parent=stage.window))


def searching(stage: Stage) -> QDialog:
    dialog = adding(stage)
    dialog.activateWindow()
    dialog.code.entry.setFocus()
    QTest.keyClicks(dialog.code.entry, "depr")
    return typed(dialog)


def warned(stage: Stage) -> QDialog:
    dialog = adding(stage)
    dialog.code.entry.setText("F32.A  Depression, unspecified")
    return typed(dialog)


def status(stage: Stage) -> QDialog:
    row = treated(stage)
    [listed, *_] = read_chart(stage.workspace, row.patient_id).facts.diagnoses
    subject = Subject.of_row(row)
    return opened(DiagnosisStatusDialog(stage.desk, subject, listed, parent=stage.window))


def add_medicine(stage: Stage) -> QDialog:
    subject = Subject.of_row(treated(stage))
    return opened(AddMedicineDialog(stage.desk, subject, parent=stage.window))


def past_trial(stage: Stage) -> QDialog:
    subject = Subject.of_row(treated(stage))
    return opened(PastTrialDialog(stage.desk, subject, parent=stage.window))


def allergies(stage: Stage) -> QDialog:
    subject = Subject.of_row(treated(stage))
    return opened(AllergiesDialog(stage.desk, subject, "Not recorded", parent=stage.window))


def enrolling(stage: Stage) -> QDialog:
    subject = Subject.of_row(not_enrolled(stage))
    dialog = opened(EnrollDialog(stage.desk, subject, stage.window))
    dialog.diagnosis.entry.setText("F32.A")
    return typed(dialog)


def nothing(stage: Stage) -> QWidget:
    def is_bare(row: RegistryRow) -> bool:
        return row.is_open and not read_chart(stage.workspace, row.patient_id).medications

    return chart(stage, first(stage, is_bare), TAB)


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "meds-full": lambda stage: chart(stage, treated(stage), TAB),
    "meds-empty": nothing,
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "meds-add": add_medicine,
    "meds-dose": lambda stage: of_medicine(stage, ChangeDoseDialog),
    "meds-intake": lambda stage: of_medicine(stage, IntakeDialog),
    "meds-stop": lambda stage: of_medicine(stage, StopMedicineDialog),
    "meds-trial": past_trial,
    "meds-allergies": allergies,
    "meds-diagnosis-search": searching,
    "meds-diagnosis-warned": warned,
    "meds-diagnosis-status": status,
    "meds-enroll": enrolling,
}
