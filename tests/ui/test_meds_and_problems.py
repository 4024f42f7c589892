"""The tab of medicines and problems: what it shows, what it offers, what it stores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.chart_page import read_chart_page
from cocm_desktop.actions.diagnosis import add_diagnosis, read_diagnoses
from cocm_desktop.actions.medication import (
    add_medication,
    add_past_trial,
    change_dose,
    note_intake,
    read_medications,
    stop_medication,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.diagnosis import DiagnosisDraft, DiagnosisStatus
from cocm_desktop.domain.ids import EpisodeId, MedicationId, PatientId
from cocm_desktop.domain.medication import (
    Adherence,
    DoseDraft,
    IntakeDraft,
    Medication,
    MedicationDraft,
    PastTrialDraft,
    StopDraft,
)
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.diagnosis.dialog import AddDiagnosisDialog, DiagnosisStatusDialog
from cocm_desktop.ui.medication.dialogs import (
    AddMedicineDialog,
    ChangeDoseDialog,
    IntakeDialog,
    StopMedicineDialog,
)
from cocm_desktop.ui.medication.page import MedsAndProblemsPage
from cocm_desktop.ui.medication.past_dialogs import AllergiesDialog, PastTrialDialog
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.void_dialog import Voidable
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import rows_stored
from tests.ui.hands import click

STARTED = date(2026, 9, 21)
RAISED = date(2026, 11, 9)


@pytest.fixture
def page(window: QWidget, desk: Desk) -> MedsAndProblemsPage:
    page = MedsAndProblemsPage(desk)
    page.setParent(window)
    page.resize(1200, 900)
    page.show()
    return page


@pytest.fixture
def show(
    page: MedsAndProblemsPage, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> Callable[[], None]:
    """Show what is recorded of Maria now."""
    del maria
    return lambda: page.show_page(read_chart_page(workspace, maria_patient))


def sertraline(workspace: Workspace, patient_id: PatientId) -> MedicationId:
    draft = MedicationDraft(
        patient_id, "sertraline", "50 mg", STARTED, route="By mouth", frequency="every morning"
    )
    medicine = MedicationId(add_medication(workspace, draft).record_id)
    change_dose(workspace, DoseDraft(medicine, "100 mg", RAISED))
    return medicine


def only(workspace: Workspace, patient_id: PatientId) -> Medication:
    [medication] = read_medications(workspace, patient_id).medications
    return medication


def cells(page: MedsAndProblemsPage, section: str) -> list[list[str]]:
    model = getattr(page, section).model
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def dialog_of(page: MedsAndProblemsPage, kind: type[PatientDialog]) -> PatientDialog:
    [dialog] = [each for each in page.findChildren(kind) if each.isVisible()]
    return dialog


def buttons(page: MedsAndProblemsPage, section: str) -> dict[str, Button]:
    return {each.accessibleName(): each for each in getattr(page, section).findChildren(Button)}


def press(page: MedsAndProblemsPage, section: str, words: str) -> None:
    click(buttons(page, section)[words])


def test_an_empty_chart_says_so_in_each_part(
    page: MedsAndProblemsPage, show: Callable[[], None]
) -> None:
    show()

    assert page.allergies.text() == "Not recorded"
    assert "No medicine is recorded" in page.current.nothing.text()
    assert page.current.nothing.isVisibleTo(page)
    assert not page.current.table.isVisibleTo(page)
    assert not page.stopped.isVisibleTo(page)
    assert [row[0] for row in cells(page, "diagnoses")] == ["F33.1"]
    assert "recurrent, moderate\nOnset: Not recorded · Typed here" in page.diagnoses.detail.text()


def test_current_and_stopped_medicines_and_past_trials_are_never_mixed(
    page: MedsAndProblemsPage,
    show: Callable[[], None],
    workspace: Workspace,
    maria_patient: PatientId,
) -> None:
    medicine = sertraline(workspace, maria_patient)
    note_intake(workspace, IntakeDraft(medicine, Adherence.MISSES_SOME, "dry mouth", RAISED))
    other = MedicationDraft(maria_patient, "bupropion", "150 mg", STARTED)
    stopped = MedicationId(add_medication(workspace, other).record_id)
    stop_medication(workspace, StopDraft(stopped, RAISED, "insomnia", "none"))
    add_past_trial(workspace, PastTrialDraft(maria_patient, "fluoxetine", "40 mg", "2019"))

    show()

    [taken] = cells(page, "current")
    assert taken == [
        *("sertraline", "100 mg, every morning", "09/21/2026", "3"),
        "Misses some doses; dry mouth",
    ]
    assert [row[0] for row in cells(page, "stopped")] == ["bupropion"]
    assert [row[0] for row in cells(page, "trials")] == ["fluoxetine"]
    assert "Route: By mouth · Prescriber: Not recorded" in page.current.detail.text()
    assert "50 mg, every morning (Sep 21, 2026)" in page.current.detail.text()
    assert "100 mg, every morning (Nov 9, 2026)" in page.current.detail.text()


def test_a_medicine_is_added(
    page: MedsAndProblemsPage,
    show: Callable[[], None],
    workspace: Workspace,
    maria_patient: PatientId,
) -> None:
    show()
    press(page, "current", "Add medicine")
    dialog = dialog_of(page, AddMedicineDialog)
    assert isinstance(dialog, AddMedicineDialog)
    dialog.name.setText("escitalopram")
    dialog.dose.setText("10 mg")
    dialog.frequency.setText("every evening")
    dialog.prescriber.setText("Dr. Smith")

    click(dialog.save)

    medication = only(workspace, maria_patient)
    assert medication.dose.words == "10 mg, every evening"
    assert (medication.dose.route, medication.prescriber) == ("By mouth", "Dr. Smith")


def test_a_medicine_without_a_dose_is_refused_and_nothing_is_stored(
    page: MedsAndProblemsPage, show: Callable[[], None], workspace: Workspace
) -> None:
    show()
    before = rows_stored(workspace)
    press(page, "current", "Add medicine")
    dialog = dialog_of(page, AddMedicineDialog)
    assert isinstance(dialog, AddMedicineDialog)
    dialog.name.setText("escitalopram")

    click(dialog.save)

    assert "Type the dose with its unit" in dialog.problems.text()
    assert rows_stored(workspace) == before


def test_a_dose_is_changed_told_of_and_stopped(
    page: MedsAndProblemsPage,
    show: Callable[[], None],
    workspace: Workspace,
    maria_patient: PatientId,
) -> None:
    sertraline(workspace, maria_patient)
    show()

    press(page, "current", "Change dose")
    change = dialog_of(page, ChangeDoseDialog)
    assert isinstance(change, ChangeDoseDialog)
    change.dose.setText("150 mg")
    click(change.save)
    press(page, "current", "How it is taken")
    told = dialog_of(page, IntakeDialog)
    assert isinstance(told, IntakeDialog)
    told.adherence.choose(Adherence.AS_PRESCRIBED)
    told.side_effects.setText("none")
    click(told.save)
    press(page, "current", "Stop")
    stop = dialog_of(page, StopMedicineDialog)
    assert isinstance(stop, StopMedicineDialog)
    stop.reason.setText("no response")
    click(stop.save)

    medication = only(workspace, maria_patient)
    assert [dose.dose for dose in medication.doses] == ["50 mg", "100 mg", "150 mg"]
    assert medication.intake is not None
    assert medication.intake.words == "As prescribed; none"
    assert medication.stop_reason == "no response"


def test_a_past_trial_and_allergies_are_recorded(
    page: MedsAndProblemsPage,
    show: Callable[[], None],
    workspace: Workspace,
    maria_patient: PatientId,
) -> None:
    show()
    press(page, "trials", "Add past trial")
    trial = dialog_of(page, PastTrialDialog)
    assert isinstance(trial, PastTrialDialog)
    trial.name.setText("fluoxetine")
    trial.response.setText("partial")
    click(trial.save)
    click(page.change_allergies)
    allergies = dialog_of(page, AllergiesDialog)
    assert isinstance(allergies, AllergiesDialog)
    click(allergies.phrases[0])
    click(allergies.save)

    known = read_medications(workspace, maria_patient)
    assert [each.name for each in known.past_trials] == ["fluoxetine"]
    assert known.allergies == "No known allergies"


def test_a_diagnosis_is_added_and_another_made_primary(
    page: MedsAndProblemsPage, show: Callable[[], None], workspace: Workspace, maria: EpisodeId
) -> None:
    show()
    press(page, "diagnoses", "Add diagnosis")
    dialog = dialog_of(page, AddDiagnosisDialog)
    assert isinstance(dialog, AddDiagnosisDialog)
    dialog.code.entry.setText("F43.10")
    dialog.onset.setText("2019")
    assert not dialog.own_title.isEnabled()
    click(dialog.save)
    show()
    page.diagnoses.table.select_row(1)

    press(page, "diagnoses", "Make primary")

    first = read_diagnoses(workspace, maria)[0]
    assert first.words == "F43.10 Post-traumatic stress disorder, unspecified"
    assert first.onset == "2019"


def test_only_what_is_treated_can_be_made_primary(
    page: MedsAndProblemsPage, show: Callable[[], None], workspace: Workspace, maria: EpisodeId
) -> None:
    draft = DiagnosisDraft(maria, "F31.9", STARTED, status=DiagnosisStatus.RULED_OUT)
    add_diagnosis(workspace, draft)
    show()

    primary = buttons(page, "diagnoses")["Make primary"]
    page.diagnoses.table.select_row(0)
    assert not primary.isEnabled()
    page.diagnoses.table.select_row(1)
    assert not primary.isEnabled()


def test_how_a_diagnosis_stands_is_recorded(
    page: MedsAndProblemsPage, show: Callable[[], None], workspace: Workspace, maria: EpisodeId
) -> None:
    show()
    press(page, "diagnoses", "Status")
    dialog = dialog_of(page, DiagnosisStatusDialog)
    assert isinstance(dialog, DiagnosisStatusDialog)
    dialog.status.choose(DiagnosisStatus.CONFIRMED)

    click(dialog.save)

    assert read_diagnoses(workspace, maria)[0].status is DiagnosisStatus.CONFIRMED


@pytest.mark.parametrize(("section", "words"), [("current", "sertraline"), ("diagnoses", "F33.1")])
def test_a_record_is_offered_to_be_withdrawn(
    page: MedsAndProblemsPage,
    show: Callable[[], None],
    workspace: Workspace,
    maria_patient: PatientId,
    section: str,
    words: str,
) -> None:
    sertraline(workspace, maria_patient)
    show()
    wanted: list[Voidable] = []
    page.void_wanted.connect(wanted.append)

    press(page, section, "Void")

    [record] = wanted
    assert words in record.words
    record.void(workspace, "wrong patient")
    show()
    assert cells(page, section) == []


def test_what_was_tried_or_stopped_can_be_withdrawn_too(
    page: MedsAndProblemsPage,
    show: Callable[[], None],
    workspace: Workspace,
    maria_patient: PatientId,
) -> None:
    stop_medication(
        workspace, StopDraft(sertraline(workspace, maria_patient), RAISED, "no response")
    )
    add_past_trial(workspace, PastTrialDraft(maria_patient, "fluoxetine"))
    show()
    wanted: list[Voidable] = []
    page.void_wanted.connect(wanted.append)

    press(page, "stopped", "Void")
    press(page, "trials", "Void")

    for record in wanted:
        record.void(workspace, "wrong")
    known = read_medications(workspace, maria_patient)
    assert (known.medications, known.past_trials) == ((), ())


def test_who_may_only_read_is_offered_nothing(
    window: QWidget, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    del maria
    staff = replace(workspace.staff, roles=frozenset({Role.PSYCHIATRIC_CONSULTANT}))
    page = MedsAndProblemsPage(Desk(replace(workspace, staff=staff), InlineWork()))
    page.setParent(window)
    page.show_page(read_chart_page(workspace, maria_patient))

    for section in ("diagnoses", "current", "trials"):
        every = buttons(page, section).values()
        assert not any(each.isVisibleTo(page) for each in every)


def test_unspecified_depression_is_warned_of_without_being_kept_back(
    page: MedsAndProblemsPage, show: Callable[[], None], workspace: Workspace, maria: EpisodeId
) -> None:
    show()
    press(page, "diagnoses", "Add diagnosis")
    dialog = dialog_of(page, AddDiagnosisDialog)
    assert isinstance(dialog, AddDiagnosisDialog)

    dialog.code.entry.setText("f32a")

    assert dialog.code.warning.isVisible()
    assert "CMS159" in dialog.code.warning.text()
    assert dialog.code.notice.text() == "Depression, unspecified"
    click(dialog.save)
    assert [each.diagnosis.code for each in read_diagnoses(workspace, maria)] == ["F33.1", "F32.A"]


def test_what_was_typed_into_a_dialog_is_not_lost_in_passing(
    page: MedsAndProblemsPage,
    show: Callable[[], None],
    workspace: Workspace,
    maria_patient: PatientId,
) -> None:
    sertraline(workspace, maria_patient)
    show()
    for section, words, kind in (
        ("diagnoses", "Add diagnosis", AddDiagnosisDialog),
        ("diagnoses", "Status", DiagnosisStatusDialog),
        ("current", "Add medicine", AddMedicineDialog),
        ("current", "Change dose", ChangeDoseDialog),
        ("current", "How it is taken", IntakeDialog),
        ("current", "Stop", StopMedicineDialog),
        ("trials", "Add past trial", PastTrialDialog),
    ):
        press(page, section, words)
        dialog = dialog_of(page, kind)
        before = dialog.is_touched
        for date_field in ("since", "noted_on", "stopped_on"):
            if hasattr(dialog, date_field):
                getattr(dialog, date_field).entry.setText("t-1")
        if isinstance(dialog, PastTrialDialog):
            dialog.name.setText("x")
        assert (before, dialog.is_touched) == (False, True)
        dialog.forget()
        dialog.reject()
