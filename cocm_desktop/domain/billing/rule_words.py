"""What a rule set says, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from cocm_desktop.domain.billing.own_rule_set import ListedRuleSet
from cocm_desktop.domain.billing.rule_set import RuleSet, StateRate
from cocm_desktop.domain.wording import count_of, dollars, long_date


def rule_lines(listed: ListedRuleSet) -> tuple[str, ...]:
    """Say everything that a rule set holds, a line each, the source first."""
    return tuple(_lines(listed))


def _lines(listed: ListedRuleSet) -> Iterator[str]:
    rules = listed.own.effective if listed.own else listed.rules
    yield f"Source: {rules.source}"
    confirmation = listed.own.confirmation if listed.own else None
    if confirmation:
        day = long_date(confirmation.confirmed_on)
        yield f"Confirmed {day}: {confirmation.note} (recorded by {listed.recorded_by})"
    elif listed.own:
        yield f"Written by {listed.recorded_by}; nobody has confirmed it with the payer yet."
    yield f"{rules.program.value}, days of service {listed.valid_words}"
    yield f"Covers {', '.join(rules.codes) or 'no codes'}"
    if rules.unconfirmed_codes:
        yield f"To be confirmed: {', '.join(rules.unconfirmed_codes)}"
    yield f"Counts the time of: {', '.join(role.value.lower() for role in rules.roles)}"
    yield from _limits(rules)
    yield from _demands(rules)
    if rules.state_rates:
        yield f"Its own amounts, a unit: {', '.join(map(_rate_words, rules.state_rates))}"


def _rate_words(rate: StateRate) -> str:
    words = f"{rate.code} {dollars(rate.cents)}"
    if rate.facility_cents is None:
        return words
    return f"{words} ({dollars(rate.facility_cents)} in a facility)"


def _limits(rules: RuleSet) -> Iterator[str]:
    if rules.counts_meeting_once:
        yield "A meeting of several counted roles is told once"
    if rules.most_add_ons is not None:
        yield f"Pays at most {count_of(rules.most_add_ons, 'unit')} of 99494 a month"
    if "99484" in rules.codes:
        first = rules.bhi_first_minute
        yield f"99484 from minute {first}" if first else "99484 from the minute the practice chose"
    if rules.is_initial_once_a_year:
        yield "99492 once a calendar year"
    if rules.days_to_file is not None:
        yield f"Claims within {count_of(rules.days_to_file, 'day')} of the service"


def _demands(rules: RuleSet) -> Iterator[str]:
    if rules.authorized_after_months is not None:
        months = count_of(rules.authorized_after_months, "service month")
        yield f"Asks for authorization after {months}"
    if rules.needs_registration:
        yield "Asks for an approval or attestation before it pays"
    if rules.is_case_rate:
        yield "Pays a rate for the month, not by codes"
    if rules.refuses_psychiatry:
        yield "A psychiatrist cannot be the billing practitioner"
    if rules.needs_institutional_form:
        yield "Claims go on the institutional form (837I, UB-04)"
