"""Pictures of letters to patients: the list, writing one, the settings, and every paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QDialog, QTabWidget, QWidget

from cocm_desktop.actions.letter_template import preview_template, read_template
from cocm_desktop.actions.mailing import print_envelopes, print_labels
from cocm_desktop.actions.patient_letter import (
    print_consent_form,
    read_letter_basis,
)
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.letter import Language, LetterKind
from cocm_desktop.domain.letter_template import PATIENT_KINDS, TemplateDraft
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.ui.letters.letters_dialog import LettersDialog
from cocm_desktop.ui.letters.mail_dialog import MailDialog
from cocm_desktop.ui.letters.page import LettersPage
from cocm_desktop.ui.letters.sending_dialog import SendingDialog
from cocm_desktop.ui.letters.template_dialog import TemplateDialog
from cocm_desktop.ui.letters.write_dialog import WriteLetterDialog
from cocm_desktop.ui.patient.subject import Subject
from tests.pictures_of_patients import Stage, first, measured, opened, typed


def alvarez(stage: Stage) -> Subject:
    return Subject.of_row(first(stage, lambda row: row.name == "ALVAREZ, Rosa"))


def letters(stage: Stage) -> LettersDialog:
    """Give the letters of a patient of the sample: advice, and an appointment in Spanish."""
    return opened(LettersDialog(stage.desk, alvarez(stage), stage.window))


def no_letters(stage: Stage) -> QDialog:
    row = read_registry(stage.workspace).rows[-1]
    return opened(LettersDialog(stage.desk, Subject.of_row(row), stage.window))


def written(kind: LetterKind, language: Language, stage: Stage) -> QDialog:
    row = measured(stage)
    basis = read_letter_basis(stage.workspace, row.patient_id)
    dialog = opened(WriteLetterDialog(stage.desk, Subject.of_row(row), basis, parent=stage.window))
    dialog.kind.choose(kind)
    dialog.language.choose(language)
    return typed(dialog)


def sending(stage: Stage) -> QDialog:
    dialog = letters(stage)
    letter = dialog.chosen
    dialog.close()
    if letter is None:
        raise ValueError("no letter is shown")
    return opened(SendingDialog(stage.desk, alvarez(stage), letter, parent=stage.window))


def settings(stage: Stage) -> QWidget:
    stage.window.go("settings")
    tabs = stage.window.findChild(QTabWidget)
    page = stage.window.findChild(LettersPage)
    if tabs is not None and page is not None:
        tabs.setCurrentWidget(page)
    return stage.window


def template(stage: Stage) -> QDialog:
    found = read_template(stage.workspace, LetterKind.UNABLE_TO_REACH, Language.SPANISH)
    return opened(TemplateDialog(stage.desk, found, parent=stage.window))


def wrong_template(stage: Stage) -> QDialog:
    dialog = template(stage)
    if isinstance(dialog, TemplateDialog):
        dialog.words.setPlainText("Estimado(a) {nombre}:\n\nLlame al {practice_phone")
        dialog.save.click()
        typed(dialog)
    return dialog


def mail(count: int, stage: Stage) -> QDialog:
    ids = [row.patient_id for row in read_registry(stage.workspace).rows[:count]]
    return opened(MailDialog(stage.desk, ids, stage.window))


def _letter(kind: LetterKind, language: Language, workspace: Workspace) -> bytes:
    found = read_template(workspace, kind, language)
    draft = TemplateDraft(kind, language, found.title, found.body)
    return preview_template(workspace, draft).content


def _everybody(workspace: Workspace) -> list[RegistryRow]:
    return list(read_registry(workspace).rows)


def _labels(workspace: Workspace) -> bytes:
    ids = [row.patient_id for row in _everybody(workspace)]
    return print_labels(workspace, ids[:20], start=4).paper.content


def _envelope(workspace: Workspace) -> bytes:
    ids = [row.patient_id for row in _everybody(workspace)]
    return print_envelopes(workspace, ids[:1]).paper.content


SCREENS: dict[str, Callable[[Stage], QWidget]] = {"settings-letters": settings}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "letters": letters,
    "letters-none": no_letters,
    "letters-write": partial(written, LetterKind.UNABLE_TO_REACH, Language.ENGLISH),
    "letters-write-es": partial(written, LetterKind.APPOINTMENT, Language.SPANISH),
    "letters-sent": sending,
    "letters-mail": partial(mail, 12),
    "letters-wording": template,
    "letters-wording-wrong": wrong_template,
}
PAPERS: dict[str, Callable[[Workspace], bytes]] = {
    **{
        f"letter-{kind.name.lower().replace('_', '-')}-{language.name[:2].lower()}": partial(
            _letter, kind, language
        )
        for kind in PATIENT_KINDS
        for language in Language
    },
    "letter-consent-blank": lambda workspace: print_consent_form(workspace).content,
    "letter-labels": _labels,
    "letter-envelope": _envelope,
}
