"""Pictures of the time log: the chart's tab, the dialogs, a meeting, one's own signatures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from cocm_desktop.actions.time_entry import correct_time, record_time
from cocm_desktop.actions.time_log import read_time_log
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.time_entry import Activity, ManualReason, TimeEntryDraft
from cocm_desktop.ui.chart.screen import TABS, ChartScreen
from cocm_desktop.ui.contact.time_dialog import RecordTimeDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.time_log.meeting_dialog import RecordMeetingDialog
from cocm_desktop.ui.time_log.unsigned_dialog import UnsignedTimeDialog
from tests.pictures_of_patients import Stage, first, opened, typed

TIME = TABS.index("Time and billing")
DISCUSSED = 7


def timed(stage: Stage) -> RegistryRow:
    return first(stage, lambda row: row.is_open and row.seconds_this_month > 30 * 60)


def log(stage: Stage) -> QWidget:
    """Give the tab with an entry that was corrected and one that is not signed."""
    row, workspace = timed(stage), stage.workspace
    month = ServiceMonth.of(workspace.today())
    told = read_time_log(workspace, row.patient_id, month)
    if not any(line.corrected_by for line in told.lines):
        _spoil(stage, row)
    stage.window.open_patient(row.patient_id)
    screen = stage.window.screen_shown
    if isinstance(screen, ChartScreen):
        screen.tabs.setCurrentIndex(TIME)
        QApplication.sendPostedEvents()
        screen.time.table.select_row(1)
    return stage.window


def _spoil(stage: Stage, row: RegistryRow) -> None:
    workspace = stage.workspace
    draft = TimeEntryDraft(
        EpisodeId(row.episode_id or ""),
        workspace.today() - timedelta(days=1),
        12,
        Activity.OUTREACH,
        manual_reason=ManualReason.PAPER_NOTE,
        is_confirmed=True,
    )
    record_time(workspace, draft)
    better = replace(draft, id=replace(draft).second_id, minutes=8, is_confirmed=True)
    correct_time(workspace, draft.id, better, reason="Read 12 for 8 on the note")
    later = TimeEntryDraft(
        draft.episode_id, workspace.today(), 10, Activity.COORDINATION, is_signed=False
    )
    record_time(workspace, later)


def past_log(stage: Stage) -> QWidget:
    log(stage)
    screen = stage.window.screen_shown
    if isinstance(screen, ChartScreen):
        screen.time.month.go_back()
    return stage.window


def spent(stage: Stage) -> QDialog:
    row = timed(stage)
    dialog = opened(RecordTimeDialog(stage.desk, Subject.of_row(row), stage.window))
    dialog.activity.choose(Activity.CLERICAL)
    dialog.minutes.setValue(150)
    dialog.started_at.entry.setText("11:10 pm")
    dialog.worked_on.set_day(stage.desk.today() - timedelta(days=1))
    dialog.outlook.look()
    return typed(dialog)


def correction(stage: Stage) -> QDialog:
    log(stage)
    screen = stage.window.screen_shown
    if not isinstance(screen, ChartScreen) or screen.time.chosen is None:
        raise TypeError("no log is shown")
    entry = next(line.entry for line in screen.time.log.lines if not line.logged.is_voided)
    subject = Subject.of_row(timed(stage))
    dialog = opened(RecordTimeDialog(stage.desk, subject, stage.window, corrects=entry))
    dialog.outlook.look()
    return dialog


def meeting(stage: Stage) -> QDialog:
    dialog = opened(RecordMeetingDialog(stage.desk, stage.window))
    dialog.started_at.entry.setText("12:00 pm")
    for box in list(dialog.staff_boxes.values())[:2]:
        box.setChecked(True)
    for episode_id in dialog.patients.offered[:DISCUSSED]:
        dialog.patients.discuss(episode_id)
    dialog.patients.rows[0].minutes.setValue(15)
    return typed(dialog)


def unsigned(stage: Stage) -> QDialog:
    log(stage)
    return opened(UnsignedTimeDialog(stage.desk, stage.window))


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "time-log": log,
    "time-log-past": past_log,
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "time-spent": spent,
    "time-correction": correction,
    "time-meeting": meeting,
    "time-unsigned": unsigned,
}
