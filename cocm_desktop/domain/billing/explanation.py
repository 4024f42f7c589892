"""Why a month comes to what it comes to, in sentences for whoever has to answer for it."""

from __future__ import annotations

from collections.abc import Iterator

from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.choices import ServiceDate
from cocm_desktop.domain.billing.code_lines import APCM_MIRRORS
from cocm_desktop.domain.billing.codes import ADD_ON, CODES, SHORT_MONTH
from cocm_desktop.domain.billing.evaluation import MonthResult
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from cocm_desktop.domain.billing.rules import CodeUnits, MonthKind, episode_months
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.wording import count_of, long_date

ALLOWED = "Allowed, before deductible and coinsurance"


def why(facts: PatientMonth, result: MonthResult) -> tuple[str, ...]:
    """Say why the month is of its kind, why these codes, and why this day of service."""
    return (*_kind(facts, result), *_codes(facts, result), *_day(facts, result))


def rate_words(bill: Superbill) -> str:
    """Name the source of the allowed amounts: year, file, locality. Empty where there is none."""
    if bill.result is None or not any(line.allowed_cents for line in bill.result.suggested):
        return ""
    versions = bill.result.versions
    return f"{ALLOWED}. Source: {versions.rates_source or versions.rule_set_source}."


def _kind(facts: PatientMonth, result: MonthResult) -> Iterator[str]:
    gap = next((each for each in result.checks if each.id is CheckId.W10), None)
    if gap is not None:
        yield gap.words
        return
    run = episode_months(facts.episode.service_months, facts.month)
    if result.kind is MonthKind.INITIAL or not run:
        yield "Initial month: no earlier month of the episode has counted time."
    else:
        yield f"Subsequent month: counted time began in {run[0]}."


def _codes(facts: PatientMonth, result: MonthResult) -> Iterator[str]:
    minutes = count_of(result.time.minutes, "minute")
    yield f"{minutes} count; the month's seconds are summed, then floored once."
    for each in result.reached:
        if words := _mark(each, facts, result):
            yield words
    if result.unbilled_minutes:
        left = count_of(result.unbilled_minutes, "minute")
        yield f"{left} above the payer's limit stay unbilled."


def _mark(reached: CodeUnits, facts: PatientMonth, result: MonthResult) -> str:
    """Say at which minute a code begins."""
    code = reached.code
    if code == ADD_ON:
        first = CODES[result.kind.base_code].full_minutes + CODES[ADD_ON].first_minute
        step = CODES[ADD_ON].full_minutes
        return f"{code} begins at minute {first}, and again every {step}: {reached.units} ×."
    if code == SHORT_MONTH:
        first = facts.choices.g2214_first_minute
        return f"{code} begins at minute {first}, as the practice chose."
    if code in CODES:
        return f"{code} begins at minute {CODES[code].first_minute}, past half of its time."
    if code in APCM_MIRRORS.values():
        return f"{code} goes with advanced primary care management and asks for no minutes."
    return ""


def _day(facts: PatientMonth, result: MonthResult) -> Iterator[str]:
    if result.served_on is None:
        return
    chosen = facts.choices.service_date
    words = f"Day of service {long_date(result.served_on)}: {_lowered(chosen.value)}"
    if chosen is ServiceDate.LAST_DAY and result.served_on < facts.month.last_day:
        words += ", moved back to the end of coverage, consent or life"
    yield f"{words}."


def _lowered(words: str) -> str:
    return words[0].lower() + words[1:]
