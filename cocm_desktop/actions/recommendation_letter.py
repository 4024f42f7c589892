"""The letter about a review: composing, keeping, printing and copying it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cocm_desktop.actions.afterwards import telling_of_the_file
from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.letter import (
    as_shown,
    read_letter,
    record_sending,
    topics_of,
    write_letter,
)
from cocm_desktop.actions.papers import Made, Paper, noted
from cocm_desktop.actions.release import require_release
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.background import has_open
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import LetterId
from cocm_desktop.domain.letter import Letter, LetterDraft, LetterKind, SendingDraft
from cocm_desktop.domain.privacy import Purpose
from cocm_desktop.domain.recommendation_letter import (
    LetterChoice,
    LetterFacts,
    ehr_text,
    recommendation_letter,
)
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.rich_text import rich_text
from cocm_desktop.exchange.safe_file import write_whole
from cocm_desktop.printing.recommendation_letter import LetterPaper, letters_pdf
from cocm_desktop.storage import audit, background
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import letter as letters
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import review as reviews
from cocm_desktop.storage import staff as staff_members


@dataclass(frozen=True, slots=True)
class LetterPage:
    """The letters about a review, and whether protected records may be taken into one today."""

    letters: tuple[Letter, ...]
    has_protected: bool


def read_letter_page(workspace: Workspace, review_id: str) -> LetterPage:
    """Give what a person needs to write or send the letter about a review."""
    written = read_letters_of_review(workspace, review_id)
    with workspace.database.read() as session:
        review = reviews.get(session, review_id)
        patient_id = episodes.get(session, review.episode_id).patient_id
        today = workspace.today()
        records = background.records_of_patients(session, [patient_id], today=today)
    return LetterPage(written, has_open(records.get(patient_id, ())))


def read_letters_of_review(workspace: Workspace, review_id: str) -> tuple[Letter, ...]:
    """Give the letters about a review, oldest first."""
    workspace.require(Permission.RECORD_REVIEW)
    with workspace.database.read() as session:
        review = reviews.get(session, review_id)
        found = letters.of_reviews(session, [review.id]).get(review.id, ())
    return tuple(as_shown(workspace, each) for each in found)


def compose_letter(workspace: Workspace, review_id: str, choice: LetterChoice) -> LetterDraft:
    """Give the letter as it would be written now; nothing is kept."""
    workspace.require(Permission.RECORD_REVIEW)
    with workspace.database.read() as session:
        review = reviews.get(session, review_id)
        episode = episodes.get(session, review.episode_id)
        consultant = staff_members.get(session, review.consultant_id)
        chart = read_chart(workspace, episode.patient_id)
    draft = recommendation_letter(LetterFacts(chart, review, consultant), choice)
    return replace(draft, written_on=workspace.today())


def write_recommendation_letter(
    workspace: Workspace,
    review_id: str,
    choice: LetterChoice,
    *,
    letter_id: LetterId | None = None,
) -> Change:
    """Compose the letter and keep its words. Written twice under one id, it is kept once."""
    draft = compose_letter(workspace, review_id, choice)
    return write_letter(workspace, replace(draft, id=letter_id) if letter_id else draft)


def keep_letter(workspace: Workspace, review_id: str) -> Change:
    """Have a letter about the review: the newest there is, or a new one in the usual words."""
    written = read_letters_of_review(workspace, review_id)
    if written:
        return Change(topics_of(LetterKind.RECOMMENDATION), written[-1].id)
    return write_recommendation_letter(workspace, review_id, LetterChoice())


def keep_letters(workspace: Workspace, review_ids: Sequence[str]) -> Change:
    """Have a letter about each review, all of them or none."""
    workspace.require(Permission.RECORD_REVIEW)
    with workspace.database.write():
        for review_id in review_ids:
            try:
                keep_letter(workspace, review_id)
            except Refused as refusal:
                name = _name_of(workspace, review_id)
                raise Refused(
                    *(Problem(each.field, f"{name}: {each.message}") for each in refusal.problems)
                ) from refusal
    return Change(topics_of(LetterKind.RECOMMENDATION), next(iter(review_ids), ""))


def send_letters(workspace: Workspace, review_ids: Sequence[str], sending: SendingDraft) -> Change:
    """Log that the letter about each review went out the same way, all of them or none."""
    workspace.require(Permission.RECORD_REVIEW)
    with workspace.database.write():
        keep_letters(workspace, review_ids)
        for review_id in review_ids:
            newest = read_letters_of_review(workspace, review_id)[-1]
            record_sending(workspace, newest.id, sending)
    return Change(topics_of(LetterKind.RECOMMENDATION), next(iter(review_ids), ""))


def _name_of(workspace: Workspace, review_id: str) -> str:
    with workspace.database.read() as session:
        episode = episodes.get(session, reviews.get(session, review_id).episode_id)
        return patients.get(session, episode.patient_id).name


def copy_review_text(workspace: Workspace, review_id: str) -> str:
    """Give the newest letter about a review as plain text, and note it; empty without one."""
    written = read_letters_of_review(workspace, review_id)
    return copy_letter_text(workspace, written[-1].id) if written else ""


def send_recommendation_letter(
    workspace: Workspace, draft: LetterDraft, sending: SendingDraft
) -> Change:
    """Keep the letter and log that it went out, both or neither."""
    with workspace.database.write():
        write_letter(workspace, draft)
        return record_sending(workspace, draft.id, sending)


def print_recommendation_letter(workspace: Workspace, letter_id: str) -> Paper:
    """Make the PDF of a letter that is kept, with boxes for the answer, and note it."""
    return _printed(workspace, [_letter_about_review(workspace, letter_id)])


def print_letters(workspace: Workspace, review_ids: Sequence[str]) -> Paper:
    """Make one PDF of the newest letter about each review, in their order, and note it."""
    workspace.require(Permission.RECORD_REVIEW)
    newest = [read_letters_of_review(workspace, each)[-1:] for each in review_ids]
    found = [letter for letters_of_one in newest for letter in letters_of_one]
    if not found:
        raise Refused(Problem("letters", "There is no letter to print."))
    return _printed(workspace, found)


def copy_letter_text(workspace: Workspace, letter_id: str) -> str:
    """Give the letter as plain text for another system, and note in the audit that it left."""
    letter = _letter_about_review(workspace, letter_id)
    text = _text_of(workspace, letter)
    _note(workspace, "letter.copied", letter, content=text.encode())
    return text


def write_letter_file(workspace: Workspace, letter_id: str, file: Path) -> None:
    """Write the letter as RTF, whole or not at all, and note in the audit that it left."""
    if not file.name:
        raise Refused(Problem("file", "Name the file, not only its folder."))
    letter = _letter_about_review(workspace, letter_id)
    content = rich_text(_text_of(workspace, letter))
    with telling_of_the_file() as told, workspace.database.write():
        _note(workspace, "letter.exported", letter, content=content)
        write_whole(file, content)
        told.is_done = True


def _text_of(workspace: Workspace, letter: Letter) -> str:
    require_release(workspace, [letter.patient_id], Purpose.TREATMENT)
    with workspace.database.read() as session:
        patient = patients.get(session, letter.patient_id)
    return ehr_text(letter.title, letter.body, patient)


def _note(workspace: Workspace, code: str, letter: Letter, *, content: bytes) -> None:
    note = audit.Note(
        code,
        audit.Action.EXECUTE,
        letter.id,
        letter.patient_id,
        sha256=hashlib.sha256(content).hexdigest(),
        bytes=len(content),
    )
    with workspace.database.write() as session:
        audit.write(session, workspace.stamp(), note)


def _printed(workspace: Workspace, found: Sequence[Letter]) -> Paper:
    require_release(workspace, (letter.patient_id for letter in found), Purpose.TREATMENT)
    with workspace.database.read() as session:
        papers = [
            LetterPaper(
                practice=practices.get(session),
                patient=patients.get(session, letter.patient_id),
                letter=letter,
                asked=reviews.get(session, letter.review_id or "").recommendations,
            )
            for letter in found
        ]
    made = letters_pdf(papers)
    told = Made("letter.printed", [letter.patient_id for letter in found])
    return noted(workspace, told, made.pdf, pages=made.pages, as_of=workspace.now())


def _letter_about_review(workspace: Workspace, letter_id: str) -> Letter:
    letter = read_letter(workspace, letter_id)
    if letter.kind is not LetterKind.RECOMMENDATION:
        raise Refused(Problem("letter", "This letter is not about a review."))
    return letter
