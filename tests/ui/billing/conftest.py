"""A caseload of three at the billing screen: while the month is open, when it is over, issued."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.practice import record_fee
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.ui.billing.screen import BillingScreen
from tests.actions.billing import (
    DECEMBER_2,
    issued,
    on_record,
)
from tests.actions.work import at, worked
from tests.ui.billing.month import MINUTES, Patients, shown
from tests.ui.clinic import enrolled


@pytest.fixture
def patients(workspace: Workspace) -> Patients:
    """Abel lacks nothing but approval; of Bolt and Cruz nothing is on record, Cruz is short."""
    found: Patients = {}
    record_fee(workspace, "99492", cents=210_00, valid_from=date(2026, 1, 1))
    record_fee(workspace, "99493", cents=185_00, valid_from=date(2026, 1, 1))
    for number, (name, spent) in enumerate(MINUTES.items()):
        found[name], episode = enrolled(workspace, name, date(2026, 10, 1))
        if name == "Abel":
            on_record(workspace, found[name], episode)
        worked(workspace, episode, date(2026, 11, 3) + timedelta(days=number), minutes=spent)
    return found


@pytest.fixture
def screen(qtbot: QtBot, workspace: Workspace, patients: Patients) -> BillingScreen:
    """Give November while it is open."""
    assert patients
    return shown(qtbot, workspace)


@pytest.fixture
def december(workspace: Workspace) -> Workspace:
    return at(workspace, DECEMBER_2)


@pytest.fixture
def over(qtbot: QtBot, december: Workspace, patients: Patients) -> BillingScreen:
    """Give November as it is looked at in December."""
    assert patients
    return shown(qtbot, december)


@pytest.fixture
def out(
    qtbot: QtBot, december: Workspace, workspace: Workspace, patients: Patients
) -> BillingScreen:
    """Give November with Abel's superbill issued and chosen."""
    issued(workspace, patients["Abel"])
    return shown(qtbot, december, "Home")
