"""Issued superbills and settings, ready for files of claims."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.billing_settings import BillingSettings
from cocm_desktop.domain.billing.payer import PatientCoverage, Payer
from cocm_desktop.domain.clinical_settings import SettingChange
from cocm_desktop.domain.ids import EpisodeId, PatientId, SuperbillId, new_id
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.storage import billing_settings, coverage, payer, superbill
from tests.builders import a_coverage, a_payer
from tests.conftest import EVENING
from tests.exchange.claims import JANE, SETTINGS, a_claim

NOVEMBER = ServiceMonth(2026, 11)


def filed_bill(
    workspace: Workspace, patient_id: PatientId, episode_id: EpisodeId, **changes: Any
) -> Superbill:
    """Store an issued superbill of November that makes a whole claim."""
    number = changes.pop("serial", 1)
    month = changes.pop("month", NOVEMBER if number == 1 else NOVEMBER.plus(-1))
    bill = replace(
        a_claim().superbill,
        id=SuperbillId(new_id()),
        episode_id=episode_id,
        month=month,
        number=f"2026-11-{number:04}",
        account_number=f"COCM-{122 + number:06}-202611",
        patient=replace(JANE, id=patient_id),
        issued_at=EVENING,
        **{"coverage": a_coverage(patient_id=patient_id), **changes},
    )
    with workspace.database.write() as session:
        superbill.add(session, bill, workspace.stamp())
    return bill


def payer_on_file(workspace: Workspace, **changes: Any) -> Payer:
    kept = a_payer(**changes)
    with workspace.database.write() as session:
        payer.add(session, kept, workspace.stamp())
    return kept


def covered(workspace: Workspace, patient_id: PatientId, **changes: Any) -> PatientCoverage:
    kept = a_coverage(patient_id=patient_id, **changes)
    with workspace.database.write() as session:
        coverage.add(session, kept, workspace.stamp())
    return kept


def set_up_files(workspace: Workspace, *, is_production: bool = True) -> None:
    """Choose everything that an 837P needs."""
    chosen: BillingSettings = replace(SETTINGS, is_production=is_production)
    first = workspace.today().replace(month=1, day=1)
    names = (
        *("group_taxonomy", "submitter_id", "receiver_id", "receiver_name", "contact_phone"),
        *("makes_claim_files", "is_production"),
    )
    with workspace.database.write() as session:
        for name in names:
            change = SettingChange(new_id(), name, chosen.text(name), first, workspace.now())
            billing_settings.add(session, change, workspace.stamp())
