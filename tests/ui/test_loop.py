"""The follow-through screen: letters that go out, answers keyed from paper, and the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.recommendation_letter import read_letters_of_review
from cocm_desktop.actions.review_record import read_reviews, record_review
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import (
    CaseReview,
    RecommendationDraft,
    RecommendationKind,
    RecommendationStatus,
    ReviewDraft,
)
from cocm_desktop.domain.follow_through_report import Grouping
from cocm_desktop.domain.ids import EpisodeId, StaffId
from cocm_desktop.domain.letter import SendingWay
from cocm_desktop.domain.review_loop import LoopList
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.domain.today_card import Act, Board
from cocm_desktop.ui.case_review.step_dialog import StepDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.loop.answer_dialog import AnswerDialog
from cocm_desktop.ui.loop.letter_dialog import LetterDialog
from cocm_desktop.ui.loop.screen import LoopScreen
from cocm_desktop.ui.loop.send_all_dialog import SendAllDialog
from cocm_desktop.ui.paper.dialog import PaperDialog
from cocm_desktop.ui.patient.void_dialog import VoidDialog
from cocm_desktop.ui.today.screen import TodayScreen
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.question import Question
from tests.actions.work import rows_stored
from tests.ui.hands import Key, click, press, type_into

REVIEWED_ON = date(2026, 11, 10)
S = RecommendationStatus


@pytest.fixture
def review(workspace: Workspace, maria: EpisodeId) -> CaseReview:
    consultant = StaffDraft("L. Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT}))
    chen = StaffId(add_staff(workspace, consultant).record_id)
    dose = RecommendationDraft("Raise to 100 mg", RecommendationKind.DOSE)
    lab = RecommendationDraft("TSH", RecommendationKind.LAB)
    record_review(workspace, ReviewDraft(maria, chen, REVIEWED_ON, (dose, lab)))
    [kept] = read_reviews(workspace, maria)
    return kept


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk, review: CaseReview) -> LoopScreen:
    shown = LoopScreen(desk)
    qtbot.addWidget(shown)
    shown.resize(1200, 700)
    shown.show()
    return shown


def opened(screen: QWidget, kind: type[QWidget]) -> QWidget:
    [dialog] = [each for each in screen.findChildren(kind) if each.isVisible()]
    return dialog


def letter_of(screen: LoopScreen) -> LetterDialog:
    screen.show_list(LoopList.TO_SEND)
    screen.letter.trigger()
    dialog = opened(screen, LetterDialog)
    assert isinstance(dialog, LetterDialog)
    return dialog


def answer_of(screen: LoopScreen) -> AnswerDialog:
    screen.answer.trigger()
    dialog = opened(screen, AnswerDialog)
    assert isinstance(dialog, AnswerDialog)
    return dialog


def statuses(workspace: Workspace, review: CaseReview) -> list[RecommendationStatus]:
    [kept] = read_reviews(workspace, review.episode_id)
    return [each.status for each in kept.recommendations]


def test_the_lists_show_what_waits(screen: LoopScreen) -> None:
    [line] = screen.model.rows

    assert screen.model.index(0, 0).data() == "20 d late"
    assert line.case.name in screen.detail_title.text()
    assert screen.facts.text() == "1 letter to send, 2 actions overdue"
    assert not screen.step.isEnabled()
    screen.lists.buttons[LoopList.TO_DO].click()
    assert len(screen.model.rows) == 2
    assert screen.step.isEnabled()
    screen.lists.buttons[LoopList.TO_ANSWER].click()
    assert screen.chosen is None


def test_a_copied_letter_is_kept_and_recorded_as_sent(
    screen: LoopScreen, workspace: Workspace, review: CaseReview, qtbot: QtBot
) -> None:
    dialog = letter_of(screen)
    assert dialog.recipient.text() == "A. Smith, MD"
    assert "1. Raise to 100 mg" in dialog.words.toPlainText()
    QTest.keyClicks(dialog.addition, "Call me")
    qtbot.waitUntil(lambda: "Call me" in dialog.words.toPlainText())

    click(dialog.copy)

    assert "1. Raise to 100 mg" in QGuiApplication.clipboard().text()
    assert not dialog.recipient.isEnabled()
    assert dialog.way.choice() is SendingWay.EHR
    click(dialog.save)
    [letter] = read_letters_of_review(workspace, review.id)
    assert letter.is_sent
    assert "Call me" in letter.body
    assert statuses(workspace, review) == [S.SENT, S.SENT]
    assert screen.facts.text() == "2 actions overdue"


def test_a_letter_recorded_as_sent_is_kept_by_it(
    screen: LoopScreen, workspace: Workspace, review: CaseReview
) -> None:
    dialog = letter_of(screen)
    before = rows_stored(workspace)
    click(dialog.save)
    assert dialog.problems.text() == "Choose how the letter went out."
    assert rows_stored(workspace) == before

    dialog.way.choose(SendingWay.BY_HAND)
    click(dialog.save)

    [letter] = read_letters_of_review(workspace, review.id)
    assert [each.way for each in letter.sendings] == [SendingWay.BY_HAND]


def test_a_letter_is_previewed_saved_and_withdrawn(
    screen: LoopScreen, workspace: Workspace, review: CaseReview, tmp_path: Path
) -> None:
    dialog = letter_of(screen)
    click(dialog.print)
    paper = opened(dialog, PaperDialog)
    assert isinstance(paper, PaperDialog)
    paper.reject()
    [letter] = read_letters_of_review(workspace, review.id)
    dialog.write_file(letter.id, tmp_path / "letter.rtf")
    assert (tmp_path / "letter.rtf").exists()
    assert dialog.told.isVisible()

    click(dialog.withdraw)
    asking = opened(dialog, VoidDialog)
    assert isinstance(asking, VoidDialog)
    asking.reason.setText("wrong words")
    click(asking.save)

    assert read_letters_of_review(workspace, review.id) == ()
    assert dialog.recipient.isEnabled()


def test_an_answer_is_keyed_by_letters(
    screen: LoopScreen, workspace: Workspace, review: CaseReview
) -> None:
    dialog = answer_of(screen)
    first, second = dialog.rows

    QTest.keyClick(first.buttons[S.ACCEPTED], Qt.Key.Key_A)
    QTest.keyClick(second.buttons[S.ACCEPTED], Qt.Key.Key_D)
    click(dialog.save)
    assert dialog.problems.text() == "Say why, in a few words."
    assert statuses(workspace, review) == [S.OPEN, S.OPEN]
    QTest.keyClicks(second.reason, "done in May")
    QTest.keyClick(second.reason, Qt.Key.Key_Return)
    click(dialog.save)

    assert statuses(workspace, review) == [S.ACCEPTED, S.DECLINED]


def test_enter_after_a_reason_goes_on_and_keeps_nothing_yet(
    screen: LoopScreen, workspace: Workspace, review: CaseReview
) -> None:
    dialog = answer_of(screen)
    first, second = dialog.rows

    press(dialog, Key.Key_D)
    type_into(dialog, "done in May")
    press(dialog, Key.Key_Return)

    assert dialog.focusWidget() is second.buttons[S.ACCEPTED]
    assert statuses(workspace, review) == [S.OPEN, S.OPEN]
    press(dialog, Key.Key_A, Key.Key_Return)
    assert statuses(workspace, review) == [S.DECLINED, S.ACCEPTED]
    assert first.reason.text() == "done in May"


def test_the_cursor_never_stays_on_a_list_that_is_gone(
    screen: LoopScreen, workspace: Workspace, review: CaseReview
) -> None:
    early = LoopScreen(screen.desk)
    early.take_focus()
    assert early.focusWidget() is early.table
    screen.take_focus()

    dialog = letter_of(screen)
    dialog.way.choose(SendingWay.FAX)
    click(dialog.save)

    assert screen.focusWidget() is screen.lists.buttons[LoopList.TO_SEND]
    screen.show_list(None)
    screen.take_focus()
    assert screen.focusWidget() is screen.report.first.entry


def test_another_recipient_is_not_dropped_in_passing(screen: LoopScreen) -> None:
    dialog = letter_of(screen)
    assert not dialog.is_touched

    dialog.recipient.setFocus()
    type_into(dialog, ", MD")
    press(dialog, Key.Key_Escape)

    assert dialog.isVisible()
    assert dialog.findChild(Question) is not None


def test_everything_agreed_is_one_button(
    screen: LoopScreen, workspace: Workspace, review: CaseReview
) -> None:
    dialog = answer_of(screen)

    click(dialog.all_agreed)
    click(dialog.save)

    assert statuses(workspace, review) == [S.ACCEPTED, S.ACCEPTED]


def test_enter_does_what_a_line_waits_for(screen: LoopScreen) -> None:
    kinds = {LoopList.TO_SEND: LetterDialog, LoopList.TO_DO: StepDialog}
    for wanted, kind in kinds.items():
        screen.show_list(wanted)
        QTest.keyClick(screen.table, Qt.Key.Key_Return)
        dialog = opened(screen, kind)
        assert isinstance(dialog, kind)
        dialog.close()


@pytest.mark.parametrize(
    ("wanted", "first"),
    [(LoopList.TO_SEND, "Letter"), (LoopList.TO_ANSWER, "Record answer")],
)
def test_the_first_button_does_what_the_list_waits_for(
    screen: LoopScreen, wanted: LoopList, first: str
) -> None:
    screen.show_list(wanted)

    buttons = screen.findChildren(Button)
    assert [each.text() for each in buttons if each.property("kind") == "primary"] == [first]


def test_the_report_counts_prints_and_exports(screen: LoopScreen, tmp_path: Path) -> None:
    screen.lists.buttons[None].click()
    report = screen.report
    assert report.model.index(0, 0).data() == "Dose change"
    assert report.model.index(2, 1).data() == "2"

    report.grouping.choose(Grouping.PRACTITIONER)
    report.read_again()
    assert report.model.index(0, 0).data() == "A. Smith, MD"
    report.write(tmp_path / "report.csv")
    assert "A. Smith, MD" in (tmp_path / "report.csv").read_text("utf-8-sig")
    report.first.set_day(date(2026, 12, 1))
    report.read_again()
    assert report.problems.text() == "The period ends before it begins."
    report.first.set_day(REVIEWED_ON)
    click(report.print)
    assert opened(report, PaperDialog)


def test_one_key_copies_the_letter_and_keeps_it(
    screen: LoopScreen, workspace: Workspace, review: CaseReview
) -> None:
    for _ in ("written", "found again"):
        screen.copy.trigger()

    assert "1. Raise to 100 mg" in QGuiApplication.clipboard().text()
    [letter] = read_letters_of_review(workspace, review.id)
    assert not letter.is_sent
    assert screen.model.rows[0].why.endswith("letter written, not sent")


def test_all_letters_are_printed_as_one_paper_and_recorded_as_sent(
    screen: LoopScreen, workspace: Workspace, review: CaseReview
) -> None:
    screen.print_all.trigger()
    paper = opened(screen, PaperDialog)
    assert isinstance(paper, PaperDialog)
    paper.reject()
    assert len(read_letters_of_review(workspace, review.id)) == 1

    screen.send_all.trigger()
    asking = opened(screen, SendAllDialog)
    assert isinstance(asking, SendAllDialog)
    assert not asking.is_touched
    asking.way.choose(SendingWay.FAX)
    click(asking.save)

    [letter] = read_letters_of_review(workspace, review.id)
    assert [each.way for each in letter.sendings] == [SendingWay.FAX]
    assert not screen.print_all.isEnabled()


def test_today_leads_to_what_waits(qtbot: QtBot, desk: Desk, review: CaseReview) -> None:
    today = TodayScreen(desk)
    qtbot.addWidget(today)
    today.resize(1140, 640)
    today.show()
    today.take_focus()
    card = today.lanes.chosen
    assert card is not None
    assert "Letter to send" in card.words
    calls_for = replace(card, act=Act.SEE_TO_ADVICE)
    today.lanes.show_board(Board(card.reasons[0].day, (calls_for,), None))

    with qtbot.waitSignal(desk.place_wanted) as place:
        today.why.act_wanted.emit()

    assert place.args == ["loop"]
