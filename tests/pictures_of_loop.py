"""Pictures of what waits after the reviews, of the letter and of the practitioner's answer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.recommendation_letter import (
    print_recommendation_letter,
    write_recommendation_letter,
)
from cocm_desktop.actions.review_loop import print_follow_through, read_loop
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.follow_through_report import Grouping, ReportChoice
from cocm_desktop.domain.recommendation_letter import LetterChoice
from cocm_desktop.domain.review_loop import LoopList
from cocm_desktop.ui.loop.answer_dialog import AnswerDialog
from cocm_desktop.ui.loop.letter_dialog import LetterDialog
from cocm_desktop.ui.loop.report_page import PERIOD
from cocm_desktop.ui.loop.screen import LoopScreen
from cocm_desktop.ui.loop.send_all_dialog import SendAllDialog
from tests.pictures_of_patients import Stage, typed

ADDED = "She would like a call before anything changes."


def loop(stage: Stage, wanted: LoopList | None = LoopList.TO_SEND) -> LoopScreen:
    stage.window.go("loop")
    screen = stage.window.screen_shown
    if not isinstance(screen, LoopScreen):
        raise TypeError("what waits is not shown")
    screen.caseload.choose(None)
    screen.read_again()
    screen.show_list(wanted)
    screen.take_focus()
    return screen


def shown(wanted: LoopList | None) -> Callable[[Stage], QWidget]:
    def show(stage: Stage) -> QWidget:
        loop(stage, wanted)
        return stage.window

    return show


def letter(stage: Stage) -> QDialog:
    screen = loop(stage)
    screen.letter.trigger()
    [dialog] = [each for each in screen.findChildren(LetterDialog) if each.isVisible()]
    dialog.addition.setText(ADDED)
    dialog.compose()
    return typed(dialog)


def answer(stage: Stage) -> QDialog:
    screen = loop(stage, LoopList.TO_ANSWER)
    screen.answer.trigger()
    [dialog] = [each for each in screen.findChildren(AnswerDialog) if each.isVisible()]
    return typed(dialog)


def all_sent(stage: Stage) -> QDialog:
    screen = loop(stage)
    screen.send_all.trigger()
    [dialog] = [each for each in screen.findChildren(SendAllDialog) if each.isVisible()]
    return typed(dialog)


def letter_paper(workspace: Workspace) -> bytes:
    line = read_loop(workspace).loop.of(LoopList.TO_SEND)[0]
    choice = LetterChoice(addition=ADDED)
    kept = write_recommendation_letter(workspace, line.case.review.id, choice)
    return print_recommendation_letter(workspace, kept.record_id).content


def report_paper(workspace: Workspace) -> bytes:
    today = workspace.today()
    choice = ReportChoice(today - PERIOD, today, Grouping.KIND)
    return print_follow_through(workspace, choice).content


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "follow-through": shown(LoopList.TO_SEND),
    "follow-through-answers": shown(LoopList.TO_ANSWER),
    "follow-through-report": shown(None),
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "letter-to-practitioner": letter,
    "answer-of-practitioner": answer,
    "letters-all-sent": all_sent,
}
PAPERS: dict[str, Callable[[Workspace], bytes]] = {
    "letter-to-practitioner": letter_paper,
    "follow-through-report": report_paper,
}
