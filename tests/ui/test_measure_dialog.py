"""Recording a measure: keys, totals, what is missing, and item 9 never silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.instrument import GAD7
from cocm_desktop.domain.measure import MeasureMode
from cocm_desktop.domain.safety import FRONT_DESK_WORDS
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Unavailable
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.safety import step
from cocm_desktop.ui.safety.dialog import CloseSafetyTaskDialog
from cocm_desktop.ui.safety.form import open_form
from cocm_desktop.ui.safety.step import SafetyNotice
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role, phq9, rows_stored
from tests.ui.hands import Key, click, ctrl, dialog_of, dialogs_of, press, type_into

EVENING = date(2026, 11, 30)


def subject_of(workspace: Workspace) -> Subject:
    [row] = read_registry(workspace).rows
    return Subject.of_row(row)


def opened(desk: Desk, subject: Subject, window: QWidget) -> RecordMeasureDialog:
    return open_form(desk, subject, window)


@pytest.fixture
def dialog(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> RecordMeasureDialog:
    return opened(desk, subject_of(workspace), window)


def last_measure(workspace: Workspace, patient_id: PatientId) -> tuple[int | None, ...]:
    measure = read_chart(workspace, patient_id).measures[-1]
    return (measure.total, measure.difficulty, measure.critical)


def test_eleven_keystrokes_record_a_phq9(
    dialog: RecordMeasureDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    type_into(dialog, "221032120" + "1")
    press(dialog, Key.Key_Return)

    assert not dialogs_of(RecordMeasureDialog)
    assert last_measure(workspace, maria_patient) == (13, 1, 0)


def test_a_gad7_takes_nine_keystrokes_once_it_is_chosen(
    dialog: RecordMeasureDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    dialog.choose(GAD7)

    type_into(dialog, "1112220" + "2")
    press(dialog, Key.Key_Return)

    assert last_measure(workspace, maria_patient) == (9, 2, None)


def test_the_total_band_and_change_are_said_while_typing(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    phq9(workspace, maria, date(2026, 10, 1), 18)
    phq9(workspace, maria, date(2026, 11, 3), 16)
    dialog = opened(desk, subject_of(workspace), window)

    type_into(dialog, "22222220")
    before = dialog.outcome.words.text()
    type_into(dialog, "0")

    assert before == "8 of 9 answered. No valid total."
    assert dialog.outcome.total.text() == "14"
    assert dialog.outcome.chip.accessibleName() == "Moderate"
    assert dialog.outcome.words.text() == (
        "−2 from the last, 16 on Nov 3 · −4 from the baseline, 18"
    )


def test_an_earlier_form_is_compared_with_what_came_before_it(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    phq9(workspace, maria, date(2026, 10, 1), 18)
    phq9(workspace, maria, date(2026, 11, 20), 9)
    dialog = opened(desk, subject_of(workspace), window)

    type_into(dialog, "222222200")
    dialog.taken_on.set_day(date(2026, 10, 20))

    assert dialog.outcome.words.text() == "−4 from the last, 18 on Oct 1"


def test_backspace_takes_the_last_answer_back(dialog: RecordMeasureDialog) -> None:
    type_into(dialog, "23")

    press(dialog, Key.Key_Backspace)

    assert dialog.grid.answers[:3] == (2, None, None)
    assert dialog.focusWidget() is dialog.grid.items[1]


def test_backspace_on_an_answer_clears_that_one(dialog: RecordMeasureDialog) -> None:
    type_into(dialog, "23")
    press(dialog, Key.Key_Up, Key.Key_Up, Key.Key_Backspace)

    assert dialog.grid.answers[:3] == (None, 3, None)


def test_arrows_move_and_a_click_answers(dialog: RecordMeasureDialog) -> None:
    press(dialog, Key.Key_Down, Key.Key_Down)
    at = dialog.focusWidget()
    dialog.grid.items[4].take(3)

    assert at is dialog.grid.items[2]
    assert dialog.grid.answers[4] == 3


def test_enter_does_not_save_while_a_question_is_open(
    dialog: RecordMeasureDialog, workspace: Workspace
) -> None:
    before = rows_stored(workspace)

    type_into(dialog, "22")
    press(dialog, Key.Key_Return)

    assert dialog.isVisible()
    assert dialog.problems.text().startswith("7 questions not answered yet.")
    assert dialog.focusWidget() is dialog.grid.items[2]
    assert rows_stored(workspace) == before


def test_a_blank_is_marked_and_leaves_no_total(
    dialog: RecordMeasureDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    type_into(dialog, "2222222-0")
    press(dialog, Key.Key_Return)

    assert last_measure(workspace, maria_patient) == (None, None, 0)


def test_a_wrong_paper_total_stays_open_and_stores_nothing(
    dialog: RecordMeasureDialog, workspace: Workspace
) -> None:
    before = rows_stored(workspace)

    type_into(dialog, "222222200")
    dialog.paper_total.setValue(15)
    ctrl(dialog, Key.Key_S)

    assert "The form says 15, the answers come to 14." in dialog.problems.text()
    assert dialog.isVisible()
    assert rows_stored(workspace) == before


def test_a_date_that_cannot_be_read_is_refused(
    dialog: RecordMeasureDialog, workspace: Workspace
) -> None:
    before = rows_stored(workspace)
    type_into(dialog, "222222200")

    dialog.taken_on.entry.setText("13/45/2026")
    click(dialog.save)

    assert "This is not a date." in dialog.problems.text()
    assert rows_stored(workspace) == before


def test_a_future_date_is_refused_by_the_rule(
    dialog: RecordMeasureDialog, workspace: Workspace
) -> None:
    before = rows_stored(workspace)
    type_into(dialog, "222222200")

    dialog.taken_on.set_day(EVENING + timedelta(days=1))
    click(dialog.save)

    assert dialog.problems.text() == "A measure cannot be dated in the future."
    assert rows_stored(workspace) == before


def test_how_it_was_answered_is_kept(
    dialog: RecordMeasureDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    dialog.mode.choose(MeasureMode.PHONE)

    type_into(dialog, "000000000")
    press(dialog, Key.Key_Return)

    assert read_chart(workspace, maria_patient).measures[-1].mode is MeasureMode.PHONE


def test_item_9_opens_the_safety_step_at_once(
    dialog: RecordMeasureDialog, workspace: Workspace
) -> None:
    type_into(dialog, "0000000020")
    press(dialog, Key.Key_Return)

    safety = dialog_of(CloseSafetyTaskDialog)
    assert "Answer 2 on PHQ-9 item 9" in safety.words.text()
    assert len(read_open_safety_tasks(workspace)) == 1
    safety.reject()


def test_item_9_in_an_incomplete_form_opens_the_step_too(
    dialog: RecordMeasureDialog, workspace: Workspace
) -> None:
    type_into(dialog, "-------" + "-1")
    press(dialog, Key.Key_Return)

    assert dialogs_of(CloseSafetyTaskDialog)
    dialog_of(CloseSafetyTaskDialog).reject()


def test_the_step_may_be_left_open_as_an_urgent_task(
    dialog: RecordMeasureDialog, workspace: Workspace
) -> None:
    type_into(dialog, "0000000010")
    press(dialog, Key.Key_Return)

    click(dialog_of(CloseSafetyTaskDialog).cancel)

    assert len(read_open_safety_tasks(workspace)) == 1
    [row] = read_registry(workspace).rows
    assert row.has_safety_open


def test_the_step_can_be_finished_at_once(
    dialog: RecordMeasureDialog, workspace: Workspace
) -> None:
    type_into(dialog, "0000000010")
    press(dialog, Key.Key_Return)
    safety = dialog_of(CloseSafetyTaskDialog)

    safety.assessed.setPlainText("C-SSRS screener")
    safety.step_taken.setPlainText("Safety plan reviewed")
    safety.told.setPlainText("Dr. Smith")
    click(safety.save)

    assert read_open_safety_tasks(workspace) == ()


def test_no_step_opens_at_zero(dialog: RecordMeasureDialog, workspace: Workspace) -> None:
    type_into(dialog, "3333333300")
    press(dialog, Key.Key_Return)

    assert not dialogs_of(CloseSafetyTaskDialog)
    assert read_open_safety_tasks(workspace) == ()


def test_the_front_desk_sees_no_score_and_brings_the_patient(
    window: QWidget, workspace: Workspace, maria: EpisodeId
) -> None:
    desk = Desk(as_role(workspace, Role.FRONT_DESK), InlineWork())
    dialog = opened(desk, replace(subject_of(workspace), courses=()), window)

    type_into(dialog, "3333333331")
    words = dialog.outcome.words.text()
    press(dialog, Key.Key_Return)

    assert words == "9 of 9 answered."
    assert not dialog.outcome.total.isVisibleTo(dialog)
    assert dialog_of(SafetyNotice).words.text() == FRONT_DESK_WORDS
    assert not dialogs_of(CloseSafetyTaskDialog)
    click(dialog_of(SafetyNotice).button)
    assert len(read_open_safety_tasks(workspace)) == 1


def test_tasks_that_cannot_be_read_are_still_told(
    dialog: RecordMeasureDialog, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_workspace: Workspace) -> None:
        raise Unavailable("The disk does not answer.")

    monkeypatch.setattr(step, "read_open_safety_tasks", fail)

    type_into(dialog, "0000000010")
    press(dialog, Key.Key_Return)

    assert dialog_of(SafetyNotice).words.text() == FRONT_DESK_WORDS
    dialog_of(SafetyNotice).accept()
    monkeypatch.undo()
    assert len(read_open_safety_tasks(workspace)) == 1


def test_closing_asks_before_answers_are_lost(dialog: RecordMeasureDialog) -> None:
    type_into(dialog, "22")

    press(dialog, Key.Key_Escape)
    question = dialog_of(Question)
    click(question.leave_it)
    still_open = dialog.isVisible()
    press(dialog, Key.Key_Escape)
    click(dialog_of(Question).do_it)

    assert still_open
    assert not dialogs_of(RecordMeasureDialog)


def test_an_untouched_form_closes_without_a_question(dialog: RecordMeasureDialog) -> None:
    press(dialog, Key.Key_Escape)

    assert not dialogs_of(RecordMeasureDialog)
    assert not dialogs_of(Question)


def test_every_question_says_its_answer_to_a_screen_reader(dialog: RecordMeasureDialog) -> None:
    type_into(dialog, "2-")

    rows = dialog.grid.items
    assert rows[0].accessibleName() == "1. Little interest or pleasure in doing things"
    assert rows[0].accessibleDescription() == "More than half the days, 2"
    assert rows[1].accessibleDescription() == "Not answered"
    assert rows[2].accessibleDescription() == "Open"
