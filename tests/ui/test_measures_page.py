"""The Measures tab: every form, by instrument, with answers, corrections and voided ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.instruments import add_pack, preview_pack, retire_pack
from cocm_desktop.actions.measure import correct_measure, record_measure, void_measure
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.instrument import PHQ9, InstrumentId
from cocm_desktop.domain.measure import MeasureDraft
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.chart.answers_dialog import AnswersDialog
from cocm_desktop.ui.chart.screen import ChartScreen
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.patient.void_dialog import VoidDialog
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role, gad7, phq9
from tests.domain.test_instrument_definition import small
from tests.exchange.forms import file_of
from tests.ui.hands import click, dialog_of, dialogs_of

NOVEMBER = date(2026, 11, 3)
SCORE, CRITICAL, KEPT_AS = 2, 3, 4


@pytest.fixture
def chart(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> ChartScreen:
    """Give Maria's chart at its Measures tab, with two PHQ-9 and a GAD-7."""
    phq9(workspace, maria, date(2026, 10, 1), 18, 1)
    gad7(workspace, maria, date(2026, 10, 2), 12)
    phq9(workspace, maria, NOVEMBER, 9)
    return measures_of(qtbot, desk, maria_patient)


def measures_of(qtbot: QtBot, desk: Desk, patient_id: PatientId) -> ChartScreen:
    screen = ChartScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    screen.show_patient(patient_id)
    screen.tabs.setCurrentIndex(2)
    return screen


def column(chart: ChartScreen, number: int) -> list[str]:
    model = chart.measures.model
    return [model.index(row, number).data() for row in range(model.rowCount())]


def again(chart: ChartScreen, patient_id: PatientId) -> None:
    chart.show_patient(patient_id)


def test_all_instruments_are_listed_newest_first(chart: ChartScreen) -> None:
    assert column(chart, 1) == ["PHQ-9", "GAD-7", "PHQ-9"]
    assert column(chart, SCORE) == ["9 Mild", "12 Moderate", "18 Mod. severe"]
    assert column(chart, CRITICAL) == ["0", "", "item 9: 1"]


def test_one_instrument_can_be_picked_out(chart: ChartScreen) -> None:
    chart.measures.instrument.choose(InstrumentId("GAD-7"))

    assert column(chart, 1) == ["GAD-7"]


