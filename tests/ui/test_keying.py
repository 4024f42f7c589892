"""Keying replies from paper by keyboard alone, and sharing the meeting's time."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.review_meeting import end_meeting, plan_meeting, read_meetings
from cocm_desktop.actions.review_record import read_reviews
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.time_entry import read_time
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import (
    RecommendationKind,
    RecommendationOwner,
    RecommendationUrgency,
)
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.review_meeting import ReviewMeetingDraft
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.ui.case_review.keying.dialog import KeyRepliesDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.review.meeting_actions import MeetingActions
from cocm_desktop.ui.review.share_dialog import ShareTimeDialog
from cocm_desktop.ui.widgets.question import Question
from tests.actions.timers import enroll_chen
from tests.actions.work import rows_stored
from tests.ui.hands import click, ctrl, dialog_of, press, type_into

MET_ON = date(2026, 11, 30)
ENTER = Qt.Key.Key_Return


@pytest.fixture
def keying(window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId) -> KeyRepliesDialog:
    """Open the dialog on a meeting of two patients."""
    enroll_chen(workspace)
    add_staff(workspace, StaffDraft("L. Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT})))
    plan_meeting(workspace, ReviewMeetingDraft(MET_ON))
    dialog = KeyRepliesDialog(desk, window)
    dialog.open()
    dialog.activateWindow()
    return dialog


def year_of(dialog: KeyRepliesDialog, number: int) -> str:
    stack = dialog.stack.choice()
    assert stack is not None
    return str(stack.pages[number - 1].born_on.year)


def test_a_reply_of_two_lines_is_keyed_without_the_mouse(
    keying: KeyRepliesDialog, workspace: Workspace
) -> None:
    stack = keying.stack.choice()
    assert stack is not None
    page = stack.pages[0]
    words = "d Raise to 100 mg"

    type_into(keying, year_of(keying, 1))
    press(keying, ENTER)
    assert keying.finder.name.text() == page.name
    type_into(keying, words)
    press(keying, ENTER)
    type_into(keying, "l TSH")
    press(keying, ENTER, ENTER)
    assert keying.rest.owner.hasFocus()
    type_into(keying, "c")
    press(keying, ENTER)
    type_into(keying, "th")
    press(keying, ENTER)
    type_into(keying, "4")
    press(keying, ENTER)
    type_into(keying, "Partial response")
    press(keying, ENTER)
    type_into(keying, "8")
    press(keying, ENTER)

    [review] = read_reviews(workspace, page.episode_id)
    assert (review.seconds, review.impression) == (480, "Partial response")
    assert [(r.kind, r.words) for r in review.recommendations] == [
        (RecommendationKind.DOSE, "Raise to 100 mg"),
        (RecommendationKind.LAB, "TSH"),
    ]
    assert {(r.owner, r.urgency, r.recheck_on) for r in review.recommendations} == {
        (RecommendationOwner.CARE_MANAGER, RecommendationUrgency.THIS_WEEK, date(2026, 12, 28))
    }
    assert keying.progress.text() == "1 of 2 pages recorded"
    assert (keying.finder.told, keying.finder.identity.hasFocus()) == ((2, ""), True)


def test_going_on_as_before_takes_eight_keys(
    keying: KeyRepliesDialog, workspace: Workspace
) -> None:
    stack = keying.stack.choice()
    assert stack is not None

    for number in (1, 2):
        type_into(keying, year_of(keying, number))
        press(keying, ENTER)
        type_into(keying, "c")
        ctrl(keying, ENTER)

    for page in stack.pages:
        [review] = read_reviews(workspace, page.episode_id)
        assert [given.words for given in review.recommendations] == ["Continue as is"]
    assert keying.progress.text() == "All pages of this packet are recorded."
    assert not keying.save.isEnabled()


def test_a_page_of_another_patient_is_not_opened(
    keying: KeyRepliesDialog, workspace: Workspace
) -> None:
    before = rows_stored(workspace)

    type_into(keying, "1900")
    press(keying, ENTER)

    assert "Nothing was recorded" in keying.finder.problems.text()
    assert keying.finder.name.isHidden()
    assert not keying.lines.isEnabled()
    click(keying.save)
    assert rows_stored(workspace) == before


def test_what_is_typed_is_not_taken_over_to_another_page(keying: KeyRepliesDialog) -> None:
    type_into(keying, year_of(keying, 1))
    press(keying, ENTER)
    for _ in range(4):
        type_into(keying, "c")
        press(keying, ENTER)
    assert (len(keying.lines.lines), keying.finder.number.isEnabled()) == (5, False)

    click(keying.finder.other)
    dialog_of(Question).accept()

    assert keying.finder.page is None
    assert [line.text() for line in keying.lines.lines] == ["", "", ""]
    assert keying.finder.number.hasFocus()


def test_a_line_that_is_added_is_in_sight(qtbot: QtBot, keying: KeyRepliesDialog) -> None:
    qtbot.waitUntil(keying.isActiveWindow)
    keying.scroll_area.setMaximumHeight(160)
    type_into(keying, year_of(keying, 1))
    press(keying, ENTER)

    for _ in range(5):
        type_into(keying, "m x")
        press(keying, ENTER)

    last = keying.lines.lines[-1]
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect().height() == last.height())


def test_an_empty_page_is_skipped(keying: KeyRepliesDialog) -> None:
    press(keying, Qt.Key.Key_PageDown)
    skipped_to = keying.finder.told
    type_into(keying, year_of(keying, 2))
    press(keying, ENTER)
    assert keying.finder.page is not None

    press(keying.finder, Qt.Key.Key_PageDown)

    assert (skipped_to, keying.finder.page.number) == ((2, ""), 2)


def test_a_line_without_its_letter_is_named_and_nothing_is_kept(
    keying: KeyRepliesDialog, workspace: Workspace
) -> None:
    before = rows_stored(workspace)
    type_into(keying, year_of(keying, 1))
    press(keying, ENTER)
    type_into(keying, "Raise to 100 mg")
    ctrl(keying, ENTER)

    assert keying.problems.text() == ("Begin the line with the letter of its kind: Raise to 100 mg")
    assert keying.lines.lines[0].hasFocus()
    assert rows_stored(workspace) == before


def test_time_is_shared_after_the_meeting_and_again(
    keying: KeyRepliesDialog, desk: Desk, workspace: Workspace, window: QWidget
) -> None:
    stack = keying.stack.choice()
    assert stack is not None
    [meeting] = read_meetings(workspace).meetings
    actions = MeetingActions(desk, window)
    seen = []
    for number, minutes in ((1, 8), (2, 9)):
        type_into(keying, year_of(keying, number))
        press(keying, ENTER)
        type_into(keying, "c")
        keying.rest.minutes.setValue(minutes)
        ctrl(keying, ENTER)
        if number == 1:
            end_meeting(workspace, meeting.id)
        known = read_meetings(workspace)
        actions.follow(known, known.meetings[0])
        actions.share.trigger()
        dialog = dialog_of(ShareTimeDialog)
        seen.append(dialog.minutes.value())
        click(dialog.save)
        keying.activateWindow()

    assert seen == [8, 17]
    for page, seconds in zip(stack.pages, (480, 540), strict=True):
        of_page = read_time(workspace, page.episode_id)
        assert {entry.seconds for entry in of_page} == {seconds}
        assert len(of_page) == 2


def test_from_a_chart_the_page_of_its_patient_is_proposed(
    keying: KeyRepliesDialog, desk: Desk, window: QWidget
) -> None:
    stack = keying.stack.choice()
    assert stack is not None
    keying.reject()

    dialog = KeyRepliesDialog(desk, window, episode_id=stack.pages[1].episode_id)
    dialog.open()

    assert (dialog.finder.told, dialog.stack.choice()) == ((2, ""), stack)
