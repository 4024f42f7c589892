"""Tasks and marks in their windows: new, done, put off, given on, reopened, voided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.flag import read_flag_history, read_flags, set_flag
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.task import add_task, finish_task, read_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.flag import FlagDraft, FlagKind
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.domain.task import DueGroup, TaskDraft
from cocm_desktop.domain.task_list import TaskFilter
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.ui.chart.screen import ChartScreen
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.tasks.card import TasksCard
from cocm_desktop.ui.tasks.dialogs import (
    BecauseDialog,
    FinishTaskDialog,
    GiveTaskDialog,
    NewTaskDialog,
    PutOffDialog,
)
from cocm_desktop.ui.tasks.fields import Whose
from cocm_desktop.ui.tasks.marks_dialog import MarksDialog
from cocm_desktop.ui.tasks.screen import TasksScreen
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role
from tests.conftest import CARE_MANAGER
from tests.ui.hands import Key, click, ctrl, dialog_of, dialogs_of, press, type_into

TODAY = date(2026, 11, 30)
CTRL = Qt.KeyboardModifier.ControlModifier


def added(workspace: Workspace, words: str = "Call the pharmacy", **changes: Any) -> str:
    draft = TaskDraft(words, TODAY, assigned_to=CARE_MANAGER.id)
    return add_task(workspace, replace(draft, **changes)).record_id


def shown(qtbot: QtBot, desk: Desk) -> TasksScreen:
    screen = TasksScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1140, 640)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.take_focus()
    return screen


def words(screen: TasksScreen) -> list[str]:
    return [line.task.words for line in screen.model.rows]


def subject_of(workspace: Workspace, patient_id: PatientId) -> Subject:
    [row] = [r for r in read_registry(workspace).rows if r.patient_id == patient_id]
    return Subject.of_row(row)


def test_space_finishes_and_the_task_stays_until_tomorrow(
    qtbot: QtBot, desk: Desk, workspace: Workspace
) -> None:
    added(workspace)
    screen = shown(qtbot, desk)

    press(screen, Key.Key_Space)
    dialog = dialog_of(FinishTaskDialog)
    type_into(dialog, "Refilled")
    press(dialog, Key.Key_Return)

    assert [line.state for line in screen.model.rows] == ["Refilled"]
    assert screen.groups.buttons[None].text() == "Open  0"
    assert not screen.task.finish.isEnabled()
    assert screen.task.reopen.isEnabled()


def test_a_task_is_put_off_reopened_and_voided_with_a_reason(
    qtbot: QtBot, desk: Desk, workspace: Workspace
) -> None:
    task_id = added(workspace)
    screen = shown(qtbot, desk)

    press(screen, Key.Key_Semicolon, with_=CTRL)
    put_off = dialog_of(PutOffDialog)
    click(put_off.until.buttons["+2 weeks"])
    put_off.reason.setText("On vacation")
    put_off.save.click()
    assert read_tasks(workspace)[0].due_on == TODAY + timedelta(days=14)

    finish_task(workspace, task_id)
    screen.read_again()
    screen.task.reopen.trigger()
    reopen = dialog_of(BecauseDialog)
    reopen.reason.setText("Not yet")
    reopen.save.click()
    assert read_tasks(workspace)[0].is_open

    screen.task.void.trigger()
    void = dialog_of(BecauseDialog)
    void.save.click()
    assert void.problems.text() == "Say why the record is withdrawn."
    void.reason.setText("Twice")
    void.save.click()
    assert read_tasks(workspace) == ()
    assert screen.table.isHidden() or not screen.table.isVisible()


def test_the_groups_count_and_filter(qtbot: QtBot, desk: Desk, workspace: Workspace) -> None:
    added(workspace, "now")
    added(workspace, "soon", due_on=TODAY + timedelta(days=5))
    added(workspace, "later", due_on=TODAY + timedelta(days=9))
    finish_task(workspace, added(workspace, "done"))
    counts: list[object] = []
    screen = TasksScreen(desk)
    qtbot.addWidget(screen)
    screen.counted.connect(counts.append)
    screen.show()

    assert words(screen) == ["now", "soon", "later", "done"]
    assert counts[-1] == 1
    click(screen.groups.buttons[DueGroup.SOON])
    assert words(screen) == ["soon"]
    click(screen.groups.buttons[DueGroup.DONE])
    assert words(screen) == ["done"]
    click(screen.groups.buttons[None])
    screen.narrow("LAT")
    assert words(screen) == ["later"]
    assert screen.status_words == "1 task · My team · Open · by due date"


def test_tasks_of_somebody_who_left_are_given_on(
    qtbot: QtBot, desk: Desk, workspace: Workspace
) -> None:
    draft = StaffDraft("Old Hand", frozenset({Role.CARE_MANAGER}))
    gone = StaffId(add_staff(workspace, draft).record_id)
    added(workspace, assigned_to=gone)
    with workspace.database.write() as session:
        staff_members.update(session, replace(staff_members.get(session, gone), active=False))
    screen = shown(qtbot, desk)
    assert words(screen) == []

    screen.show_whose(TaskFilter.LEFT_BEHIND)
    assert [line.state for line in screen.model.rows] == ["owner has left"]
    screen.task.give.trigger()
    dialog = dialog_of(GiveTaskDialog)
    dialog.whose.choose(Whose(team=Role.FRONT_DESK))
    assert dialog.whose.choice() == Whose(team=Role.FRONT_DESK)
    dialog.save.click()

    assert [task.team for task in read_tasks(workspace)] == [Role.FRONT_DESK]
    assert words(screen) == []


def test_enter_opens_the_patients_chart(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria_patient: PatientId
) -> None:
    added(workspace, patient_id=maria_patient)
    screen = shown(qtbot, desk)

    with qtbot.waitSignal(desk.patient_wanted) as asked:
        press(screen, Key.Key_Return)

    assert asked.args == [maria_patient]


@pytest.mark.qt_log_ignore("grabbing the keyboard")  # the completer's list, offscreen
def test_an_empty_list_offers_a_new_task(qtbot: QtBot, desk: Desk, workspace: Workspace) -> None:
    screen = shown(qtbot, desk)

    click(screen.add)
    dialog = dialog_of(NewTaskDialog)
    type_into(dialog, "Renew the consent form")
    click(dialog.due.buttons["In a week"])
    dialog.repeat.choose(4)
    dialog.save.click()

    [task] = read_tasks(workspace)
    assert (task.words, task.due_on, task.repeat_weeks, task.assigned_to) == (
        "Renew the consent form",
        TODAY + timedelta(days=7),
        4,
        CARE_MANAGER.id,
    )


def test_a_patient_is_chosen_by_name_or_refused(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria_patient: PatientId, window: QWidget
) -> None:
    dialog = NewTaskDialog(desk, window)
    dialog.open()
    dialog.words.setEditText("Call back")
    dialog.patient.setText("somebody")

    dialog.save.click()
    assert "Choose the patient" in dialog.problems.text()
    assert read_tasks(workspace) == ()
    dialog.patient.setText(dialog.patient.completer().model().index(0, 0).data())
    dialog.save.click()

    assert [task.patient_id for task in read_tasks(workspace)] == [maria_patient]


def test_closing_a_task_half_typed_asks_first(desk: Desk, window: QWidget) -> None:
    dialog = NewTaskDialog(desk, window)
    dialog.open()
    dialog.words.setEditText("Call back")

    dialog.reject()

    assert dialog_of(Question).isVisible()
    assert dialog.isVisible()
    dialog.forget()
    dialog.reject()


@pytest.mark.qt_log_ignore("grabbing the keyboard")  # the completer's list, offscreen
@pytest.mark.usefixtures("maria")
def test_ctrl_k_makes_a_task_for_the_patient_of_the_chart(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria_patient: PatientId
) -> None:
    window = MainWindow(desk, PLACES)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.open_patient(maria_patient)

    ctrl(window, Key.Key_K)
    dialog = dialog_of(NewTaskDialog)
    type_into(dialog, "Send the letter")
    dialog.save.click()

    assert [task.patient_id for task in read_tasks(workspace)] == [maria_patient]
    chart = window.screen_shown
    assert isinstance(chart, ChartScreen)
    assert len(chart.tasks.buttons) == 1


def test_the_front_desk_has_the_tasks_and_no_today(qtbot: QtBot, workspace: Workspace) -> None:
    window = MainWindow(Desk(as_role(workspace, Role.FRONT_DESK), InlineWork()), PLACES)
    qtbot.addWidget(window)

    keys = [place.key for place in window.places]

    assert keys[0] == "patients"
    assert "tasks" in keys
    assert "today" not in keys


def test_a_chart_lists_the_patients_tasks_with_their_menus(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    assert maria
    added(workspace, "Open one", patient_id=maria_patient)
    finish_task(workspace, added(workspace, "Done one", patient_id=maria_patient))
    card = TasksCard(desk)
    qtbot.addWidget(card)
    card.show()
    card.show_patient(subject_of(workspace, maria_patient))
    assert len(card.buttons) == 2
    first, second = read_tasks(workspace)

    def offered(actions: list[QAction]) -> list[str]:
        return [action.text() for action in actions]

    assert offered(card.menu_of(first).actions()) == [
        "Done",
        "Put off",
        "Give to somebody else",
        "Void task",
    ]
    assert offered(card.menu_of(second).actions()) == ["Reopen", "Void task"]
    click(card.add)
    dialog = dialog_of(NewTaskDialog)
    dialog.words.setEditText("Another")
    dialog.save.click()
    assert len(card.buttons) == 3


def test_a_mark_is_set_with_a_reason_and_cleared_with_one(
    desk: Desk, workspace: Workspace, maria_patient: PatientId, window: QWidget
) -> None:
    dialog = MarksDialog(desk, subject_of(workspace, maria_patient), window)
    dialog.open()
    dialog.kind.choose(FlagKind.INTERPRETER)
    dialog.save.click()
    assert "why" in dialog.problems.text()
    assert read_flags(workspace) == {}
    dialog.reason.setText("Speaks Spanish")
    dialog.until.set_day(TODAY + timedelta(days=30))
    dialog.save.click()
    assert [flag.title for flag in read_flags(workspace)[maria_patient]] == ["Needs an interpreter"]

    again = MarksDialog(desk, subject_of(workspace, maria_patient), window)
    again.open()
    click(again.clear_buttons[0])
    because = dialog_of(BecauseDialog)
    because.reason.setText("Brings her daughter")
    because.save.click()

    assert read_flags(workspace) == {}
    assert again.clear_buttons == []
    assert read_flag_history(workspace, maria_patient)[0].cleared_because == "Brings her daughter"
    assert len(dialogs_of(MarksDialog)) == 1


@pytest.mark.usefixtures("maria")
def test_marks_stand_on_the_banner_and_expired_ones_among_those_of_before(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria_patient: PatientId, window: QWidget
) -> None:
    set_flag(workspace, FlagDraft(maria_patient, FlagKind.TRANSPORT, "No car"))
    chart = ChartScreen(desk)
    qtbot.addWidget(chart)
    chart.show()
    chart.show_patient(maria_patient)
    assert "Needs transport" in chart.banner.accessibleName()
    assert chart.patient.subject == subject_of(workspace, maria_patient)

    later = replace(workspace, now=lambda: workspace.now() + timedelta(days=2))
    set_flag(
        workspace, FlagDraft(maria_patient, FlagKind.OTHER, "Asked", "Two keys", expires_on=TODAY)
    )
    dialog = MarksDialog(Desk(later, InlineWork()), subject_of(workspace, maria_patient), window)
    dialog.open()

    assert len(dialog.clear_buttons) == 1
    assert dialog.past.count() == 1


@pytest.mark.usefixtures("maria")
def test_a_patients_menu_offers_a_task_and_the_marks(
    qtbot: QtBot, desk: Desk, maria_patient: PatientId
) -> None:
    chart = ChartScreen(desk)
    qtbot.addWidget(chart)
    chart.show()
    chart.show_patient(maria_patient)

    chart.patient.task.trigger()
    chart.patient.marks.trigger()

    assert dialog_of(NewTaskDialog).isVisible()
    assert dialog_of(MarksDialog).isVisible()
