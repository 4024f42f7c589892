"""One patient's month evaluated: the decision table from the month kind to the result.

A pure function: the same facts, rule sets and tables give the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.billing.check import Check, CheckId
from cocm_desktop.domain.billing.claim_checks import (
    BilledLine,
    claim_checks,
    filing_checks,
    is_facility,
    is_reduced,
    line_checks,
)
from cocm_desktop.domain.billing.code_catalogue import CodeCatalogue
from cocm_desktop.domain.billing.code_lines import (
    Reached,
    apcm_refusal,
    next_mark,
    reached,
    with_apcm,
)
from cocm_desktop.domain.billing.conflicts import (
    conflict_checks,
    day_checks,
    other_practitioners,
)
from cocm_desktop.domain.billing.countable_time import CountableTime, checks_of, sort_time
from cocm_desktop.domain.billing.evaluation_facts import ApcmChoice, PatientMonth
from cocm_desktop.domain.billing.initiating_visit import initiating_visit
from cocm_desktop.domain.billing.month_proofs import is_medicare, proof_checks
from cocm_desktop.domain.billing.rate_table import (
    PRACTITIONER_SHARE,
    RateTable,
    Split,
    allowed_cents,
    table_for,
    to_cents,
)
from cocm_desktop.domain.billing.rule_set import Program, RuleSet, RuleSets
from cocm_desktop.domain.billing.rules import CodeUnits, MonthKind, month_kind
from cocm_desktop.domain.billing.service_day import day_problems, service_day
from cocm_desktop.domain.billing.watchfulness import (
    care_checks,
    ending_checks,
    history_checks,
    time_checks,
)
from cocm_desktop.domain.wording import count_of, dollars


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything versioned that decides a month beside its facts."""

    rule_sets: RuleSets
    codes: CodeCatalogue
    rates: tuple[RateTable, ...]
    is_billable: Callable[[str, date], bool]
    diagnoses_version: str
    diagnoses_until: date


@dataclass(frozen=True, slots=True)
class Versions:
    """What the result was worked out with."""

    rule_set: str
    rule_set_source: str
    rates: str
    codes: str
    diagnoses: str


@dataclass(frozen=True, slots=True)
class MonthResult:
    """What a month comes to. `lines` is empty where a block stops the month; `reached` is not.

    `split` is how Medicare would pay the allowed amount once the deductible is met.
    """

    kind: MonthKind
    time: CountableTime
    reached: tuple[CodeUnits, ...]
    lines: tuple[BilledLine, ...]
    unbilled_minutes: int
    served_on: date | None
    checks: tuple[Check, ...]
    alternative: tuple[BilledLine, ...]
    split: Split | None
    versions: Versions

    @property
    def blocks(self) -> tuple[Check, ...]:
        return tuple(each for each in self.checks if each.id.is_block)

    @property
    def warnings(self) -> tuple[Check, ...]:
        return tuple(each for each in self.checks if not each.id.is_block)

    @property
    def allowed_cents(self) -> int | None:
        return total(self.lines)

    @property
    def charge_cents(self) -> int | None:
        charges = [each.charge_cents for each in self.lines]
        known = [each for each in charges if each is not None]
        return sum(known) if known and len(known) == len(charges) else None


def evaluate_month(facts: PatientMonth, tables: Tables) -> MonthResult:
    """Work out codes, amounts, blocks and warnings of a month.

    Raises Refused where the payer's rule set is not known or does not reach the month.
    """
    rules = tables.rule_sets.holding(
        facts.payer.rule_set, facts.month.last_day, is_clinic=facts.setting.is_clinic
    )
    kind = month_kind(facts.episode.service_months, facts.month)
    visit = initiating_visit(facts)
    time = sort_time(facts, rules, visit)
    proofs = (*visit.checks(), *proof_checks(facts, rules, kind, tables.is_billable))
    chosen = _choose(facts, tables, rules, _Month(kind, time.minutes))
    served_on = service_day(facts, time, chosen.taken.at_minute) if chosen.taken.units else None
    checks = (
        *proofs,
        *chosen.checks,
        *_code_checks(facts, tables, rules, chosen.taken, time=time, served_on=served_on),
        *claim_checks(facts, rules),
        *checks_of(time, facts),
        *history_checks(facts, kind),
        *care_checks(facts, kind),
        *ending_checks(facts),
        *time_checks(facts, time),
        *other_practitioners(facts),
        *_unverified(facts, rules, chosen.taken),
        *_near(facts, rules, kind, time.minutes),
    )
    checks = tuple(dict.fromkeys(checks))
    lines = _standing_lines(facts, tables, rules, chosen.taken, checks=checks, served_on=served_on)
    checks += tuple(_money_checks(facts, rules, lines))
    allowed = total(lines)
    return MonthResult(
        kind=kind,
        time=time,
        reached=chosen.taken.units,
        lines=lines,
        unbilled_minutes=chosen.taken.unbilled_minutes,
        served_on=served_on,
        checks=tuple(sorted(checks, key=lambda each: (each.id.name, each.code, each.words))),
        alternative=chosen.alternative,
        split=Split.of(allowed) if allowed is not None and is_medicare(rules) else None,
        versions=_versions(facts, tables, rules, served_on),
    )


def total(lines: tuple[BilledLine, ...]) -> int | None:
    """Add the allowed amounts up; None without lines or where one is not known."""
    amounts = [each.allowed_cents for each in lines]
    known = [each for each in amounts if each is not None]
    return sum(known) if known and len(known) == len(amounts) else None


