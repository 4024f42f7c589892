"""The dialogs about one patient: what they store, what they refuse, what they never lose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.chart_page import read_chart_page
from cocm_desktop.actions.contact import flag_for_review, void_contact
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.contact import ContactKind, ContactOutcome, SafetyAsked
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.errors import Unavailable
from cocm_desktop.ui.contact.dialog import RecordContactDialog
from cocm_desktop.ui.contact.flag_dialog import ClearFlagDialog, FlagForReviewDialog
from cocm_desktop.ui.contact.time_dialog import RecordTimeDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientStrip
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import Voidable, VoidDialog
from cocm_desktop.ui.safety.dialog import CloseSafetyTaskDialog
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.question import Question
from tests.actions.work import call, phq9, rows_stored
from tests.ui.callbacks import LateWork
from tests.ui.hands import Key, click, ctrl, dialog_of, dialogs_of, press, type_into

EVENING = date(2026, 11, 30)


def the_row(workspace: Workspace) -> RegistryRow:
    [row] = read_registry(workspace).rows
    return row


def the_subject(workspace: Workspace) -> Subject:
    return Subject.of_row(the_row(workspace))


@pytest.fixture
def contact(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> RecordContactDialog:
    dialog = RecordContactDialog(desk, the_subject(workspace), window)
    dialog.open()
    return dialog


def test_the_head_names_the_patient_by_two_identifiers_and_the_title_does_not(
    contact: RecordContactDialog,
) -> None:
    strip = contact.findChild(PatientStrip)

    assert strip is not None
    said = [label.text() for label in strip.findChildren(Label)]
    assert said == ["ALVAREZ, María", "Born", "Apr 5, 1971 (55 y)", "MRN", "100200"]
    assert "ALVAREZ" not in contact.windowTitle().upper()


def test_a_contact_is_stored_with_its_minutes_next_date_and_question(
    contact: RecordContactDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    contact.kind.choose(ContactKind.VIDEO)
    contact.minutes.setValue(25)
    contact.started_at.entry.setText("2:30 pm")
    contact.note.setPlainText("Sleeping better.")
    contact.safety.choose(SafetyAsked.BETTER)
    click(contact.next_contact.buttons[2])
    contact.question.setText("Raise the dose?")
    click(contact.save)

    page = read_chart_page(workspace, maria_patient)
    made = page.chart.contacts[-1]
    assert (made.contact.kind, made.minutes, made.contact.note) == (
        ContactKind.VIDEO,
        25,
        "Sleeping better.",
    )
    assert made.contact.safety is SafetyAsked.BETTER
    assert made.contact.next_contact_on == EVENING + timedelta(weeks=2)
    assert page.time[-1].started_at == time(14, 30)
    assert page.chart.row.question == "Raise the dose?"
    assert not dialogs_of(RecordContactDialog)


def test_a_contact_can_be_recorded_by_keys_alone(
    contact: RecordContactDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    press(contact, Key.Key_Tab, Key.Key_Down)  # outcome: left a message
    press(contact, Key.Key_Tab, Key.Key_Tab)  # over the date, to the minutes
    type_into(contact, "5")
    press(contact, Key.Key_Tab, Key.Key_Tab)
    type_into(contact, "Left word")
    ctrl(contact, Key.Key_Return)

    made = read_chart(workspace, maria_patient).contacts[-1]
    assert (made.contact.outcome, made.minutes) == (ContactOutcome.LEFT_MESSAGE, 5)
    assert made.contact.note == "Left word"


def test_a_refused_contact_stays_open_and_stores_nothing(
    contact: RecordContactDialog, workspace: Workspace
) -> None:
    before = rows_stored(workspace)

    contact.made_on.set_day(EVENING + timedelta(days=1))
    contact.minutes.setValue(480)
    click(contact.save)

    assert contact.isVisible()
    assert contact.problems.text() == "A contact cannot be dated in the future."
    assert contact.focusWidget() is contact.made_on.entry
    assert rows_stored(workspace) == before


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [("started_at", "25:99", "not a time of day"), ("next_contact_on", "soon", "not a date")],
)
def test_what_cannot_be_read_is_refused_and_not_taken_for_empty(
    contact: RecordContactDialog, workspace: Workspace, field: str, typed: str, words: str
) -> None:
    before = rows_stored(workspace)

    contact.fields[field].entry.setText(typed)  # type: ignore[attr-defined]
    click(contact.save)

    assert words in contact.problems.text()
    assert rows_stored(workspace) == before


def test_overlapping_time_is_refused_at_its_field(
    contact: RecordContactDialog, workspace: Workspace
) -> None:
    contact.minutes.setValue(30)
    contact.started_at.entry.setText("14:00")
    click(contact.save)
    before = rows_stored(workspace)
    again = RecordContactDialog(contact.desk, the_subject(workspace), contact.parentWidget())
    again.open()

    again.minutes.setValue(10)
    again.started_at.entry.setText("14:10")
    click(again.save)

    assert "One minute counts once" in again.problems.text()
    assert again.focusWidget() is again.started_at.entry
    assert rows_stored(workspace) == before


def test_an_overlap_is_told_once(contact: RecordContactDialog, workspace: Workspace) -> None:
    contact.minutes.setValue(30)
    contact.started_at.entry.setText("14:00")
    click(contact.save)
    dialog = RecordTimeDialog(contact.desk, the_subject(workspace), contact.parentWidget())
    dialog.open()
    beside = dialog.outlook.overlap

    dialog.minutes.setValue(10)
    dialog.started_at.entry.setText("14:10")
    dialog.outlook.look()
    typed = (beside.isVisible(), dialog.problems.isVisible())
    click(dialog.save)
    dialog.outlook.look()
    refused = (beside.isVisible(), dialog.problems.isVisible())
    dialog.started_at.entry.setText("15:10")
    dialog.outlook.look()

    assert (typed, refused) == ((True, False), (False, True))
    assert (beside.isVisible(), dialog.problems.isVisible()) == (False, False)


def test_while_an_action_runs_nothing_is_saved_twice_and_nothing_closes(
    window: QWidget, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    work = LateWork()
    dialog = RecordContactDialog(Desk(workspace, work), the_subject(workspace), window)
    dialog.open()

    click(dialog.save)
    click(dialog.save)
    press(dialog, Key.Key_Escape)
    waiting = (dialog.save.isEnabled(), dialog.cancel.isEnabled(), dialog.isVisible())
    work.go_on()

    assert waiting == (False, False, True)
    assert not dialogs_of(RecordContactDialog)
    assert len(read_chart(workspace, maria_patient).contacts) == 1


def test_trouble_with_the_disk_keeps_what_was_typed(
    contact: RecordContactDialog, workspace: Workspace
) -> None:
    contact.note.setPlainText("Long and dear")

    contact._show(Unavailable("The disk is full. Nothing was changed."))

    assert contact.problems.text() == "The disk is full. Nothing was changed."
    assert contact.note.text() == "Long and dear"
    assert contact.save.isEnabled()


def test_closing_a_touched_dialog_asks_first(contact: RecordContactDialog) -> None:
    contact.note.setPlainText("half a sent")

    press(contact, Key.Key_Escape)

    assert contact.isVisible()
    click(dialog_of(Question).do_it)
    assert not dialogs_of(RecordContactDialog)


def test_time_is_stored_with_what_it_was_for(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    dialog = RecordTimeDialog(desk, the_subject(workspace), window)
    dialog.open()

    dialog.activity.choose(Activity.COORDINATION)
    dialog.minutes.setValue(12)
    dialog.note.setPlainText("Call with the practitioner")
    click(dialog.save)

    [entry] = read_chart_page(workspace, maria_patient).time
    assert (entry.activity, entry.minutes, entry.note) == (
        Activity.COORDINATION,
        12,
        "Call with the practitioner",
    )


def test_time_of_no_minutes_is_refused(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    dialog = RecordTimeDialog(desk, the_subject(workspace), window)
    dialog.open()
    before = rows_stored(workspace)

    click(dialog.save)

    assert dialog.problems.text() == "Minutes must be 1 to 480."
    assert rows_stored(workspace) == before


def test_a_question_is_put_and_cleared(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    flag = FlagForReviewDialog(desk, the_subject(workspace), window)
    flag.open()
    type_into(flag, "Switch?")
    press(flag, Key.Key_Return)
    asked = the_row(workspace).question
    clear = ClearFlagDialog(desk, the_subject(workspace), window)
    clear.open()
    clear.reason.setText("Answered by phone")
    click(clear.save)

    assert asked == "Switch?"
    assert the_row(workspace).question == ""


@pytest.mark.parametrize("kind", [FlagForReviewDialog, ClearFlagDialog])
def test_an_empty_question_or_reason_is_refused(
    window: QWidget,
    desk: Desk,
    workspace: Workspace,
    maria: EpisodeId,
    kind: Callable[..., FlagForReviewDialog | ClearFlagDialog],
) -> None:
    flag_for_review(workspace, maria, "Before")
    dialog = kind(desk, the_subject(workspace), window)
    dialog.open()
    before = rows_stored(workspace)

    click(dialog.save)

    assert dialog.isVisible()
    assert rows_stored(workspace) == before


def test_a_safety_task_closes_only_with_all_three_statements(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    phq9(workspace, maria, date(2026, 11, 30), 9, item9=2)
    [(task, _)] = read_open_safety_tasks(workspace)
    dialog = CloseSafetyTaskDialog(desk, the_subject(workspace), task, parent=window)
    dialog.open()
    before = rows_stored(workspace)

    dialog.assessed.setPlainText("Asked about plan and means")
    click(dialog.save)

    assert dialog.problems.text().count("\n") == 1
    assert dialog.focusWidget() is dialog.step_taken
    assert rows_stored(workspace) == before
    assert len(read_open_safety_tasks(workspace)) == 1


def test_voiding_needs_a_reason(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    draft = call(workspace, maria, date(2026, 11, 20))

    record = Voidable(
        "Phone, Nov 20, 2026",
        "Its 20 minutes will not count any more.",
        lambda workspace, reason: void_contact(workspace, draft.id, reason=reason),
    )
    dialog = VoidDialog(desk, the_subject(workspace), record, parent=window)
    dialog.open()

    click(dialog.save)
    refused = dialog.problems.text()
    kept = len(read_chart(workspace, maria_patient).contacts)
    type_into(dialog, "Another patient's call")
    click(dialog.save)

    assert refused == "Say why the record is withdrawn."
    assert kept == 1
    assert read_chart(workspace, maria_patient).contacts == ()
