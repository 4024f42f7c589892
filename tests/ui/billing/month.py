"""The billing screen in tests: shown, and what it says."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.ui.billing.screen import BillingScreen
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.work import InlineWork
from tests.ui.keys import press

Patients = dict[str, PatientId]
MINUTES = {"Abel": 40, "Bolt": 80, "Cruz": 9}


def shown(qtbot: QtBot, workspace: Workspace, *keys: str) -> BillingScreen:
    screen = BillingScreen(Desk(workspace, InlineWork()))
    qtbot.addWidget(screen)
    screen.resize(1178, 640)
    screen.show()
    screen.activateWindow()
    screen.take_focus()
    qtbot.waitUntil(screen.isActiveWindow)
    press(screen.view.table, *keys)
    return screen


def names(screen: BillingScreen) -> list[str]:
    return [row.bill.patient.last_name for row in screen.view.table.bills.rows]


def chosen(screen: BillingScreen) -> list[str]:
    return [row.bill.patient.last_name for row in screen.view.table.chosen]


def states(screen: BillingScreen) -> list[MonthState]:
    return [row.state for row in screen.view.rows]


def said(screen: BillingScreen) -> list[str]:
    """Give every word of the panel."""
    panel = screen.view.panel.shown
    assert panel is not None
    return [label.text() for label in panel.findChildren(Label) if label.text()]


def ways(screen: BillingScreen) -> list[str]:
    """Give the ways on that the panel offers."""
    panel = screen.view.panel.shown
    assert panel is not None
    return [button.text() for button in panel.findChildren(LinkButton)]
