"""What was typed about a payer."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from cocm_desktop.domain.billing.payer import ClaimFiling, Payer
from cocm_desktop.domain.billing.rule_set import Program
from cocm_desktop.domain.ids import PayerId, new_id
from cocm_desktop.domain.text import fold, tidy
from cocm_desktop.errors import Problem, Refused

LONGEST_NAME = 60
LONGEST_NUMBER = 80
LONGEST_NOTE = 400
MOST_DAYS_TO_FILE = 3_650
_NUMBER = re.compile(r"[A-Za-z0-9\-]*", re.ASCII)
# Medicare's rules and Medicare's claims go together; so do those of a patient who pays alone.
_BOUND = {ClaimFiling.MEDICARE_B: Program.MEDICARE, ClaimFiling.SELF_PAY: Program.SELF_PAY}


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """A rule set that a payer may have: its id, what it is called, whose money it is."""

    id: str
    title: str
    program: Program


@dataclass(frozen=True, slots=True)
class PayerDraft:
    """What was typed about a payer. `rule_set` is the id of one."""

    name: str
    rule_set: str
    filing: ClaimFiling
    payer_number: str = ""
    phone: str = ""
    days_to_file: int | None = None
    confirmed_on: date | None = None
    confirmed_note: str = ""
    registered_on: date | None = None
    active: bool = True
    id: PayerId = field(default_factory=lambda: PayerId(new_id()))

    @classmethod
    def of(cls, payer: Payer) -> PayerDraft:
        return cls(
            name=payer.name,
            rule_set=payer.rule_set,
            filing=payer.filing,
            payer_number=payer.payer_number,
            phone=payer.phone,
            days_to_file=payer.days_to_file,
            confirmed_on=payer.confirmed_on,
            confirmed_note=payer.confirmed_note,
            registered_on=payer.registered_on,
            active=payer.active,
            id=payer.id,
        )

    def problems(
        self, *, today: date, others: Collection[Payer], rules: Collection[RuleChoice]
    ) -> Iterator[Problem]:
        """Name what is wrong; `others` are the payers on file, `rules` the rule sets there are."""
        name = tidy(self.name)
        if not name:
            yield Problem("name", "Type the payer's name as it stands on its cards.")
        elif len(name) > LONGEST_NAME:
            yield Problem("name", f"A payer's name has at most {LONGEST_NAME} characters.")
        elif any(fold(other.name) == fold(name) for other in others if other.id != self.id):
            yield Problem("name", f"There is a payer {name} already.")
        yield from self._rule_problems(rules)
        yield from self._detail_problems(today)

    def _detail_problems(self, today: date) -> Iterator[Problem]:
        number = self.payer_number.strip()
        if len(number) > LONGEST_NUMBER or not _NUMBER.fullmatch(number):
            yield Problem("payer_number", "A payer id has letters and digits only.")
        if len(self.confirmed_note) > LONGEST_NOTE:
            yield Problem("confirmed_note", f"This has at most {LONGEST_NOTE} characters.")
        if self.days_to_file is not None and not 1 <= self.days_to_file <= MOST_DAYS_TO_FILE:
            yield Problem("days_to_file", f"Type 1 to {MOST_DAYS_TO_FILE:,} days, or nothing.")
        for field_name in ("confirmed_on", "registered_on"):
            day: date | None = getattr(self, field_name)
            if day is not None and day > today:
                yield Problem(field_name, "This day lies in the future.")

    def _rule_problems(self, rules: Collection[RuleChoice]) -> Iterator[Problem]:
        chosen = next((rule for rule in rules if rule.id == self.rule_set), None)
        if chosen is None:
            yield Problem("rule_set", "Choose the rules by which this payer pays.")
            return
        for filing, program in _BOUND.items():
            if (self.filing is filing) is not (chosen.program is program):
                words = f"Rules of {program.value} and claims as {filing.value} go together."
                yield Problem("filing", words)

    def accept(
        self, *, today: date, others: Collection[Payer], rules: Collection[RuleChoice]
    ) -> Payer:
        """Give the payer, or raise Refused with every problem at once."""
        if problems := tuple(self.problems(today=today, others=others, rules=rules)):
            raise Refused(*problems)
        return Payer(
            id=self.id,
            name=tidy(self.name),
            rule_set=self.rule_set,
            filing=self.filing,
            payer_number=self.payer_number.strip(),
            phone=tidy(self.phone),
            days_to_file=self.days_to_file,
            confirmed_on=self.confirmed_on,
            confirmed_note=tidy(self.confirmed_note),
            registered_on=self.registered_on,
            active=self.active,
        )
