"""The reviews of one patient: recording one, and what becomes of its advice."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.chart_page import read_chart_page
from cocm_desktop.actions.recommendation_letter import (
    compose_letter,
    send_recommendation_letter,
)
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.review_record import read_reviews
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import RecommendationKind, RecommendationStatus, ReviewMode
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.letter import SendingDraft, SendingWay
from cocm_desktop.domain.recommendation_letter import LetterChoice
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.ui.case_review.dialog import RecordReviewDialog
from cocm_desktop.ui.case_review.page import ReviewsPage
from cocm_desktop.ui.case_review.step_dialog import StepDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role, reviewed, rows_stored
from tests.ui.hands import click

REVIEWED_ON = date(2026, 11, 18)


@pytest.fixture
def chen(workspace: Workspace) -> StaffId:
    draft = StaffDraft("L. Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT}))
    return StaffId(add_staff(workspace, draft).record_id)


@pytest.fixture
def recording(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> RecordReviewDialog:
    dialog = RecordReviewDialog(desk, subject_of(workspace), window)
    dialog.open()
    dialog.reviewed_on.set_day(REVIEWED_ON)
    return dialog


def subject_of(workspace: Workspace) -> Subject:
    [row] = read_registry(workspace).rows
    return Subject.of_row(row)


def shown(qtbot: QtBot, desk: Desk, workspace: Workspace, patient_id: PatientId) -> ReviewsPage:
    page = ReviewsPage(desk)
    qtbot.addWidget(page)
    page.show_page(read_chart_page(workspace, patient_id))
    page.show()
    return page


def cells(page: ReviewsPage, row: int) -> list[str]:
    return [page.model.index(row, column).data() for column in range(page.model.columnCount())]


def test_a_review_is_recorded_with_everything_that_was_recommended(
    recording: RecordReviewDialog,
    workspace: Workspace,
    qtbot: QtBot,
    maria: EpisodeId,
    maria_patient: PatientId,
    chen: StaffId,
) -> None:
    recording.mode.choose(ReviewMode.PHONE)
    recording.minutes.setValue(9)
    recording.impression.setPlainText("Partial response")
    recording.documents.setText("Discharge letter")
    recording.next_review_on.entry.setText("+2w")
    first = recording.advice.forms[0]
    first.kind.choose(RecommendationKind.DOSE)
    first.words.setPlainText("Raise to 100 mg")
    first.recheck_on.set_day(date(2026, 12, 16))
    recording.advice.more.click()
    second = recording.advice.forms[1]
    second.kind.choose(RecommendationKind.LAB)
    second.words.setPlainText("TSH")
    second.due_on.set_day(date(2026, 11, 25))
    assert recording.is_touched
    click(recording.save)

    [review] = read_reviews(workspace, maria)
    assert (review.consultant_id, review.reviewed_on, review.seconds) == (chen, REVIEWED_ON, 540)
    assert [(each.kind, each.words, each.due_on) for each in review.recommendations] == [
        (RecommendationKind.DOSE, "Raise to 100 mg", None),
        (RecommendationKind.LAB, "TSH", date(2026, 11, 25)),
    ]
    assert (review.counts, review.mode) == (True, ReviewMode.PHONE)
    page = shown(qtbot, recording.desk, workspace, maria_patient)
    page.table.selectRow(0)
    assert page.detail.toPlainText() == (
        "Impression: Partial response\nDocuments reviewed: Discharge letter\n"
        "Next review on: Dec 14, 2026\nDose change, routine: Raise to 100 mg\n"
        "Recheck on: Dec 16, 2026"
    )


def test_vector_a_recommendation_of_blanks_is_no_review(
    recording: RecordReviewDialog, workspace: Workspace
) -> None:
    before = rows_stored(workspace)
    recording.advice.forms[0].words.setPlainText("   ")

    click(recording.save)

    assert recording.problems.text() == (
        "A review counts only with a recommendation; to continue as is is one."
    )
    assert rows_stored(workspace) == before


def test_a_date_of_further_advice_that_cannot_be_read_is_refused(
    recording: RecordReviewDialog, workspace: Workspace
) -> None:
    before = rows_stored(workspace)
    recording.advice.more.click()
    for form in recording.advice.forms:
        form.kind.choose(RecommendationKind.LAB)
        form.words.setPlainText("TSH")
    recording.advice.forms[1].recheck_on.entry.setText("soon")

    click(recording.save)

    assert recording.problems.text().startswith("Type a date")
    assert rows_stored(workspace) == before


def test_vector_attendance_without_discussion_is_kept_and_is_no_review(
    recording: RecordReviewDialog,
    workspace: Workspace,
    qtbot: QtBot,
    maria: EpisodeId,
    maria_patient: PatientId,
) -> None:
    recording.discussed.click()
    assert recording.advice.isHidden()
    assert "does not count" in recording.about.text()
    click(recording.save)

    [review] = read_reviews(workspace, maria)
    assert not review.counts
    page = shown(qtbot, recording.desk, workspace, maria_patient)
    assert cells(page, 0) == ["11/18/2026", "L. Chen", "", "Not discussed", *[""] * 4]
    assert page.detail_title.text() == "Nov 18, 2026 · L. Chen · video · 0 minutes"
    assert page._head.text() == "0 reviews with a recommendation"
    assert "does not count as a review" in page.detail.toPlainText()
    assert not page.step.isEnabled()


def test_advice_already_typed_stays_in_sight_when_not_discussed(
    recording: RecordReviewDialog,
) -> None:
    recording.advice.forms[0].words.setPlainText("Raise to 100 mg")

    recording.discussed.click()
    click(recording.save)

    assert not recording.advice.isHidden()
    assert "A patient who was not discussed has no recommendation." in recording.problems.text()


def test_a_consultant_who_records_is_chosen_already(
    window: QWidget, workspace: Workspace, maria: EpisodeId, chen: StaffId
) -> None:
    desk = Desk(as_role(workspace, Role.PSYCHIATRIC_CONSULTANT), InlineWork())

    dialog = RecordReviewDialog(desk, subject_of(workspace), window)

    assert dialog.consultant.choice() in {None, workspace.staff.id}


def test_advice_goes_from_the_list_to_done_with_its_steps(
    qtbot: QtBot,
    window: QWidget,
    desk: Desk,
    workspace: Workspace,
    maria: EpisodeId,
    maria_patient: PatientId,
) -> None:
    reviewed(workspace, [maria], REVIEWED_ON)
    page = shown(qtbot, desk, workspace, maria_patient)
    asked: list[object] = []
    page.step_wanted.connect(asked.append)
    page.step.click()
    [given] = asked
    [review] = read_reviews(workspace, maria)
    assert given == review.recommendations[0]

    for status, reason in (
        (RecommendationStatus.SENT, ""),
        (RecommendationStatus.MODIFIED, "Half the step first"),
        (RecommendationStatus.DONE, ""),
    ):
        [review] = read_reviews(workspace, maria)
        dialog = StepDialog(desk, subject_of(workspace), review.recommendations[0], parent=window)
        dialog.open()
        dialog.status.choose(status)
        dialog.reason.setPlainText(reason)
        click(dialog.save)

    page.show_page(read_chart_page(workspace, maria_patient))
    assert cells(page, 0)[2:-1] == ["Continue as is", "Go on", "Treating practitioner", "", "Done"]
    detail = page.detail.toPlainText()
    assert "Nov 30, 2026 · Accepted with changes" in detail
    assert "Half the step first" in detail


def test_a_step_without_a_choice_or_a_needed_reason_is_refused(
    window: QWidget, desk: Desk, workspace: Workspace, maria: EpisodeId
) -> None:
    reviewed(workspace, [maria], REVIEWED_ON)
    [review] = read_reviews(workspace, maria)
    before = rows_stored(workspace)
    dialog = StepDialog(desk, subject_of(workspace), review.recommendations[0], parent=window)
    dialog.open()

    click(dialog.save)
    without_choice = dialog.problems.text()
    dialog.status.choose(RecommendationStatus.DECLINED)
    click(dialog.save)

    assert without_choice == "Choose what became of it."
    assert dialog.problems.text() == "Say why, in a few words."
    assert rows_stored(workspace) == before


def test_a_review_is_voided_with_its_advice(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    reviewed(workspace, [maria], REVIEWED_ON)
    page = shown(qtbot, desk, workspace, maria_patient)
    [line] = page.model.rows
    voidable = page._voidable_of(line)

    voidable.void(workspace, "Recorded for another patient")

    assert voidable.words == "Review of Nov 18, 2026"
    assert voidable.also == "Its 1 recommendation will be withdrawn with it."
    assert read_reviews(workspace, maria) == ()


def test_voiding_a_review_says_whom_its_letter_has_reached(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    reviewed(workspace, [maria], REVIEWED_ON)
    [review] = read_reviews(workspace, maria)
    draft = compose_letter(workspace, review.id, LetterChoice("A. Smith, MD"))
    sending = SendingDraft(workspace.today(), SendingWay.FAX)
    send_recommendation_letter(workspace, draft, sending)
    page = shown(qtbot, desk, workspace, maria_patient)

    voidable = page._voidable_of(page.model.rows[0])

    assert "One went out: tell A. Smith, MD that it no longer holds." in voidable.also


def test_a_chart_without_reviews_offers_the_first(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    page = shown(qtbot, desk, workspace, maria_patient)
    wanted: list[bool] = []
    page.review_wanted.connect(lambda: wanted.append(True))

    page.first.click()

    assert wanted == [True]
    assert page._pages.currentWidget() is page._empty


def test_a_letter_and_an_answer_are_recorded_from_the_list_of_reviews(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    reviewed(workspace, [maria], REVIEWED_ON)
    [review] = read_reviews(workspace, maria)
    draft = compose_letter(workspace, review.id, LetterChoice())
    send_recommendation_letter(workspace, draft, SendingDraft(workspace.today(), SendingWay.FAX))
    page = shown(qtbot, desk, workspace, maria_patient)

    with qtbot.waitSignal(page.letter_wanted) as letter:
        click(page.letter)
    with qtbot.waitSignal(page.answer_wanted) as answer:
        click(page.answer)

    assert letter.args[0].id == answer.args[0].id == review.id
    assert cells(page, 0)[-2:] == ["Sent", "Sent"]
    assert "Letter of Nov 30, 2026 to A. Smith, MD: fax Nov 30, 2026" in page.detail.toPlainText()
