"""What is known of a patient's allergies, in one line."""

from __future__ import annotations

from collections.abc import Iterator

from cocm_desktop.domain.text import tidy
from cocm_desktop.errors import Problem

LONGEST_ALLERGIES = 300

# Source: NHS Common User Interface, Patient Banner 4.0, PAB-0064: fixed phrases, never an empty
# place that could be read as "none".
NOT_RECORDED = "Not recorded"
NO_KNOWN_ALLERGIES = "No known allergies"
COULD_NOT_BE_ASKED = "Could not be asked"
PHRASES = (NO_KNOWN_ALLERGIES, COULD_NOT_BE_ASKED)


def allergies_words(words: str) -> str:
    """Write what was typed as it is kept: a fixed phrase however it was typed, or the text."""
    typed = tidy(words)
    fixed = {phrase.casefold(): phrase for phrase in PHRASES}
    return fixed.get(typed.casefold(), typed)


def allergies_problems(words: str) -> Iterator[Problem]:
    if not words.strip():
        yield Problem("allergies", f"Name them, or say: {NO_KNOWN_ALLERGIES}.")
    elif len(words) > LONGEST_ALLERGIES:
        yield Problem("allergies", f"At most {LONGEST_ALLERGIES} characters.")
