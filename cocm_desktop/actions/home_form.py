"""Printing questionnaires that a patient takes home."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.mailing import require_living
from cocm_desktop.actions.papers import Made, Paper, noted
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.home_form import (
    FormWording,
    Translations,
    form_wording,
    may_be_printed,
)
from cocm_desktop.domain.instrument import GAD7, PHQ9, Instrument, InstrumentId
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient_language import crisis_words_in, language_spoken
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.form_file import read_translations
from cocm_desktop.paths import resources
from cocm_desktop.printing.home_form import FormPaper, form_pdf
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import settings

USUAL = (PHQ9, GAD7)


@dataclass(frozen=True, slots=True)
class FormChoice:
    """Which forms, in which language, and whose name stands on them; nobody's leaves blanks.

    Without a language it is the patient's where every form is here in it, and English elsewhere.
    """

    instruments: tuple[str, ...] = USUAL
    language: Language | None = None
    patient_id: str | None = None


@dataclass(frozen=True, slots=True)
class Printable:
    """A form that may be printed, with the languages that it is here in."""

    instrument: InstrumentId
    title: str
    languages: tuple[Language, ...]


def read_printable(workspace: Workspace) -> tuple[Printable, ...]:
    """Give every form that may be handed to patients, the usual ones first."""
    workspace.require(Permission.PRINT_FORMS)
    found = [each for each in read_instruments(workspace).values() if may_be_printed(each)]
    return tuple(
        Printable(each.id, each.title, tuple(_languages(each)))
        for each in sorted(found, key=_place)
    )


def _place(instrument: Instrument) -> tuple[int, str]:
    """Give the usual forms in their order, then the others by name."""
    usual = instrument.id in USUAL
    return USUAL.index(instrument.id) if usual else len(USUAL), instrument.id


def print_home_form(workspace: Workspace, choice: FormChoice) -> Paper:
    """Make the PDF of the forms, a page each, and note it."""
    workspace.require(Permission.PRINT_FORMS)
    language = choice.language or _spoken(workspace, choice)
    wordings = tuple(_wording(workspace, each, language) for each in choice.instruments)
    if not wordings:
        raise Refused(Problem("instrument", "Choose a form to print."))
    if choice.patient_id:
        require_living(workspace, choice.patient_id)
    with workspace.database.read() as session:
        known = settings.on_day(session, workspace.today())
        paper = FormPaper(
            practice=practices.get(session),
            patient=patients.get(session, choice.patient_id) if choice.patient_id else None,
            wordings=wordings,
            crisis=crisis_words_in(known, language),
        )
    content, pages = form_pdf(paper)
    made = Made("home_form.printed", [choice.patient_id] if choice.patient_id else [])
    return noted(workspace, made, content, pages=pages, as_of=workspace.now())


def _spoken(workspace: Workspace, choice: FormChoice) -> Language:
    if choice.patient_id is None:
        return Language.ENGLISH
    with workspace.database.read() as session:
        spoken = language_spoken(patients.get(session, choice.patient_id).reach.language)
    known = read_instruments(workspace)
    is_here = all(spoken in _languages(known.named(name)) for name in choice.instruments)
    return spoken if is_here else Language.ENGLISH


def _wording(workspace: Workspace, name: str, language: Language) -> FormWording:
    return form_wording(read_instruments(workspace).named(name), language, translations())


def _languages(instrument: Instrument) -> list[Language]:
    is_translated = (instrument.id, Language.SPANISH) in translations()
    return [Language.ENGLISH, *([Language.SPANISH] if is_translated else [])]


@cache
def translations() -> Translations:
    """Read the wording in other languages that came with the program, once."""
    return read_translations(resources() / "forms")
