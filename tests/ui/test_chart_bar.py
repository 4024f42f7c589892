"""The bar of the chart: what stays in sight where there is little room."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.ui.chart.screen import ChartScreen
from cocm_desktop.ui.desk import Desk


@pytest.fixture
def chart(qtbot: QtBot, desk: Desk, maria_patient: PatientId, maria: EpisodeId) -> ChartScreen:
    screen = ChartScreen(desk)
    qtbot.addWidget(screen)
    screen.resize(1178, 640)
    screen.show()
    screen.show_patient(maria_patient)
    assert maria
    return screen


def test_a_narrow_chart_keeps_every_part_in_sight_and_the_buttons_that_fit(
    chart: ChartScreen,
) -> None:
    chart.resize(chart.tabs.sizeHint().width() + 220, 640)

    last = chart.tabs.tabRect(chart.tabs.count() - 1)
    assert last.right() <= chart.tabs.width()
    assert chart.contact.isVisible()
    assert not chart.flag.isVisible()
    assert [chart.tabs.tabText(5), chart.tabs.tabToolTip(5)] == ["Meds", "Meds and problems"]


def test_a_wide_chart_has_all_buttons_and_whole_names(chart: ChartScreen) -> None:
    chart.resize(700, 640)

    chart.resize(1300, 640)

    assert all(each.isVisible() for each in (chart.flag, chart.measure, chart.contact))
    assert chart.tabs.tabText(5) == "Meds and problems"
