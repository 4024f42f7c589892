"""A clinic that can only be read says so on every screen, and what is typed is refused in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.storage.read_only import NOTICE
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.opening_bar import OpeningBar
from cocm_desktop.ui.work import InlineWork
from tests.storage.clinics import create, folder_at


def test_where_nothing_was_found_nothing_is_said(qtbot: QtBot, workspace: Workspace) -> None:
    bar = OpeningBar(Desk(workspace, InlineWork()))
    qtbot.addWidget(bar)

    assert bar.isHidden()


def test_a_clinic_that_can_only_be_read_says_so(
    qtbot: QtBot, workspace: Workspace, tmp_path: Path
) -> None:
    with create(folder_at(tmp_path / "clinic")) as clinic:
        opened = replace(workspace, clinic=replace(clinic, notices=(NOTICE,)))
        bar = OpeningBar(Desk(opened, InlineWork()))
        qtbot.addWidget(bar)

    assert not bar.isHidden()
    assert "reading only" in bar.words.text()
    assert bar.accessibleName() == bar.words.text()
