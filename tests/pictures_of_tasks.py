"""Pictures of Today, of tasks and of marks, as people use them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.task_list import read_task_list
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.task import Task
from cocm_desktop.domain.task_list import TaskFilter
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.tasks.dialogs import (
    FinishTaskDialog,
    GiveTaskDialog,
    NewTaskDialog,
    PutOffDialog,
)
from cocm_desktop.ui.tasks.marks_dialog import MarksDialog
from cocm_desktop.ui.tasks.screen import TasksScreen
from cocm_desktop.ui.today.screen import TodayScreen
from cocm_desktop.ui.work import InlineWork
from tests.pictures_of_patients import Stage, first, measured, opened, typed


def today(stage: Stage) -> QWidget:
    stage.window.go("today")
    screen = stage.window.screen_shown
    if isinstance(screen, TodayScreen):
        screen.show_whole_team(is_shown=False)
        screen.take_focus()
    return stage.window


def today_team(stage: Stage) -> QWidget:
    today(stage)
    screen = stage.window.screen_shown
    if isinstance(screen, TodayScreen):
        screen.show_whole_team(is_shown=True)
    return stage.window


def today_empty(stage: Stage) -> QWidget:
    """Give the board of a care manager who came today."""
    nobody = replace(stage.workspace.staff, id=StaffId("nobody yet"))
    window = MainWindow(Desk(replace(stage.workspace, staff=nobody), InlineWork()), PLACES)
    window.resize(stage.window.size())
    return window


def tasks(stage: Stage) -> QWidget:
    stage.window.go("tasks")
    screen = stage.window.screen_shown
    if isinstance(screen, TasksScreen):
        screen.show_whose(TaskFilter.EVERYBODY)
        screen.take_focus()
    return stage.window


def new_task(stage: Stage) -> QDialog:
    subject = Subject.of_row(measured(stage))
    dialog = opened(NewTaskDialog(stage.desk, stage.window, subject=subject))
    dialog.words.setEditText("Call the pharmacy about the prescription")
    return typed(dialog)


def new_task_free(stage: Stage) -> QDialog:
    return opened(NewTaskDialog(stage.desk, stage.window))


def first_task(stage: Stage) -> Task:
    return next(each.task for each in read_task_list(stage.workspace).lines if each.task.is_open)


def task_done(stage: Stage) -> QDialog:
    return opened(FinishTaskDialog(stage.desk, first_task(stage), stage.window))


def task_put_off(stage: Stage) -> QDialog:
    words = first_task(stage).words
    dialog = PutOffDialog(stage.desk, words, _nothing, parent=stage.window)
    opened(dialog).until.date.set_day(stage.desk.today() + timedelta(weeks=1))
    return typed(dialog)


def _nothing(*_given: object) -> Change:  # the picture is not saved
    raise NotImplementedError


def task_give(stage: Stage) -> QDialog:
    return opened(GiveTaskDialog(stage.desk, first_task(stage), stage.window))


def marks(stage: Stage) -> QDialog:
    row = first(stage, lambda row: bool(row.flags))
    dialog = opened(MarksDialog(stage.desk, Subject.of_row(row), stage.window))
    dialog.reason.setText("Comes by the county van")
    return typed(dialog)


def chart_marks(stage: Stage) -> QWidget:
    row = first(stage, lambda row: bool(row.flags) and row.open_tasks > 0)
    stage.window.open_patient(row.patient_id)
    return stage.window


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "today": today,
    "today-team": today_team,
    "today-empty": today_empty,
    "tasks": tasks,
    "chart-marks": chart_marks,
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "task-new": new_task,
    "task-new-free": new_task_free,
    "task-done": task_done,
    "task-put-off": task_put_off,
    "task-give": task_give,
    "marks": marks,
}
