"""The rule sets, rates and codes that came with the program."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from cocm_desktop.domain.billing.code_catalogue import CodeCatalogue
from cocm_desktop.domain.billing.evaluation import Tables
from cocm_desktop.domain.billing.rate_table import read_tables
from cocm_desktop.domain.billing.rule_set import RuleSets
from cocm_desktop.exchange.strict_json import read_json
from cocm_desktop.paths import resources


@cache
def load_tables() -> Tables:
    """Read and check every table, once. Raises Refused naming the field of a table not whole."""
    folder = resources() / "billing"
    sets: list[Any] = []
    for file in sorted((folder / "rule_sets").glob("*.json")):
        sets.extend(read_json(file))
    return Tables(
        rule_sets=RuleSets.of(sets),
        codes=CodeCatalogue.of(read_json(folder / "codes.json")),
        rates=read_tables(read_json(folder / "rates.json")),
        is_billable=_is_billable,
        diagnoses_version="ICD-10-CM, April 2026",
        diagnoses_until=date(2027, 9, 30),
    )


def _is_billable(code: str, day: date) -> bool:
    return True
