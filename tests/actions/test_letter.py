"""Letters: kept as written, logged as sent, and what that does to the advice they carry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cocm_desktop.actions.letter import (
    read_letter,
    read_letters,
    record_sending,
    void_letter,
    write_letter,
)
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.review_record import (
    answer_recommendation,
    read_reviews,
    record_review,
    void_review,
)
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import (
    CaseReview,
    RecommendationDraft,
    RecommendationKind,
    RecommendationStatus,
    ReviewDraft,
    StepDraft,
)
from cocm_desktop.domain.ids import CaseReviewId, EpisodeId, PatientId, StaffId
from cocm_desktop.domain.letter import (
    LONGEST_LETTER,
    LONGEST_LINE,
    LONGEST_RECIPIENT,
    LetterDraft,
    LetterKind,
    SendingDraft,
    SendingWay,
)
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import Refused
from tests.actions.work import as_role, rows_stored

REVIEWED_ON = date(2026, 11, 20)
TODAY = date(2026, 11, 30)
OPEN, SENT = RecommendationStatus.OPEN, RecommendationStatus.SENT


@pytest.fixture
def review(workspace: Workspace, maria: EpisodeId) -> CaseReview:
    """Give a review with two recommendations, one of which was answered at once."""
    consultant = StaffDraft("L. Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT}))
    chen = StaffId(add_staff(workspace, consultant).record_id)
    dose = RecommendationDraft("Raise to 100 mg", RecommendationKind.DOSE)
    lab = RecommendationDraft("TSH", RecommendationKind.LAB)
    record_review(workspace, ReviewDraft(maria, chen, REVIEWED_ON, (dose, lab), minutes=8))
    answer = StepDraft(lab.id, RecommendationStatus.ACCEPTED, REVIEWED_ON)
    answer_recommendation(workspace, answer)
    [kept] = read_reviews(workspace, maria)
    return kept


@pytest.fixture
def advice(review: CaseReview, maria_patient: PatientId) -> LetterDraft:
    return LetterDraft(
        maria_patient,
        LetterKind.RECOMMENDATION,
        "A. Smith, MD",
        "Recommendations",
        "Please raise the dose.",
        written_on=REVIEWED_ON,
        episode_id=review.episode_id,
        review_id=review.id,
    )


def statuses(workspace: Workspace, maria: EpisodeId) -> list[RecommendationStatus]:
    [review] = read_reviews(workspace, maria)
    return [each.status for each in review.recommendations]


FAXED = SendingDraft(date(2026, 11, 21), SendingWay.FAX, note="page came through")


def test_a_letter_is_kept_as_written_and_once(
    workspace: Workspace, advice: LetterDraft, maria_patient: PatientId
) -> None:
    write_letter(workspace, advice)
    write_letter(workspace, replace(advice, body="Other words."))

    [letter] = read_letters(workspace, maria_patient)
    assert letter.body == "Please raise the dose."
    assert not letter.is_sent
    assert letter == read_letter(workspace, advice.id)


def test_sending_a_letter_sends_the_advice_that_is_still_open(
    workspace: Workspace, advice: LetterDraft, maria: EpisodeId
) -> None:
    write_letter(workspace, advice)

    record_sending(workspace, advice.id, FAXED)

    letter = read_letter(workspace, advice.id)
    [sending] = letter.sendings
    assert (sending.way, sending.recipient) == (SendingWay.FAX, "A. Smith, MD")
    assert letter.sent_on == FAXED.sent_on
    assert statuses(workspace, maria) == [SENT, RecommendationStatus.ACCEPTED]
    [dose, _lab] = read_reviews(workspace, maria)[0].recommendations
    assert dose.steps[-1].noted_on == FAXED.sent_on


def test_a_withdrawn_letter_opens_its_advice_again(
    workspace: Workspace, advice: LetterDraft, maria: EpisodeId, maria_patient: PatientId
) -> None:
    write_letter(workspace, advice)
    record_sending(workspace, advice.id, FAXED)

    void_letter(workspace, advice.id, reason="wrong fax number")

    assert read_letters(workspace, maria_patient) == ()
    assert statuses(workspace, maria) == [OPEN, RecommendationStatus.ACCEPTED]


def test_a_letter_goes_with_the_review_it_is_about(
    workspace: Workspace, advice: LetterDraft, review: CaseReview, maria_patient: PatientId
) -> None:
    write_letter(workspace, advice)
    record_sending(workspace, advice.id, FAXED)

    void_review(workspace, review.id, reason="another patient")

    assert read_letters(workspace, maria_patient) == ()


def test_advice_stays_sent_while_another_letter_carries_it(
    workspace: Workspace, advice: LetterDraft, maria: EpisodeId
) -> None:
    other = replace(advice, id=type(advice.id)("00000000-0000-7000-8000-00000000000a"))
    for each in (advice, other):
        write_letter(workspace, each)
        record_sending(workspace, each.id, FAXED)

    void_letter(workspace, advice.id, reason="sent twice")

    assert statuses(workspace, maria) == [SENT, RecommendationStatus.ACCEPTED]


def test_advice_that_was_opened_again_is_sent_no_earlier_than_that(
    workspace: Workspace, advice: LetterDraft, maria: EpisodeId
) -> None:
    other = replace(advice, id=type(advice.id)("00000000-0000-7000-8000-00000000000a"))
    write_letter(workspace, advice)
    record_sending(workspace, advice.id, FAXED)
    void_letter(workspace, advice.id, reason="wrong fax number")
    write_letter(workspace, other)

    record_sending(workspace, other.id, FAXED)

    [dose, _lab] = read_reviews(workspace, maria)[0].recommendations
    assert [step.noted_on for step in dose.steps] == [FAXED.sent_on, TODAY, TODAY]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("written_on", TODAY + timedelta(days=1)),
        ("written_on", REVIEWED_ON - timedelta(days=1)),
        ("recipient", " "),
        ("recipient", "x" * (LONGEST_RECIPIENT + 1)),
        ("title", "x" * (LONGEST_LINE + 1)),
        ("title", "\u200b"),
        ("body", "…"),
        ("body", "x" * (LONGEST_LETTER + 1)),
        ("review_id", None),
        ("kind", LetterKind.NO_SHOW),
        ("review_id", CaseReviewId("00000000-0000-7000-8000-00000000000b")),
    ],
)
def test_a_letter_that_does_not_fit_is_not_kept(
    workspace: Workspace, advice: LetterDraft, field: str, wrong: Any
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused):
        write_letter(workspace, replace(advice, **{field: wrong}))

    assert rows_stored(workspace) == before


def test_a_letter_about_another_patients_review_is_not_kept(
    workspace: Workspace, advice: LetterDraft
) -> None:
    other = PatientDraft("Okafor", "Ngozi", date(1980, 1, 2))
    other_id = PatientId(add_patient(workspace, other).record_id)
    before = rows_stored(workspace)

    with pytest.raises(Refused):
        write_letter(workspace, replace(advice, patient_id=other_id))

    assert rows_stored(workspace) == before


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("way", None),
        ("sent_on", None),
        ("sent_on", TODAY + timedelta(days=1)),
        ("sent_on", REVIEWED_ON - timedelta(days=1)),
        ("note", "x" * (LONGEST_LINE + 1)),
        ("recipient", "x" * (LONGEST_RECIPIENT + 1)),
    ],
)
def test_a_sending_that_does_not_fit_is_not_kept(
    workspace: Workspace, advice: LetterDraft, field: str, wrong: Any
) -> None:
    write_letter(workspace, advice)
    before = rows_stored(workspace)

    with pytest.raises(Refused) as refusal:
        record_sending(workspace, advice.id, replace(FAXED, **{field: wrong}))

    assert refusal.value.problems[0].field == field
    assert rows_stored(workspace) == before


def test_the_front_desk_reads_no_letter_with_advice(
    workspace: Workspace, advice: LetterDraft, maria_patient: PatientId
) -> None:
    missed = LetterDraft(maria_patient, LetterKind.NO_SHOW, "M. Alvarez", "Missed", "We missed you")
    write_letter(workspace, advice)
    desk = as_role(workspace, Role.FRONT_DESK)
    write_letter(desk, missed)

    assert [each.kind for each in read_letters(desk, maria_patient)] == [LetterKind.NO_SHOW]
    before = rows_stored(workspace)
    for refused in (
        lambda: read_letter(desk, advice.id),
        lambda: write_letter(desk, replace(advice)),
        lambda: record_sending(desk, advice.id, FAXED),
        lambda: void_letter(desk, advice.id, reason="mine"),
    ):
        with pytest.raises(Refused):
            refused()
    assert rows_stored(workspace) == before
