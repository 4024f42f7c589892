"""Totals alone, who gave a form and when, and corrections, in the one dialog for all forms."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.measure import record_measure
from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.instrument import PHQ9, InstrumentId
from cocm_desktop.domain.measure import Measure, MeasureDraft, MeasureMode
from cocm_desktop.errors import Unavailable
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.measure import dialog as dialog_module
from cocm_desktop.ui.measure.circumstances import NOBODY
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.measure.not_asked import NotAskedQuestion
from cocm_desktop.ui.safety.dialog import CloseSafetyTaskDialog
from cocm_desktop.ui.safety.form import open_form
from cocm_desktop.ui.widgets.question import Question
from tests.actions.work import phq9, rows_stored
from tests.ui.hands import Key, click, ctrl, dialog_of, dialogs_of, press, type_into
from tests.ui.test_measure_dialog import opened, subject_of

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
