"""One patient's month evaluated: the decision table from the month kind to the result.

A pure function: the same facts, rule sets and tables give the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.billing.check import Check, CheckId
from cocm_desktop.domain.billing.choices import ApcmChoice
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
    NEAR_MINUTES,
    Reached,
    apcm_refusal,
    next_code,
    reached,
    with_apcm,
)
from cocm_desktop.domain.billing.conflicts import (
    conflict_checks,
    day_checks,
    other_practitioners,
)
from cocm_desktop.domain.billing.countable_time import CountableTime, checks_of, sort_time
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth, SettingFacts
from cocm_desktop.domain.billing.initiating_visit import InitiatingVisit, initiating_visit
from cocm_desktop.domain.billing.locality import LocalityTable
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
from cocm_desktop.domain.billing.rules import CodeUnits, MonthKind, NextCode, month_kind
from cocm_desktop.domain.billing.service_day import day_problems, service_day
from cocm_desktop.domain.billing.watchfulness import (
    care_checks,
    ending_checks,
    history_checks,
    time_checks,
)
from cocm_desktop.domain.wording import count_of, dollars, long_date


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything versioned that decides a month beside its facts."""

    rule_sets: RuleSets
    codes: CodeCatalogue
    rates: tuple[RateTable, ...]
    is_billable: Callable[[str, date], bool]
    diagnoses_version: str
    diagnoses_until: date
    localities: tuple[LocalityTable, ...] = ()


@dataclass(frozen=True, slots=True)
class Versions:
    """What the result was worked out with."""

    rule_set: str
    rule_set_source: str
    rates: str
    codes: str
    diagnoses: str
    rates_source: str = ""


@dataclass(frozen=True, slots=True)
class MonthResult:
    """What a month comes to. `lines` is empty where a block stops the month; `reached` is not.

    `suggested` is what was reached with its amounts, whatever stops it. `split` is how Medicare
    would pay the allowed amount once the deductible is met. `next_code` is the next mark on the way
    up, told only while the month is open.
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
    next_code: NextCode | None = None
    suggested: tuple[BilledLine, ...] = ()

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
    case = _case_of(facts, tables)
    chosen = _choose(case)
    taken = chosen.taken
    served_on = service_day(facts, case.time, taken.at_minute) if taken.units else None
    found = dict.fromkeys(
        (*_checks_before(case), *chosen.checks, *_code_checks(case, taken, served_on))
    )
    lines = _standing_lines(case, taken, tuple(found), served_on=served_on)
    checks = (*found, *_money_checks(case, lines))
    allowed = total(lines)
    return MonthResult(
        kind=case.kind,
        time=case.time,
        reached=taken.units,
        lines=lines,
        unbilled_minutes=taken.unbilled_minutes,
        served_on=served_on,
        checks=tuple(sorted(checks, key=lambda each: (each.id.name, each.code, each.words))),
        alternative=chosen.alternative,
        split=Split.of(allowed) if allowed is not None and _is_by_table(case.rules) else None,
        versions=_versions(case, served_on),
        next_code=case.next_code,
        suggested=_lines(case, taken.units, served_on) if served_on else (),
    )


def total(lines: tuple[BilledLine, ...]) -> int | None:
    """Add the allowed amounts up; None without lines or where one is not known."""
    amounts = [each.allowed_cents for each in lines]
    known = [each for each in amounts if each is not None]
    return sum(known) if known and len(known) == len(amounts) else None


@dataclass(frozen=True, slots=True)
class _Case:
    """A month with the rules that hold for it, its kind, and its time sorted."""

    facts: PatientMonth
    tables: Tables
    rules: RuleSet
    kind: MonthKind
    visit: InitiatingVisit
    time: CountableTime
    next_code: NextCode | None


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The codes taken, and those of the other way of billing where there are two."""

    taken: Reached
    alternative: tuple[BilledLine, ...]
    checks: tuple[Check, ...]


def _case_of(facts: PatientMonth, tables: Tables) -> _Case:
    rules = tables.rule_sets.holding(
        facts.payer.rule_set, facts.month.last_day, is_clinic=facts.setting.is_clinic
    )
    kind = month_kind(facts.episode.service_months, facts.month)
    visit = initiating_visit(facts)
    time = sort_time(facts, rules, visit=visit)
    is_open = facts.today <= facts.month.last_day
    following = next_code(facts, rules, kind, minutes=time.minutes) if is_open else None
    return _Case(facts, tables, rules, kind, visit, time, following)


def _checks_before(case: _Case) -> Iterator[Check]:
    """Give what does not depend on the codes: proofs, claim, history, care and time."""
    facts, kind = case.facts, case.kind
    yield from case.visit.checks()
    yield from proof_checks(facts, case.rules, kind, is_billable=case.tables.is_billable)
    yield from claim_checks(facts, case.rules)
    yield from checks_of(case.time, facts)
    yield from history_checks(facts, kind, minutes=case.time.minutes)
    yield from care_checks(facts, kind)
    yield from ending_checks(facts)
    yield from time_checks(facts, case.time)
    yield from other_practitioners(facts)
    yield from _near(case)


def _choose(case: _Case) -> _Chosen:
    facts, rules, minutes = case.facts, case.rules, case.time.minutes
    by_time = reached(facts, rules, case.kind, minutes=minutes)
    by_base = with_apcm(facts, rules, case.kind, minutes=minutes)
    if by_base is None:
        return _Chosen(by_time, (), (*by_time.checks, *apcm_refusal(facts, rules, case.kind)))
    day = facts.month.last_day
    timed, based = (total(_lines(case, each.units, day)) or 0 for each in (by_time, by_base))
    choice = facts.choices.apcm
    takes_base = choice is ApcmChoice.ON or (choice is ApcmChoice.ASK and based > timed)
    taken, other = (by_base, by_time) if takes_base else (by_time, by_base)
    words = f"By minutes {dollars(timed)}, as an add-on of advanced primary care {dollars(based)}."
    alternative = _lines(case, other.units, day)
    return _Chosen(taken, alternative, (*taken.checks, Check(CheckId.W14, words)))


