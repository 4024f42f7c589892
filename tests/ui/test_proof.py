"""The password typed once more: asked for by itself, and then what was wanted goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.session import lock
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.errors import CocmError, ProofWanted
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.proof_dialog import ProofAsker, ProofDialog
from cocm_desktop.ui.work import InlineWork
from tests.ui.callbacks import never
from tests.ui.doors import NOW, PASSWORD, DoorOf, make
from tests.ui.hands import dialog_of


@pytest.fixture
def later(tmp_path: Path) -> Iterator[Workspace]:
    """A clinic whose owner signed in six minutes ago."""
    door = DoorOf(tmp_path / "clinic", NOW)
    workspace = make(door)
    yield replace(workspace, now=lambda: NOW + timedelta(minutes=6))
    lock(workspace)


@pytest.fixture
def asking(qtbot: QtBot, later: Workspace, window: QWidget) -> Desk:
    desk = Desk(later, InlineWork())
    desk.ask_for_proof = ProofAsker(desk, window).ask
    return desk


def far_reaching(workspace: Workspace) -> Change:
    workspace.require_proof()
    return Change(Topic.STAFF, "done")


def test_the_dialog_opens_and_what_was_wanted_goes_on(asking: Desk) -> None:
    done: list[str] = []

    asking.do(far_reaching, done=lambda: done.append("done"), refused=never)
    dialog = dialog_of(ProofDialog)
    dialog.password.entry.setText("not the password")
    dialog.save.click()
    wrong, left = dialog.problems.text(), dialog.password.text()
    dialog.password.entry.setText(PASSWORD)
    dialog.save.click()

    assert "Maya Bell" in dialog.words.text()
    assert wrong == "The password is wrong. Nothing was done. Try again."
    assert left == ""
    assert done == ["done"]
    assert not dialog.isVisible()


def test_who_gives_up_is_told_that_nothing_was_stored(asking: Desk) -> None:
    told: list[CocmError] = []

    asking.do(far_reaching, done=never, refused=told.append)
    dialog_of(ProofDialog).cancel.click()

    [refusal] = told
    assert isinstance(refusal, ProofWanted)
    assert "Nothing was stored" in str(refusal)


def test_a_desk_without_a_window_refuses_in_words(later: Workspace) -> None:
    told: list[CocmError] = []

    Desk(later, InlineWork()).read(far_reaching, never, failed=told.append)

    assert isinstance(told[0], ProofWanted)
