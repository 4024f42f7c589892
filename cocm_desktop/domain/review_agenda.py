"""The agenda of one caseload review: its sections, and how much of it the meeting holds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from cocm_desktop.domain.due_item import RULES
from cocm_desktop.domain.review_priority import (
    MEETING_MINUTES,
    SECTIONS,
    TENTHS_OF_MINUTES_A_CASE,
    AgendaEntry,
    LeftOut,
    Section,
    cases_that_fit,
)
from cocm_desktop.domain.wording import count_of

TITLES = {rule.id: rule.title for rule in RULES}


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many patients of an agenda have a reason; the code is a rule's, or a dash."""

    rule: str
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """Everybody who is due, in the order of discussion, and who was left out of it by hand."""

    entries: tuple[AgendaEntry, ...]
    meeting_minutes: int = MEETING_MINUTES
    tenths_a_case: int = TENTHS_OF_MINUTES_A_CASE
    left_out: tuple[LeftOut, ...] = ()

    @property
    def fit(self) -> int:
        """How many of them the meeting holds, at the usual minutes a case."""
        return min(len(self.entries), cases_that_fit(self.meeting_minutes, self.tenths_a_case))

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
        return f"{self.fit_words} at {self.minutes_a_case} min a case"

    @property
    def minutes_a_case(self) -> str:
        """Write the minutes a case as people say them: 8.6, or 10."""
        return f"{self.tenths_a_case / 10:g}"

    @property
    def reason_counts(self) -> tuple[ReasonCount, ...]:
        """Count the patients of each reason, every reason of a patient, in the agenda's order."""
        found: dict[tuple[str, str], int] = {}
        for entry in self.entries:
            for reason in entry.reasons:
                key = reason.rule, TITLES.get(reason.rule, reason.short)
                found[key] = found.get(key, 0) + 1
        order = list(SECTIONS)
        places = {rule: place for place, rule in enumerate(order)}
        by_place = sorted(found.items(), key=lambda each: places.get(each[0][0], len(order)))
        return tuple(ReasonCount(rule, title, number) for (rule, title), number in by_place)

    @property
    def sections(self) -> tuple[tuple[Section, tuple[AgendaEntry, ...]], ...]:
        """The entries by section, leaving out sections with nobody in them."""
        grouped = groupby(self.entries, key=lambda entry: entry.section)
        return tuple((section, tuple(entries)) for section, entries in grouped)
