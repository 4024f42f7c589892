"""A billing month as a list: its superbills as rows, with everything a table asks of them."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.actions.superbill import BillingMonth, read_billing_month
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.month_list import month_rows, work_out
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.service_month import ServiceMonth


@dataclass(frozen=True, slots=True)
class BillingList:
    """A month and its rows, by name."""

    month: BillingMonth
    rows: tuple[MonthRow, ...]


def read_billing_list(workspace: Workspace, month: ServiceMonth) -> BillingList:
    """Give everybody on whom time was spent in the month, as rows whose values are worked out."""
    found = read_billing_month(workspace, month)
    rows = month_rows(
        found.superbills,
        today=workspace.today(),
        steps=found.steps,
        is_closed=found.is_closed,
    )
    return BillingList(found, work_out(rows))
