"""The score chart: what the keyboard and the pointer read from it, and that it is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cocm_desktop.domain.contact import ContactOutcome
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.outcome import course_of
from cocm_desktop.domain.score_picture import score_picture
from cocm_desktop.ui.palette import DARK, LIGHT
from cocm_desktop.ui.theme import theme
from cocm_desktop.ui.widgets.score_chart import ScoreChart
from cocm_desktop.ui.widgets.score_chart_painter import ChartPainter, layout_of
from tests.builders import (
    ENROLLED_ON,
    a_case_review,
    a_chart,
    a_contact_with_minutes,
    a_course,
    a_measure,
    a_medication,
    a_phase,
    a_row,
    load_instrument,
    scores,
)
from tests.ui.hands import Key, ctrl, press


@pytest.fixture
def chart(qtbot: QtBot) -> ScoreChart:
    chart = ScoreChart()
    qtbot.addWidget(chart)
    chart.show_picture(score_picture(a_chart(a_row(18, 14, 12), contacts=())))
    chart.resize(600, 300)
    chart.show()
    return chart


def point_at(chart: ScoreChart, x: int) -> None:
    none = Qt.MouseButton.NoButton
    at = QPointF(x, 100)
    moved = QMouseEvent(
        QMouseEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(chart, moved)


def test_keys_step_from_score_to_score_and_stop_at_the_ends(chart: ScoreChart) -> None:
    heard: list[str] = []
    chart.stepped.connect(heard.append)

    press(chart, Key.Key_Left, Key.Key_Left, Key.Key_Right, Key.Key_Right, Key.Key_Home)
    press(chart, Key.Key_Left, Key.Key_End)

    said = [words.partition(":")[0] for words in heard]
    assert said == [
        "Oct 2, 2026",
        "Sep 18, 2026",
        "Oct 2, 2026",
        "Oct 2, 2026",
        "Sep 4, 2026",
        "Sep 4, 2026",
        "Oct 2, 2026",
    ]
    assert chart.accessibleDescription() == "Oct 2, 2026: PHQ-9 12, moderate; GAD-7 9, mild"


def test_every_day_of_the_lanes_is_read_and_ctrl_keeps_to_the_scores(chart: ScoreChart) -> None:
    raised = a_medication("sertraline", ("50 mg", ENROLLED_ON), ("100 mg", date(2026, 9, 25)))
    chart.show_picture(
        score_picture(a_chart(a_row(18, 14, 12), contacts=(), medications=(raised,)))
    )
    heard: list[str] = []
    chart.stepped.connect(heard.append)

    press(chart, Key.Key_Left, Key.Key_Left)
    ctrl(chart, Key.Key_Left)
    ctrl(chart, Key.Key_Right)

    assert [words.partition(":")[0] for words in heard] == [
        *("Oct 2, 2026", "Sep 25, 2026", "Sep 18, 2026", "Oct 2, 2026"),
    ]
    assert heard[1] == "Sep 25, 2026: sertraline changed to 100 mg"


def test_a_chart_without_a_picture_has_no_keys(qtbot: QtBot) -> None:
    empty = ScoreChart()
    qtbot.addWidget(empty)
    empty.show()

    press(empty, Key.Key_Left)

    assert empty.focused_day is None


def test_every_kind_of_mark_and_form_is_drawn(chart: ScoreChart) -> None:
    row = a_row(18, 14, 12, 9)
    days = [score.taken_on for score in row.phq9.scores]
    pcl5 = load_instrument(InstrumentId("PCL-5"))
    course = course_of(scores(62, 40), enrolled_on=ENROLLED_ON, remission_below=None)
    row = replace(row, primary_instrument_id=pcl5.id, other_instrument=pcl5, other=course)
    raised = replace(row.phq9, scores=tuple(replace(s, critical=1) for s in row.phq9.scores))
    started = ("50 mg daily", days[0])
    missed = a_contact_with_minutes(made_on=days[1], outcome=ContactOutcome.NO_ANSWER)
    full = a_chart(
        replace(row, phq9=raised),
        measures=(
            a_measure(taken_on=days[0] + timedelta(days=5), answers=(1, *[None] * 8)),
            a_measure(12, taken_on=days[2], total_only=True),
        ),
        contacts=(a_contact_with_minutes(made_on=days[0]), missed),
        medications=(a_medication("sertraline", started, stopped_on=days[2]),),
        reviews=(a_case_review(days[1]), a_case_review(days[2], recommendations=())),
        phases=(a_phase(EpisodeStatus.ACTIVE, days[0]),),
    )
    before = chart.grab().toImage()

    chart.resize(700, 520)
    chart.show_picture(score_picture(full))

    assert chart.grab().toImage() != before
    assert chart.minimumSizeHint().height() > 300


def test_other_keys_are_left_to_the_window(chart: ScoreChart) -> None:
    press(chart, Key.Key_A)

    assert chart.focused_day is None


def test_the_pointer_reads_the_nearest_score(chart: ScoreChart) -> None:
    point_at(chart, 40)
    near_the_left = chart.toolTip()
    point_at(chart, 500)

    assert near_the_left.startswith("Sep 4, 2026: PHQ-9 18")
    assert chart.toolTip().startswith("Oct 2, 2026: PHQ-9 12")


def test_a_chart_without_scores_says_so(chart: ScoreChart) -> None:
    chart.show_picture(score_picture(a_chart(a_row(phq9=a_course(), gad7=a_course()), contacts=())))

    press(chart, Key.Key_Left)
    point_at(chart, 40)

    assert chart.accessibleDescription() == "No score yet"
    assert chart.focused_day is None
    assert not chart.grab().isNull()


def test_plots_share_their_time_axis_and_stand_below_each_other(qapp: QApplication) -> None:
    picture = score_picture(a_chart(a_row(18, 14, 12, safety_answer=None)))

    layout = layout_of(picture, QRectF(0, 0, 600, 300), theme(LIGHT), is_small=False)

    first, second = layout.plots
    assert (first.left(), first.right()) == (second.left(), second.right())
    assert first.bottom() < second.top()
    assert layout.days.top() >= second.bottom()
    assert layout.lanes[-1][1].bottom() <= 300


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("size", [(240, 150), (760, 320)])
def test_every_part_is_drawn_inside_its_area(
    qapp: QApplication, palette: object, size: tuple[int, int]
) -> None:
    look = theme(DARK if palette is DARK else LIGHT)
    picture = score_picture(a_chart(a_row(27, 24, 20, 0)))
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    layout = layout_of(picture, QRectF(0, 0, *size), look, is_small=False)

    painter = QPainter(image)
    ChartPainter(painter, picture, layout, look).draw(picture.days[0])
    painter.end()

    ink = look.colour("primary").rgb()
    drawn = [x for x in range(size[0]) for y in range(size[1]) if image.pixel(x, y) == ink]
    assert drawn
    assert min(drawn) >= layout.plots[0].left() - 10
    assert max(drawn) <= layout.plots[0].right() + 10
