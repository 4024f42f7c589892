"""How days, times and whom to call read in Spanish, on papers that a patient takes home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from cocm_desktop.domain.wording import NOON

if TYPE_CHECKING:
    from cocm_desktop.domain.clinical_settings import ClinicalSettings

SPANISH_MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
    "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
SPANISH_WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
NATIONAL_LINE = "988"
# Source: 988lifeline.org/es: calls and texts are answered in Spanish; press 2, or text AYUDA.
NATIONAL_LINE_NAME = (
    "Línea 988 de Prevención del Suicidio y Crisis. En español: llame y oprima 2, o envíe un "
    "mensaje de texto con la palabra AYUDA"
)


def spanish_date(day: date) -> str:
    """Write 22 de noviembre de 2026."""
    return f"{day.day} de {SPANISH_MONTHS[day.month - 1]} de {day.year}"


def spanish_time(moment: datetime | time) -> str:
    """Write 2:30 p. m."""
    half = "a. m." if moment.hour < NOON else "p. m."
    return f"{(moment.hour - 1) % NOON + 1}:{moment.minute:02} {half}"


def spanish_crisis_words(settings: ClinicalSettings) -> tuple[str, ...]:
    """Say whom to call in a crisis, a line each; a line's name is the practice's own word."""
    return tuple(_lines(settings))


def _lines(settings: ClinicalSettings) -> Iterator[str]:
    yield "Si hay peligro inmediato, llame al 911."
    for number, name in settings.crisis_lines:
        words = NATIONAL_LINE_NAME if number == NATIONAL_LINE else name
        yield f"{number}: {words}" if words else number
