"""What is missing before the first claim, and what the place of service means in money."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.actions.billing_tables import tables_of
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.billing_settings import BillingSettings
from cocm_desktop.domain.billing.charge_setup import Gap, SetUp
from cocm_desktop.domain.billing.codes import CODES
from cocm_desktop.domain.billing.coverage_draft import named_payers
from cocm_desktop.domain.billing.evaluation_facts import SettingFacts
from cocm_desktop.domain.billing.locality import locality_on, priced_at
from cocm_desktop.domain.billing.place_amounts import (
    PlaceAmounts,
    amounts_by_place,
    is_facility,
)
from cocm_desktop.domain.billing.rate_table import table_for
from cocm_desktop.domain.staff import Permission
from cocm_desktop.storage import billing_settings, coverage
from cocm_desktop.storage import payer as payers
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import staff as staff_members


@dataclass(frozen=True, slots=True)
class ReadSetUp:
    """What is missing, and Medicare's amounts where the practice sees its patients."""

    gaps: tuple[Gap, ...]
    place: PlaceAmounts

    @property
    def needed(self) -> int:
        """How many gaps keep a claim from going out."""
        return sum(gap.is_needed for gap in self.gaps)


def read_set_up(workspace: Workspace) -> ReadSetUp:
    workspace.require(Permission.SEE_BILLING)
    today = workspace.today()
    with workspace.database.read() as session:
        settings = billing_settings.on_day(session, today)
        known, uncovered = payers.everything(session), coverage.uncovered(session)
        amounts = _amounts(workspace, settings)
        in_facility = is_facility(settings.place_of_service)
        allowed = {
            each.code: each.facility_cents if in_facility else each.office_cents
            for each in amounts.amounts
        }
        set_up = SetUp(
            practice=practices.get(session),
            settings=settings,
            staff={member.id: member for member in staff_members.everyone(session)},
            payers=known,
            fees=practices.fees(session),
            today=today,
            allowed_cents={code: cents for code, cents in allowed.items() if cents is not None},
            patients_naming_others=sum(
                len(named.patients) for named in named_payers(uncovered, known)
            ),
            patients_without_coverage=coverage.in_care_without_payer(session),
        )
    return ReadSetUp(set_up.gaps(), amounts)


def _amounts(workspace: Workspace, settings: BillingSettings) -> PlaceAmounts:
    today, tables = workspace.today(), tables_of(workspace)
    table = table_for(tables.rates, today, is_qualifying=settings.is_qualifying_apm)
    here = locality_on(tables.localities, settings.locality, today)
    amounts = amounts_by_place(table, tuple(CODES), priced_at(SettingFacts(), here))
    rates = table.words(here.words if here else "") if table else ""
    return PlaceAmounts(settings.place_of_service, today, rates, amounts)
