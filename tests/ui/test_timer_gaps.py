"""What the timer in the window asks: after sleep, quiet minutes, a lock, another program."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cocm_desktop.actions.timer import start_timer
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.domain.timer import GapCause, Tick, TimerState
from cocm_desktop.errors import Unavailable
from cocm_desktop.ui.timer.dialogs import SaveTimerDialog
from tests.ui.hands import dialog_of
from tests.ui.timers import TEN, Bench


def test_stopping_asks_what_to_save_and_nobody_is_on_the_clock_meanwhile(bench: Bench) -> None:
    bench.controls.turn()
    bench.pass_on(12)
    bench.controls.bar.running.stop.click()
    dialog = dialog_of(SaveTimerDialog)
    bench.now += timedelta(minutes=5)
    assert dialog.minutes.value() == 12

    dialog.activity.choose(Activity.CARE_PLAN)
    dialog.save.click()

    assert bench.logged == [720]
    assert bench.view is None
    assert not bench.controls.bar.isVisible()


def test_sleep_is_asked_about_and_kept_as_measured(bench: Bench) -> None:
    bench.controls.turn()
    bench.pass_on(12)
    bench.now += timedelta(hours=8)
    bench.controls.watch._beats.timeout.emit()

    asking = bench.controls.bar.asking
    assert asking.isVisible()
    assert "ran until 10:12 AM (12 min)" in asking.words.text()
    assert "The 8 h since are not counted." in asking.words.text()
    assert not asking.count.isVisible()
    assert not bench.controls.watch._beats.isActive()
    asking.keep.click()

    assert bench.logged == [720]
    assert bench.view is None


def test_what_cannot_be_kept_as_it_is_opens_the_dialog(bench: Bench) -> None:
    bench.controls.turn()
    bench.pass_on(125)
    bench.now += timedelta(hours=1)
    bench.controls.watch._beats.timeout.emit()

    bench.controls.bar.asking.keep.click()

    assert bench.logged == []
    assert dialog_of(SaveTimerDialog).minutes.value() == 125
    assert "Is that right" in bench.told[0]


@pytest.mark.parametrize(("was_work", "seconds"), [(True, 1200), (False, 600)])
def test_quiet_minutes_are_asked_about(bench: Bench, *, was_work: bool, seconds: int) -> None:
    bench.controls.turn()
    bench.controls.bar.running.activity_chosen.emit(Activity.CARE_PLAN)
    bench.pass_on(20)

    bench.controls.watch.idle.idle.emit()
    asking = bench.controls.bar.asking
    assert asking.count.text() == "It was work: count 10 min"
    (asking.count if was_work else asking.go_on).click()

    assert bench.view
    assert bench.view.state is TimerState.RUNNING
    assert bench.view.timer.seconds == seconds
    assert bench.controls.bar.running.isVisible()


def test_a_lock_holds_the_timer_and_a_short_one_asks_nothing(bench: Bench) -> None:
    bench.controls.turn()
    bench.pass_on(5)

    bench.controls.watch.leave()
    bench.now += timedelta(seconds=40)
    bench.controls.watch.come_back()

    assert bench.view
    assert (bench.view.state, bench.view.timer.seconds) == (TimerState.RUNNING, 300)


def test_after_a_longer_lock_the_person_is_asked(bench: Bench) -> None:
    bench.controls.turn()
    bench.pass_on(5)

    bench.controls.watch.leave()
    assert not bench.controls.watch._seconds.isActive()
    bench.now += timedelta(minutes=20)
    bench.controls.watch.come_back()

    assert bench.view
    assert bench.view.timer.gap
    assert bench.view.timer.gap.cause is GapCause.LOCKED
    assert bench.controls.bar.asking.count.isVisible()
    bench.controls.watch.leave()
    assert bench.view.timer.seconds == 300


def test_the_next_program_asks_about_the_timer_of_the_last(bench: Bench, maria: EpisodeId) -> None:
    start_timer(bench.here, maria, Activity.CONTACT, tick=bench.tick("the last program"))
    bench.now += timedelta(minutes=5)

    bench.controls.watch.read_again()

    assert bench.controls.bar.asking.isVisible()
    assert not bench.controls.bar.asking.keep.isEnabled()
    bench.controls.bar.asking.change.click()
    assert dialog_of(SaveTimerDialog).minutes.value() == 0


def test_trouble_with_a_heartbeat_is_told_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.controls.turn()

    def full(_: Workspace, tick: Tick) -> None:
        raise Unavailable(f"The disk is full at {tick.at:%H}.")

    monkeypatch.setattr("cocm_desktop.ui.timer.watch.beat_timer", full)
    bench.pass_on(2)

    assert bench.told == ["The disk is full at 10."]


def test_the_real_clocks_agree(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    watch = bench.controls.watch

    first, second = watch.tick(), watch.tick()

    assert first.run_id == second.run_id != ""
    assert second.steady_ms >= first.steady_ms
    assert first.at == TEN
