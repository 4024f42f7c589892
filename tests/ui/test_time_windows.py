"""Time in windows: the chart's tab, the dialogs, a meeting, one's own signatures."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.meeting import read_meetings
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.time_entry import read_time, read_unsigned, record_time
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.domain.time_entry import Activity, ManualReason, TimeEntryDraft
from cocm_desktop.ui.chart.screen import TABS, ChartScreen
from cocm_desktop.ui.chart.time_page import TimePage
from cocm_desktop.ui.contact.time_dialog import RecordTimeDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.time_log.meeting_dialog import RecordMeetingDialog
from cocm_desktop.ui.time_log.unsigned_dialog import UnsignedTimeDialog
from tests.ui.clinic import enrolled
from tests.ui.hands import Key, click, dialog_of, press, type_into

MONDAY = date(2026, 11, 9)


def entry_of(workspace: Workspace, maria: EpisodeId, minutes: int, *, signed: bool = True) -> str:
    draft = TimeEntryDraft(maria, MONDAY, minutes, Activity.OUTREACH, is_signed=signed)
    return record_time(workspace, draft).record_id


@pytest.fixture
def page(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria_patient: PatientId, maria: EpisodeId
) -> TimePage:
    """Give the tab with a signed entry and one that waits."""
    entry_of(workspace, maria, 12)
    entry_of(workspace, maria, 5, signed=False)
    screen = ChartScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1_200, 700)
    screen.show()
    screen.show_patient(maria_patient)
    screen.tabs.setCurrentIndex(TABS.index("Time and billing"))
    return screen.time


@pytest.fixture
def dialog(window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId) -> RecordTimeDialog:
    [row] = read_registry(workspace).rows
    dialog = RecordTimeDialog(desk, Subject.of_row(row), window)
    dialog.open()
    return dialog


def states(page: TimePage) -> list[str]:
    last = page.model.columnCount() - 1
    return [page.model.index(row, last).data() for row in range(page.model.rowCount())]


def test_the_tab_tells_the_month_and_goes_back_a_month(page: TimePage) -> None:
    assert page.month.words.text() == "November 2026"
    assert page.total.text() == "12 of 36 min"
    assert "1 day left" in page.next.text()
    assert "The entry is not signed." in states(page)

    click(page.month.back)

    assert (page.model.rowCount(), page.next.text()) == (0, "")
    assert not page.bar.isVisible()


def test_tab_goes_through_the_log_as_it_reads(page: TimePage) -> None:
    page.month.back.setFocus()

    met = []
    for _ in range(7):
        press(page.window(), Key.Key_Tab)
        met.append(page.window().focusWidget())

    head = [page.record, page.sign_all, page.open_billing]
    assert met == [*head, page.table, page.sign, page.correct, page.void]


def test_ones_own_entries_are_signed_on_the_tab(page: TimePage, workspace: Workspace) -> None:
    assert page.sign_all.text() == "Sign all of mine (1)"

    click(page.sign_all)

    assert read_unsigned(workspace) == ()
    assert not page.sign_all.isVisible()


def test_the_chosen_entry_alone_is_signed(
    page: TimePage, workspace: Workspace, maria: EpisodeId
) -> None:
    row = next(n for n, line in enumerate(page.model.rows) if not line.entry.is_signed)
    page.table.select_row(row)

    click(page.sign)

    assert all(entry.is_signed for entry in read_time(workspace, maria))


def test_a_correction_leaves_the_old_entry_in_sight(page: TimePage) -> None:
    row = next(n for n, line in enumerate(page.model.rows) if line.entry.minutes == 12)
    page.table.select_row(row)
    click(page.correct)
    dialog = dialog_of(RecordTimeDialog)
    assert dialog.minutes.value() == 12

    dialog.minutes.setValue(8)
    dialog.reason.setText("Read 12 for 8")
    click(dialog.save)

    assert "Corrected: Read 12 for 8" in states(page)
    voided = next(n for n, line in enumerate(page.model.rows) if line.logged.is_voided)
    page.table.select_row(voided)
    assert not page.correct.isEnabled()
    assert not page.void.isEnabled()
    assert "Voided by M. Bell" in page.detail.toPlainText()


def test_the_form_says_at_once_what_will_not_count(
    dialog: RecordTimeDialog, workspace: Workspace, maria: EpisodeId
) -> None:
    dialog.activity.choose(Activity.CLERICAL)
    dialog.minutes.setValue(130)
    dialog.started_at.entry.setText("10:20 am")
    dialog.outlook.look()

    assert dialog.outlook.clock.text() == "10:20 AM–12:30 PM"
    assert dialog.outlook.not_counted.text() == "Clerical work does not count."
    assert dialog.outlook.confirm.isVisible()
    click(dialog.save)
    assert read_time(workspace, maria) == ()
    dialog.outlook.confirm.setChecked(True)
    click(dialog.save)
    [entry] = read_time(workspace, maria)
    assert (entry.minutes, entry.is_signed) == (130, True)


def test_the_form_offers_to_split_at_midnight(
    dialog: RecordTimeDialog, workspace: Workspace, maria: EpisodeId
) -> None:
    dialog.worked_on.set_day(MONDAY)
    dialog.minutes.setValue(50)
    dialog.started_at.entry.setText("11:30 pm")
    dialog.why.choose(ManualReason.PAPER_NOTE)
    dialog.outlook.look()
    assert dialog.outlook.split.isVisible()

    dialog.outlook.split.setChecked(True)
    click(dialog.save)

    entries = read_time(workspace, maria)
    assert [entry.started_at for entry in entries] == [time(23, 30), time(0)]
    assert {entry.manual_reason for entry in entries} == {ManualReason.PAPER_NOTE}


def test_unsigned_time_is_listed_and_signed(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    for minutes in (5, 6, 7):
        entry_of(workspace, maria, minutes, signed=False)
    dialog = UnsignedTimeDialog(desk, window)
    dialog.open()

    click(dialog.sign)
    left = dialog.model.rowCount()
    click(dialog.sign_all)

    assert left == 2
    assert read_unsigned(workspace) == ()
    assert not dialog.sign_all.isEnabled()


def test_a_meeting_is_recorded_with_its_shares(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    add_staff(workspace, StaffDraft("L. Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT})))
    dialog = RecordMeetingDialog(desk, window)
    dialog.open()
    own, *others = dialog.staff_boxes.values()
    assert own.isChecked()

    for box in others:
        box.setChecked(box.text() == "L. Chen")
    dialog.patients.choice.choose(maria)
    click(dialog.patients.add)
    dialog.patients.discuss(maria)
    assert dialog.share.text() == "60 min are left for the patient without minutes."
    dialog.patients.rows[0].minutes.setValue(15)
    assert not dialog.share.text()
    click(dialog.save)

    [held] = read_meetings(workspace, ServiceMonth(2026, 11))
    assert [each.entry.minutes for each in held.time] == [15, 15]
    assert len(held.attendees) == 2


@pytest.mark.qt_log_ignore("grabbing the keyboard")  # the completer's list, offscreen
def test_a_patient_of_a_meeting_is_taken_by_a_part_of_the_name_and_enter(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    enrolled(workspace, "Alvarado")
    dialog = RecordMeetingDialog(desk, window)
    dialog.open()
    dialog.patients.choice.setFocus()

    type_into(dialog, "alva")
    press(dialog, Key.Key_Return)
    of_several = dialog.patients.shares
    type_into(dialog, "rez")
    press(dialog, Key.Key_Return)

    assert of_several == ()
    assert [share.episode_id for share in dialog.patients.shares] == [maria]
    assert dialog.patients.choice.line.text() == ""
    assert dialog.isVisible()
    assert read_meetings(workspace, ServiceMonth(2026, 11)) == ()


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_a_meeting_is_not_saved_without_a_patient_who_is_still_typed(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    dialog = RecordMeetingDialog(desk, window)
    dialog.open()
    dialog.patients.discuss(maria)
    dialog.patients.choice.setFocus()
    type_into(dialog, "nobody")

    click(dialog.save)

    assert "whose name is typed" in dialog.problems.text()
    assert read_meetings(workspace, ServiceMonth(2026, 11)) == ()


def test_tab_goes_through_a_meeting_as_it_reads(
    qtbot: QtBot, window: QWidget, desk: Desk, maria: EpisodeId
) -> None:
    dialog = RecordMeetingDialog(desk, window)
    dialog.open()
    dialog.patients.discuss(maria)
    [share] = dialog.patients.rows
    qtbot.waitUntil(share.isVisible)
    dialog.minutes.setFocus()

    met = []
    for _ in range(3 + len(dialog.staff_boxes)):
        press(dialog, Key.Key_Tab)
        met.append(dialog.focusWidget())

    patients = dialog.patients
    assert met == [*dialog.staff_boxes.values(), patients.choice, patients.add, share.minutes]


def test_a_long_meeting_is_asked_about_and_a_patient_can_be_taken_off(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    dialog = RecordMeetingDialog(desk, window)
    dialog.open()
    dialog.patients.discuss(maria)
    click(dialog.patients.rows[0].remove)
    assert dialog.patients.shares == ()
    dialog.patients.discuss(maria)
    dialog.minutes.setValue(180)

    click(dialog.save)
    asked = dialog.confirm.isVisible()
    dialog.confirm.setChecked(True)
    click(dialog.save)

    assert asked
    assert len(read_meetings(workspace, ServiceMonth(2026, 11))) == 1
