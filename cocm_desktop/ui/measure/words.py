"""How an instrument is described in a line."""

from __future__ import annotations

from cocm_desktop.domain.instrument import Instrument


def facts_of(instrument: Instrument) -> str:
    """Say who answers, about what time, for whom it is, and whether its words are here."""
    parts = [
        instrument.title,
        f"{instrument.respondent}, {instrument.recall}",
        f"ages {instrument.ages.words}".replace("ages Any age", "any age"),
    ]
    if not instrument.has_wording:
        parts.append("numbers only: key them from the form")
    return " · ".join(parts)
