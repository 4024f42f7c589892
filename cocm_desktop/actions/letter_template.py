"""The practice's own wording of letters: reading, keeping, trying it out, giving it up again."""

from __future__ import annotations

import hashlib
from datetime import date

from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import PatientId, new_id
from cocm_desktop.domain.letter import Language, LetterKind, LetterTemplate
from cocm_desktop.domain.letter_template import TemplateDraft, example_values, fill
from cocm_desktop.domain.patient import Patient, Reach
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.printing.consent_form import ConsentForm, consent_pdf
from cocm_desktop.printing.letter import LetterPaper, PrintedLetter, letter_pdf
from cocm_desktop.storage import audit
from cocm_desktop.storage import letter_template as templates
from cocm_desktop.storage import practice as practices

TOUCHES = Topic.LETTER | Topic.PRACTICE
EXAMPLE = Patient(
    id=PatientId("00000000-0000-7000-8000-00000000e000"),
    last_name="Delgado",
    first_name="Rosa",
    born_on=date(1971, 4, 5),
    mrn="100200",
    reach=Reach(address="48 Juniper Lane", city="Denver", state="CO", postal_code="80211"),
)


def read_templates(workspace: Workspace) -> tuple[LetterTemplate, ...]:
    """Give the wording that holds of every letter to patients, in each language."""
    workspace.require(Permission.SEE_PATIENT_LIST)
    with workspace.database.read() as session:
        return templates.everyone(session)


def read_template(workspace: Workspace, kind: LetterKind, language: Language) -> LetterTemplate:
    workspace.require(Permission.SEE_PATIENT_LIST)
    with workspace.database.read() as session:
        return templates.holding(session, kind, language)


def change_template(workspace: Workspace, draft: TemplateDraft) -> Change:
    """Keep the practice's own wording; letters that were written keep theirs."""
    workspace.require(Permission.CHANGE_PRACTICE)
    template = draft.accept()
    with workspace.database.write() as session:
        if not templates.exists(session, draft.id):
            _require_one_page(template, practices.get(session))
            templates.add(session, template, workspace.stamp(), record_id=draft.id)
            audit.write(session, workspace.stamp(), audit.created("template.changed", draft.id))
    return Change(TOUCHES, draft.id)


def use_shipped_template(workspace: Workspace, kind: LetterKind, language: Language) -> Change:
    """Go back to the wording that comes with the program; one's own stays in the file."""
    workspace.require(Permission.CHANGE_PRACTICE)
    with workspace.database.write() as session:
        if not templates.holding(session, kind, language).is_own:
            words = "This letter has the wording that comes with the program already."
            raise Refused(Problem("kind", words))
        nothing = LetterTemplate(kind, language, "", "")
        record_id = new_id()
        templates.add(session, nothing, workspace.stamp(), record_id=record_id)
        audit.write(session, workspace.stamp(), audit.created("template.shipped", record_id))
    return Change(TOUCHES, record_id)


def preview_template(workspace: Workspace, draft: TemplateDraft) -> Paper:
    """Set the letter with made-up values, on the practice's own letterhead."""
    workspace.require(Permission.SEE_PATIENT_LIST)
    template = draft.accept()
    with workspace.database.read() as session:
        made = _set(template, practices.get(session), workspace.today())
    return Paper(made.pdf, hashlib.sha256(made.pdf).hexdigest(), workspace.now())


def _require_one_page(template: LetterTemplate, practice: Practice) -> None:
    pages = _set(template, practice, date(2026, 1, 1)).pages
    if pages > 1:
        words = f"The letter takes {pages} pages, and a letter has one. Shorten it."
        raise Refused(Problem("body", words))


def _set(template: LetterTemplate, practice: Practice, today: date) -> PrintedLetter:
    values = {**example_values(template.language), "practice_name": practice.name}
    values |= {"practice_phone": practice.phone} if practice.phone else {}
    values |= {"practice_address": ", ".join(practice.address_lines)} if practice.address else {}
    body = fill(template.body, values)
    if template.kind is LetterKind.CONSENT:
        form = ConsentForm(practice, template.language, template.title, body, EXAMPLE)
        return consent_pdf(form)
    return letter_pdf(
        LetterPaper(
            practice, EXAMPLE, template.kind.value, template.language, today, template.title, body
        )
    )
