"""The parts of the registry through which F6 goes."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.registry.screen import RegistryScreen
from tests.ui.hands import Key, press


@pytest.fixture
def caseload(qtbot: QtBot, desk: Desk, maria: EpisodeId) -> RegistryScreen:
    """One patient's row, the cursor in the table."""
    assert maria
    screen = RegistryScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1178, 640)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    return screen


def test_the_cursor_goes_on_to_the_side_peek_only_while_it_is_open(
    caseload: RegistryScreen,
) -> None:
    caseload.table.setFocus()
    without = caseload.next_part()

    press(caseload.table, Key.Key_Space)
    with_peek = caseload.next_part()

    assert (without, with_peek) == (False, True)
    assert caseload.peek.chart.hasFocus()
    assert not caseload.next_part()
