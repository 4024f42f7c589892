"""The visit that has to come before the service of a new patient.

Source: CMS MLN909432 and BHI FAQ 15 and 18: for new patients and those not seen within a year
before the service began, by the billing practitioner, face to face, the service discussed.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.billing.check import Check, CheckId
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth, VisitFacts
from cocm_desktop.domain.wording import long_date

QUALIFYING = frozenset(
    {"99202", "99203", "99204", "99205", "99212", "99213", "99214", "99215"}
    | {"G0402", "G0438", "G0439"}
)
# Source: accepted by some, not on the list that CMS gives: a person decides.
AMBIGUOUS = frozenset(
    {"99495", "99496", "99483", "90791", "90792"}
    | {str(code) for code in (*range(99341, 99346), *range(99347, 99351))}
)


@dataclass(frozen=True, slots=True)
class InitiatingVisit:
    """Whether a visit has to come first, and the first that does for it."""

    is_needed: bool
    visit: VisitFacts | None
    started_on: date

    @property
    def is_in_time(self) -> bool:
        return self.visit is not None and self.visit.made_on <= self.started_on

    def is_missing_on(self, day: date) -> bool:
        """Whether a needed visit had not taken place on a day."""
        return self.is_needed and (self.visit is None or day < self.visit.made_on)

    def checks(self) -> tuple[Check, ...]:
        if not self.is_needed:
            return ()
        if not self.is_in_time or self.visit is None:
            words = (
                "The patient is new or was not seen for a year, and there is no qualifying visit "
                f"on or before {long_date(self.started_on)}."
            )
            return (Check(CheckId.B02, words),)
        if self.visit.code in AMBIGUOUS:
            words = (
                f"{self.visit.code} on {long_date(self.visit.made_on)} is not on the list of CMS."
            )
            return (Check(CheckId.W28, words),)
        return ()


def initiating_visit(facts: PatientMonth) -> InitiatingVisit:
    """Find the visit of the episode's start; one on the list is taken before an ambiguous one."""
    started_on, seen = facts.episode.started_on, facts.patient.last_seen_on
    a_year_before = _a_year_before(started_on)
    is_needed = seen is None or seen < a_year_before
    visits = [
        each
        for each in facts.visits
        if each.made_on >= a_year_before
        and not any(reasons_against(each, billing_npi=facts.practitioner.npi))
    ]
    in_order = sorted(
        visits,
        key=lambda each: (
            each.made_on > started_on,
            each.code in AMBIGUOUS,
            each.made_on,
            each.code,
        ),
    )
    return InitiatingVisit(is_needed, in_order[0] if in_order else None, started_on)


def reasons_against(visit: VisitFacts, *, billing_npi: str) -> Iterator[str]:
    """Say why a visit cannot be the initiating one, whatever its day."""
    if visit.code not in QUALIFYING | AMBIGUOUS:
        yield f"{visit.code} is not the code of a visit that qualifies"
    if visit.practitioner_npi != billing_npi:
        yield "it was not with the billing practitioner"
    if not visit.is_face_to_face:
        yield "it was not face to face"
    if not visit.is_about_cocm:
        yield "collaborative care was not discussed"


def initiating_words(visit: VisitFacts, *, billing_npi: str) -> str:
    """Say in a sentence that a visit is not the initiating one, or that a person decides."""
    if reasons := "; ".join(reasons_against(visit, billing_npi=billing_npi)):
        return f"Does not count as the initiating visit: {reasons}."
    if visit.code in AMBIGUOUS:
        return f"{visit.code} is not on the list of CMS: whoever bills decides whether it counts."
    return ""


def _a_year_before(day: date) -> date:
    year = day.year - 1
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))
