"""Keeping letters, logging that they went out, and withdrawing them."""

from __future__ import annotations

from dataclasses import replace

from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.release import Release, account_for
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.background import PART2_NOTICE
from cocm_desktop.domain.case_review import RecommendationStatus, Step
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import CaseReviewId
from cocm_desktop.domain.letter import Letter, LetterDraft, LetterKind, Sending, SendingDraft
from cocm_desktop.domain.privacy import Purpose
from cocm_desktop.domain.recommendation_letter import without_closed_records
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit, background
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import letter as letters
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import review as reviews

WITHDRAWN = "The letter about it was withdrawn."


def needed_for(kind: LetterKind) -> Permission:
    """Give what a person needs for letters of a kind: advice is clinical, the rest is not."""
    if kind is LetterKind.RECOMMENDATION:
        return Permission.RECORD_REVIEW
    return Permission.WRITE_LETTER


def read_letters(workspace: Workspace, patient_id: str) -> tuple[Letter, ...]:
    """Give the letters of a patient that this person may read, oldest first."""
    workspace.require(Permission.WRITE_LETTER)
    look_at_chart(workspace, patient_id, ChartPart.LETTERS)
    with workspace.database.read() as session:
        every = letters.of_patient(session, patient_id)
    mine = (each for each in every if workspace.staff.may(needed_for(each.kind)))
    return tuple(as_shown(workspace, each) for each in mine)


def read_letter(workspace: Workspace, letter_id: str) -> Letter:
    with workspace.database.read() as session:
        letter = letters.get(session, letter_id)
    workspace.require(needed_for(letter.kind))
    return as_shown(workspace, letter)


def as_shown(workspace: Workspace, letter: Letter) -> Letter:
    """Give a letter without words of protected records whose consent does not stand today."""
    if letter.kind is not LetterKind.RECOMMENDATION:
        return letter
    patient_id = letter.patient_id
    with workspace.database.read() as session:
        records = background.records_of_patients(session, [patient_id], today=workspace.today())
    body = without_closed_records(letter.body, records.get(patient_id, ()))
    return replace(letter, body=body)


def write_letter(workspace: Workspace, draft: LetterDraft) -> Change:
    """Keep a letter's words. Written twice under one id, it is kept once."""
    workspace.require(needed_for(draft.kind))
    if (draft.kind is LetterKind.RECOMMENDATION) != (draft.review_id is not None):
        words = "A letter to the practitioner is about a review, and no other letter is."
        raise Refused(Problem("review_id", words))
    with workspace.database.write() as session:
        if not letters.exists(session, draft.id):
            patient = patients.get(session, draft.patient_id)
            _require_review_of(workspace, draft)
            letters.add(session, draft.accept(today=workspace.today()), workspace.stamp())
            note = audit.created("letter.written", draft.id, patient.id)
            audit.write(session, workspace.stamp(), note)
    return Change(topics_of(draft.kind), draft.id)


def record_sending(workspace: Workspace, letter_id: str, draft: SendingDraft) -> Change:
    """Log that a letter went out; the advice it carries counts as sent from then on."""
    with workspace.database.write() as session:
        letter = letters.get(session, letter_id)
        workspace.require(needed_for(letter.kind))
        sending = draft.accept(letter, today=workspace.today(), by=workspace.staff.id)
        letters.add_sending(session, letter_id, workspace.stamp(), sending=sending)
        account_for(workspace, _release(letter, sending))
        if letter.review_id is not None:
            _send_advice(workspace, letter.review_id, sending=sending)
        note = audit.created("letter.sent", letter_id, letter.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(topics_of(letter.kind), letter_id)


def void_letter(workspace: Workspace, letter_id: str, *, reason: str) -> Change:
    """Withdraw a letter, keeping it; advice that nobody has answered is to be sent again."""
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        letter = letters.get(session, letter_id)
        workspace.require(needed_for(letter.kind))
        letters.void_letter(session, letter_id, workspace.stamp(), reason=reason)
        if letter.review_id is not None and letter.is_sent:
            _take_advice_back(workspace, letter.review_id)
        note = audit.voided("letter.voided", letter_id, reason=reason, patient_id=letter.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(topics_of(letter.kind), letter_id)


def topics_of(kind: LetterKind) -> Topic:
    return Topic.LETTER | (Topic.REVIEW if kind is LetterKind.RECOMMENDATION else Topic.LETTER)


def _release(letter: Letter, sending: Sending) -> Release:
    is_about_review = letter.kind is LetterKind.RECOMMENDATION
    return Release(
        [letter.patient_id],
        Purpose.TREATMENT if is_about_review else Purpose.TO_PATIENT,
        recipient=sending.recipient or letter.recipient,
        what=f"Letter: {letter.kind.value}",
        part2_of=[letter.patient_id] if PART2_NOTICE in letter.body else (),
    )


def _require_review_of(workspace: Workspace, draft: LetterDraft) -> None:
    """Refuse a letter about another patient's review, or one dated before it."""
    if draft.review_id is None:
        return
    with workspace.database.read() as session:
        review = reviews.get(session, draft.review_id)
        patient_id = episodes.get(session, review.episode_id).patient_id
    if patient_id != draft.patient_id:
        raise Refused(Problem("review_id", "The review is of another patient."))
    if draft.written_on and draft.written_on < review.reviewed_on:
        words = f"The review was on {long_date(review.reviewed_on)}."
        raise Refused(Problem("written_on", words))


def _send_advice(workspace: Workspace, review_id: CaseReviewId, *, sending: Sending) -> None:
    with workspace.database.write() as session:
        for each in reviews.get(session, review_id).recommendations:
            if each.status is RecommendationStatus.OPEN:
                noted_on = max(sending.sent_on, each.noted_since(sending.sent_on))
                step = Step(RecommendationStatus.SENT, noted_on, workspace.staff.id)
                reviews.add_step(session, each.id, workspace.stamp(), step=step)


def _take_advice_back(workspace: Workspace, review_id: CaseReviewId) -> None:
    """Open again what was only sent, unless another letter about the review went out."""
    with workspace.database.write() as session:
        others = letters.of_reviews(session, [review_id]).get(review_id, ())
        if any(each.is_sent for each in others):
            return
        step = Step(RecommendationStatus.OPEN, workspace.today(), workspace.staff.id, WITHDRAWN)
        for each in reviews.get(session, review_id).recommendations:
            if each.status is RecommendationStatus.SENT:
                reviews.add_step(session, each.id, workspace.stamp(), step=step)
