"""The diagnosis codes: those that came with the program, and the releases a practice loaded."""

from __future__ import annotations

from functools import cache, lru_cache

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.billing_table import BillingTable, TableKind
from cocm_desktop.domain.diagnosis_code import CodeSet
from cocm_desktop.domain.icd_release import IcdRelease, with_releases
from cocm_desktop.exchange.code_file import read_codes
from cocm_desktop.exchange.icd_file import parse_release
from cocm_desktop.paths import resources
from cocm_desktop.storage import billing_table as stored_tables


@cache
def load_codes() -> CodeSet:
    """Read and check the list that came with the program, once."""
    return read_codes(resources() / "icd10cm" / "behavioral.json")


def codes_of(workspace: Workspace) -> CodeSet:
    """Give the codes of a clinic: the program's, with the releases that the practice loaded."""
    return _laid_over(releases_of(workspace))


def releases_of(workspace: Workspace) -> tuple[IcdRelease, ...]:
    """Give the releases that the practice loaded, the newest first."""
    with workspace.database.read() as session:
        return tuple(
            stored_tables.parsed(session, loaded.table, _release)
            for loaded in stored_tables.everything(session)
            if loaded.table.kind is TableKind.DIAGNOSES
        )


@lru_cache(maxsize=4)
def _laid_over(releases: tuple[IcdRelease, ...]) -> CodeSet:
    return with_releases(load_codes(), releases)


def _release(table: BillingTable, content: bytes) -> IcdRelease:
    return parse_release(table.name, table.valid, content)
