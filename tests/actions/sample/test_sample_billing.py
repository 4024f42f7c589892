"""The billing of the sample clinic: every state is there, and each month is told alike."""

from __future__ import annotations

from dataclasses import replace

from cocm_desktop.actions.superbill import read_billing_month, read_superbill
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.service_month import ServiceMonth

SEPTEMBER, OCTOBER, NOVEMBER = (ServiceMonth(2026, month) for month in (9, 10, 11))


def test_months_are_paid_denied_sent_issued_and_open(clinic: Workspace) -> None:
    told = {month: read_billing_month(clinic, month) for month in (SEPTEMBER, OCTOBER, NOVEMBER)}

    states = {month: set(found.states.values()) for month, found in told.items()}
    assert states == {
        SEPTEMBER: {MonthState.PAID, MonthState.DENIED, MonthState.NOT_READY},
        OCTOBER: {MonthState.SENT, MonthState.ISSUED, MonthState.READY, MonthState.NOT_READY},
        NOVEMBER: {MonthState.NOT_READY},
    }
    assert [found.is_closed for found in told.values()] == [True, True, False]
    assert len(told[OCTOBER].billable) >= 30


def test_a_month_read_for_everybody_says_the_same_as_for_one(clinic: Workspace) -> None:
    found = read_billing_month(clinic, NOVEMBER).superbills

    for bill in found[::9]:
        alone = read_superbill(clinic, bill.patient.id, NOVEMBER)
        assert replace(alone, id=bill.id) == bill
