from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from cocm_desktop.actions.practice import change_practice, read_practice
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import CocmError, Problem, Refused, Unavailable
from cocm_desktop.ui.desk import Desk
from tests.conftest import PRACTICE
from tests.ui.callbacks import LateWork, never, nothing

A_CHANGE = Change(Topic.PRACTICE, "1")


def raising(error: Exception) -> Callable[[Workspace], Change]:
    def action(_workspace: Workspace) -> Change:
        raise error

    return action


def test_a_question_is_answered_from_the_workspace(desk: Desk) -> None:
    answers: list[str] = []

    desk.read(lambda workspace: read_practice(workspace).name, answers.append)

    assert answers == [PRACTICE.name]


def test_every_screen_hears_of_a_change_after_the_dialog_has_closed(desk: Desk) -> None:
    heard: list[object] = []
    desk.changed.connect(heard.append)

    desk.do(lambda _workspace: A_CHANGE, done=lambda: heard.append("done"), refused=never)

    assert heard == ["done", A_CHANGE]


def test_a_refusal_goes_to_who_asked_and_to_nobody_else(desk: Desk) -> None:
    refusals: list[Refused] = []
    desk.changed.connect(never)
    desk.unavailable.connect(never)
    refused = Refused(Problem("name", "No."))

    desk.do(raising(refused), done=never, refused=refusals.append)

    assert refusals == [refused]


@pytest.mark.parametrize(
    "error", [Unavailable("The disk is gone."), Refused(Problem("permission", "You may not."))]
)
def test_trouble_with_reading_goes_to_the_message_bar(desk: Desk, error: CocmError) -> None:
    told: list[str] = []
    desk.unavailable.connect(told.append)

    desk.read(raising(error), never)

    assert told == [str(error)]


def test_a_full_disk_goes_to_the_message_bar(desk: Desk) -> None:
    told: list[str] = []
    desk.unavailable.connect(told.append)

    desk.do(raising(Unavailable("The disk is full.")), done=never, refused=never)

    assert told == ["The disk is full."]


def test_a_dialog_may_hear_of_a_full_disk_itself(desk: Desk) -> None:
    heard: list[CocmError] = []
    desk.unavailable.connect(never)
    full = Unavailable("The disk is full.")

    desk.do(raising(full), done=never, refused=never, failed=heard.append)

    assert heard == [full]


def test_a_bug_is_not_hidden(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError):
        desk.read(lambda _workspace: 1 // 0, never)


def test_nothing_arrives_after_the_clinic_was_locked(desk: Desk) -> None:
    desk.close()

    desk.read(read_practice, never)
    desk.do(lambda _workspace: A_CHANGE, done=never, refused=never)


def test_a_change_that_was_done_while_locking_is_not_told(desk: Desk) -> None:
    desk.changed.connect(never)
    desk.close()

    desk.do(lambda _workspace: A_CHANGE, done=never, refused=never)


def test_after_unlocking_the_desk_asks_the_new_workspace(desk: Desk, workspace: Workspace) -> None:
    answers: list[str] = []
    desk.close()

    desk.open_again(workspace)
    desk.read(lambda each: each.device, answers.append)

    assert answers == [workspace.device]


class Asker(QObject):
    @Slot(object)
    def hear(self, _answer: object) -> None:
        never()


def test_an_answer_to_a_widget_that_is_gone_is_dropped(
    workspace: Workspace, qapp: QApplication
) -> None:
    work = LateWork()
    desk = Desk(workspace, work)
    asker = Asker(qapp)
    desk.read(read_practice, asker.hear)
    shiboken6.delete(asker)

    work.go_on()


def test_the_desk_knows_who_sits_at_it(desk: Desk, workspace: Workspace) -> None:
    assert desk.staff is workspace.staff
    assert desk.today() == workspace.today()
    assert desk.may(Permission.SEE_REGISTRY)
    assert not desk.may(Permission.ISSUE_SUPERBILL) or desk.staff.may(Permission.ISSUE_SUPERBILL)


def test_an_action_through_the_desk_is_kept(desk: Desk, workspace: Workspace) -> None:
    practice = replace(read_practice(workspace), city="Kingston")

    desk.do(lambda each: change_practice(each, practice), done=nothing, refused=never)

    assert read_practice(workspace).city == "Kingston"
