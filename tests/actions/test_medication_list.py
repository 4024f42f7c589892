"""Medicines with route, frequency and prescriber; how they are taken; allergies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cocm_desktop.actions.medication import (
    add_medication,
    change_dose,
    note_allergies,
    note_intake,
    read_medications,
    stop_medication,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import MedicationId, PatientId
from cocm_desktop.domain.medication import (
    Adherence,
    DoseDraft,
    IntakeDraft,
    Medication,
    MedicationDraft,
    StopDraft,
)
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused
from tests.actions.work import as_role, rows_stored

STARTED = date(2026, 10, 5)
TOLD = date(2026, 11, 20)


def sertraline(workspace: Workspace, patient_id: PatientId, **changes: Any) -> MedicationId:
    draft = MedicationDraft(
        patient_id,
        "sertraline",
        "50 mg",
        STARTED,
        route="By mouth",
        frequency="every morning",
        prescriber="Dr. Smith",
    )
    return MedicationId(add_medication(workspace, replace(draft, **changes)).record_id)


def only(workspace: Workspace, patient_id: PatientId) -> Medication:
    [medication] = read_medications(workspace, patient_id).medications
    return medication


def told(medicine: MedicationId, **changes: Any) -> IntakeDraft:
    return replace(IntakeDraft(medicine, Adherence.MISSES_SOME, "Dry mouth", TOLD), **changes)


def test_a_medicine_keeps_route_frequency_and_prescriber(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    sertraline(workspace, maria_patient)

    medication = only(workspace, maria_patient)

    assert medication.dose.words == "50 mg, every morning"
    assert (medication.dose.route, medication.prescriber) == ("By mouth", "Dr. Smith")


def test_a_new_dose_keeps_the_route_and_may_change_the_frequency(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    medicine = sertraline(workspace, maria_patient)

    change_dose(workspace, DoseDraft(medicine, "100 mg", TOLD, frequency="at night"))

    medication = only(workspace, maria_patient)
    assert [dose.words for dose in medication.doses] == [
        "50 mg, every morning",
        "100 mg, at night",
    ]
    assert medication.dose.route == "By mouth"


def test_the_latest_that_was_told_is_shown(workspace: Workspace, maria_patient: PatientId) -> None:
    medicine = sertraline(workspace, maria_patient)

    note_intake(workspace, told(medicine))
    note_intake(workspace, told(medicine, noted_on=STARTED, side_effects="Nausea"))

    intake = only(workspace, maria_patient).intake
    assert intake is not None
    assert intake.words == "Misses some doses; Dry mouth"
    assert intake.noted_on == TOLD


def test_what_was_not_asked_is_not_said(workspace: Workspace, maria_patient: PatientId) -> None:
    medicine = sertraline(workspace, maria_patient)

    note_intake(workspace, told(medicine, adherence=Adherence.NOT_ASKED))

    intake = only(workspace, maria_patient).intake
    assert intake is not None
    assert intake.words == "Dry mouth"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("no KNOWN allergies ", "No known allergies"),
        ("could not be asked", "Could not be asked"),
        ("Penicillin:\n rash", "Penicillin: rash"),
    ],
)
def test_allergies_are_kept_in_one_line(
    workspace: Workspace, maria_patient: PatientId, typed: str, kept: str
) -> None:
    assert read_medications(workspace, maria_patient).allergies == "Not recorded"

    note_allergies(workspace, maria_patient, words="Sulfa")
    note_allergies(workspace, maria_patient, words=typed)

    assert read_medications(workspace, maria_patient).allergies == kept


Doing = Callable[[Workspace, PatientId, MedicationId], object]
REFUSED: dict[str, Doing] = {
    "Say how it is taken": lambda w, _, m: note_intake(
        w, told(m, adherence=Adherence.NOT_ASKED, side_effects=" ")
    ),
    "Side effects: at most 120": lambda w, _, m: note_intake(w, told(m, side_effects="x" * 121)),
    "the day on which the patient told": lambda w, _, m: note_intake(w, told(m, noted_on=None)),
    "dated in the future": lambda w, _, m: note_intake(w, told(m, noted_on=date(2027, 1, 1))),
    "started on Oct 5": lambda w, _, m: note_intake(w, told(m, noted_on=date(2026, 10, 4))),
    "Route: at most 120": lambda w, p, _: sertraline(w, p, route="x" * 121),
    "Frequency: at most 120": lambda w, _, m: change_dose(
        w, DoseDraft(m, "1", TOLD, frequency="x" * 121)
    ),
    "Name them, or say": lambda w, p, _: note_allergies(w, p, words=" "),
    "At most 300": lambda w, p, _: note_allergies(w, p, words="x" * 301),
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_is_refused_stores_nothing(
    workspace: Workspace, maria_patient: PatientId, words: str
) -> None:
    medicine = sertraline(workspace, maria_patient)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match=words):
        REFUSED[words](workspace, maria_patient, medicine)

    assert rows_stored(workspace) == before


def test_nothing_is_told_of_a_medicine_that_was_stopped(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    medicine = sertraline(workspace, maria_patient)
    stop_medication(workspace, StopDraft(medicine, TOLD, "nausea"))
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="It was stopped on Nov 20"):
        note_intake(workspace, told(medicine))

    assert rows_stored(workspace) == before


def test_only_who_may_record_treatment_does(workspace: Workspace, maria_patient: PatientId) -> None:
    medicine = sertraline(workspace, maria_patient)
    consultant = as_role(workspace, Role.PSYCHIATRIC_CONSULTANT)

    with pytest.raises(Refused, match="you may not"):
        note_intake(consultant, told(medicine))
    with pytest.raises(Refused, match="you may not"):
        note_allergies(consultant, maria_patient, words="Sulfa")
