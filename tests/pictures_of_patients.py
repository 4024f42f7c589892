"""Pictures of the registry, the chart and the dialogs about one patient, as people use them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Protocol, TypeVar

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.registry import Chip, RegistryRow
from cocm_desktop.domain.registry_columns import BY_KEY
from cocm_desktop.domain.row_order import first_by
from cocm_desktop.domain.safety import FRONT_DESK_WORDS
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.chart.screen import ChartScreen
from cocm_desktop.ui.contact.dialog import RecordContactDialog
from cocm_desktop.ui.contact.flag_dialog import FlagForReviewDialog
from cocm_desktop.ui.contact.time_dialog import RecordTimeDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.close_dialog import CloseEpisodeDialog
from cocm_desktop.ui.episode.enroll_dialog import EnrollDialog
from cocm_desktop.ui.episode.phase_dialog import ChangePhaseDialog
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.patient.details_dialog import PatientDetailsDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import VoidDialog
from cocm_desktop.ui.registry.screen import RegistryScreen
from cocm_desktop.ui.safety.dialog import CloseSafetyTaskDialog
from cocm_desktop.ui.safety.step import SafetyNotice
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.widgets.record_dialog import RecordDialog
from cocm_desktop.ui.work import InlineWork

Opened = TypeVar("Opened", bound=QDialog)


class Stage(Protocol):
    @property
    def window(self) -> MainWindow: ...
    @property
    def desk(self) -> Desk: ...
    @property
    def workspace(self) -> Workspace: ...


def first(stage: Stage, which: Callable[[RegistryRow], bool]) -> RegistryRow:
    return next(row for row in read_registry(stage.workspace).rows if which(row))


def measured(stage: Stage) -> RegistryRow:
    """Give an open patient with a long course."""
    return first(stage, lambda row: row.is_open and len(row.phq9.scores) > 5)


def not_enrolled(stage: Stage) -> RegistryRow:
    return first(stage, lambda row: row.status is None)


def opened(dialog: Opened) -> Opened:
    """Open a dialog; what is typed into it for the picture is not asked about."""
    dialog.open()
    return dialog


def typed(dialog: Opened) -> Opened:
    if isinstance(dialog, RecordDialog):
        dialog.forget()
    return dialog


def registry(stage: Stage) -> RegistryScreen:
    """Give the registry of all care managers, as it is first shown."""
    stage.window.go("registry")
    screen = stage.window.screen_shown
    if not isinstance(screen, RegistryScreen):
        raise TypeError("the registry is not shown")
    if screen.peek.isVisible():
        screen.peek.dismiss()
    screen.head.caseload.choose(None)
    screen.clear_filters()
    return screen


def registry_filtered(stage: Stage) -> QWidget:
    screen = registry(stage)
    screen.show_chip(Chip.NOT_AT_TARGET)
    screen.sort((first_by(BY_KEY["change"]),))
    return stage.window


def registry_peek(stage: Stage) -> QWidget:
    screen = registry(stage)
    screen.table.select_row(2)
    screen.table.peek_wanted.emit()
    return stage.window


def registry_none_match(stage: Stage) -> QWidget:
    registry(stage).narrow("nobody of this name")
    return stage.window


def chart_not_enrolled(stage: Stage) -> QWidget:
    registry(stage)
    stage.window.open_patient(not_enrolled(stage).patient_id)
    return stage.window


def chart_table(stage: Stage) -> QWidget:
    stage.window.open_patient(measured(stage).patient_id)
    screen = stage.window.screen_shown
    if isinstance(screen, ChartScreen):
        screen.tabs.setCurrentIndex(0)
        screen.summary.trend.toggle.click()
        QApplication.sendPostedEvents()
    return stage.window


def measure(stage: Stage) -> QDialog:
    return opened(RecordMeasureDialog(stage.desk, Subject.of_row(measured(stage)), stage.window))


def measure_typed(stage: Stage) -> QDialog:
    dialog = opened(RecordMeasureDialog(stage.desk, Subject.of_row(measured(stage)), stage.window))
    for row, answer in zip(dialog.grid.items, (2, 2, 3, 1, 1, 0, 2, 0, 1), strict=True):
        row.take(answer)
    return typed(dialog)


def contact(stage: Stage) -> QDialog:
    subject = Subject.of_row(measured(stage))
    dialog = opened(RecordContactDialog(stage.desk, subject, stage.window))
    dialog.minutes.setValue(25)
    dialog.started_at.entry.setText("2:30 pm")
    dialog.note.setPlainText("Walked on five of seven days. Slept through twice.")
    dialog.next_contact.date.set_day(stage.desk.today() + timedelta(weeks=2))
    return typed(dialog)


def enroll(stage: Stage) -> QDialog:
    return opened(EnrollDialog(stage.desk, Subject.of_row(not_enrolled(stage)), stage.window))


def enroll_refused(stage: Stage) -> QDialog:
    dialog = opened(EnrollDialog(stage.desk, Subject.of_row(not_enrolled(stage)), stage.window))
    dialog.statements[0].setChecked(True)
    dialog.save.click()
    return typed(dialog)


def close_episode(stage: Stage) -> QDialog:
    row = measured(stage)
    episode = read_chart(stage.workspace, row.patient_id).episode
    if episode is None:
        raise ValueError("the patient has no episode")
    subject = Subject.of_row(row)
    return opened(CloseEpisodeDialog(stage.desk, subject, episode, parent=stage.window))


def change_phase(stage: Stage) -> QDialog:
    row = measured(stage)
    episode = read_chart(stage.workspace, row.patient_id).episode
    if episode is None:
        raise ValueError("the patient has no episode")
    subject = Subject.of_row(row)
    return opened(ChangePhaseDialog(stage.desk, subject, episode, parent=stage.window))


def listing(stage: Stage) -> QWidget:
    """Give the window as the front desk sees it."""
    roles = frozenset({Role.FRONT_DESK})
    staff = replace(stage.workspace.staff, roles=roles)
    desk = Desk(replace(stage.workspace, staff=staff), InlineWork())
    window = MainWindow(desk, PLACES)
    window.resize(stage.window.size())
    return window


def safety(stage: Stage) -> QDialog:
    task, patient_id = read_open_safety_tasks(stage.workspace)[0][:2]
    subject = Subject.of_row(first(stage, lambda row: row.patient_id == patient_id))
    return opened(CloseSafetyTaskDialog(stage.desk, subject, task, parent=stage.window))


def front_desk(stage: Stage) -> QDialog:
    subject = Subject.of_row(measured(stage))
    return opened(SafetyNotice(subject, FRONT_DESK_WORDS, parent=stage.window))


def new_patient(stage: Stage) -> QDialog:
    row = measured(stage)
    dialog = opened(PatientDetailsDialog(stage.desk, parent=stage.window))
    dialog.entries["last_name"].setText(row.last_name[:-1])
    dialog.entries["first_name"].setText(row.first_name)
    dialog.born_on.set_day(row.born_on)
    dialog.look_for_duplicates()
    return typed(dialog)


def void(stage: Stage) -> QDialog:
    stage.window.open_patient(measured(stage).patient_id)
    screen = stage.window.screen_shown
    if not isinstance(screen, ChartScreen):
        raise TypeError("no chart is shown")
    screen.tabs.setCurrentIndex(1)
    screen.contacts.void.click()
    [dialog] = (d for d in screen.findChildren(VoidDialog) if d.isVisible())
    return dialog


def time_spent(stage: Stage) -> QDialog:
    return opened(RecordTimeDialog(stage.desk, Subject.of_row(measured(stage)), stage.window))


def question(stage: Stage) -> QDialog:
    return opened(FlagForReviewDialog(stage.desk, Subject.of_row(measured(stage)), stage.window))


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "registry-filtered": registry_filtered,
    "registry-peek": registry_peek,
    "registry-none-match": registry_none_match,
    "chart-not-enrolled": chart_not_enrolled,
    "chart-table": chart_table,
    "patients": listing,
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "patient-new": new_patient,
    "patient-enroll": enroll,
    "patient-enroll-refused": enroll_refused,
    "patient-measure": measure,
    "patient-measure-typed": measure_typed,
    "patient-contact": contact,
    "patient-time": time_spent,
    "patient-question": question,
    "patient-safety": safety,
    "patient-front-desk": front_desk,
    "patient-void": void,
    "patient-close": close_episode,
    "patient-phase": change_phase,
}
