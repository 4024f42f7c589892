"""Which codes a month's minutes reach: steps 5 and 6 of the decision table.

Source: the minutes of 99492 to 99494 by the CPT rule of the midpoint (BCBS of North Dakota and of
Texas in their own words); G2214 from 16 or 30 minutes as the practice chose; 99484 and G0323 in
full minutes; G0512 from 60 (CMS; 70 in a first month where the practice chose so).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cocm_desktop.domain.billing.check import Check, CheckId
from cocm_desktop.domain.billing.choices import ApcmChoice, Line
from cocm_desktop.domain.billing.codes import ADD_ON, CODES, INITIAL, SHORT_MONTH, SUBSEQUENT
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from cocm_desktop.domain.billing.rule_set import Program, RuleSet
from cocm_desktop.domain.billing.rules import CodeUnits, MonthKind, NextCode, codes_for
from cocm_desktop.domain.wording import count_of

CLINIC_CODE, CLINIC_BHI = "G0512", "G0511"
CLINIC_MINUTES = 60
BHI, BHI_CLINICIAN = "99484", "G0323"
BHI_MINUTES = 20
MOST_ADD_ONS_A_MONTH = 4  # Source: NCCI medically unlikely edits 2024-07, MAI 3.
FULL_SHORT_MINUTES = 30
APCM_BASE = frozenset({"G0556", "G0557", "G0558"})
# Source: CMS 2026: each add-on stands for the code whose value it has; none stands for 99494.
APCM_MIRRORS = {INITIAL: "G0568", SUBSEQUENT: "G0569", BHI: "G0570"}
NEAR_MINUTES = 5
FARTHEST_MINUTES = 90  # More than lies between any two marks.


@dataclass(frozen=True, slots=True)
class Reached:
    """What the minutes reach, what the payer's cap leaves out, and what was noticed on the way."""

    units: tuple[CodeUnits, ...]
    at_minute: int = 0
    unbilled_minutes: int = 0
    checks: tuple[Check, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(each.code for each in self.units)


def reached(facts: PatientMonth, rules: RuleSet, kind: MonthKind, *, minutes: int) -> Reached:
    """Give the codes by line of service, kind of month and whole minutes."""
    if rules.is_case_rate:
        return Reached(())
    if facts.line is Line.COCM:
        if rules.covers(CLINIC_CODE) and not rules.covers(kind.base_code):
            return _clinic(facts, kind, minutes)
        return _collaborative(facts, rules, kind, minutes=minutes)
    if facts.line is Line.BHI:
        needed = rules.bhi_first_minute or facts.choices.bhi_first_minute
        code = CLINIC_BHI if rules.covers(CLINIC_BHI) else BHI
        return _single(code, rules, minutes=minutes, needed=needed)
    return _single(BHI_CLINICIAN, rules, minutes=minutes, needed=BHI_MINUTES)


def next_code(
    facts: PatientMonth, rules: RuleSet, kind: MonthKind, *, minutes: int
) -> NextCode | None:
    """Give the least minute above this one at which more is reached, and what; None for no more."""
    now = reached(facts, rules, kind, minutes=minutes).units
    for minute in range(minutes + 1, minutes + FARTHEST_MINUTES):
        then = reached(facts, rules, kind, minutes=minute).units
        if then != now:
            return NextCode(then[-1].code, minute)
    return None


def with_apcm(
    facts: PatientMonth, rules: RuleSet, kind: MonthKind, *, minutes: int
) -> Reached | None:
    """Give the add-on code of advanced primary care management; None without its base."""
    if rules.program is not Program.MEDICARE or facts.line is Line.BHI_CLINICIAN or not minutes:
        return None
    mirrored = BHI if facts.line is Line.BHI else kind.base_code
    code = APCM_MIRRORS[mirrored]
    if not rules.covers(code) or not _apcm_bases(facts, is_own=True):
        return None
    needed = BHI_MINUTES if mirrored == BHI else CODES[mirrored].first_minute
    checks: tuple[Check, ...] = ()
    if minutes < needed:
        words = f"{code} with {count_of(minutes, 'minute')}; {mirrored} would need {needed}."
        checks = (Check(CheckId.W36, words, code),)
    return Reached((CodeUnits(code, 1),), checks=checks)


def apcm_refusal(facts: PatientMonth, rules: RuleSet, kind: MonthKind) -> tuple[Check, ...]:
    """Say that the add-on was chosen where its base is missing or another practitioner's."""
    wanted = facts.choices.apcm is ApcmChoice.ON and rules.program is Program.MEDICARE
    if not wanted or facts.line is Line.BHI_CLINICIAN or _apcm_bases(facts, is_own=True):
        return ()
    code = APCM_MIRRORS[BHI if facts.line is Line.BHI else kind.base_code]
    others = _apcm_bases(facts, is_own=False)
    why = "another practitioner has its base code" if others else "there is no base code"
    return (Check(CheckId.B12, f"{code} cannot be billed: {why}.", code),)


def _apcm_bases(facts: PatientMonth, *, is_own: bool) -> tuple[str, ...]:
    return tuple(
        each.code
        for each in facts.other_codes
        if each.code in APCM_BASE
        and facts.month.contains(each.served_on)
        and (each.practitioner_npi == facts.practitioner.npi) is is_own
    )


def _single(code: str, rules: RuleSet, *, minutes: int, needed: int) -> Reached:
    if minutes < needed:
        return Reached((), checks=(_below(minutes, needed, code),))
    if not rules.covers(code):
        return Reached((), checks=(_not_covered(code, rules),))
    return Reached((CodeUnits(code, 1),), at_minute=needed)


def _clinic(facts: PatientMonth, kind: MonthKind, minutes: int) -> Reached:
    is_first = kind is MonthKind.INITIAL
    needed = facts.choices.clinic_first_minute if is_first else CLINIC_MINUTES
    if minutes < needed:
        return Reached((), checks=(_below(minutes, needed, CLINIC_CODE),))
    return Reached((CodeUnits(CLINIC_CODE, 1),), at_minute=needed)


def _collaborative(
    facts: PatientMonth, rules: RuleSet, kind: MonthKind, *, minutes: int
) -> Reached:
    first = facts.choices.g2214_first_minute
    units = codes_for(kind, minutes, g2214_first_minute=first)
    if not units:
        needed = first if _has_short(rules, facts) else CODES[kind.base_code].first_minute
        return Reached((), checks=(_below(minutes, needed, ""),))
    if units[0].code == SHORT_MONTH:
        return _short(facts, rules, kind, minutes=minutes)
    if not rules.covers(units[0].code):
        return Reached((), checks=(_not_covered(units[0].code, rules),))
    return _with_add_ons(rules, kind, units)


def _short(facts: PatientMonth, rules: RuleSet, kind: MonthKind, *, minutes: int) -> Reached:
    base = kind.base_code
    if not _has_short(rules, facts):
        below = _below(minutes, CODES[base].first_minute, base)
        lacks = (_not_covered(SHORT_MONTH, rules),) if not rules.covers(SHORT_MONTH) else ()
        return Reached((), checks=(below, *lacks))
    checks: tuple[Check, ...] = ()
    if minutes < FULL_SHORT_MINUTES:
        words = (
            f"{SHORT_MONTH} with {minutes} of {FULL_SHORT_MINUTES} minutes: some payers dispute it."
        )
        checks = (Check(CheckId.W02, words, SHORT_MONTH),)
    first = facts.choices.g2214_first_minute
    return Reached((CodeUnits(SHORT_MONTH, 1),), at_minute=first, checks=checks)


def _has_short(rules: RuleSet, facts: PatientMonth) -> bool:
    return rules.covers(SHORT_MONTH) and facts.month.year >= 2021  # noqa: PLR2004 - G2214's first year


def _with_add_ons(rules: RuleSet, kind: MonthKind, units: tuple[CodeUnits, ...]) -> Reached:
    base = CODES[kind.base_code]
    if len(units) == 1:
        return Reached(units, at_minute=base.first_minute)
    add_on = units[1]
    if not rules.covers(ADD_ON):
        left = add_on.units * CODES[ADD_ON].full_minutes
        return Reached(
            units[:1], base.first_minute, left, (_not_covered(ADD_ON, rules, code_only=ADD_ON),)
        )
    most, checks = rules.most_add_ons, []
    kept = add_on.units if most is None else min(add_on.units, most)
    left = (add_on.units - kept) * CODES[ADD_ON].full_minutes
    if kept < add_on.units:
        words = (
            f"The payer pays {most} units of {ADD_ON}; {count_of(left, 'minute')} stay unbilled."
        )
        checks.append(Check(CheckId.W01, words, ADD_ON))
    elif add_on.units > MOST_ADD_ONS_A_MONTH:
        words = (
            f"{add_on.units} units of {ADD_ON}: more than {MOST_ADD_ONS_A_MONTH} are looked into."
        )
        checks.append(Check(CheckId.W01, words, ADD_ON))
    if not kept:
        return Reached(units[:1], base.first_minute, left, tuple(checks))
    step = CODES[ADD_ON].full_minutes
    at_minute = base.full_minutes + CODES[ADD_ON].first_minute + (kept - 1) * step
    return Reached((units[0], replace(add_on, units=kept)), at_minute, left, tuple(checks))


def _below(minutes: int, needed: int, code: str) -> Check:
    name = code or "the first code"
    return Check(CheckId.B03, f"{count_of(minutes, 'minute')} count; {name} begins at {needed}.")


def _not_covered(code: str, rules: RuleSet, *, code_only: str = "") -> Check:
    return Check(CheckId.B10, f"{rules.title} does not cover {code}.", code_only)
