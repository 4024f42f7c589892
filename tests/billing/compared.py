"""The program's result of a month beside the one by hand."""

from __future__ import annotations

from functools import cache
from typing import Any

from cocm_desktop.actions.billing_tables import load_tables
from cocm_desktop.commands.evaluate import result_fields
from cocm_desktop.domain.billing.evaluation import Tables, evaluate_month
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from cocm_desktop.domain.described import read_as
from tests.billing.by_hand import TOLD, by_hand
from tests.billing.random_months import month_at_random

Json = dict[str, Any]


@cache
def tables() -> Tables:
    return load_tables()


def by_program(facts: Json) -> Json:
    return result_fields(evaluate_month(read_as(PatientMonth, facts), tables()))


def differences(facts: Json) -> list[str]:
    """Name every field in which the program and the table by hand differ."""
    expected, found = by_hand(facts), comparable(by_program(facts))
    return [
        f"{name}: by hand {expected[name]}, by the program {found[name]}"
        for name in expected
        if expected[name] != found[name]
    ]


def comparable(result: Json) -> Json:
    return {
        **result,
        "counted": {each["id"]: each["seconds"] for each in result["counted"]},
        "excluded": {(e["id"], e["reason"]): e["seconds"] for e in result["excluded"]},
        "reached": {each["code"]: each["units"] for each in result["reached"]},
        "lines": {each["code"]: each["units"] for each in result["lines"]},
        "blocks": {each["id"][:3] for each in result["blocks"]},
        "warnings": {each["id"][:3] for each in result["warnings"]} & TOLD,
    }


def compare(seeds: range) -> tuple[int, list[str]]:
    """Compare the months of these seeds; give how many, and what differed."""
    wrong = []
    for seed in seeds:
        found = differences(month_at_random(seed))
        wrong += [f"month {seed}: {each}" for each in found]
    return len(seeds), wrong
