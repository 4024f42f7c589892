"""What a payer pays for and by which rules, as data with its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from cocm_desktop.domain.billing.choices import Performer
from cocm_desktop.domain.billing.evaluation_facts import Span
from cocm_desktop.domain.described import meant, read_as
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

CLINIC = "-CLINIC"


class Program(Enum):
    """Whose money it is: some rules are law for one program only."""

    MEDICARE = "Medicare"
    MEDICARE_ADVANTAGE = "Medicare Advantage"
    MEDICAID = "Medicaid"
    COMMERCIAL = "Commercial"
    SELF_PAY = "Self-pay"


@dataclass(frozen=True, slots=True)
class StateRate:
    """What a payer's own schedule or contract pays for a code."""

    code: str = meant("The code.", example="99492")
    cents: int = meant("Allowed amount of one unit.", example=14146)
    facility_cents: int | None = meant(
        "Allowed amount in a facility; null where it is the same.", example=None, default=None
    )

    def unit_cents(self, *, is_facility: bool) -> int:
        if is_facility and self.facility_cents is not None:
            return self.facility_cents
        return self.cents


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One payer's rules for service dates within a span."""

    id: str = meant("Its name; the practice chooses by it.", example="MCR")
    title: str = meant("In words.", example="Medicare Part B, office")
    program: Program = meant("Whose money it is.", example="medicare")
    source: str = meant("Where the rules were read, and when.", example="CMS MLN909432")
    codes: tuple[str, ...] = meant("Codes that it covers.", example=["99492", "99493"])
    valid: Span = meant("Days of service for which it holds.", example=None)
    is_confirmed: bool = meant(
        "Whether the source is the payer's own text.", example=True, default=False
    )
    unconfirmed_codes: tuple[str, ...] = meant(
        "Covered codes nobody has confirmed.", example=[], default=()
    )
    roles: tuple[Performer, ...] = meant(
        "Roles whose time counts.", example=["care_manager"], default=(Performer.CARE_MANAGER,)
    )
    counts_meeting_once: bool = meant(
        "Whether a meeting of several counted roles is told once.", example=False, default=False
    )
    most_add_ons: int | None = meant(
        "Units of 99494 beyond which it pays none.", example=4, default=None
    )
    bhi_first_minute: int | None = meant(
        "First minute of 99484; null leaves it to the practice.", example=20, default=20
    )
    is_initial_once_a_year: bool = meant(
        "99492 once a calendar year.", example=False, default=False
    )
    authorized_after_months: int | None = meant(
        "Service months after which it asks for authorization.", example=12, default=None
    )
    needs_registration: bool = meant(
        "Whether it asks for approval or attestation.", example=False, default=False
    )
    is_case_rate: bool = meant("Pays by the month, not by codes.", example=False, default=False)
    refuses_psychiatry: bool = meant(
        "Whether a psychiatrist cannot bill.", example=False, default=False
    )
    needs_institutional_form: bool = meant(
        "Whether claims go on 837I.", example=False, default=False
    )
    days_to_file: int | None = meant(
        "Days within which a claim must be filed.", example=365, default=None
    )
    state_rates: tuple[StateRate, ...] = meant(
        "Amounts of the payer's own schedule.", example=[], default=()
    )

    def covers(self, code: str) -> bool:
        return code in self.codes

    @property
    def has_own_amounts(self) -> bool:
        """Whether it pays by its own schedule or contract; Medicare Part B never does."""
        return bool(self.state_rates) and self.program is not Program.MEDICARE


class RuleSets:
    """All rule sets by id; several of one id follow one another in time."""

    def __init__(self, sets: Iterable[RuleSet]) -> None:
        self._by_id: dict[str, list[RuleSet]] = {}
        for each in sets:
            self._by_id.setdefault(each.id, []).append(each)

    @classmethod
    def of(cls, contents: Iterable[Mapping[str, Any]]) -> RuleSets:
        """Read rule sets as files have them; refuses what is not whole."""
        return cls(read_as(RuleSet, content) for content in contents)

    def all(self) -> tuple[RuleSet, ...]:
        return tuple(each for versions in self._by_id.values() for each in versions)

    def holding(self, name: str, day: date, *, is_clinic: bool) -> RuleSet:
        """Give the rules of a payer on a day; a clinic's own where the payer has such.

        Raises Refused where the payer is not known or has no rules for the day.
        """
        own = self._by_id.get(name + CLINIC) if is_clinic else None
        versions = own or self._by_id.get(name)
        if not versions:
            known = ", ".join(each for each in self._by_id if not each.endswith(CLINIC))
            raise _refusal(f"There is no rule set {name[:80]}. There are: {known}.")
        for each in versions:
            if each.valid.holds(day):
                return each
        raise _refusal(f"The rule set {name} has no rules for {long_date(day)}.")


def _refusal(words: str) -> Refused:
    return Refused(Problem("payer.rule_set", words))
