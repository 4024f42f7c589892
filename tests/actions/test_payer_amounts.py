"""A payer's own amounts reach the bill: a state's schedule, and a contract of the practice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cocm_desktop.actions.billing_settings import change_billing_setting
from cocm_desktop.actions.billing_tables import load_tables
from cocm_desktop.actions.coverage import record_coverage
from cocm_desktop.actions.payer import add_payer
from cocm_desktop.actions.rule_set import put_rule_set
from cocm_desktop.actions.superbill import read_superbill
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.coverage_draft import CoverageDraft
from cocm_desktop.domain.billing.evaluation_facts import Span
from cocm_desktop.domain.billing.explanation import rate_words
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.billing.own_rule_set import RuleSetDraft
from cocm_desktop.domain.billing.payer import ClaimFiling
from cocm_desktop.domain.billing.payer_draft import PayerDraft
from cocm_desktop.domain.billing.rule_set import RuleSet, StateRate
from cocm_desktop.domain.billing.setting_list import BillingSettingDraft
from cocm_desktop.domain.billing.typed_rules import rates_typed, read_rates_typed
from cocm_desktop.domain.ids import EpisodeId, PatientId, PayerId
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.errors import Refused
from tests.actions.billing import NOVEMBER
from tests.actions.work import rows_stored, worked

CONTRACT = (StateRate("99493", 20000, 9000), StateRate("99494", 8000), StateRate("99492", 21000))


def bill_of(
    workspace: Workspace, patient_id: PatientId, rules: str, filing: ClaimFiling
) -> Superbill:
    payer = add_payer(workspace, PayerDraft("Payer", rules, filing))
    record_coverage(workspace, CoverageDraft(patient_id, PayerId(payer.record_id), "1EG4TE5MK73"))
    return read_superbill(workspace, patient_id, NOVEMBER)


@pytest.fixture
def patient_id(workspace: Workspace, maria: EpisodeId, maria_patient: PatientId) -> PatientId:
    """Give a patient with 80 minutes in a second month."""
    worked(workspace, maria, date(2026, 10, 6), minutes=40)
    worked(workspace, maria, date(2026, 11, 5), minutes=80)
    return maria_patient


def own(name: str) -> RuleSet:
    """Give rules of the practice with the amounts of a contract, after shipped ones."""
    shipped = next(each for each in load_tables().rule_sets.all() if each.id == name)
    return replace(shipped, valid=Span(date(2026, 1, 1)), state_rates=CONTRACT)


def test_a_states_schedule_reaches_the_screen(workspace: Workspace, patient_id: PatientId) -> None:
    bill = bill_of(workspace, patient_id, "MCD-NH", ClaimFiling.MEDICAID)

    row = MonthRow(bill, is_open=False)

    assert row.allowed_cents == 5397 + 2889
    assert "The state's fee schedule" in rate_words(bill)


@pytest.mark.parametrize(
    ("name", "filing"),
    [("MA", ClaimFiling.COMMERCIAL), ("BCBSND", ClaimFiling.COMMERCIAL)],
)
def test_the_amounts_of_a_contract_come_before_medicares(
    workspace: Workspace, patient_id: PatientId, name: str, filing: ClaimFiling
) -> None:
    put_rule_set(workspace, RuleSetDraft(own(name)))

    bill = bill_of(workspace, patient_id, name, filing)

    assert bill.result
    assert MonthRow(bill, is_open=False).allowed_cents == 20000 + 8000
    assert (bill.result.split, bill.result.versions.rates) == (None, "")


def test_a_facility_is_paid_its_own_amount(workspace: Workspace, patient_id: PatientId) -> None:
    change_billing_setting(
        workspace, BillingSettingDraft("place_of_service", "22", date(2026, 11, 1))
    )

    bill = bill_of(workspace, patient_id, "MCD-FL", ClaimFiling.MEDICAID)

    assert MonthRow(bill, is_open=False).allowed_cents == 6962 + 2806


def test_medicare_itself_has_no_amounts_of_its_own(workspace: Workspace) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="pays by its own fee schedule"):
        put_rule_set(workspace, RuleSetDraft(own("MCR")))

    assert rows_stored(workspace) == before


def test_amounts_are_typed_as_they_are_read() -> None:
    text = "99493 200.00 90.00\n99494 80.00\n99492 210.00"

    assert read_rates_typed(text) == CONTRACT
    assert rates_typed(CONTRACT) == text
    with pytest.raises(Refused):
        read_rates_typed("99493 1.00 2.00 3.00")
