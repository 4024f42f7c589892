"""The safety protocol as the program comes: our own words, which the practice makes its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cocm_desktop.domain.clinical_settings import ClinicalSettings

# Source: clinical rules 2.6: AIMS and SCOPE protocols for item 9, with the triage that is printed
# on the C-SSRS screener.
DEFAULT_PROTOCOL = """\
1. Any answer of 1 or more on PHQ-9 item 9, or on an item like it: speak with the patient today.
2. Go through the C-SSRS screener: items 1, 2 and 6 always, items 3 to 5 if item 2 is yes.
3. Form reads High: hand over to the PCP or the clinician on call now. Do not leave the patient \
alone. Reach the emergency contact; call 911, or 988.
4. Form reads Moderate: tell the PCP today, write a safety plan, talk through means safety.
5. Form reads Low: write or review the safety plan, and ask again at the next contact.
6. Close the task with who assessed, when, what was found, what was done and who was told."""


def protocol_of(settings: ClinicalSettings) -> str:
    """Give the practice's own protocol, or the one that the program comes with."""
    return settings.safety_protocol.strip() or DEFAULT_PROTOCOL


def crisis_words(settings: ClinicalSettings) -> tuple[str, ...]:
    """Say whom to call in a crisis, a line each, as the practice has set it."""
    return tuple(_lines(settings))


def _lines(settings: ClinicalSettings) -> Iterator[str]:
    yield "In danger now: call 911."
    for number, name in settings.crisis_lines:
        yield f"{number}: {name}" if name else number
