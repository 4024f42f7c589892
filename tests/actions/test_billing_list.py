from __future__ import annotations

from datetime import date

from cocm_desktop.actions.billing_list import read_billing_list
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.month_list import ASKED_OF_EVERY_ROW
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.service_month import ServiceMonth
from tests.actions.work import worked

NOVEMBER = ServiceMonth(2026, 11)


def test_a_month_is_worked_out_before_a_window_shows_it(
    workspace: Workspace, maria: EpisodeId
) -> None:
    worked(workspace, maria, date(2026, 11, 3), minutes=40)

    listed = read_billing_list(workspace, NOVEMBER)

    [row] = listed.rows
    assert row.bill is listed.month.superbills[0]
    assert row.is_open
    assert set(ASKED_OF_EVERY_ROW) <= set(vars(row))
