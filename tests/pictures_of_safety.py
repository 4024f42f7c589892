"""Pictures of safety: the red bar, closing with the screener, the list, the front desk, paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.safety_case import Assessment, read_safety_case
from cocm_desktop.actions.safety_list import (
    print_clinician_slip,
    print_safety_list,
    read_safety_list,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import MeasureId, SafetyTaskId, new_id
from cocm_desktop.domain.safety import SafetyStep
from cocm_desktop.domain.safety_list import SafetyLine, SafetyList
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.safety.dialog import CloseSafetyTaskDialog
from cocm_desktop.ui.safety.list_dialog import SafetyListDialog
from cocm_desktop.ui.safety.open_dialog import OpenSafetyTaskDialog
from cocm_desktop.ui.safety.step import FrontDeskNotice
from cocm_desktop.ui.safety.subject import subject_of
from cocm_desktop.ui.safety.told_dialog import PractitionerToldDialog
from tests.pictures_of_patients import Stage, measured, opened, typed

TRIAGE = (
    "C-SSRS, Nov 20, 2026. Columbia protocol screener: triage printed on the form: Moderate Risk"
)


def aged(line: SafetyLine, days: int, today: date) -> SafetyLine:
    task = replace(line.task, answered_on=today - timedelta(days=days))
    return replace(line, task=task, is_escalated=days > 0)


def tasks(stage: Stage, how_many: int) -> SafetyList:
    """Give as many open tasks, each of somebody else, the oldest open for two days."""
    listed = read_safety_list(stage.workspace)
    rows = [row for row in read_registry(stage.workspace).rows if row.episode_id]
    template = listed.lines[0]
    lines = []
    for number in range(how_many):
        row = rows[number * 7]
        patient = replace(
            template.patient,
            id=row.patient_id,
            last_name=row.last_name,
            first_name=row.first_name,
            born_on=row.born_on,
        )
        task = replace(template.task, id=SafetyTaskId(new_id()))
        line = replace(template, patient=patient, task=task)
        lines.append(aged(line, (2, 1, 0)[number], listed.today))
    return SafetyList(tuple(lines), listed.today, listed.escalation_days)


def bar_of_one(stage: Stage) -> QWidget:
    stage.window.go("registry")
    stage.window.safety.show_tasks(tasks(stage, 1))
    return stage.window


def bar_of_three(stage: Stage) -> QWidget:
    stage.window.go("registry")
    stage.window.safety.show_tasks(tasks(stage, 3))
    return stage.window


def bar_on_chart(stage: Stage) -> QWidget:
    listed = tasks(stage, 3)
    stage.window.open_patient(listed.lines[1].patient.id)
    stage.window.safety.show_tasks(listed)
    return stage.window


def closing(stage: Stage) -> CloseSafetyTaskDialog:
    line = read_safety_list(stage.workspace).lines[0]
    subject = subject_of(line, stage.desk.today())
    dialog = CloseSafetyTaskDialog(stage.desk, subject, line.task, parent=stage.window)
    opened(dialog)
    return dialog


def offered(stage: Stage) -> QDialog:
    return closing(stage)


def filled(stage: Stage) -> QDialog:
    dialog = closing(stage)
    line = read_safety_list(stage.workspace).lines[0]
    case = read_safety_case(stage.workspace, line.task.id)
    screener = Assessment(MeasureId(new_id()), stage.desk.today(), TRIAGE)
    dialog.assessment.show_assessments((screener,), can_record=True, choose_newest=True)
    dialog.beside.show_case(replace(case, plan_on=stage.desk.today()))
    for step in (SafetyStep.SAFETY_PLAN, SafetyStep.MEANS, SafetyStep.RECHECK):
        dialog.steps[step].setChecked(True)
    dialog.step_taken.setPlainText("A brother stays for the week and keeps the tablets.")
    dialog.told.setPlainText("A. Smith, MD, in person")
    dialog.told_at.day.set_day(stage.desk.today())
    dialog.told_at.time.entry.setText("10:20 AM")
    return typed(dialog)


def refused(stage: Stage) -> QDialog:
    dialog = closing(stage)
    dialog.save.click()
    return dialog


def listing(stage: Stage) -> QDialog:
    dialog = opened(SafetyListDialog(stage.desk, stage.window))
    dialog.show_list(tasks(stage, 3))
    return dialog


def by_hand(stage: Stage) -> QDialog:
    return opened(OpenSafetyTaskDialog(stage.desk, Subject.of_row(measured(stage)), stage.window))


def told(stage: Stage) -> QDialog:
    line = tasks(stage, 1).lines[0]
    return opened(PractitionerToldDialog(stage.desk, line, stage.window))


def front_desk(stage: Stage) -> QDialog:
    subject = Subject.of_row(measured(stage))
    return opened(FrontDeskNotice(stage.desk, subject, parent=stage.window))


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "safety-bar-one": bar_of_one,
    "safety-bar-three": bar_of_three,
    "safety-bar-chart": bar_on_chart,
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "safety-close": offered,
    "safety-close-filled": filled,
    "safety-close-refused": refused,
    "safety-list": listing,
    "safety-by-hand": by_hand,
    "safety-told": told,
    "safety-front-desk": front_desk,
}


def slip(workspace: Workspace) -> bytes:
    line = read_safety_list(workspace).lines[0]
    return print_clinician_slip(workspace, line.patient.id).content


def practitioners_list(workspace: Workspace) -> bytes:
    return print_safety_list(workspace, escalated=False).content


PAPERS: dict[str, Callable[[Workspace], bytes]] = {
    "safety-slip": slip,
    "safety-list": practitioners_list,
}
