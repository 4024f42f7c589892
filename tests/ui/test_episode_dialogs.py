"""Enrolling, starting treatment and closing: what is stored and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.episode_phase import change_phase, read_phases
from cocm_desktop.actions.plan import write_plan
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.episode import CloseReason, EpisodeStatus
from cocm_desktop.domain.episode_phase import PhaseDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.plans import PlanDraft, PlanKind
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.close_dialog import CloseEpisodeDialog
from cocm_desktop.ui.episode.enroll_dialog import EnrollDialog
from cocm_desktop.ui.episode.phase_dialog import ChangePhaseDialog
from cocm_desktop.ui.episode.start_dialog import StartTreatmentDialog
from cocm_desktop.ui.patient.subject import Subject
from tests.actions.work import rows_stored
from tests.conftest import CARE_MANAGER, PRACTITIONER
from tests.ui.hands import click

EVENING = date(2026, 11, 30)


def the_row(workspace: Workspace) -> RegistryRow:
    [row] = read_registry(workspace).rows
    return row


def the_subject(workspace: Workspace) -> Subject:
    return Subject.of_row(the_row(workspace))


@pytest.fixture
def enrolling(
    window: QWidget, desk: Desk, workspace: Workspace, maria_patient: PatientId
) -> EnrollDialog:
    dialog = EnrollDialog(desk, the_subject(workspace), window)
    dialog.open()
    return dialog


def test_enrolling_stores_three_dates_consent_and_diagnosis(
    enrolling: EnrollDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    enrolling.referred_on.set_day(date(2026, 11, 20))
    enrolling.consented_on.set_day(date(2026, 11, 24))
    enrolling.enrolled_on.set_day(date(2026, 11, 27))
    for box in enrolling.statements:
        box.click()
    enrolling.confirm.click()
    enrolling.practitioner.choose(PRACTITIONER.id)
    enrolling.diagnosis.entry.setText("f331")
    click(enrolling.save)

    chart = read_chart(workspace, maria_patient)
    assert chart.episode is not None
    assert chart.consent is not None
    assert chart.episode.referred_on == date(2026, 11, 20)
    assert chart.consent.given_on == date(2026, 11, 24)
    assert chart.episode.enrolled_on == date(2026, 11, 27)
    assert chart.care_manager == CARE_MANAGER
    assert chart.treating_practitioner == PRACTITIONER
    assert [each.code for each in chart.diagnoses] == ["F33.1"]


def test_enrolling_without_consent_told_and_date_is_refused(
    enrolling: EnrollDialog, workspace: Workspace
) -> None:
    before = rows_stored(workspace)

    enrolling.statements[0].click()
    click(enrolling.save)

    assert enrolling.problems.text() == (
        "Type the date on which the patient gave consent.\n"
        "Consent means that the patient was told each statement; 2 left.\n"
        "Compare name and date of birth, then tick the box."
    )
    assert enrolling.focusWidget() is enrolling.consented_on.entry
    assert rows_stored(workspace) == before


def test_a_diagnosis_is_found_by_its_words(enrolling: EnrollDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(enrolling.diagnosis.entry, "mdd recurrent moderate")

    qtbot.keyClick(enrolling.diagnosis.entry, Qt.Key.Key_Return)
    assert enrolling.diagnosis.code() == "F33.1"


def test_a_consented_patient_starts_treatment_later(
    enrolling: EnrollDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    enrolling.consented_on.set_day(date(2026, 11, 24))
    for box in enrolling.statements:
        box.click()
    enrolling.confirm.click()
    click(enrolling.save)
    episode = read_chart(workspace, maria_patient).episode
    assert episode is not None
    assert episode.status is EpisodeStatus.CONSENTED
    start = StartTreatmentDialog(
        enrolling.desk, the_subject(workspace), episode, parent=enrolling.parentWidget()
    )
    start.open()

    start.enrolled_on.set_day(date(2026, 11, 23))
    click(start.save)
    refused = start.problems.text()
    start.enrolled_on.set_day(date(2026, 11, 30))
    click(start.save)

    assert refused == "The patient consented on Nov 24, 2026."
    assert the_row(workspace).status is EpisodeStatus.ACTIVE


@pytest.fixture
def closing(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> CloseEpisodeDialog:
    episode = read_chart(workspace, maria_patient).episode
    assert episode is not None
    dialog = CloseEpisodeDialog(desk, the_subject(workspace), episode, parent=window)
    dialog.open()
    dialog.confirm.click()
    return dialog


def test_an_episode_closes_with_its_reason(
    closing: CloseEpisodeDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    closing.reason.choose(CloseReason.GRADUATED)
    click(closing.save)

    episode = read_chart(workspace, maria_patient).episode
    assert episode is not None
    assert (episode.closed_on, episode.close_reason) == (EVENING, CloseReason.GRADUATED)


def test_closing_without_a_reason_is_refused(
    closing: CloseEpisodeDialog, workspace: Workspace
) -> None:
    before = rows_stored(workspace)

    click(closing.save)

    assert closing.problems.text() == "Choose why the episode closes."
    assert closing.focusWidget() is closing.reason
    assert rows_stored(workspace) == before


def test_closing_what_another_person_changed_meanwhile_is_refused(
    closing: CloseEpisodeDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    again = CloseEpisodeDialog(
        closing.desk, closing.subject, closing._episode, parent=closing.parentWidget()
    )
    again.open()
    again.confirm.click()
    closing.reason.choose(CloseReason.WITHDREW)
    click(closing.save)

    again.reason.choose(CloseReason.GRADUATED)
    click(again.save)

    assert again.isVisible()
    episode = read_chart(workspace, maria_patient).episode
    assert episode is not None
    assert episode.close_reason is CloseReason.WITHDREW


def test_an_episode_moves_to_relapse_prevention_once_its_plan_is_written(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    episode = read_chart(workspace, maria_patient).episode
    assert episode is not None
    dialog = ChangePhaseDialog(desk, the_subject(workspace), episode, parent=window)
    dialog.open()
    dialog.phase.choose(EpisodeStatus.RELAPSE_PREVENTION)
    click(dialog.save)
    assert the_row(workspace).status is EpisodeStatus.ACTIVE

    parts = {"warning_signs": "Sleep", "helps": "Walks", "contacts": "The practice"}
    kind = PlanKind.RELAPSE_PREVENTION_PLAN
    write_plan(workspace, PlanDraft(maria, kind, workspace.today(), parts))
    click(dialog.save)

    assert the_row(workspace).status is EpisodeStatus.RELAPSE_PREVENTION


def test_an_episode_on_hold_has_its_reason(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    episode = read_chart(workspace, maria_patient).episode
    assert episode is not None
    dialog = ChangePhaseDialog(desk, the_subject(workspace), episode, parent=window)
    dialog.open()
    dialog.phase.choose(EpisodeStatus.ON_HOLD)
    click(dialog.save)
    assert dialog.isVisible()

    dialog.reason.setPlainText("In hospital")
    click(dialog.save)

    assert read_phases(workspace, maria)[-1].reason == "In hospital"


def test_a_phase_that_another_person_changed_meanwhile_is_refused(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    episode = read_chart(workspace, maria_patient).episode
    assert episode is not None
    today = workspace.today()
    change_phase(workspace, PhaseDraft(maria, EpisodeStatus.ON_HOLD, today, "In hospital"))
    dialog = ChangePhaseDialog(desk, the_subject(workspace), episode, parent=window)
    dialog.open()

    dialog.phase.choose(EpisodeStatus.RELAPSE_PREVENTION)
    click(dialog.save)

    assert dialog.isVisible()
    assert the_row(workspace).status is EpisodeStatus.ON_HOLD
