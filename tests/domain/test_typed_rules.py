"""Rules of payers as they are typed: read back whole, or refused at their field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cocm_desktop.actions.billing_tables import load_tables
from cocm_desktop.domain.billing.evaluation_facts import Span
from cocm_desktop.domain.billing.own_rule_set import (
    Confirmation,
    ListedRuleSet,
    OwnRuleSet,
    listed_rule_sets,
)
from cocm_desktop.domain.billing.rate_years import years_of_rates
from cocm_desktop.domain.billing.rule_set import Program, RuleSet, RuleSets
from cocm_desktop.domain.billing.rule_words import rule_lines
from cocm_desktop.domain.billing.typed_rules import TypedRules
from cocm_desktop.domain.ids import OwnRuleSetId
from cocm_desktop.errors import Refused

SHIPPED = load_tables().rule_sets.all()
TYPED = TypedRules(
    name="aetna-ppo",
    title=" Aetna,  PPO ",
    program=Program.COMMERCIAL,
    source="Policy of 2026",
    codes="99492; 99493 99494,99492",
    first=date(2026, 1, 1),
    state_rates="99492 $180.00\n\n99493 170",
    days_to_file=" 90 ",
)


def named(name: str) -> RuleSet:
    return next(each for each in SHIPPED if each.id == name)


@pytest.mark.parametrize("rules", SHIPPED, ids=lambda each: each.title)
def test_what_is_shown_reads_back_as_it_was(rules: RuleSet) -> None:
    back = TypedRules.of(rules).read()

    assert replace(back, is_confirmed=rules.is_confirmed) == rules


def test_what_is_typed_in_haste_is_tidied() -> None:
    rules = TYPED.read()

    assert (rules.id, rules.title, rules.days_to_file) == ("AETNA-PPO", "Aetna, PPO", 90)
    assert rules.codes == ("99492", "99493", "99494")
    assert [each.cents for each in rules.state_rates] == [18000, 17000]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first": None}, "first"),
        ({"last": date(2025, 12, 31)}, "last"),
        ({"days_to_file": "soon"}, "days_to_file"),
        ({"days_to_file": "0"}, "days_to_file"),
        ({"most_add_ons": "\u0664"}, "most_add_ons"),
        ({"authorized_after_months": "12.5"}, "authorized_after_months"),
        ({"state_rates": "99492 180.00\n99493"}, "state_rates"),
        ({"state_rates": "99492 -1"}, "state_rates"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        replace(TYPED, **changes).read()

    assert [problem.field for problem in refusal.value.problems] == [field]


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        (date(2018, 1, 1), None, ["Practice"]),
        (date(2026, 7, 1), None, ["Practice", "Program"]),
        (date(2018, 1, 1), date(2026, 6, 30), ["Practice", "Program"]),
    ],
)
def test_the_programs_rules_are_listed_where_they_still_hold(
    first: date, last: date | None, names: list[str]
) -> None:
    own = replace(named("BCBSND"), valid=Span(first, last))
    mine = ListedRuleSet(own, OwnRuleSet(OwnRuleSetId("x"), own))

    listed = listed_rule_sets([mine], [named("BCBSND")])

    assert [each.origin_words for each in listed] == names


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("MCR", "Payer's own text"),
        ("MA", "To be confirmed"),
        ("MCD-WI", "Confirm 99484"),
    ],
)
def test_the_state_says_how_far_rules_can_be_relied_upon(name: str, state: str) -> None:
    listed = ListedRuleSet(named(name))

    assert listed.state_words == state
    assert listed.is_open == (state != "Payer's own text")


def test_everything_a_rule_set_holds_is_said() -> None:
    rules = replace(
        named("MCD-WI"),
        counts_meeting_once=True,
        most_add_ons=4,
        bhi_first_minute=None,
        is_initial_once_a_year=True,
        days_to_file=90,
        authorized_after_months=12,
        needs_registration=True,
        is_case_rate=True,
        needs_institutional_form=True,
    )
    own = OwnRuleSet(OwnRuleSetId("x"), rules, Confirmation(date(2026, 11, 2), "By letter"))

    lines = rule_lines(ListedRuleSet(rules, own, recorded_by="M. Bell"))

    assert lines == (
        "Source: ForwardHealth 2026-09-05",
        "Confirmed Nov 2, 2026: By letter (recorded by M. Bell)",
        "Medicaid, days of service from Jan 1, 2018 on",
        "Covers 99492, 99493, 99494, 99484",
        "Counts the time of: care manager",
        "A meeting of several counted roles is told once",
        "Pays at most 4 units of 99494 a month",
        "99484 from the minute the practice chose",
        "99492 once a calendar year",
        "Claims within 90 days of the service",
        "Asks for authorization after 12 service months",
        "Asks for an approval or attestation before it pays",
        "Pays a rate for the month, not by codes",
        "A psychiatrist cannot be the billing practitioner",
        "Claims go on the institutional form (837I, UB-04)",
        "Its own amounts, a unit: 99492 $146.05, 99493 $141.61, 99494 $60.51",
    )


def test_rules_that_cover_nothing_say_so() -> None:
    lines = rule_lines(ListedRuleSet(replace(named("SELFPAY"), codes=())))

    assert "Covers no codes" in lines


def test_the_practices_rules_come_before_those_of_the_program() -> None:
    mine = replace(named("MCR"), title="Ours")
    sets = RuleSets([mine, *SHIPPED])

    assert sets.holding("MCR", date(2026, 1, 1), is_clinic=False).title == "Ours"


def test_years_without_rates_say_so() -> None:
    years = years_of_rates(load_tables().rates, (), today=date(2026, 11, 30))

    assert [(each.year, each.factor_words) for each in years] == [
        (2027, "Not loaded"),
        (2026, "33.4009; 33.5675 qualifying"),
        (2025, "32.3465"),
        (2024, "32.7442; 33.2875 from Mar 9"),
    ]
    assert years[0].source_words == ""
    assert not years[0].is_loaded
    assert years[1].locality_words == "Not loaded"
