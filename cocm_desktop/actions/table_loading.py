"""Loading rates, localities and diagnosis codes from the files that Medicare publishes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cocm_desktop.actions.billing_tables import load_tables, localities_of, tables_of
from cocm_desktop.actions.codes import codes_of
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.billing_table import (
    LoadedTable,
    TableChoices,
    TableKind,
    TablePreview,
)
from cocm_desktop.domain.billing.locality import Locality
from cocm_desktop.domain.billing.rate_years import YearOfRates, years_of_rates
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.diagnosis_code import CodeSet
from cocm_desktop.domain.icd_release import ending_words
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.gpci_file import read_gpci
from cocm_desktop.exchange.icd_file import parse_release, read_icd
from cocm_desktop.exchange.rvu_file import read_rvu
from cocm_desktop.storage import audit
from cocm_desktop.storage import billing_table as stored_tables

TOUCHES = Topic.SETTINGS | Topic.BILLING


@dataclass(frozen=True, slots=True)
class TableList:
    """What is loaded: rates by year, what the practice added, localities, and the codes."""

    years: tuple[YearOfRates, ...]
    loaded: tuple[LoadedTable, ...]
    localities: tuple[Locality, ...]
    codes: CodeSet
    today: date

    @property
    def is_code_release_stale(self) -> bool:
        """Whether today lies behind the last release of diagnosis codes."""
        return self.today > self.codes.checked_until


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """A preview, and what keeps it from being loaded."""

    preview: TablePreview
    problems: tuple[Problem, ...]


def read_table_list(workspace: Workspace) -> TableList:
    workspace.require(Permission.SEE_BILLING)
    with workspace.database.read() as session:
        loaded = stored_tables.everything(session)
        tables = tables_of(workspace)
    today = workspace.today()
    known = {row.key: row for table in reversed(tables.localities) for row in table.rows}
    return TableList(
        years=years_of_rates(tables.rates, tables.localities, today=today),
        loaded=loaded,
        localities=tuple(sorted(known.values(), key=lambda each: (each.state, each.name))),
        codes=codes_of(workspace),
        today=today,
    )


def check_table(
    workspace: Workspace, file: Path, kind: TableKind, *, choices: TableChoices | None = None
) -> CheckedTable:
    """Read a file and say how it was understood. Nothing is stored."""
    workspace.require(Permission.SET_UP_CHARGES)
    chosen = choices or TableChoices()
    if kind is TableKind.RATES:
        preview = read_rvu(file, chosen, codes=_known_codes())
    elif kind is TableKind.LOCALITIES:
        preview = read_gpci(file, chosen)
    else:
        preview = _with_endings(read_icd(file, chosen), codes_of(workspace))
    with workspace.database.read() as session:
        tables = tuple(each.table for each in stored_tables.everything(session))
    return CheckedTable(preview, tuple(preview.problems(tables)))


def _with_endings(preview: TablePreview, codes: CodeSet) -> TablePreview:
    """Add what the release would end: nobody should learn it from a bill that is stopped."""
    ended = ending_words(codes, parse_release(preview.name, preview.valid, preview.content))
    return replace(preview, remarks=(*preview.remarks, ended)) if ended else preview


def load_table(workspace: Workspace, preview: TablePreview) -> Change:
    """Store what was previewed. From its first day on it comes before what was there."""
    workspace.require(Permission.SET_UP_CHARGES)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        if not stored_tables.exists(session, preview.id):
            tables = tuple(each.table for each in stored_tables.everything(session))
            if found := tuple(preview.problems(tables)):
                raise Refused(*found)
            stored_tables.add(session, preview, stamp)
            audit.write(session, stamp, audit.created("billing_table.loaded", preview.id))
    return Change(TOUCHES, preview.id)


def withdraw_table(workspace: Workspace, table_id: str, *, reason: str) -> Change:
    """Use a table no more. Bills that were issued keep the amounts they have."""
    workspace.require(Permission.SET_UP_CHARGES)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        stored_tables.withdraw(session, table_id, workspace.stamp(), reason=reason)
        note = audit.voided("billing_table.withdrawn", table_id, reason=reason)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, table_id)


def find_localities(workspace: Workspace) -> tuple[Locality, ...]:
    """Give every locality that is loaded, in the order of states, to choose the practice's."""
    workspace.require(Permission.SEE_BILLING)
    known = {row.key: row for table in reversed(localities_of(workspace)) for row in table.rows}
    return tuple(sorted(known.values(), key=lambda each: (each.state, each.name)))


def _known_codes() -> frozenset[str]:
    """Give the codes whose rates are kept: those of the catalogue, and those shipped with rates."""
    tables = load_tables()
    priced = {row.code for table in tables.rates for row in table.rows}
    return frozenset(priced | {each.code for each in tables.codes.codes})
