"""A review meeting by keyboard alone: its cases one by one, its minutes, its end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.meeting_agenda import read_meeting_agenda
from cocm_desktop.actions.review_meeting import (
    end_meeting,
    read_meetings,
)
from cocm_desktop.actions.review_record import read_reviews
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import RecommendationKind
from cocm_desktop.domain.ids import EpisodeId, MeetingId, ReviewMeetingId, StaffId
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.review.end_dialog import EndMeetingDialog
from cocm_desktop.ui.review.meeting_actions import MeetingActions
from cocm_desktop.ui.review.meeting_dialog import CancelMeetingDialog, MeetingDialog
from cocm_desktop.ui.review.screen import ReviewScreen
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role
from tests.conftest import CARE_MANAGER
from tests.ui.keys import press
from tests.ui.review.sitting import TODAY, focused, here, names, opened


def test_the_next_meeting_is_shown_or_whoever_is_due(screen: ReviewScreen) -> None:
    assert names(screen) == ["Torres", "Novak", "Quinn"]
    assert screen.head.meeting.currentText() == "Nov 30, 2026 · M. Bell · planned"
    assert screen.head.facts.text() == "3 patients fit in 60 min · L. Chen, LCSW"
    assert screen.head.facts.whole.splitlines()[:2] == [
        "3 patients fit in 60 min at 8.6 min a case",
        "R0  Safety open: 1",
    ]
    assert not screen.head.length.isVisible()
    assert screen.head.start.isVisible()

    screen.head.meeting.choose(None)
    screen.head.meeting.activated.emit(0)

    assert screen.head.facts.text() == "3 patients fit in 180 min"
    assert screen.head.length.isVisible()
    assert not screen.bar.isVisible()


def test_a_meeting_runs_from_case_to_case_by_keyboard(
    screen: ReviewScreen, workspace: Workspace, cases: dict[str, EpisodeId]
) -> None:
    press(screen.list, "Ctrl+B")

    assert here(screen) == "Torres"
    assert screen.walk.head.progress.text() == "0 of 3 discussed · 60 min left · 20.0 min a case"
    assert screen.walk.panel.story.labels
    form = screen.walk.forms[cases["Torres"]]
    assert form.advice.forms[0].kind.hasFocus()

    press(focused(screen), "D")
    assert form.advice.forms[0].kind.choice() is RecommendationKind.DOSE
    press(focused(screen), "Tab")
    form.advice.forms[0].words.insertPlainText("Sertraline to 100 mg")
    press(focused(screen), "Ctrl+Shift+M")
    screen.walk.head.timer.hand.setValue(9)
    press(screen.walk.head.timer.hand, "Return", "Ctrl+Return")

    [review] = read_reviews(workspace, cases["Torres"])
    assert review.meeting_id == screen.head.meeting_id
    assert review.seconds == 9 * 60
    assert review.recommendations[0].words == "Sertraline to 100 mg"
    assert here(screen) == "Novak"
    assert screen.walk.head.progress.text().startswith("1 of 3 discussed · 51 min left")

    press(focused(screen), "Alt+Up")

    assert screen.walk.recorded.isVisible()
    assert screen.walk.recorded.head.text() == "Recorded at this meeting, 9 minutes"

    press(screen.walk.recorded.on, "Ctrl+Return")

    assert here(screen) == "Novak"


def test_what_is_wrong_is_said_and_the_case_stays(
    screen: ReviewScreen, cases: dict[str, EpisodeId]
) -> None:
    press(screen.list, "Ctrl+B", "Ctrl+Return")
    form = screen.walk.forms[cases["Torres"]]

    assert here(screen) == "Torres"
    assert "A review counts only with a recommendation" in form.problems.text()

    form.next_review.entry.setText("soon")
    form.save.click()

    assert "This is not a date." in form.problems.text()


def test_a_draft_waits_with_its_case(screen: ReviewScreen, cases: dict[str, EpisodeId]) -> None:
    press(screen.list, "Ctrl+B")
    form = screen.walk.forms[cases["Torres"]]
    form.impression.setPlainText("Partial response")

    press(focused(screen), "Alt+Down")
    assert here(screen) == "Novak"
    assert screen.has_unsaved()
    press(focused(screen), "Esc")
    assert not screen.is_walking
    press(screen.list, "Ctrl+B", "Alt+Up")

    assert here(screen) == "Torres"
    assert form.impression.text() == "Partial response"
    assert list(screen.walk.forms) == [cases["Torres"]]

    form.clear.click()
    assert screen.has_unsaved()
    question = opened(screen, Question)
    assert isinstance(question, Question)
    question.do_it.click()

    assert not screen.has_unsaved()


def test_tab_goes_through_the_form_and_ends_where_it_is_saved(
    qtbot: QtBot, screen: ReviewScreen, cases: dict[str, EpisodeId]
) -> None:
    press(screen.list, "Ctrl+B")
    form = screen.walk.forms[cases["Torres"]]
    form.forget()
    form.advice.more.click()
    qtbot.waitUntil(form.advice.forms[1].recheck_on.isVisible)
    form.take_focus()

    rest = (form.impression, form.documents, form.next_review.entry, form.save, form.clear)
    first, second = (each.tab_order for each in form.advice.forms)
    for expected in (*first, *second, form.advice.more, *rest):
        assert focused(screen) is expected
        press(focused(screen), "Tab")


def test_a_recheck_that_cannot_be_read_is_not_dropped(
    screen: ReviewScreen, cases: dict[str, EpisodeId]
) -> None:
    press(screen.list, "Ctrl+B")
    form = screen.walk.forms[cases["Torres"]]
    [advice] = form.advice.forms
    advice.kind.choose(RecommendationKind.DOSE)
    advice.words.setPlainText("Raise to 100 mg")
    advice.recheck_on.entry.setText("in a month")

    press(advice.recheck_on.entry, "Ctrl+Return")

    assert "This is not a date." in form.problems.text()
    assert focused(screen) is advice.recheck_on.entry
    assert here(screen) == "Torres"


def test_the_clock_rests_while_one_reads_on_and_jumps(
    screen: ReviewScreen, cases: dict[str, EpisodeId]
) -> None:
    press(screen.list, "Ctrl+B")
    timer, bar = screen.walk.head.timer, screen.walk.panel.verticalScrollBar()

    press(focused(screen), "F8", "Alt+PgDown")
    assert timer.pause.accessibleName() == "Go on (F8)"
    assert bar.value() > 0
    press(focused(screen), "F8", "Alt+PgUp")
    assert timer.pause.accessibleName() == "Pause (F8)"
    press(focused(screen), "Ctrl+Shift+M")
    press(timer.hand, "Esc")
    assert not timer.hand.isVisible()
    assert screen.is_walking

    screen.walk.head.cases.choose(cases["Quinn"])
    screen.walk.head.cases.activated.emit(2)

    assert here(screen) == "Quinn"


def test_a_meeting_that_was_ended_elsewhere_is_left(
    screen: ReviewScreen, workspace: Workspace, meeting_id: ReviewMeetingId
) -> None:
    press(screen.list, "Ctrl+B")

    screen.desk.changed.emit(end_meeting(workspace, meeting_id))

    assert not screen.is_walking
    assert screen.head.reopen.isVisible()
    assert not screen.bar.isVisible()


def test_the_end_tells_who_waits_and_shares_the_minutes(
    screen: ReviewScreen, workspace: Workspace, cases: dict[str, EpisodeId], chen: StaffId
) -> None:
    press(screen.list, "Ctrl+B")
    form = screen.walk.forms[cases["Torres"]].advice.forms[0]
    form.kind.choose(RecommendationKind.CONTINUE)
    form.words.setPlainText("Go on")
    screen.walk.ticker.correct(12)
    screen.walk.save()
    screen.end.trigger()
    dialog = opened(screen, EndMeetingDialog)
    assert isinstance(dialog, EndMeetingDialog)

    assert dialog.minutes.value() == 12
    assert set(dialog.chosen) == {CARE_MANAGER.id, chen}

    dialog.save.click()
    if not dialog.confirm.isHidden():
        dialog.confirm.setChecked(True)
        dialog.save.click()

    [ended] = read_meetings(workspace).meetings
    assert ended.is_ended
    assert not screen.is_walking
    assert read_meeting_agenda(workspace, ended.id).discussed[0].row.last_name == "Torres"
    assert ended.time_meeting_id is not None
    assert screen.head.reopen.isVisible()

    screen.head.reopen.click()

    assert not read_meetings(workspace).meetings[0].is_ended


def test_meetings_are_planned_changed_and_taken_off(
    screen: ReviewScreen, workspace: Workspace, chen: StaffId
) -> None:
    press(screen.list, "Ctrl+Shift+P")
    plan = opened(screen, MeetingDialog)
    assert isinstance(plan, MeetingDialog)
    assert plan.minutes.value() == 180
    plan.consultant.choose(chen)
    plan.meets_on.entry.setText("+1w")
    plan.a_case.set_tenths(100)
    plan.save.click()

    assert screen.head.meeting.currentText() == "Dec 7, 2026 · M. Bell · planned"
    assert not screen.meetings.start.isEnabled()

    screen.head.change.click()
    change = opened(screen, MeetingDialog)
    assert isinstance(change, MeetingDialog)
    assert change.a_case.tenths() == 100
    change.minutes.setValue(90)
    change.save.click()
    screen.meetings.cancel.trigger()
    cancel = opened(screen, CancelMeetingDialog)
    assert isinstance(cancel, CancelMeetingDialog)
    cancel.reason.setText("Holiday")
    cancel.save.click()

    assert [each.meets_on for each in read_meetings(workspace).meetings] == [TODAY]
    assert screen.head.meeting_id is None


@pytest.mark.parametrize(
    ("role", "may"), [(Role.CARE_MANAGER, True), (Role.PSYCHIATRIC_CONSULTANT, False)]
)
def test_shared_time_is_taken_back_only_by_who_may_void(
    qtbot: QtBot, workspace: Workspace, meeting_id: ReviewMeetingId, role: Role, *, may: bool
) -> None:
    known = read_meetings(workspace)
    planned = known.of(meeting_id)
    assert planned is not None
    ended = replace(planned, ended_at=workspace.now())
    window = QWidget()
    qtbot.addWidget(window)
    actions = MeetingActions(Desk(as_role(workspace, role), InlineWork()), window)

    actions.follow(known, ended)
    assert actions.reopen.isEnabled()
    assert actions.share.isEnabled()

    actions.follow(known, replace(ended, time_meeting_id=MeetingId("shared")))
    assert actions.reopen.isEnabled() is may
    assert actions.share.isEnabled() is may
