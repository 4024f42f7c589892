"""The rule sets, rates and codes: those that came with the program, and the practice's own."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from cocm_desktop.actions.codes import codes_of, load_codes, releases_of
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.billing_table import BillingTable, TableKind
from cocm_desktop.domain.billing.code_catalogue import CodeCatalogue
from cocm_desktop.domain.billing.evaluation import Tables
from cocm_desktop.domain.billing.locality import LocalityTable
from cocm_desktop.domain.billing.rate_table import RateTable, read_tables
from cocm_desktop.domain.billing.rule_set import RuleSets
from cocm_desktop.domain.described import read_as
from cocm_desktop.domain.icd_release import is_billable_in, release_words
from cocm_desktop.exchange.strict_json import parse_json, read_json
from cocm_desktop.paths import resources
from cocm_desktop.storage import billing_table as stored_tables
from cocm_desktop.storage import own_rule_set as own_rule_sets


@cache
def load_tables() -> Tables:
    """Read and check every table of the program, once.

    Raises Refused naming the field of a table not whole.
    """
    folder, diagnoses = resources() / "billing", load_codes()
    sets: list[Any] = []
    for file in sorted((folder / "rule_sets").glob("*.json")):
        sets.extend(read_json(file))
    return Tables(
        rule_sets=RuleSets.of(sets),
        codes=CodeCatalogue.of(read_json(folder / "codes.json")),
        rates=read_tables(read_json(folder / "rates.json")),
        is_billable=lambda code, day: is_billable_in(diagnoses, (), code, day=day),
        diagnoses_version=release_words(diagnoses),
        diagnoses_until=diagnoses.checked_until,
    )


def tables_of(workspace: Workspace) -> Tables:
    """Give every table that holds for a clinic. What the practice added comes before the rest."""
    shipped, codes, releases = load_tables(), codes_of(workspace), releases_of(workspace)
    with workspace.database.read() as session:
        own = [each.effective for each, _at, _by in own_rule_sets.everything(session)]
        rates = tuple(
            stored_tables.parsed(session, loaded.table, _rates)
            for loaded in stored_tables.everything(session)
            if loaded.table.kind is TableKind.RATES
        )
    return replace(
        shipped,
        rule_sets=RuleSets([*own, *shipped.rule_sets.all()]),
        rates=(*rates, *shipped.rates),
        is_billable=lambda code, day: is_billable_in(codes, releases, code, day=day),
        diagnoses_version=release_words(codes),
        diagnoses_until=codes.checked_until,
        localities=localities_of(workspace),
    )


def localities_of(workspace: Workspace) -> tuple[LocalityTable, ...]:
    """Give the tables of localities that the practice loaded, the newest first."""
    with workspace.database.read() as session:
        return tuple(
            stored_tables.parsed(session, loaded.table, _localities)
            for loaded in stored_tables.everything(session)
            if loaded.table.kind is TableKind.LOCALITIES
        )


def _rates(_table: BillingTable, content: bytes) -> RateTable:
    return read_as(RateTable, parse_json(content))


def _localities(_table: BillingTable, content: bytes) -> LocalityTable:
    return read_as(LocalityTable, parse_json(content))