@dataclass(frozen=True, slots=True)
class _Month:
    kind: MonthKind
    minutes: int


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The codes taken, and those of the other way of billing where there are two."""

    taken: Reached
    alternative: tuple[BilledLine, ...]
    checks: tuple[Check, ...]


def _choose(facts: PatientMonth, tables: Tables, rules: RuleSet, month: _Month) -> _Chosen:
    by_time = reached(facts, rules, month.kind, month.minutes)
    refusal = apcm_refusal(facts, rules, month.kind)
    by_base = with_apcm(facts, rules, month.kind, month.minutes)
    if by_base is None:
        return _Chosen(by_time, (), (*by_time.checks, *refusal))
    day = facts.month.last_day
    amounts = [total(_lines(facts, tables, rules, each.units, day)) for each in (by_time, by_base)]
    timed, based = (amount or 0 for amount in amounts)
    choice = facts.choices.apcm
    takes_base = choice is ApcmChoice.ON or (choice is ApcmChoice.ASK and based > timed)
    taken, other = (by_base, by_time) if takes_base else (by_time, by_base)
    words = f"By minutes {dollars(timed)}, as an add-on of advanced primary care {dollars(based)}."
    alternative = _lines(facts, tables, rules, other.units, day)
    return _Chosen(taken, alternative, (*taken.checks, Check(CheckId.W14, words)))


def _code_checks(
    facts: PatientMonth,
    tables: Tables,
    rules: RuleSet,
    taken: Reached,
    *,
    time: CountableTime,
    served_on: date | None,
) -> Iterator[Check]:
    """Check the codes taken against their validity, other codes and the day of service."""
    yield from conflict_checks(facts, rules, taken.codes)
    if served_on is None:
        return
    for code in taken.codes:
        if not tables.codes.is_valid(code, served_on):
            yield Check(CheckId.B09, f"{code} is not valid on {served_on.isoformat()}.", code)
    yield from day_checks(facts, taken.codes, served_on)
    yield from day_problems(facts, time, served_on=served_on, at_minute=taken.at_minute)
    yield from filing_checks(facts, rules, served_on)
    if served_on > tables.diagnoses_until:
        yield Check(CheckId.W42, "The diagnosis codes that are loaded end before this day.")


def _standing_lines(
    facts: PatientMonth,
    tables: Tables,
    rules: RuleSet,
    taken: Reached,
    *,
    checks: tuple[Check, ...],
    served_on: date | None,
) -> tuple[BilledLine, ...]:
    """Give the lines that no block stops: of the whole month, or of the line itself."""
    if served_on is None or any(each.stops_all for each in checks):
        return ()
    stopped = {each.code for each in checks if each.id.is_block}
    units = tuple(each for each in taken.units if each.code not in stopped)
    return _lines(facts, tables, rules, units, served_on)


def _lines(
    facts: PatientMonth,
    tables: Tables,
    rules: RuleSet,
    units: tuple[CodeUnits, ...],
    day: date,
) -> tuple[BilledLine, ...]:
    fees = {each.code: each.cents for each in facts.fees_cents}
    lines = []
    for each in units:
        allowed = _unit_cents(facts, tables, rules, each.code, day)
        charge = fees.get(each.code)
        lines.append(
            BilledLine(
                each.code,
                tables.codes.label(each.code),
                each.units,
                allowed * each.units if allowed is not None else None,
                charge * each.units if charge is not None else None,
            )
        )
    return tuple(lines)


def _unit_cents(
    facts: PatientMonth, tables: Tables, rules: RuleSet, code: str, day: date
) -> int | None:
    if not is_medicare(rules):
        return next((rate.cents for rate in rules.state_rates if rate.code == code), None)
    table = table_for(tables.rates, day)
    if table is None:
        return None
    setting = type(facts.setting)() if rules.needs_institutional_form else facts.setting
    in_facility = is_facility(facts) and not rules.needs_institutional_form
    cents = allowed_cents(table, code, setting, is_facility=in_facility)
    if cents is None or not is_reduced(facts):
        return cents
    return to_cents(cents * PRACTITIONER_SHARE)


def _unverified(facts: PatientMonth, rules: RuleSet, taken: Reached) -> Iterator[Check]:
    if facts.payer.is_confirmed:
        return
    is_open = not rules.is_confirmed or set(taken.codes) & set(rules.unconfirmed_codes)
    if is_open:
        yield Check(CheckId.W16, f"Nobody has confirmed the rules of {rules.title} yet.")


def _near(facts: PatientMonth, rules: RuleSet, kind: MonthKind, minutes: int) -> Iterator[Check]:
    """Say how far the next code is, in an open month only; it is no prompt to add time."""
    if facts.today > facts.month.last_day or not minutes:
        return
    mark = next_mark(facts, rules, kind, minutes)
    if mark is not None:
        short = count_of(mark - minutes, "minute")
        yield Check(CheckId.W09, f"{short} short of minute {mark}.")


def _money_checks(
    facts: PatientMonth, rules: RuleSet, lines: tuple[BilledLine, ...]
) -> Iterator[Check]:
    if rules.program is not Program.SELF_PAY:
        yield from line_checks(lines)
    if lines and rules.program is Program.MEDICARE:
        yield Check(CheckId.W15, "The patient owes the deductible and 20 % of the allowed amount.")
    if lines and is_medicare(rules) and is_reduced(facts):
        yield Check(CheckId.W25, "Paid at 85 % under the practitioner's own number.")


def _versions(
    facts: PatientMonth, tables: Tables, rules: RuleSet, served_on: date | None
) -> Versions:
    table = table_for(tables.rates, served_on or facts.month.last_day)
    return Versions(
        rule_set=f"{rules.id} from {rules.valid.first.isoformat()}",
        rule_set_source=rules.source,
        rates=table.id if table and is_medicare(rules) else "",
        codes=tables.codes.source,
        diagnoses=tables.diagnoses_version,
    )
