"""Which language a patient's papers are in, and how days and bands read in it."""

from __future__ import annotations

from datetime import date

import pytest

from cocm_desktop.domain.clinical_settings import ClinicalSettings
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient_language import (
    band_in,
    crisis_words_in,
    date_in,
    language_spoken,
)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("Spanish", Language.SPANISH),
        ("español", Language.SPANISH),
        ("es", Language.SPANISH),
        ("SPA", Language.SPANISH),
        ("es-US", Language.SPANISH),
        ("es_MX", Language.SPANISH),
        ("Estonian", Language.ENGLISH),
        ("Spanish and some English", Language.SPANISH),
        ("English", Language.ENGLISH),
        ("Haitian Creole", Language.ENGLISH),
        ("", Language.ENGLISH),
    ],
)
def test_papers_are_in_the_language_on_file_or_in_english(typed: str, language: Language) -> None:
    found = language_spoken(typed)

    assert found is language


def test_days_and_bands_read_as_the_language_writes_them() -> None:
    day = date(2026, 12, 1)

    said = [(date_in(day, each), band_in("Moderately severe", each)) for each in Language]

    assert said == [
        ("Dec 1, 2026", "moderately severe"),
        ("1 de diciembre de 2026", "moderadamente grave"),
    ]
    assert band_in("Clinic's own", Language.SPANISH) == "Clinic's own"


def test_a_line_of_the_practice_keeps_the_name_that_it_typed() -> None:
    settings = ClinicalSettings(
        practice_crisis_line="303-555-0100", practice_crisis_line_name="After hours"
    )

    english, spanish = (crisis_words_in(settings, each) for each in Language)

    assert english[-1] == spanish[-1] == "303-555-0100: After hours"
    assert spanish[1].startswith("988: Línea 988 de Prevención")
