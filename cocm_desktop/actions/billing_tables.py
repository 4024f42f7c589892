"""The rule sets, rates and codes: those that came with the program, and the practice's own."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from cocm_desktop.actions.codes import load_codes
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.code_catalogue import CodeCatalogue
from cocm_desktop.domain.billing.evaluation import Tables
from cocm_desktop.domain.billing.rate_table import read_tables
from cocm_desktop.domain.billing.rule_set import RuleSets
from cocm_desktop.domain.diagnosis_code import is_diagnosis_code
from cocm_desktop.domain.wording import long_date
from cocm_desktop.exchange.strict_json import read_json
from cocm_desktop.paths import resources


@cache
def load_tables() -> Tables:
    """Read and check every table, once. Raises Refused naming the field of a table not whole."""
    folder, diagnoses = resources() / "billing", load_codes()
    sets: list[Any] = []
    for file in sorted((folder / "rule_sets").glob("*.json")):
        sets.extend(read_json(file))
    return Tables(
        rule_sets=RuleSets.of(sets),
        codes=CodeCatalogue.of(read_json(folder / "codes.json")),
        rates=read_tables(read_json(folder / "rates.json")),
        is_billable=_is_billable,
        diagnoses_version=f"ICD-10-CM, release of {long_date(diagnoses.release)}",
        diagnoses_until=diagnoses.checked_until,
    )


def tables_of(_workspace: Workspace) -> Tables:
    """Give every table that holds for a clinic. What the practice added comes before the rest."""
    return load_tables()


def _is_billable(code: str, day: date) -> bool:
    """Whether a code can be billed on a day.

    The set holds the whole of chapter F; a code of another chapter is taken as it is written.
    """
    known = load_codes().find(code)
    if known is None:
        return is_diagnosis_code(code) and not code.startswith("F")
    return known.is_billable(day)
