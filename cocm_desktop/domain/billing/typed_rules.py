"""A rule set as it is typed into a form: every field a text, read back strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.billing.choices import Performer
from cocm_desktop.domain.billing.evaluation_facts import Span
from cocm_desktop.domain.billing.rule_set import Program, RuleSet, StateRate
from cocm_desktop.domain.money import read_cents
from cocm_desktop.domain.text import tidy
from cocm_desktop.errors import Problem, Refused

FLAGS = {
    "counts_meeting_once": "A meeting of several counted roles is told once",
    "is_initial_once_a_year": "Pays 99492 once a calendar year",
    "needs_registration": "Asks for an approval or attestation",
    "is_case_rate": "Pays a rate for the month, not by codes",
    "refuses_psychiatry": "A psychiatrist cannot bill",
    "needs_institutional_form": "Claims go on the institutional form",
}
ROLES = (
    Performer.CARE_MANAGER,
    Performer.PSYCHIATRIC_CONSULTANT,
    Performer.TREATING_PRACTITIONER,
)
BHI_MINUTES = (20, 11, None)
AMOUNTS_A_LINE = 2  # Outside a facility, and inside where that differs.
_SEPARATORS = re.compile(r"[\s,;]+")
_NUMBER = re.compile(r"\d{1,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TypedRules:
    """What stands in the form. Days are read by the form itself."""

    name: str
    title: str
    program: Program
    source: str
    codes: str
    first: date | None
    last: date | None = None
    unconfirmed_codes: str = ""
    state_rates: str = ""
    most_add_ons: str = ""
    authorized_after_months: str = ""
    days_to_file: str = ""
    bhi_first_minute: int | None = 20
    roles: tuple[Performer, ...] = (Performer.CARE_MANAGER,)
    flags: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rules: RuleSet) -> TypedRules:
        return cls(
            name=rules.id,
            title=rules.title,
            program=rules.program,
            source=rules.source,
            codes=", ".join(rules.codes),
            first=rules.valid.first,
            last=rules.valid.last,
            unconfirmed_codes=", ".join(rules.unconfirmed_codes),
            state_rates=rates_typed(rules.state_rates),
            most_add_ons=_typed(rules.most_add_ons),
            authorized_after_months=_typed(rules.authorized_after_months),
            days_to_file=_typed(rules.days_to_file),
            bhi_first_minute=rules.bhi_first_minute,
            roles=rules.roles,
            flags=frozenset(name for name in FLAGS if getattr(rules, name)),
        )

    def read(self) -> RuleSet:
        """Give the rule set, or raise Refused naming the field that cannot be read."""
        if self.first is None:
            raise Refused(Problem("first", "Type the first day of service for which it holds."))
        if self.last is not None and self.last < self.first:
            raise Refused(Problem("last", "The last day is before the first."))
        return RuleSet(
            id=self.name.strip().upper(),
            title=tidy(self.title),
            program=self.program,
            source=tidy(self.source),
            codes=read_codes_typed(self.codes),
            valid=Span(self.first, self.last),
            unconfirmed_codes=read_codes_typed(self.unconfirmed_codes),
            roles=self.roles,
            most_add_ons=_number("most_add_ons", self.most_add_ons),
            bhi_first_minute=self.bhi_first_minute,
            authorized_after_months=_number(
                "authorized_after_months", self.authorized_after_months
            ),
            days_to_file=_number("days_to_file", self.days_to_file),
            state_rates=read_rates_typed(self.state_rates),
            **{name: name in self.flags for name in FLAGS},
        )


def read_codes_typed(text: str) -> tuple[str, ...]:
    """Read codes typed with commas or blanks between them; each stands once."""
    return tuple(dict.fromkeys(each for each in _SEPARATORS.split(text.upper()) if each))


def read_rates_typed(text: str) -> tuple[StateRate, ...]:
    """Read a line for each code, such as 99492 141.26, or 99492 106.81 63.90 with a facility's.

    Raises Refused naming the line.
    """
    rates = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        code, *amounts = line.split()
        cents = [read_cents(amount) for amount in amounts]
        known = [each for each in cents if each is not None]
        if len(known) != len(cents) or not 1 <= len(known) <= AMOUNTS_A_LINE:
            words = f"Line {number} of the amounts is not such as 99492 141.26."
            raise Refused(Problem("state_rates", words))
        rates.append(StateRate(code.upper(), *known))
    return tuple(rates)


def rates_typed(rates: Iterable[StateRate]) -> str:
    return "\n".join(
        " ".join((each.code, *map(_amount, (each.cents, each.facility_cents)))).strip()
        for each in rates
    )


def _amount(cents: int | None) -> str:
    return "" if cents is None else f"{cents // 100}.{cents % 100:02}"


def _typed(number: int | None) -> str:
    return "" if number is None else str(number)


def _number(field: str, text: str) -> int | None:
    typed = text.strip()
    if not typed:
        return None
    if not _NUMBER.fullmatch(typed) or not int(typed):
        raise Refused(Problem(field, f"“{typed[:20]}” is no whole number from 1 on."))
    return int(typed)
