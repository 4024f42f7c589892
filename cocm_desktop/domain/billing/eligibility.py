"""What a payer answered when it was asked whether it covers a patient."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from cocm_desktop.domain.ids import CoverageId, EligibilityId, new_id
from cocm_desktop.domain.text import tidy
from cocm_desktop.domain.wording import dollars, long_date
from cocm_desktop.errors import Problem, Refused

LONGEST = 80
HIGHEST_COPAY_CENTS = 1_000_00
_COCM_WORDS = {True: "covers collaborative care", False: "does not cover collaborative care"}


@dataclass(frozen=True, slots=True)
class EligibilityCheck:
    """One answer of a payer. `copay_cents` and `covers_cocm` are None where it did not say."""

    id: EligibilityId
    coverage_id: CoverageId
    checked_on: date
    is_active: bool
    plan: str = ""
    copay_cents: int | None = None
    covers_cocm: bool | None = None
    reference_number: str = ""
    checked_by: str = ""

    @property
    def words(self) -> str:
        """Write it in one line, as it stands beside the coverage and on paper."""
        parts = [
            "active" if self.is_active else "not active",
            f"plan {self.plan}" if self.plan else "",
            f"copay {dollars(self.copay_cents)}" if self.copay_cents is not None else "",
            _COCM_WORDS[self.covers_cocm] if self.covers_cocm is not None else "",
            f"reference {self.reference_number}" if self.reference_number else "",
        ]
        by = f" by {self.checked_by}" if self.checked_by else ""
        told = ", ".join(part for part in parts if part)
        return f"Checked {long_date(self.checked_on)}{by}: {told}"


@dataclass(frozen=True, slots=True)
class EligibilityDraft:
    """What was typed about an answer of a payer."""

    coverage_id: CoverageId
    checked_on: date | None
    is_active: bool
    plan: str = ""
    copay_cents: int | None = None
    covers_cocm: bool | None = None
    reference_number: str = ""
    id: EligibilityId = field(default_factory=lambda: EligibilityId(new_id()))

    def problems(self, *, today: date) -> Iterator[Problem]:
        if self.checked_on is None:
            yield Problem("checked_on", "Type the day on which the payer was asked.")
        elif self.checked_on > today:
            yield Problem("checked_on", "The day on which the payer was asked is in the future.")
        if self.copay_cents is not None and not 0 <= self.copay_cents <= HIGHEST_COPAY_CENTS:
            yield Problem("copay_cents", "A copay lies between $0.00 and $1,000.00.")
        for name in ("plan", "reference_number"):
            if len(getattr(self, name)) > LONGEST:
                yield Problem(name, f"This has at most {LONGEST} characters.")

    def accept(self, *, today: date) -> EligibilityCheck:
        problems = tuple(self.problems(today=today))
        if problems or self.checked_on is None:
            raise Refused(*problems)
        return EligibilityCheck(
            id=self.id,
            coverage_id=self.coverage_id,
            checked_on=self.checked_on,
            is_active=self.is_active,
            plan=tidy(self.plan),
            copay_cents=self.copay_cents,
            covers_cocm=self.covers_cocm,
            reference_number=tidy(self.reference_number),
        )
