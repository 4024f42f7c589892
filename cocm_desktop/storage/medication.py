"""Medications with their doses, and past trials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import DoseId, MedicationId, PastTrialId, PatientId, new_id
from cocm_desktop.domain.medication import Dose, Intake, Medication, PastTrial, StopDraft
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import found, recorded, void
from cocm_desktop.storage.tables_clinical import (
    DoseTable,
    IntakeTable,
    MedicationStopTable,
    MedicationTable,
    PastTrialTable,
)


def add(session: Session, medication: Medication, stamp: Stamp) -> None:
    session.add(
        MedicationTable(
            id=medication.id,
            patient_id=medication.patient_id,
            name=medication.name,
            is_psychotropic=medication.is_psychotropic,
            prescriber=medication.prescriber,
            note=medication.note,
            **recorded(stamp),
        )
    )
    session.flush()
    for dose in medication.doses:
        add_dose(session, dose, stamp)


def add_dose(session: Session, dose: Dose, stamp: Stamp) -> None:
    session.add(DoseTable(**asdict(dose), **recorded(stamp)))


def add_intake(session: Session, intake: Intake, stamp: Stamp, *, medication_id: str) -> None:
    session.add(
        IntakeTable(id=new_id(), medication_id=medication_id, **asdict(intake), **recorded(stamp))
    )


def stop(session: Session, draft: StopDraft, stamp: Stamp) -> None:
    session.add(
        MedicationStopTable(
            id=new_id(),
            medication_id=draft.medication_id,
            stopped_on=draft.stopped_on,
            reason=draft.reason.strip(),
            response=draft.response.strip(),
            **recorded(stamp),
        )
    )


def exists(session: Session, medication_id: str) -> bool:
    return session.get(MedicationTable, medication_id) is not None


def dose_exists(session: Session, dose_id: str) -> bool:
    return session.get(DoseTable, dose_id) is not None


def get(session: Session, medication_id: str) -> Medication:
    row = found(session, MedicationTable, medication_id, words="medicine")
    [medication] = _medications(session, [row])
    return medication


def void_medication(session: Session, medication_id: str, stamp: Stamp, *, reason: str) -> None:
    void(found(session, MedicationTable, medication_id, words="medicine"), stamp, reason)


def of_patient(session: Session, patient_id: str, *, until: date) -> tuple[Medication, ...]:
    """Give the medicines a patient takes or took, by name; the ones started by the day."""
    return of_patients(session, [patient_id], until=until).get(patient_id, ())


def of_patients(
    session: Session, patient_ids: Collection[str], *, until: date
) -> dict[str, tuple[Medication, ...]]:
    """Give the medicines of many patients in four statements, by patient."""
    table = MedicationTable
    rows = session.scalars(
        select(table)
        .where(table.patient_id.in_(patient_ids), table.voided_at.is_(None))
        .order_by(table.name, table.id)
    ).all()
    found_ones: defaultdict[str, list[Medication]] = defaultdict(list)
    for medication in _medications(session, rows):
        if medication.started_on <= until:
            found_ones[medication.patient_id].append(medication)
    return {patient_id: tuple(each) for patient_id, each in found_ones.items()}


def add_trial(session: Session, trial: PastTrial, stamp: Stamp) -> None:
    session.add(PastTrialTable(**asdict(trial), **recorded(stamp)))


def trial_exists(session: Session, trial_id: str) -> bool:
    return session.get(PastTrialTable, trial_id) is not None


def get_trial(session: Session, trial_id: str) -> PastTrial:
    return _trial(found(session, PastTrialTable, trial_id, words="past trial"))


def void_trial(session: Session, trial_id: str, stamp: Stamp, *, reason: str) -> None:
    void(found(session, PastTrialTable, trial_id, words="past trial"), stamp, reason)


def trials_of(session: Session, patient_id: str) -> tuple[PastTrial, ...]:
    return trials_of_patients(session, [patient_id]).get(patient_id, ())


def trials_of_patients(
    session: Session, patient_ids: Collection[str]
) -> dict[str, tuple[PastTrial, ...]]:
    rows = session.scalars(
        select(PastTrialTable)
        .where(PastTrialTable.patient_id.in_(patient_ids), PastTrialTable.voided_at.is_(None))
        .order_by(PastTrialTable.name, PastTrialTable.id)
    )
    trials: defaultdict[str, list[PastTrial]] = defaultdict(list)
    for row in rows:
        trials[row.patient_id].append(_trial(row))
    return {patient_id: tuple(each) for patient_id, each in trials.items()}


def _medications(session: Session, rows: Sequence[MedicationTable]) -> list[Medication]:
    ids = [row.id for row in rows]
    doses: defaultdict[str, list[Dose]] = defaultdict(list)
    for dose in session.scalars(
        select(DoseTable)
        .where(DoseTable.medication_id.in_(ids), DoseTable.voided_at.is_(None))
        .order_by(DoseTable.since, DoseTable.id)
    ):
        doses[dose.medication_id].append(
            Dose(
                id=DoseId(dose.id),
                medication_id=MedicationId(dose.medication_id),
                dose=dose.dose,
                since=dose.since,
                route=dose.route,
                frequency=dose.frequency,
            )
        )
    stops = {
        row.medication_id: row
        for row in session.scalars(
            select(MedicationStopTable).where(
                MedicationStopTable.medication_id.in_(ids),
                MedicationStopTable.voided_at.is_(None),
            )
        )
    }
    intakes = {
        row.medication_id: Intake(row.adherence, row.side_effects, row.noted_on)
        for row in session.scalars(
            select(IntakeTable)
            .where(IntakeTable.medication_id.in_(ids))
            .order_by(IntakeTable.noted_on, IntakeTable.id)
        )
    }
    return [
        replace(_medication(row, doses[row.id], stops.get(row.id)), intake=intakes.get(row.id))
        for row in rows
    ]


def _medication(
    row: MedicationTable, doses: list[Dose], stopped: MedicationStopTable | None
) -> Medication:
    return Medication(
        id=MedicationId(row.id),
        patient_id=PatientId(row.patient_id),
        name=row.name,
        is_psychotropic=row.is_psychotropic,
        doses=tuple(doses),
        note=row.note,
        prescriber=row.prescriber,
        stopped_on=stopped.stopped_on if stopped else None,
        stop_reason=stopped.reason if stopped else "",
        response=stopped.response if stopped else "",
    )


def _trial(row: PastTrialTable) -> PastTrial:
    return PastTrial(
        id=PastTrialId(row.id),
        patient_id=PatientId(row.patient_id),
        name=row.name,
        highest_dose=row.highest_dose,
        taken=row.taken,
        response=row.response,
        stop_reason=row.stop_reason,
    )
