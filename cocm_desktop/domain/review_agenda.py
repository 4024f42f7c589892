"""The agenda of one caseload review: its sections, and how much of it the meeting holds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from cocm_desktop.domain.review_priority import (
    MEETING_MINUTES,
    TENTHS_OF_MINUTES_A_CASE,
    AgendaEntry,
    Section,
    cases_that_fit,
)
from cocm_desktop.domain.wording import count_of


@dataclass(frozen=True, slots=True)
class Agenda:
    """Everybody who is due, in the order of discussion."""

    entries: tuple[AgendaEntry, ...]
    meeting_minutes: int = MEETING_MINUTES

    @property
    def fit(self) -> int:
        """How many of them the meeting holds, at the usual minutes a case."""
        return min(len(self.entries), cases_that_fit(self.meeting_minutes))

    @property
    def is_cut(self) -> bool:
        """Whether the meeting ends before the agenda does."""
        return self.fit < len(self.entries)

    @property
    def fit_words(self) -> str:
        """Say how many fit: 14 of 22 fit in 180 min."""
        if self.is_cut:
            verb = "fits" if self.fit == 1 else "fit"
            return f"{self.fit} of {len(self.entries)} {verb} in {self.meeting_minutes} min"
        if not self.entries:
            return "Nobody is on the agenda"
        all_of_them = count_of(len(self.entries), "patient fits", "patients fit")
        return f"{all_of_them} in {self.meeting_minutes} min"

    @property
    def cut_words(self) -> str:
        """The same with the minutes a case that it rests on."""
        return f"{self.fit_words} at {TENTHS_OF_MINUTES_A_CASE / 10} min a case"

    @property
    def sections(self) -> tuple[tuple[Section, tuple[AgendaEntry, ...]], ...]:
        """The entries by section, leaving out sections with nobody in them."""
        grouped = groupby(self.entries, key=lambda entry: entry.section)
        return tuple((section, tuple(entries)) for section, entries in grouped)
