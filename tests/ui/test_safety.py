"""Safety in the windows: closing with the screener, the bar, the list, by hand, the slip."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.safety import close_safety_task, read_open_safety_tasks
from cocm_desktop.actions.safety_list import read_safety_list
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.safety import SafetyClosingDraft, SafetyStep, SafetyTask
from cocm_desktop.domain.staff import Role
from cocm_desktop.storage import safety
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.safety import list_dialog, step
from cocm_desktop.ui.safety.dialog import CloseSafetyTaskDialog
from cocm_desktop.ui.safety.list_dialog import SafetyListDialog
from cocm_desktop.ui.safety.open_dialog import OpenSafetyTaskDialog
from cocm_desktop.ui.safety.step import FrontDeskNotice
from cocm_desktop.ui.safety.told_dialog import PractitionerToldDialog
from cocm_desktop.ui.safety_bar import SafetyBar
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role, phq9, rows_stored
from tests.ui.clinic import enrolled
from tests.ui.hands import click, dialog_of, dialogs_of, type_into

ANSWERED_ON = date(2026, 11, 28)


@pytest.fixture
def task(workspace: Workspace, maria: EpisodeId) -> SafetyTask:
    phq9(workspace, maria, ANSWERED_ON, 9, item9=2)
    [(task, _)] = read_open_safety_tasks(workspace)
    return task


def the_subject(workspace: Workspace) -> Subject:
    return Subject.of_row(read_registry(workspace).rows[0])


@pytest.fixture
def dialog(
    window: QWidget, desk: Desk, workspace: Workspace, task: SafetyTask
) -> CloseSafetyTaskDialog:
    dialog = CloseSafetyTaskDialog(desk, the_subject(workspace), task, parent=window)
    dialog.open()
    return dialog


def fill(dialog: CloseSafetyTaskDialog) -> None:
    dialog.assessed.setPlainText("Asked about plan and means")
    dialog.told.setPlainText("A. Smith")
    dialog.steps[SafetyStep.MEANS].setChecked(True)


def test_the_closing_shows_age_protocol_plan_and_numbers(dialog: CloseSafetyTaskDialog) -> None:
    assert dialog.words.text() == "Answer 2 on PHQ-9 item 9, open for 2 days, since Nov 28."
    assert dialog.beside.protocol.text().startswith("1. Any answer of 1 or more")
    assert dialog.beside.plan.text() == "No safety plan on file."
    assert "988" in dialog.beside.crisis.text()
    assert dialog.assessed_at.text() == "11/30/2026 8:00 PM"


def test_steps_and_moments_are_kept(
    dialog: CloseSafetyTaskDialog, workspace: Workspace, task: SafetyTask
) -> None:
    fill(dialog)
    dialog.assessed_at.time.entry.setText("2:30 pm")
    dialog.told_at.day.entry.setText("11/30/2026")
    dialog.told_at.time.entry.setText("3 pm")

    click(dialog.save)

    with workspace.database.read() as session:
        found = safety.get(session, task.id)
    assert found
    closed = found[0]
    assert closed.steps == (SafetyStep.MEANS,)
    assert closed.assessed_at is not None
    assert closed.told_at is not None
    local = closed.assessed_at.astimezone(workspace.now().tzinfo)
    assert (local.hour, local.minute) == (14, 30)


@pytest.mark.parametrize("part", ["assessed_at", "told_at"])
def test_a_moment_that_is_not_whole_is_refused(
    dialog: CloseSafetyTaskDialog, workspace: Workspace, part: str
) -> None:
    fill(dialog)
    field = getattr(dialog, part)
    field.day.entry.setText("11/30/2026")
    field.time.entry.setText("")
    before = rows_stored(workspace)

    click(dialog.save)

    assert dialog.problems.text() == "Type the day and the time."
    assert rows_stored(workspace) == before


def test_the_screener_is_offered_recorded_and_becomes_the_assessment(
    dialog: CloseSafetyTaskDialog, workspace: Workspace, task: SafetyTask
) -> None:
    click(dialog.assessment.record)
    screener = dialog_of(RecordMeasureDialog)
    assert str(screener.instrument.id) == "C-SSRS"
    type_into(screener, "1110000")
    click(screener.save)

    words = dialog.assessment.words.text()
    assert words.endswith("triage printed on the form: Moderate Risk")
    assert dialog.assessed.text() == words
    assert dialogs_of(CloseSafetyTaskDialog) == [dialog]
    assert len(read_open_safety_tasks(workspace)) == 2

    dialog.told.setPlainText("A. Smith")
    dialog.steps[SafetyStep.SAFETY_PLAN].setChecked(True)
    click(dialog.save)

    assert read_open_safety_tasks(workspace) == ()
    with workspace.database.read() as session:
        found = safety.get(session, task.id)
    assert found
    assert found[0].assessment_id is not None


def test_the_way_to_the_plan_is_the_chart(dialog: CloseSafetyTaskDialog, desk: Desk) -> None:
    wanted: list[str] = []
    desk.patient_wanted.connect(wanted.append)

    click(dialog.beside.open_plan)

    assert wanted == [dialog.subject.patient_id]
    assert not dialog.isVisible()


@pytest.fixture
def bar(window: QWidget, desk: Desk, task: SafetyTask) -> SafetyBar:
    bar = SafetyBar(desk, window)
    bar.read_again()
    return bar


def test_the_bar_says_since_when_and_that_nobody_was_told(bar: SafetyBar) -> None:
    assert bar.words.text() == (
        "ALVAREZ, María: Answer 2 on PHQ-9 item 9, open for 2 days, since Nov 28. "
        "Follow the practice's safety protocol today. Practitioner not yet told."
    )
    assert bar.all.text().strip() == "Details"


def test_on_a_chart_the_one_bar_speaks_of_that_patient(
    bar: SafetyBar, workspace: Workspace
) -> None:
    patient_id, episode_id = enrolled(workspace, "Zhou")
    phq9(workspace, episode_id, workspace.today(), 5, item9=1)
    bar.read_again()
    elsewhere = bar.words.text()

    bar.follow(patient_id)

    assert elsewhere.startswith("ALVAREZ, María")
    assert bar.words.text().startswith("ZHOU, Ana: Answer 1 on PHQ-9 item 9 on Nov 30, 2026")
    assert bar.close_task.isVisibleTo(bar)
    assert not bar.open.isVisibleTo(bar)
    assert bar.all.text().strip() == "1 more open"
    click(bar.close_task)
    closing = dialog_of(CloseSafetyTaskDialog)
    assert closing.subject.patient_id == patient_id
    closing.reject()


def test_the_bar_goes_when_every_task_is_closed(
    bar: SafetyBar, workspace: Workspace, task: SafetyTask
) -> None:
    close_safety_task(workspace, SafetyClosingDraft(task.id, "a", "b", "c"))

    bar.read_again()

    assert bar.isHidden()
    click(bar.open)
    assert not dialogs_of(CloseSafetyTaskDialog)


@pytest.fixture
def listing(bar: SafetyBar) -> SafetyListDialog:
    bar.show_all()
    return dialog_of(SafetyListDialog)


def test_the_list_says_what_is_escalated_and_records_who_was_told(
    listing: SafetyListDialog, workspace: Workspace
) -> None:
    said = listing.said.text()
    click(listing.cards[0].told)
    told = dialog_of(PractitionerToldDialog)
    assert told.who.text() == "A. Smith, MD"
    click(told.save)

    assert said == "1 open safety task, 1 escalated."
    [line] = read_safety_list(workspace).lines
    assert line.told_words == "A. Smith, MD told Nov 30, 2026 8:00 PM"
    listing.accept()


def test_the_list_closes_a_task_and_leads_to_the_chart(
    listing: SafetyListDialog, desk: Desk, task: SafetyTask
) -> None:
    wanted: list[str] = []
    desk.patient_wanted.connect(wanted.append)
    click(listing.cards[0].close_task)
    closing = dialog_of(CloseSafetyTaskDialog)
    fill(closing)
    click(closing.save)
    assert listing.said.text() == "0 open safety tasks, 0 escalated."
    assert listing.cards == ()
    assert not listing.print_escalated.isEnabled()
    listing.accept()
    assert wanted == []


def test_the_chart_is_one_click_away(listing: SafetyListDialog, desk: Desk) -> None:
    wanted: list[str] = []
    desk.patient_wanted.connect(wanted.append)

    click(listing.cards[0].open_chart)

    assert len(wanted) == 1


@pytest.mark.parametrize("button", ["print_escalated", "print_all"])
def test_the_list_goes_to_the_printer(
    listing: SafetyListDialog, monkeypatch: pytest.MonkeyPatch, button: str
) -> None:
    printed: list[bytes] = []

    def printing(content: bytes, _parent: QWidget, *, failed: Callable[[], object]) -> None:
        printed.append(content)
        failed()

    monkeypatch.setattr(list_dialog, "print_paper", printing)

    click(getattr(listing, button))

    assert printed[0].startswith(b"%PDF-")
    assert "did not answer" in listing.problems.text()
    listing.accept()


def test_a_clinician_opens_a_task_by_hand(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    dialog = OpenSafetyTaskDialog(desk, the_subject(workspace), window)
    dialog.open()
    click(dialog.save)
    refused = dialog.problems.text()

    type_into(dialog, "Sister called, worried")
    click(dialog.save)

    assert refused == "Say what was noticed, and by whom."
    [(task, _)] = read_open_safety_tasks(workspace)
    assert task.reason == "Sister called, worried"


def test_the_front_desk_prints_a_slip(
    window: QWidget, workspace: Workspace, task: SafetyTask, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[bytes] = []

    def printing(content: bytes, _parent: QWidget, *, failed: Callable[[], object]) -> None:
        printed.append(content)
        failed()

    monkeypatch.setattr(step, "print_paper", printing)
    desk = Desk(as_role(workspace, Role.FRONT_DESK), InlineWork())
    notice = FrontDeskNotice(desk, the_subject(workspace), parent=window)
    notice.open()

    click(notice.slip)

    assert printed[0].startswith(b"%PDF-")
    assert "Go with the patient yourself" in notice.problems.text()
    notice.accept()
