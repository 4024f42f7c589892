"""The timer in the window: its bar, its keys, its menu and its dialogs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.timer import choose_timer_start, start_timer
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import Activity, ManualReason
from cocm_desktop.domain.timer import TimerState
from cocm_desktop.domain.timer_choice import TimerStart
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.timer.dialogs import DiscardTimerDialog, SaveTimerDialog
from cocm_desktop.ui.widgets.question import Question
from tests.ui.callbacks import never, nothing
from tests.ui.clinic import enrolled
from tests.ui.hands import dialog_of
from tests.ui.places import SOME
from tests.ui.timers import Bench


def test_the_timer_starts_for_the_patient_chosen_and_shows_the_time(bench: Bench) -> None:
    bar = bench.controls.bar
    assert (bar.isVisible(), bench.controls.button.isVisible()) == (False, True)

    bench.controls.button.click()
    bench.pass_on(12)
    bench.now += timedelta(seconds=4)
    bench.controls.watch._seconds.timeout.emit()

    assert (bar.isVisible(), bench.controls.button.isVisible()) == (True, False)
    assert bar.running.clock.text() == "12:04"
    assert bar.running.patient.text().strip() == "ALVAREZ, María"
    assert bar.running.month.text() == "0 of 16 min this month"
    assert bar.running.not_counted.text() == ""


def test_without_a_patient_nothing_starts(bench: Bench) -> None:
    bench.chosen = None

    bench.controls.turn()

    assert bench.view is None
    assert bench.told == ["Choose a patient in care first: the timer is for one patient."]


def test_other_minutes_ask_for_a_reason(bench: Bench) -> None:
    bench.controls.turn()
    bench.pass_on(12)
    bench.controls.turn()
    dialog = dialog_of(SaveTimerDialog)

    dialog.minutes.setValue(7)
    dialog.save.click()
    assert "Say why" in dialog.problems.text()
    dialog.reason.choose(ManualReason.CORRECTION)
    dialog.save.click()

    assert bench.logged == [420]


def test_unusual_lengths_are_confirmed_in_the_dialog(bench: Bench) -> None:
    bench.controls.turn()
    bench.pass_on(125)
    bench.controls.turn()
    dialog = dialog_of(SaveTimerDialog)
    assert not dialog.confirm.isVisible()

    dialog.save.click()
    assert dialog.confirm.isVisible()
    dialog.confirm.setChecked(True)
    dialog.save.click()

    assert bench.logged == [125 * 60]


@pytest.mark.parametrize("is_paused", [False, True])
def test_a_dialog_that_is_left_leaves_the_timer_as_it_was(bench: Bench, *, is_paused: bool) -> None:
    running = bench.controls.bar.running
    bench.controls.turn()
    bench.pass_on(2)
    if is_paused:
        running.turn.click()
    bench.controls.turn()
    bench.pass_on(1)

    dialog_of(SaveTimerDialog).reject()

    assert (running.go_on.isVisible(), running.turn.isVisible()) == (is_paused, not is_paused)
    bench.pass_on(1)
    assert bench.view
    assert bench.view.state is (TimerState.PAUSED if is_paused else TimerState.RUNNING)
    assert bench.view.timer.seconds == (120 if is_paused else 180)


def test_another_patient_is_switched_to(bench: Bench, workspace: Workspace) -> None:
    chen, _ = enrolled(workspace, "Chen")
    bench.controls.turn()
    bench.pass_on(3)
    bench.choose(chen)
    bench.controls.follow(chen)
    assert bench.controls.bar.running.switch.isVisible()

    bench.controls.bar.running.switch.click()
    dialog = dialog_of(SaveTimerDialog)
    assert dialog.save.text() == "Save, and start for CHEN, Ana"
    dialog.save.click()

    assert bench.logged == [180]
    assert bench.view
    assert bench.view.row.patient_id == chen
    assert not bench.controls.bar.running.switch.isVisible()


def test_the_work_is_named_in_the_bar(bench: Bench) -> None:
    bench.controls.turn()
    activity = bench.controls.bar.running.activity

    activity.choose(Activity.CLERICAL)
    activity.activated.emit(activity.currentIndex())

    assert bench.controls.bar.running.not_counted.text() == "Clerical work does not count."


def test_discarding_asks_for_a_reason(bench: Bench) -> None:
    bench.controls.turn()
    bench.pass_on(1)

    bench.controls.discard()
    dialog = dialog_of(DiscardTimerDialog)
    dialog.reason.setText("Wrong patient")
    dialog.save.click()

    assert bench.view is None
    assert bench.logged == []


@pytest.mark.parametrize(
    ("choice", "starts"),
    [(TimerStart.IMMEDIATELY, True), (TimerStart.MANUALLY, False), (TimerStart.NEVER, False)],
)
def test_opening_a_chart_starts_the_timer_of_who_wants_it(
    bench: Bench, maria_patient: PatientId, choice: TimerStart, *, starts: bool
) -> None:
    bench.controls._choose_start(choice)

    bench.controls.follow(maria_patient)
    bench.controls.follow(maria_patient)

    assert (bench.view is not None) == starts
    assert bench.controls.bar.isVisible() == starts
    assert bench.controls.button.isVisible() == (choice is TimerStart.MANUALLY)


def test_the_menu_offers_a_pause_only_where_a_timer_runs(bench: Bench) -> None:
    menu = bench.controls.menu()
    of_timer = menu.actions()[1:3]

    menu.aboutToShow.emit()
    without = [each.isEnabled() for each in of_timer]
    bench.controls.turn()
    menu.aboutToShow.emit()

    assert without == [False, False]
    assert [each.isEnabled() for each in of_timer] == [True, True]


def test_the_menu_shows_when_the_timer_starts(bench: Bench) -> None:
    menu = bench.controls.menu()
    choose_timer_start(bench.here, TimerStart.NEVER)
    bench.controls.watch.read_again()

    [starts] = menu.findChildren(QMenu)
    bench.controls._check_start()

    assert [each.isChecked() for each in starts.actions()] == [False, False, True]
    assert menu.actions()[0].shortcut().toString() == "Ctrl+T"


def test_the_chart_of_the_timer_is_one_click_away(bench: Bench, maria_patient: PatientId) -> None:
    wanted: list[str] = []
    bench.desk.patient_wanted.connect(wanted.append)
    bench.controls.turn()

    bench.controls.bar.running.patient.click()

    assert wanted == [maria_patient]


def test_who_records_no_time_sees_no_timer(workspace: Workspace, window: QWidget) -> None:
    staff = replace(workspace.staff, roles=frozenset({Role.FRONT_DESK}))
    bench = Bench(replace(workspace, staff=staff), window)

    bench.controls.watch.read_again()

    assert not bench.controls.button.isVisible()
    assert not bench.controls.bar.isVisible()


def test_closing_the_window_asks_about_a_running_timer(bench: Bench) -> None:
    closed: list[bool] = []
    assert not bench.controls.asks_before_closing(lambda: closed.append(True))
    bench.controls.turn()
    bench.pass_on(12)

    assert bench.controls.asks_before_closing(lambda: closed.append(True))
    question = dialog_of(Question)
    question.do_it.click()

    assert closed == [True]
    assert bench.view
    assert (bench.view.state, bench.view.timer.seconds) == (TimerState.PAUSED, 720)


def test_a_window_with_a_running_timer_stays_until_that_is_answered(
    desk: Desk, maria: EpisodeId, qtbot: QtBot
) -> None:
    window = MainWindow(desk, SOME)
    qtbot.addWidget(window)
    window.show()
    desk.do(
        partial(start_timer, episode_id=maria, activity=Activity.CONTACT,
                tick=window.timer.watch.tick()),
        done=nothing, refused=never,
    )  # fmt: skip

    window.close()
    assert window.isVisible()
    dialog_of(Question).do_it.click()

    assert not window.isVisible()


def test_keys_of_the_window_turn_the_timer(desk: Desk, maria: EpisodeId, qtbot: QtBot) -> None:
    window = MainWindow(desk, SOME)
    qtbot.addWidget(window)
    window.show()

    window.timer.turn()

    assert "Choose a patient" in window.messages.words.text()
