"""The one dialog for every instrument: lists, grids, gates, totals alone, corrections."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.instruments import add_pack, preview_pack, retire_pack
from cocm_desktop.actions.scoring import load_instruments
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.instrument import GAD7, PHQ9, InstrumentId
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.measure.answer_row import AnswerRow
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.safety.dialog import CloseSafetyTaskDialog
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role, gad7
from tests.domain.test_instrument_definition import small
from tests.exchange.forms import file_of
from tests.ui.hands import Key, dialogs_of, press, type_into
from tests.ui.test_measure_dialog import opened, subject_of

SHIPPED = sorted(load_instruments())
NOVEMBER = date(2026, 11, 3)


@pytest.fixture
def dialog(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> RecordMeasureDialog:
    return opened(desk, subject_of(workspace), window)


def chosen(dialog: RecordMeasureDialog, name: str) -> RecordMeasureDialog:
    dialog.choose(InstrumentId(name))
    return dialog


def stored(workspace: Workspace, patient_id: PatientId) -> tuple[Measure, ...]:
    return read_chart(workspace, patient_id).measures


def row_in_focus(dialog: RecordMeasureDialog) -> AnswerRow:
    row = dialog.focusWidget()
    assert isinstance(row, AnswerRow)
    return row


# --------------------------------------------------------------------------------- the list


def test_the_primary_scale_comes_first_then_those_used_before(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    gad7(workspace, maria, NOVEMBER, 9)

    dialog = opened(desk, subject_of(workspace), window)

    assert dialog.instrument_field.names[:5] == (
        "Primary scale of this episode",
        "PHQ-9 · Patient Health Questionnaire (ages 12 and older)",
        "Used before in this episode",
        "GAD-7 · Generalized Anxiety Disorder scale (ages 13 and older)",
        "All other instruments",
    )
    assert dialog.instrument.id == PHQ9


def test_an_instrument_is_found_by_typing(dialog: RecordMeasureDialog) -> None:
    field = dialog.instrument_field

    field.entry.setText("pcl")
    press_return(field.entry)

    assert dialog.instrument.id == "PCL-5"
    assert field.entry.text() == "PCL-5"
    assert not dialog.problems.isVisible()
    assert dialog.focusWidget() is dialog.grid.items[0]


def test_a_name_nobody_knows_leaves_the_form_as_it_is(dialog: RecordMeasureDialog) -> None:
    field = dialog.instrument_field

    field.entry.setText("no such form")
    press_return(field.entry)

    assert dialog.instrument.id == PHQ9
    assert field.entry.text() == "PHQ-9"


def test_one_is_picked_from_the_list_and_from_what_was_found(dialog: RecordMeasureDialog) -> None:
    field = dialog.instrument_field

    row = next(n for n, name in enumerate(field.names) if name.startswith("K6"))
    field.activated.emit(row)
    from_list = dialog.instrument.id
    completer = field.completer()
    assert completer is not None
    completer.activated.emit(next(name for name in field.names if name.startswith("ISI")))

    assert (from_list, dialog.instrument.id) == ("K6", "ISI")


def test_a_pack_of_the_clinic_is_offered_until_it_is_retired(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId, tmp_path: Path
) -> None:
    add_pack(workspace, preview_pack(workspace, file_of(tmp_path, small())))
    before = opened(desk, subject_of(workspace), window).instrument_field.names
    retire_pack(workspace, "OWN-4", reason="Replaced")

    after = opened(desk, subject_of(workspace), window).instrument_field.names

    assert any(name.startswith("OWN-4") for name in before)
    assert not any(name.startswith("OWN-4") for name in after)


def test_a_form_for_other_ages_says_so_and_may_be_recorded(
    dialog: RecordMeasureDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    chosen(dialog, "PHQ-A")

    type_into(dialog, "000000000000" + "0")
    words = dialog.cautions.text()
    press(dialog, Key.Key_Return)

    assert words == "PHQ-A is for ages 11 to 17; the patient was 55."
    assert stored(workspace, maria_patient)[-1].total == 0


# --------------------------------------------------------------------------------- every grid


@pytest.mark.parametrize("name", SHIPPED)
def test_every_instrument_is_answered_by_keys_and_recorded(
    dialog: RecordMeasureDialog, workspace: Workspace, maria_patient: PatientId, name: str
) -> None:
    chosen(dialog, name)
    expected = []

    while isinstance(dialog.focusWidget(), AnswerRow):
        row = row_in_focus(dialog)
        highest = max(option.value for option in row.options)
        expected.append(highest)
        type_into(dialog, str(highest))
    press(dialog, Key.Key_Return)
    for step in dialogs_of(CloseSafetyTaskDialog):
        step.reject()

    measure = stored(workspace, maria_patient)[-1]
    answers = [a for a in measure.answers if a is not None]
    assert measure.instrument_id == name
    assert measure.is_complete
    assert [*answers, *([] if measure.difficulty is None else [measure.difficulty])] == expected


@pytest.mark.parametrize("name", ["SCARED-P", "VANDERBILT-P", "PCL-5"])
def test_the_question_in_focus_of_a_long_form_is_always_in_sight(
    dialog: RecordMeasureDialog, name: str
) -> None:
    chosen(dialog, name)
    dialog.resize(dialog.width(), 500)
    view = dialog.scroll_area.viewport()
    seen = []

    while isinstance(dialog.focusWidget(), AnswerRow):
        row = row_in_focus(dialog)
        QApplication.sendPostedEvents()
        top = row.mapTo(view, QPoint(0, 0)).y()
        seen.append(top >= 0 and top + row.height() <= view.height())
        type_into(dialog, "1")

    assert len(seen) == len(dialog.instrument.items)
    assert all(seen)


def test_yes_and_no_may_be_typed_by_their_letters(dialog: RecordMeasureDialog) -> None:
    chosen(dialog, "CAGE-AID")

    type_into(dialog, "ynYx")

    assert dialog.grid.answers == (1, 0, 1, None)


def test_questions_that_are_not_to_be_asked_are_passed_over(dialog: RecordMeasureDialog) -> None:
    chosen(dialog, "C-SSRS")

    type_into(dialog, "000")

    rows = dialog.grid.items
    assert dialog.grid.answers == (0, 0, None, None, None, 0, None)
    assert [row.is_shut for row in rows] == [False, False, True, True, True, False, True]
    assert rows[2].accessibleDescription() == "Not asked"
    assert dialog.grid.open_items == ()
    assert "No item answered yes" in dialog.outcome.words.text()


def test_a_question_comes_back_when_the_answer_to_another_changes(
    dialog: RecordMeasureDialog,
) -> None:
    chosen(dialog, "C-SSRS")
    type_into(dialog, "00")

    dialog.grid.items[1].take(1)

    assert dialog.grid.items[2].is_open


def test_arrows_go_over_what_is_not_asked_in_both_directions(dialog: RecordMeasureDialog) -> None:
    chosen(dialog, "C-SSRS")
    type_into(dialog, "00")

    press(dialog, Key.Key_Up)

    assert dialog.focusWidget() is dialog.grid.items[1]


def test_the_answers_of_a_form_stay_while_another_one_is_in_front(
    dialog: RecordMeasureDialog,
) -> None:
    type_into(dialog, "22")

    dialog.choose(GAD7)
    dialog.choose(PHQ9)

    assert dialog.grid.answers[:3] == (2, 2, None)
    assert dialog.focusWidget() is dialog.grid.items[2]


def test_two_forms_that_were_begun_are_saved_one_after_the_other(
    dialog: RecordMeasureDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    dialog.choose(GAD7)
    type_into(dialog, "11")
    dialog.choose(PHQ9)
    type_into(dialog, "222222200" + "0")
    press(dialog, Key.Key_Return)
    still_open, in_front = dialog.isVisible(), dialog.instrument.id

    type_into(dialog, "11111" + "0")
    press(dialog, Key.Key_Return)

    assert (still_open, in_front) == (True, GAD7)
    totals = {m.instrument_id: m.total for m in stored(workspace, maria_patient)}
    assert totals == {PHQ9: 14, GAD7: 7}
    assert not dialogs_of(RecordMeasureDialog)


def test_subscales_and_cut_offs_are_said_as_soon_as_they_are_known(
    dialog: RecordMeasureDialog,
) -> None:
    chosen(dialog, "PCL-5")

    type_into(dialog, "22222")

    assert "Cluster B, intrusion: 10 of 20" in dialog.outcome.lines.text()
    assert "Cluster C" not in dialog.outcome.lines.text()


def test_an_incomplete_form_shows_an_estimate_as_an_estimate(
    dialog: RecordMeasureDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    type_into(dialog, "2222222-0")
    chip = dialog.outcome.chip.accessibleName()
    words = dialog.outcome.words.text()
    press(dialog, Key.Key_Return)

    assert chip == "Incomplete (8 of 9)"
    assert words.endswith("Estimate 16, from 8 of 9 answers; not a total.")
    assert stored(workspace, maria_patient)[-1].total is None


def test_the_front_desk_sees_neither_estimate_nor_subscales(
    window: QWidget, workspace: Workspace, maria: EpisodeId
) -> None:
    desk = Desk(as_role(workspace, Role.FRONT_DESK), InlineWork())
    dialog = opened(desk, subject_of(workspace), window)

    type_into(dialog, "2222222-0")

    assert "Estimate" not in dialog.outcome.words.text()
    assert dialog.outcome.lines.text() == ""


def press_return(entry: QWidget) -> None:
    entry.setFocus()
    QTest.keyClick(entry, Key.Key_Return)
