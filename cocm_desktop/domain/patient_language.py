"""Papers for a patient, in the language that is theirs."""

from __future__ import annotations

from datetime import date

from cocm_desktop.domain.clinical_settings import ClinicalSettings
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.safety_protocol import crisis_words
from cocm_desktop.domain.spanish import SPANISH_WEEKDAYS, spanish_crisis_words, spanish_date
from cocm_desktop.domain.text import fold
from cocm_desktop.domain.wording import long_date, weekday

BANDS = {
    "Minimal": "mínimo",
    "Mild": "leve",
    "Moderate": "moderado",
    "Moderately severe": "moderadamente grave",
    "Severe": "grave",
}
SPOKEN = ("spanish", "espanol", "castellano")
# Source: ISO 639-1 and 639-2, as other systems export them, alone or before a region: es-US.
CODES = ("es", "spa")


def language_spoken(words: str) -> Language:
    """Read the language on file, as it was typed; English where it is none that we write."""
    spoken = fold(words)
    code = spoken.replace("_", " ").partition(" ")[0]
    is_spanish = code in CODES or any(name in spoken for name in SPOKEN)
    return Language.SPANISH if is_spanish else Language.ENGLISH


def date_in(day: date, language: Language) -> str:
    """Write Nov 22, 2026 or 22 de noviembre de 2026."""
    return spanish_date(day) if language is Language.SPANISH else long_date(day)


def day_in(day: date, language: Language) -> str:
    """Write Sunday, Nov 22, 2026 or domingo 22 de noviembre de 2026."""
    if language is Language.SPANISH:
        return f"{SPANISH_WEEKDAYS[day.weekday()]} {spanish_date(day)}"
    return f"{weekday(day)}, {long_date(day)}"


def band_in(name: str, language: Language) -> str:
    """Write a band in the middle of a sentence. One that we have no word for stays as it is."""
    return BANDS.get(name, name) if language is Language.SPANISH else name.lower()


def crisis_words_in(settings: ClinicalSettings, language: Language) -> tuple[str, ...]:
    """Say whom to call in a crisis, a line each."""
    crisis = spanish_crisis_words if language is Language.SPANISH else crisis_words
    return crisis(settings)
