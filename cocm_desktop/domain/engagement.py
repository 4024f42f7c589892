"""How reliably a patient could be met of late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from cocm_desktop.domain.contact import Contact, ContactOutcome

# Source: clinical rules 3.2, the therapy zone of a case sheet: missed visits of the last 60 days.
RECENT = timedelta(days=60)


def no_shows(contacts: Iterable[Contact], today: date) -> int:
    """Count the visits of the last 60 days to which the patient did not come."""
    return sum(
        each.outcome is ContactOutcome.NO_SHOW and today - each.made_on <= RECENT
        for each in contacts
    )
