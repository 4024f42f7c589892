"""Random months by the program and by hand, and what must hold of every month."""

from __future__ import annotations

import copy
from random import Random

import pytest

from tests.billing.compared import Json, by_program, comparable, compare
from tests.billing.month_of import changed, entry
from tests.billing.random_months import month_at_random

# Coverage would take most of the time; other tests reach the same lines.
pytestmark = pytest.mark.no_cover

A_THOUSAND = range(1_000)
A_FEW = range(20_000, 20_100)
MARKS = (16, 20, 30, 31, 36, 60, 70, 76, 86, 106, 116, 136, 146, 166, 176, 196, 206, 226, 236)
RATED = ("MCR", "MA", "MCR-CLINIC", "MCD-NC", "MCD-NH", "MCD-RI", "MCD-CT", "MCD-UT", "MCD-WI")


def test_a_thousand_months_come_out_as_by_hand() -> None:
    tried, wrong = compare(A_THOUSAND)

    assert wrong == []
    assert tried == len(A_THOUSAND)


def test_the_random_months_reach_what_they_are_to_try() -> None:
    """A comparison of months that are all alike would prove nothing."""
    results = [comparable(by_program(month_at_random(seed))) for seed in range(500)]

    blocks = {name for each in results for name in each["blocks"]}
    reasons = {reason for each in results for _, reason in each["excluded"]}
    codes = {code for each in results for code in each["lines"]}
    assert blocks >= {f"B{n:02}" for n in range(1, 26)} - {"B09", "B12", "B15"}
    assert len(reasons) == 12
    assert codes >= {"99492", "99493", "99494", "G2214", "99484", "G0323", "G0512"}
    assert sum(each["allowed_cents"] is not None for each in results) > 50


def test_the_order_of_time_entries_does_not_matter() -> None:
    for seed in A_FEW:
        facts = month_at_random(seed)
        shuffled = copy.deepcopy(facts)
        Random(seed).shuffle(shuffled["time"])

        assert by_program(shuffled) == by_program(facts)


def test_every_second_counts_once_or_is_left_out_with_its_reason() -> None:
    for seed in A_FEW:
        facts = month_at_random(seed)
        result = by_program(facts)

        told = [*result["counted"], *result["excluded"]]
        assert sum(each["seconds"] for each in told) == sum(e["seconds"] for e in facts["time"])
        assert sum(each["seconds"] for each in result["counted"]) == result["seconds"]
        for recorded in facts["time"]:
            of_entry = sum(each["seconds"] for each in told if each["id"] == recorded["id"])
            assert of_entry == recorded["seconds"]


def test_the_same_facts_give_the_same_result() -> None:
    for seed in A_FEW:
        assert by_program(month_at_random(seed)) == by_program(month_at_random(seed))


@pytest.mark.parametrize("rule_set", RATED)
@pytest.mark.parametrize("months", [[], ["2026-10"]], ids=["initial", "subsequent"])
def test_a_countable_minute_more_never_lowers_the_amount(rule_set: str, months: list[str]) -> None:
    payer = {"payer.rule_set": rule_set, "setting.claim_form": "institutional"}
    record = {
        "episode.service_months": months,
        "episode.billed": [],
        "proofs.plan_on": "2026-11-01",
    }
    allowed = [
        by_program(changed(payer, record, {"time": [entry(minutes)]}))["allowed_cents"] or 0
        for mark in MARKS
        for minutes in (mark - 1, mark)
    ]

    assert allowed == sorted(allowed)


def test_a_countable_minute_more_never_lowers_the_amount_of_any_month() -> None:
    for seed in A_FEW:
        facts = month_at_random(seed)
        if _may_pay_less(facts):
            continue
        before = by_program(facts)["allowed_cents"] or 0
        facts["time"].append(_late_minute(facts))

        assert (by_program(facts)["allowed_cents"] or 0) >= before


def _may_pay_less(facts: Json) -> bool:
    """Rates changed within March 2024, and Rhode Island lists 99492 but not 99493."""
    month, rule_set = str(facts["month"]), str(facts["payer"]["rule_set"])
    return month == "2024-03" or rule_set == "MCD-RI"


def _late_minute(facts: Json) -> Json:
    """Give a minute at an hour that no random entry has, on the day of the first one."""
    days = sorted(each["worked_on"] for each in facts["time"]) or [f"{facts['month']}-15"]
    return entry(1, id="more", worked_on=days[0], starts_at=0, performer="CM9", meeting="")


def test_nothing_nudges_after_the_end_of_the_month() -> None:
    for seed in A_FEW:
        facts = {**month_at_random(seed), "today": "2027-06-01"}

        assert "W09" not in comparable(by_program(facts))["warnings"]


def test_a_closed_month_says_nothing_about_the_next_code() -> None:
    near = {"time": [entry(30)]}
    open_month, closed = changed(near, {"today": "2026-11-30"}), changed(near)

    assert "W09" in comparable(by_program(open_month))["warnings"]
    assert "W09" not in comparable(by_program(closed))["warnings"]
