"""Shared fixtures of the windows: the application in its theme, and a desk that works at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QWidget

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import Scheme, apply_theme
from cocm_desktop.ui.work import InlineWork
from tests.ui.timers import Bench


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """Give the application the light theme, as a clinic sees it."""
    apply_theme(qapp, Scheme.LIGHT)
    return qapp


@pytest.fixture(autouse=True)
def nothing_left_open() -> Iterator[None]:
    """Take away what a test opened: thousands of old widgets would slow down every later one.

    Only what Python made: of what Qt makes, such as a completer's list, nobody tells whether it
    has gone with its owner.
    """
    before = made_here()
    yield
    for left in made_here():
        if left not in before and shiboken6.isValid(left) and left.parentWidget() is None:
            shiboken6.delete(left)


def made_here() -> list[QWidget]:
    """Give the windows that Python made and that are still there."""
    shown = QApplication.topLevelWidgets()
    return [each for each in shown if shiboken6.createdByPython(each)]


@pytest.fixture
def desk(workspace: Workspace, qapp: QApplication) -> Desk:
    return Desk(workspace, InlineWork())


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    """Give an empty window that dialogs open over, and take them all away afterwards."""
    window = QWidget()
    window.show()
    yield window
    shiboken6.delete(window)


@pytest.fixture
def bench(
    workspace: Workspace,
    window: QWidget,
    maria: EpisodeId,
    maria_patient: PatientId,
    monkeypatch: pytest.MonkeyPatch,
) -> Bench:
    """Give a timer bar in an empty window, with a patient chosen."""
    made = Bench(workspace, window)
    monkeypatch.setattr(made.controls.watch, "tick", made.tick)
    made.controls.watch.read_again()
    made.choose(maria_patient)
    return made
