"""What it costs to look at a patient beside the table."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import cycle

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.registry.peek import PeekPanel
from cocm_desktop.ui.theme import Scheme, apply_theme
from cocm_desktop.ui.work import InlineWork
from tests.bench.figures import Figure, median_of

ROWS = 20
HEIGHT = 640
MS = 1_000


def peeking(workspace: Workspace, rows: Sequence[RegistryRow]) -> Iterator[Figure]:
    """Show one patient after another and paint each, as when the arrow keys travel."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, Scheme.LIGHT)
    panel = PeekPanel(Desk(workspace, InlineWork()))
    panel.resize(panel.width(), HEIGHT)
    following = cycle(rows[:ROWS])

    def step() -> None:
        panel.show_patient(next(following))
        panel.grab()

    yield Figure("  the peek follows a key", median_of(ROWS, step) * MS, "ms", 60, "painted")
    panel.deleteLater()
