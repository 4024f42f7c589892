"""Everything a person may type to find a patient, in one folded text."""

from __future__ import annotations

from datetime import date

from cocm_desktop.domain.identifiers import phone_digits
from cocm_desktop.domain.text import fold


def search_text(words: str, phone: str, born_on: date) -> str:
    """Give names and numbers, the digits of the phone, and the day of birth as people write it.

    Only words are folded, which takes time: the first keystroke asks it of every row.
    """
    year, month, day = born_on.year, born_on.month, born_on.day
    return (
        f"{fold(words)} {phone_digits(phone)} {year:04} {month:02} {day:02} "
        f"{month:02}/{day:02}/{year:04} {month}/{day}/{year:04} {month}/{day}/{year % 100:02}"
    )
