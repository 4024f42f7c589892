"""Rule sets that are the practice's own: written, confirmed with the payer, withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from cocm_desktop.domain.billing.billing_table import span_words
from cocm_desktop.domain.billing.code_catalogue import CodeCatalogue
from cocm_desktop.domain.billing.rule_set import CLINIC, Program, RuleSet
from cocm_desktop.domain.ids import OwnRuleSetId, new_id
from cocm_desktop.domain.text import tidy
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

_NAME = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
LONGEST_NAME, LONGEST_TITLE, LONGEST_SOURCE = 40, 120, 400


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That the practice asked the payer: when, and whom or where it is written."""

    confirmed_on: date
    note: str


@dataclass(frozen=True, slots=True)
class OwnRuleSet:
    """A rule set as the practice keeps it, in the place of a shipped one or beside all of them."""

    id: OwnRuleSetId
    rules: RuleSet
    confirmation: Confirmation | None = None

    @property
    def effective(self) -> RuleSet:
        """The rules as months are evaluated by: what was confirmed needs no more to be told."""
        if self.confirmation is None:
            return replace(self.rules, is_confirmed=False)
        return replace(self.rules, is_confirmed=True, unconfirmed_codes=())


@dataclass(frozen=True, slots=True)
class ListedRuleSet:
    """One rule set of the list: whose it is, and how far it can be relied upon."""

    rules: RuleSet
    own: OwnRuleSet | None = None
    recorded_at: datetime | None = None
    recorded_by: str = ""

    @property
    def origin_words(self) -> str:
        return "Practice" if self.own else "Program"

    @property
    def valid_words(self) -> str:
        return span_words(self.rules.valid)

    @property
    def state_words(self) -> str:
        if self.own and self.own.confirmation:
            return f"Confirmed {long_date(self.own.confirmation.confirmed_on)}"
        if self.own or not self.rules.is_confirmed:
            return "To be confirmed"
        if self.rules.unconfirmed_codes:
            return f"Confirm {', '.join(self.rules.unconfirmed_codes)}"
        return "Payer's own text"

    @property
    def is_open(self) -> bool:
        """Whether something is left that nobody has confirmed."""
        rules = self.own.effective if self.own else self.rules
        return not rules.is_confirmed or bool(rules.unconfirmed_codes)


def listed_rule_sets(
    own: Iterable[ListedRuleSet], shipped: Iterable[RuleSet]
) -> tuple[ListedRuleSet, ...]:
    """Give every rule set in the order of programs and names, the newest days of a name first.

    One of the program that the practice's own takes the whole place of is left out.
    """
    own = tuple(own)
    rest = (rules for rules in shipped if not any(_covers(each.rules, rules) for each in own))
    listed = [*own, *map(ListedRuleSet, rest)]
    programs = list(Program)
    return tuple(
        sorted(
            listed,
            key=lambda each: (
                programs.index(each.rules.program),
                each.rules.id,
                -each.rules.valid.first.toordinal(),
                each.own is None,
            ),
        )
    )


# Billing rules 9.8: a payer that is not known goes by these, and is warned about (W16).
STAND_INS = frozenset({"COMMERCIAL-DEFAULT", "MCD-UNKNOWN"})


@dataclass(frozen=True, slots=True)
class RuleSetDraft:
    """What a person has written about a payer's rules."""

    rules: RuleSet
    confirmation: Confirmation | None = None
    id: OwnRuleSetId = field(default_factory=lambda: OwnRuleSetId(new_id()))

    def problems(self, codes: CodeCatalogue, *, today: date) -> Iterator[Problem]:
        rules, known = self.rules, {each.code for each in codes.codes}
        yield from _name_problems(rules)
        if strange := sorted(set(rules.codes) - known):
            words = f"These are no codes that the program bills: {', '.join(strange)[:120]}."
            yield Problem("codes", words)
        if not rules.codes and not rules.is_case_rate:
            yield Problem("codes", "Name the codes that the payer covers.")
        if lost := sorted(set(rules.unconfirmed_codes) - set(rules.codes)):
            words = f"Only covered codes can be left to confirm, not {', '.join(lost)[:120]}."
            yield Problem("unconfirmed_codes", words)
        if not rules.roles:
            yield Problem("roles", "Name at least one role whose time counts.")
        yield from _rate_problems(rules)
        if self.confirmation is not None:
            yield from confirmation_problems(self.confirmation, today=today)
            if rules.id in STAND_INS:
                words = (
                    f"{rules.title} stands for payers that nobody has asked. Confirm a payer where "
                    "payers are set up, or keep its rules under a name of their own."
                )
                yield Problem("confirmed_on", words)

    def accept(self, codes: CodeCatalogue, *, today: date) -> OwnRuleSet:
        """Give the rule set, or raise Refused with every problem at once."""
        if problems := tuple(self.problems(codes, today=today)):
            raise Refused(*problems)
        rules = replace(self.rules, title=tidy(self.rules.title), source=tidy(self.rules.source))
        return OwnRuleSet(self.id, rules, self.confirmation)


def confirmation_problems(confirmation: Confirmation, *, today: date) -> Iterator[Problem]:
    if confirmation.confirmed_on > today:
        yield Problem("confirmed_on", "The day of the confirmation is still to come.")
    if not tidy(confirmation.note):
        words = "Say with whom, or where the payer has written it: an auditor will ask."
        yield Problem("confirmed_note", words)


def _covers(own: RuleSet, other: RuleSet) -> bool:
    """Tell whether the practice's own holds on all the days of another."""
    if own.id != other.id or own.valid.first > other.valid.first:
        return False
    last = own.valid.last
    return last is None or (other.valid.last is not None and other.valid.last <= last)


def _name_problems(rules: RuleSet) -> Iterator[Problem]:
    if not _NAME.fullmatch(rules.id) or len(rules.id) > LONGEST_NAME:
        words = f"A short name has capitals, digits and hyphens, at most {LONGEST_NAME}: AETNA-PPO."
        yield Problem("id", words)
    if rules.id == CLINIC.removeprefix("-"):
        yield Problem("id", "This name is kept for the rules of clinics. Choose another.")
    if not tidy(rules.title) or len(rules.title) > LONGEST_TITLE:
        yield Problem("title", f"Say in words whose rules they are, in {LONGEST_TITLE} characters.")
    if not tidy(rules.source) or len(rules.source) > LONGEST_SOURCE:
        words = f"Say where the rules were read, and when, in {LONGEST_SOURCE} characters."
        yield Problem("source", words)


def _rate_problems(rules: RuleSet) -> Iterator[Problem]:
    priced = [each.code for each in rules.state_rates]
    if len(set(priced)) < len(priced):
        yield Problem("state_rates", "An amount stands twice for one code.")
    if priced and rules.program is Program.MEDICARE:
        words = "Medicare Part B pays by its own fee schedule. Leave the amounts out."
        yield Problem("state_rates", words)
    if lost := sorted(set(priced) - set(rules.codes)):
        words = f"There is an amount for a code that is not covered: {', '.join(lost)[:120]}."
        yield Problem("state_rates", words)