def _code_checks(case: _Case, taken: Reached, served_on: date | None) -> Iterator[Check]:
    """Check the codes taken against their validity, other codes and the day of service."""
    facts, rules = case.facts, case.rules
    yield from _unverified(case, taken)
    yield from conflict_checks(facts, rules, taken.codes)
    if served_on is None:
        return
    for code in taken.codes:
        if not case.tables.codes.is_valid(code, served_on):
            yield Check(CheckId.B09, f"{code} is not valid on {long_date(served_on)}.", code)
    yield from day_checks(facts, taken.codes, served_on)
    yield from day_problems(facts, case.time, served_on=served_on, at_minute=taken.at_minute)
    yield from filing_checks(facts, rules, served_on)
    if served_on > case.tables.diagnoses_until:
        yield Check(CheckId.W42, "The diagnosis codes that are loaded end before this day.")


def _standing_lines(
    case: _Case, taken: Reached, checks: tuple[Check, ...], *, served_on: date | None
) -> tuple[BilledLine, ...]:
    """Give the lines that no block stops: of the whole month, or of the line itself.

    An add-on goes with its base: it never stands alone.
    """
    if served_on is None or any(each.stops_all for each in checks):
        return ()
    stopped = {each.code for each in checks if each.id.is_block}
    if taken.units[0].code in stopped:
        return ()
    units = tuple(each for each in taken.units if each.code not in stopped)
    return _lines(case, units, served_on)


def _lines(case: _Case, units: tuple[CodeUnits, ...], day: date) -> tuple[BilledLine, ...]:
    fees = {each.code: each.cents for each in case.facts.fees_cents}
    return tuple(
        BilledLine(
            each.code,
            case.tables.codes.label(each.code),
            each.units,
            _times(_unit_cents(case, each.code, day), each.units),
            _times(fees.get(each.code), each.units),
        )
        for each in units
    )


def _times(cents: int | None, units: int) -> int | None:
    return None if cents is None else cents * units


def _is_by_table(rules: RuleSet) -> bool:
    """Whether Medicare's table prices the month: a plan may pay by a contract of its own."""
    return is_medicare(rules) and not rules.has_own_amounts


def _unit_cents(case: _Case, code: str, day: date) -> int | None:
    facts, rules = case.facts, case.rules
    in_facility = is_facility(facts) and not rules.needs_institutional_form
    if not _is_by_table(rules):
        own = next((rate for rate in rules.state_rates if rate.code == code), None)
        return own.unit_cents(is_facility=in_facility) if own else None
    table = _table_of(case, day)
    if table is None:
        return None
    setting = _priced_setting(case)
    cents = allowed_cents(table, code, setting, is_facility=in_facility)
    if cents is None or not is_reduced(facts, rules):
        return cents
    return to_cents(cents * PRACTITIONER_SHARE)


def _priced_setting(case: _Case) -> SettingFacts:
    """Give the setting by which Medicare pays.

    Source: clinics are paid the national amount outside facilities, without GPCI.
    """
    return SettingFacts() if case.rules.needs_institutional_form else case.facts.setting


def _table_of(case: _Case, day: date) -> RateTable | None:
    is_qualifying = _priced_setting(case).is_qualifying_apm
    return table_for(case.tables.rates, day, is_qualifying=is_qualifying)


def _unverified(case: _Case, taken: Reached) -> Iterator[Check]:
    # Billing rules 5 and 8, W16: a rule set read in the payer's own text needs no more to be told;
    # 1.8: an amount of a state's schedule always does, since it is no proof of what is paid.
    rules = case.rules
    if case.facts.payer.is_confirmed:
        return
    from_schedules = (rate.code for rate in rules.state_rates)
    doubtful = {*rules.unconfirmed_codes, *from_schedules}
    if not rules.is_confirmed or doubtful & set(taken.codes):
        yield Check(CheckId.W16, f"Nobody has confirmed the rules of {rules.title} yet.")


def _near(case: _Case) -> Iterator[Check]:
    """Say how far the next code is, in an open month only; it is no prompt to add time."""
    minutes, following = case.time.minutes, case.next_code
    if following is None or not minutes:
        return
    short = following.at_minute - minutes
    if short <= NEAR_MINUTES:
        words = f"{count_of(short, 'minute')} short of minute {following.at_minute}."
        yield Check(CheckId.W09, words)


def _money_checks(case: _Case, lines: tuple[BilledLine, ...]) -> Iterator[Check]:
    rules = case.rules
    if rules.program is not Program.SELF_PAY:
        yield from line_checks(lines)
    if lines and rules.program is Program.MEDICARE:
        yield Check(CheckId.W15, "The patient owes the deductible and 20 % of the allowed amount.")
    if lines and _is_by_table(rules) and is_reduced(case.facts, rules):
        yield Check(CheckId.W25, "Paid at 85 % under the practitioner's own number.")


def _versions(case: _Case, served_on: date | None) -> Versions:
    tables, rules = case.tables, case.rules
    table = _table_of(case, served_on or case.facts.month.last_day)
    is_priced = table is not None and _is_by_table(rules)
    source = table.words(_priced_setting(case).locality) if table and is_priced else ""
    return Versions(
        rule_set=f"{rules.id} from {long_date(rules.valid.first)}",
        rule_set_source=rules.source,
        rates=table.id if table and is_priced else "",
        codes=tables.codes.source,
        diagnoses=tables.diagnoses_version,
        rates_source=source,
    )