def test_a_total_alone_is_marked_and_item_9_said_not_to_be_asked(
    chart: ChartScreen, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    record_measure(workspace, MeasureDraft(maria, PHQ9, date(2026, 11, 20), total_only=14))

    again(chart, maria_patient)

    assert (column(chart, CRITICAL)[0], column(chart, KEPT_AS)[0]) == (
        "item 9 not asked",
        "Total only",
    )
    assert "total 14 as the form says it, total only" in chart.measures.detail_title.text()
    assert "Item 9 not asked." in chart.measures.detail.toPlainText()


def test_a_screener_without_a_total_shows_the_publishers_triage(
    chart: ChartScreen, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    answers = (1, 1, 0, 0, 1, 0, None)
    draft = MeasureDraft(maria, InstrumentId("C-SSRS"), date(2026, 11, 20), answers)
    record_measure(workspace, draft)

    again(chart, maria_patient)

    assert column(chart, SCORE)[0] == "Triage: High Risk"
    assert column(chart, CRITICAL)[0] == "items 1, 2, 5"
    assert "this instrument has no total" in chart.measures.detail_title.text()


def test_voided_rows_are_shown_struck_with_reason_and_name(
    chart: ChartScreen, workspace: Workspace, maria_patient: PatientId
) -> None:
    page = chart.measures
    last = read_chart(workspace, maria_patient).measures[-1]
    void_measure(workspace, last.id, reason="Another patient's form")
    again(chart, maria_patient)
    hidden = column(chart, 0)

    page.show_voided.setChecked(True)
    page.table.select_row(0)

    assert len(hidden) == 2
    assert page.show_voided.text() == "Show voided (1)"
    font = page.model.index(0, 0).data(Qt.ItemDataRole.FontRole)
    assert isinstance(font, QFont)
    assert font.strikeOut()
    assert page.detail.toPlainText().startswith(
        "Voided on Nov 30, 2026 by M. Bell, LCSW: Another patient's form"
    )
    assert not page.correct.isEnabled()
    assert not page.void.isEnabled()


def test_a_correction_and_what_it_corrects_are_both_there(
    chart: ChartScreen, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    wrong = read_chart(workspace, maria_patient).measures[-1]
    right = MeasureDraft(maria, PHQ9, NOVEMBER, (1,) * 8 + (0,))
    correct_measure(workspace, wrong.id, right, reason="Keyed wrong")

    again(chart, maria_patient)
    chart.measures.show_voided.setChecked(True)

    assert set(column(chart, KEPT_AS)[:2]) == {"Correction", "Corrected"}


def test_correcting_opens_the_form_with_its_answers(chart: ChartScreen) -> None:
    chart.measures.table.select_row(0)

    click(chart.measures.correct)

    dialog = dialog_of(RecordMeasureDialog)
    assert dialog.grid.answers == (3, 3, 3, 0, 0, 0, 0, 0, 0)
    dialog.reject()


def test_voiding_says_that_a_safety_task_stays(chart: ChartScreen) -> None:
    chart.measures.table.select_row(2)

    click(chart.measures.void)

    dialog = dialog_of(VoidDialog)
    said = [label.text() for label in dialog.findChildren(Label)]
    assert "A safety task that it opened stays open until a clinician closes it." in said
    dialog.reject()


def test_the_answers_are_shown_in_words(chart: ChartScreen) -> None:
    chart.measures.table.select_row(2)

    click(chart.measures.answers)

    dialog = dialog_of(AnswersDialog)
    assert dialog.model.index(8, 2).data() == "1  Several days"
    assert dialog.model.rowCount() == 10
    click(dialog.close_button)
    assert not dialogs_of(AnswersDialog)


def test_whoever_may_not_void_may_not_correct(
    qtbot: QtBot, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    phq9(workspace, maria, NOVEMBER, 9)
    desk = Desk(as_role(workspace, Role.PSYCHIATRIC_CONSULTANT), InlineWork())

    chart = measures_of(qtbot, desk, maria_patient)

    assert not chart.measures.correct.isVisibleTo(chart)
    assert not chart.measures.void.isVisibleTo(chart)
    assert chart.measures.answers.isVisibleTo(chart)


def test_a_form_of_a_retired_instrument_is_read_and_corrected_by_its_own_version(
    chart: ChartScreen,
    workspace: Workspace,
    maria: EpisodeId,
    maria_patient: PatientId,
    tmp_path: Path,
) -> None:
    add_pack(workspace, preview_pack(workspace, file_of(tmp_path, small())))
    own = InstrumentId("OWN-4")
    record_measure(workspace, MeasureDraft(maria, own, date(2026, 11, 20), (1, 1, 0, 0)))
    retire_pack(workspace, "OWN-4", reason="Replaced")
    again(chart, maria_patient)

    chart.measures.table.select_row(0)
    click(chart.measures.correct)
    dialog = dialog_of(RecordMeasureDialog)
    dialog.grid.items[2].take(1)
    dialog.reason.setText("Item 3 was keyed wrong")
    click(dialog.save)

    last = read_chart(workspace, maria_patient).measures[-1]
    assert (last.instrument_id, last.instrument_version, last.answers) == (own, 1, (1, 1, 1, 0))


def test_nothing_chosen_offers_nothing(
    qtbot: QtBot, desk: Desk, maria: EpisodeId, maria_patient: PatientId
) -> None:
    chart = measures_of(qtbot, desk, maria_patient)

    chart.measures.table.setCurrentIndex(QModelIndex())
    chart.measures.answers.click()
    chart.measures.correct.click()

    assert maria
    assert not dialogs_of(AnswersDialog)
    assert not dialogs_of(RecordMeasureDialog)
