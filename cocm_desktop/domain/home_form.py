"""A questionnaire that a patient fills in at home: only wording that may be printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.letter import Language
from cocm_desktop.errors import Problem, Refused

MOST_OPTIONS = 5
"""Columns that leave room for the questions beside them."""
MOST_ITEMS = 15
"""More would need small type: such a form is handed out as its publisher prints it."""


@dataclass(frozen=True, slots=True)
class FormWording:
    """The words of a form in one language, each item with the same answers. 0 is the first."""

    instrument: str
    language: Language
    title: str
    lead: str
    options: tuple[str, ...]
    items: tuple[str, ...]
    difficulty: str
    difficulty_options: tuple[str, ...]
    licence: str
    values: tuple[int, ...]

    @property
    def heading(self) -> str:
        return f"{self.title} ({self.instrument})"


Translations = Mapping[tuple[str, Language], FormWording]


def may_be_printed(instrument: Instrument) -> bool:
    """Tell whether the patient may be given the form: by its licence, and by how it is built."""
    first = instrument.options
    is_even = bool(first) and all(item.options == first for item in instrument.items)
    return (
        instrument.may_ship_wording
        and all(item.words for item in instrument.items)
        and instrument.respondent == "patient"
        and is_even
        and len(first) <= MOST_OPTIONS
        and len(instrument.items) <= MOST_ITEMS
        and not any(item.asked_when for item in instrument.items)
    )


def form_wording(
    instrument: Instrument, language: Language, translations: Translations
) -> FormWording:
    """Give the words to print, or raise Refused saying why they may not be."""
    if not may_be_printed(instrument):
        words = (
            f"The program has no wording of {instrument.id} that it may print for patients. Hand "
            "out the publisher's own form; its answers are keyed in by number."
        )
        raise Refused(Problem("instrument", words))
    if language is Language.ENGLISH:
        return _english(instrument)
    found = translations.get((instrument.id, language))
    if found is None:
        words = (
            f"The program has no {language.value} wording of {instrument.id} that comes from its "
            "publisher. Print it in English, or hand out the publisher's own form."
        )
        raise Refused(Problem("language", words))
    return found


def _english(instrument: Instrument) -> FormWording:
    return FormWording(
        instrument=instrument.id,
        language=Language.ENGLISH,
        title=instrument.title,
        lead=instrument.lead,
        options=tuple(option.words for option in instrument.options),
        items=tuple(item.words for item in instrument.items),
        difficulty=instrument.difficulty,
        difficulty_options=tuple(option.words for option in instrument.difficulty_options),
        licence=instrument.licence,
        values=tuple(option.value for option in instrument.options),
    )
