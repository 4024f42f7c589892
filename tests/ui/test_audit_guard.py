"""The window looks after the file behind the work, and compares papers with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from cocm_desktop.actions.anchors import current_anchor, last_checked_on
from cocm_desktop.actions.session import (
    NewClinic,
    Place,
    create_clinic,
    lock,
    new_recovery_code,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.storage.clinic_keys import KeyTools
from cocm_desktop.ui.audit_guard import AuditGuard
from cocm_desktop.ui.backup.page import BackupPage
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper_check import PaperCheckDialog
from cocm_desktop.ui.unlock.older import OlderFileDialog
from cocm_desktop.ui.work import InlineWork
from tests.actions.test_anchors import PASSWORD, clock
from tests.conftest import PRACTICE
from tests.storage.clinics import CHEAP, SharesInMemory

OWNER = StaffDraft("Ruth Ames", frozenset({Role.CARE_MANAGER}), sign_in="ruth")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    tools = KeyTools(CHEAP, SharesInMemory(), lambda: tmp_path / "state")
    place = Place(tmp_path / "clinic", clock, tools)
    made = create_clinic(place, NewClinic(PRACTICE, OWNER, PASSWORD), new_recovery_code())
    yield made
    if made.clinic is not None:
        made.clinic.close()


@pytest.fixture
def desk(workspace: Workspace) -> Desk:
    return Desk(workspace, InlineWork())


@pytest.fixture
def guard(qtbot: QtBot, desk: Desk) -> AuditGuard:
    window = QWidget()
    qtbot.addWidget(window)
    return AuditGuard(desk, window)


def alter(workspace: Workspace) -> None:
    with workspace.database.write() as session:
        session.execute(text("DROP TRIGGER tr_audit_entry_no_update"))
        session.execute(text("UPDATE audit_entry SET reason = 'x' WHERE seq = 1"))


def test_a_good_file_is_checked_whole_once_a_week_without_a_word(
    workspace: Workspace, guard: AuditGuard, desk: Desk
) -> None:
    told: list[str] = []
    desk.unavailable.connect(told.append)
    assert last_checked_on(workspace) is None

    guard.look()
    guard.keep()

    assert told == []
    assert last_checked_on(workspace) == workspace.today()


def test_a_changed_audit_is_told_in_the_message_bar(
    workspace: Workspace, guard: AuditGuard, desk: Desk
) -> None:
    told: list[str] = []
    desk.unavailable.connect(told.append)
    alter(workspace)

    guard.look()

    assert len(told) == 1
    assert told[0].startswith("Entry 1 or the order before it was changed")
    assert "Nothing was changed. Make a backup" in told[0]


def seen_newer(workspace: Workspace) -> None:
    """Let the key store have seen an entry that this file lacks."""
    assert workspace.clinic is not None
    shares = workspace.clinic.keys.tools.shares
    assert isinstance(shares, SharesInMemory)
    for name, kept in shares.kept.items():
        shares.kept[name] = (999).to_bytes(8, "big") + kept[8:]


def test_an_older_file_is_left_or_gone_on_with_for_a_reason(
    qtbot: QtBot, workspace: Workspace, guard: AuditGuard
) -> None:
    guard.keep()
    seen_newer(workspace)
    guard.look()
    window = guard.parent()
    assert isinstance(window, QWidget)
    first = window.findChildren(OlderFileDialog)[-1]
    assert "key store" in first.words.text()

    with qtbot.waitSignal(guard.lock_wanted):
        first.leave.click()
    guard.look()
    second = window.findChildren(OlderFileDialog)[-1]
    second.reason.setText("The disk burned")
    second.go_on.click()
    shown = len(window.findChildren(OlderFileDialog))
    guard.look()

    assert len(window.findChildren(OlderFileDialog)) == shown
    with workspace.database.read() as session:
        codes = session.execute(text("SELECT code FROM audit_entry")).scalars().all()
    assert "audit.older_accepted" in codes


def test_who_may_not_accept_an_older_file_is_asked_again(
    workspace: Workspace, qtbot: QtBot
) -> None:
    staff = replace(workspace.staff, roles=frozenset({Role.BILLER}))
    window = QWidget()
    qtbot.addWidget(window)
    guard = AuditGuard(Desk(replace(workspace, staff=staff), InlineWork()), window)
    guard.keep()
    seen_newer(workspace)
    guard.look()

    dialog = window.findChildren(OlderFileDialog)[-1]
    dialog.reason.setText("I want to")
    dialog.go_on.click()

    assert "not an administrator" in window.findChildren(OlderFileDialog)[-1].words.text()


def test_a_paper_can_be_checked_beside_the_backups(qtbot: QtBot, desk: Desk) -> None:
    page = BackupPage(desk)
    qtbot.addWidget(page)

    page.check_paper.click()

    assert page.findChild(PaperCheckDialog) is not None


def test_a_paper_is_compared_with_the_file(qtbot: QtBot, workspace: Workspace, desk: Desk) -> None:
    dialog = PaperCheckDialog(desk)
    qtbot.addWidget(dialog)
    anchor = current_anchor(workspace)
    compare = partial(dialog.save.click)

    dialog.anchor.setText("nothing of the kind")
    compare()
    refused = dialog.problems.text()
    dialog.anchor.setText(anchor)
    compare()
    held = dialog.answer.text()
    dialog.anchor.setText("A:999-00000000")
    compare()

    assert anchor in dialog.now.text()
    assert "foot of the page" in refused
    assert held.startswith("This file holds entry")
    assert "ends before that paper was printed" in dialog.answer.text()
    lock(workspace)
