"""Forms for home: one page each, every question, whom to call, and only what may be printed."""

from __future__ import annotations

import pytest

from cocm_desktop.actions.home_form import translations
from cocm_desktop.actions.scoring import load_instruments
from cocm_desktop.domain.clinical_settings import DEFAULT_SETTINGS
from cocm_desktop.domain.home_form import form_wording, may_be_printed
from cocm_desktop.domain.instrument import GAD7, PHQ9, InstrumentId
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.patient_language import crisis_words_in
from cocm_desktop.errors import Refused
from cocm_desktop.printing.home_form import FormPaper, form_pdf
from tests.builders import a_patient, a_practice
from tests.printing.read_back import texts, titles

PRINTABLE = sorted(each.id for each in load_instruments().values() if may_be_printed(each))


def printed(
    *names: InstrumentId, language: Language = Language.ENGLISH, patient: Patient | None = None
) -> bytes:
    known = load_instruments()
    wordings = tuple(form_wording(known[name], language, translations()) for name in names)
    crisis = crisis_words_in(DEFAULT_SETTINGS, language)
    content, pages = form_pdf(FormPaper(a_practice(), patient, wordings, crisis))
    assert pages == len(names)
    return content


def test_only_free_forms_that_a_patient_answers_alone_are_printed() -> None:
    assert PRINTABLE == ["GAD-2", "GAD-7", "PHQ-15", "PHQ-2", "PHQ-4", "PHQ-9"]


@pytest.mark.parametrize("name", PRINTABLE)
def test_a_form_is_one_page_with_every_question_and_whom_to_call(name: str) -> None:
    instrument = load_instruments()[InstrumentId(name)]

    [page] = texts(printed(instrument.id))

    assert all(item.words in page for item in instrument.items)
    assert all(option.words in page for option in instrument.options)
    assert instrument.licence in page
    assert "call 911" in page
    assert "988: Suicide & Crisis Lifeline" in page
    assert "120 Mill Street" in page


def test_the_spanish_form_is_the_publishers_and_spanish_around_it() -> None:
    wording = translations()[PHQ9, Language.SPANISH]

    content = printed(PHQ9, language=Language.SPANISH, patient=a_patient())

    [page] = texts(content)
    english = load_instruments()[PHQ9]
    assert len(wording.items) == len(english.items)
    assert len(wording.options) == len(english.options)
    assert len(wording.difficulty_options) == len(english.difficulty_options)
    assert all(item in page for item in wording.items)
    assert "María Alvarez fecha de nacimiento 5 de abril de 1971" in page
    assert "No se requiere permiso" in page
    assert "página 1 de 1" in page
    assert not any(item.words in page for item in english.items)


def test_several_forms_are_a_page_each_under_their_names() -> None:
    content = printed(PHQ9, GAD7, patient=a_patient())

    assert titles(content) == ["PHQ-9", "GAD-7"]
    assert all("María Alvarez date of birth Apr 5, 1971 MRN 100245" in p for p in texts(content))


@pytest.mark.parametrize(
    ("name", "language", "words"),
    [
        ("EPDS", Language.ENGLISH, "no wording of EPDS that it may print"),
        ("PCL-5", Language.ENGLISH, "publisher's own form"),
        ("GAD-7", Language.SPANISH, "no Spanish wording of GAD-7 that comes from its publisher"),
    ],
)
def test_wording_that_may_not_be_printed_is_refused(
    name: str, language: Language, words: str
) -> None:
    instrument = load_instruments()[InstrumentId(name)]

    with pytest.raises(Refused, match=words):
        form_wording(instrument, language, translations())
