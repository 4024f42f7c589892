"""The one dialog for every instrument: lists, grids, gates, totals alone, corrections."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.instruments import add_pack, preview_pack, retire_pack
from cocm_desktop.actions.measure import record_measure
from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.scoring import load_instruments
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.instrument import GAD7, PHQ9, InstrumentId
from cocm_desktop.domain.measure import Measure, MeasureDraft, MeasureMode
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Unavailable
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.measure import dialog as dialog_module
from cocm_desktop.ui.measure.answer_row import AnswerRow
from cocm_desktop.ui.measure.circumstances import NOBODY
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.measure.not_asked import NotAskedQuestion
from cocm_desktop.ui.safety.dialog import CloseSafetyTaskDialog
from cocm_desktop.ui.safety.form import open_form
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role, gad7, phq9, rows_stored
from tests.domain.test_instrument_definition import small
from tests.exchange.forms import file_of
from tests.ui.hands import Key, click, ctrl, dialog_of, dialogs_of, press, type_into
from tests.ui.test_measure_dialog import opened, subject_of

SHIPPED = sorted(load_instruments())
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 3)
SMITH = StaffId("00000000-0000-7000-8000-000000000002")


@pytest.fixture
def dialog(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> RecordMeasureDialog:
    return opened(desk, subject_of(workspace), window)


def chosen(dialog: RecordMeasureDialog, name: str) -> RecordMeasureDialog:
    dialog.choose(InstrumentId(name))
    return dialog


def correcting(
    desk: Desk, workspace: Workspace, window: QWidget, wrong: Measure
) -> RecordMeasureDialog:
    return open_form(desk, subject_of(workspace), window, corrects=wrong)


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


# ------------------------------------------------------------------------ a total by itself


def alone(dialog: RecordMeasureDialog, total: int) -> None:
    dialog.total_only.setChecked(True)
    dialog.paper_total.setValue(total)


def test_a_total_without_item_9_is_asked_about_before_it_is_stored(
    dialog: RecordMeasureDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    before = rows_stored(workspace)

    alone(dialog, 14)
    click(dialog.save)
    question = dialog_of(NotAskedQuestion)
    nothing_yet = rows_stored(workspace) == before
    click(question.do_it)

    assert "Item 9 not asked" in dialog.outcome.chip.accessibleName() or nothing_yet
    assert nothing_yet
    measure = stored(workspace, maria_patient)[-1]
    assert (measure.total, measure.total_only, measure.critical) == (14, True, None)


def test_item_9_can_be_answered_beside_the_total_and_opens_the_step(
    dialog: RecordMeasureDialog, workspace: Workspace
) -> None:
    alone(dialog, 14)
    click(dialog.save)
    click(dialog_of(NotAskedQuestion).leave_it)
    at = dialog.focusWidget()
    type_into(dialog, "2")
    click(dialog.save)

    assert at is dialog.grid.items[8]
    assert "Answer 2 on PHQ-9 item 9" in dialog_of(CloseSafetyTaskDialog).words.text()
    assert len(read_open_safety_tasks(workspace)) == 1
    dialog_of(CloseSafetyTaskDialog).reject()


def test_only_the_critical_questions_stand_beside_a_total(dialog: RecordMeasureDialog) -> None:
    type_into(dialog, "12")

    alone(dialog, 14)

    assert [row.isVisible() for row in dialog.grid.items] == [False] * 8 + [True]
    assert dialog.grid.answers == (None,) * 9
    assert dialog.outcome.chip.accessibleName() == "Moderate, total only, item 9 not asked"


def test_a_total_without_critical_items_is_stored_at_once(
    dialog: RecordMeasureDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    chosen(dialog, "GAD-7")

    alone(dialog, 12)
    ctrl(dialog, Key.Key_S)

    assert not dialogs_of(NotAskedQuestion)
    assert stored(workspace, maria_patient)[-1].total_only


@pytest.mark.parametrize(
    ("total", "words"),
    [(-1, "Type the total that stands on the form."), (28, "28 is no total that a PHQ-9 can have")],
)
def test_a_total_that_cannot_be_is_refused(
    dialog: RecordMeasureDialog, workspace: Workspace, total: int, words: str
) -> None:
    before = rows_stored(workspace)

    alone(dialog, total)
    dialog.grid.items[8].take(0)
    click(dialog.save)

    assert words in dialog.problems.text()
    assert rows_stored(workspace) == before


def test_an_instrument_without_a_total_offers_none(dialog: RecordMeasureDialog) -> None:
    alone(dialog, 3)

    chosen(dialog, "C-SSRS")

    assert not dialog.total_only.isVisible()
    assert not dialog.total_only.isChecked()
    assert not dialog.paper_total.isVisible()


# ------------------------------------------------------------------------- circumstances


def test_who_gave_it_and_in_which_language_is_kept(
    dialog: RecordMeasureDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    dialog.circumstances.giver.choose(SMITH)
    dialog.circumstances.language.setText("Español")
    dialog.mode.choose(MeasureMode.PHONE)

    type_into(dialog, "000000000")
    press(dialog, Key.Key_Return)

    measure = stored(workspace, maria_patient)[-1]
    assert (measure.administered_by, measure.language) == (SMITH, "Español")
    assert measure.mode is MeasureMode.PHONE


def test_a_patient_who_filled_it_in_alone_is_nobodys_form(
    dialog: RecordMeasureDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    dialog.circumstances.giver.choose(NOBODY)

    type_into(dialog, "000000000")
    press(dialog, Key.Key_Return)

    assert stored(workspace, maria_patient)[-1].administered_by is None


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 3), "A PHQ-9 of Nov 3, 2026 is on file already. Both will count."),
        (date(2026, 10, 20), "A later PHQ-9 is on file, of Nov 3, 2026. This one goes before it."),
        (date(2026, 11, 20), ""),
    ],
)
def test_days_out_of_order_and_the_same_day_are_cautions_only(
    window: QWidget,
    desk: Desk,
    workspace: Workspace,
    maria: EpisodeId,
    maria_patient: PatientId,
    *,
    day: date,
    words: str,
) -> None:
    phq9(workspace, maria, NOVEMBER, 9)
    dialog = opened(desk, subject_of(workspace), window)

    dialog.taken_on.set_day(day)
    said = dialog.cautions.text()
    type_into(dialog, "000000000")
    press(dialog, Key.Key_Return)

    assert said == words
    assert len(stored(workspace, maria_patient)) == 2


def test_a_form_that_cannot_be_offered_says_why(
    window: QWidget,
    desk: Desk,
    workspace: Workspace,
    maria: EpisodeId,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_args: Any, **_more: Any) -> None:
        raise Unavailable("The disk does not answer.")

    said: list[str] = []
    desk.unavailable.connect(said.append)
    monkeypatch.setattr(dialog_module, "read_measure_form", fail)

    opened(desk, subject_of(workspace), window)

    assert said == ["The disk does not answer."]
    assert not dialogs_of(RecordMeasureDialog)


# --------------------------------------------------------------------------- corrections


def test_a_correction_opens_with_the_old_answers_and_needs_a_reason(
    window: QWidget,
    desk: Desk,
    workspace: Workspace,
    maria: EpisodeId,
    maria_patient: PatientId,
) -> None:
    phq9(workspace, maria, NOVEMBER, 9)
    [wrong] = stored(workspace, maria_patient)
    dialog = correcting(desk, workspace, window, wrong)
    before = rows_stored(workspace)

    dialog.grid.items[7].take(3)
    click(dialog.save)
    refused, nothing_yet = dialog.problems.text(), rows_stored(workspace) == before
    dialog.reason.setText("Item 8 was keyed wrong")
    click(dialog.save)

    assert dialog.windowTitle() == "Correct measure"
    assert refused == "Say why the record is withdrawn."
    assert nothing_yet
    [right] = stored(workspace, maria_patient)
    assert (right.corrects, right.total, right.taken_on) == (wrong.id, 12, NOVEMBER)


def test_a_correction_is_not_cautioned_about_the_measure_it_replaces(
    window: QWidget,
    desk: Desk,
    workspace: Workspace,
    maria: EpisodeId,
    maria_patient: PatientId,
) -> None:
    phq9(workspace, maria, NOVEMBER, 9)

    dialog = correcting(desk, workspace, window, stored(workspace, maria_patient)[0])

    assert dialog.cautions.text() == ""
    assert dialog.outcome.words.text() == ""
    assert not dialog.is_touched


def test_a_total_alone_is_corrected_by_the_answers_when_the_sheet_is_found(
    window: QWidget,
    desk: Desk,
    workspace: Workspace,
    maria: EpisodeId,
    maria_patient: PatientId,
) -> None:
    record_measure(workspace, MeasureDraft(maria, PHQ9, NOVEMBER, total_only=9))
    dialog = correcting(desk, workspace, window, stored(workspace, maria_patient)[0])
    shown = (dialog.total_only.isChecked(), dialog.paper_total.total())

    dialog.total_only.setChecked(False)
    dialog.paper_total.show_total(None)
    for row in dialog.grid.items:
        row.take(1)
    dialog.reason.setText("The sheet was found")
    click(dialog.save)
    dialog_of(CloseSafetyTaskDialog).reject()

    assert shown == (True, 9)
    [right] = stored(workspace, maria_patient)
    assert (right.total, right.total_only, right.critical) == (9, False, 1)


def test_closing_a_correction_asks_before_it_is_lost(
    window: QWidget,
    desk: Desk,
    workspace: Workspace,
    maria: EpisodeId,
    maria_patient: PatientId,
) -> None:
    phq9(workspace, maria, OCTOBER, 9)
    dialog = correcting(desk, workspace, window, stored(workspace, maria_patient)[0])

    dialog.reason.setText("Wrong")
    press(dialog, Key.Key_Escape)

    click(dialog_of(Question).do_it)
    assert not dialogs_of(RecordMeasureDialog)


def press_return(entry: QWidget) -> None:
    entry.setFocus()
    QTest.keyClick(entry, Key.Key_Return)
