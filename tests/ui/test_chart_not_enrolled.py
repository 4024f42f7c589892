"""The chart of a patient without an episode: what is on file of them stays readable."""

from __future__ import annotations

from datetime import date

from pytestqt.qtbot import QtBot

from cocm_desktop.actions.episode import enroll
from cocm_desktop.actions.medication import add_medication
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import EnrollDraft
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.medication import MedicationDraft
from cocm_desktop.ui.chart.screen import TABS, ChartScreen
from cocm_desktop.ui.desk import Desk
from tests.conftest import CARE_MANAGER

DAY = date(2026, 11, 2)


def shown(qtbot: QtBot, desk: Desk, patient_id: PatientId) -> ChartScreen:
    screen = ChartScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    screen.show_patient(patient_id)
    return screen


def parts(screen: ChartScreen) -> list[str]:
    return [words for place, words in enumerate(TABS) if screen.tabs.isTabVisible(place)]


def take_sertraline(workspace: Workspace, patient_id: PatientId) -> None:
    add_medication(workspace, MedicationDraft(patient_id, "sertraline", "50 mg", DAY))


def test_medicines_of_a_patient_who_is_not_enrolled_can_be_read(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria_patient: PatientId
) -> None:
    take_sertraline(workspace, maria_patient)

    screen = shown(qtbot, desk, maria_patient)
    first = screen._pages.currentWidget()
    screen._step_tab(1)

    assert first is screen._not_enrolled
    assert parts(screen) == ["Summary", "Meds and problems"]
    assert screen._pages.currentWidget() is screen.facts
    assert screen.facts.current.model.rowCount() == 1
    assert not screen.facts.diagnoses.isVisibleTo(screen.facts)
    screen._step_tab(1)
    assert screen.tabs.currentIndex() == 0


def test_every_part_is_offered_once_the_patient_is_enrolled(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria_patient: PatientId
) -> None:
    take_sertraline(workspace, maria_patient)
    screen = shown(qtbot, desk, maria_patient)

    enroll(
        workspace,
        EnrollDraft(
            patient_id=maria_patient,
            care_manager_id=CARE_MANAGER.id,
            consented_on=DAY,
            consent_method=ConsentMethod.VERBAL,
            enrolled_on=DAY,
        ),
    )
    screen.read_again()

    assert parts(screen) == list(TABS)
    assert screen._pages.currentWidget() is screen.summary
    assert screen.facts.diagnoses.isVisibleTo(screen.facts)
