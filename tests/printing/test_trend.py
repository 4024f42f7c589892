from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from typing_extensions import override

from cocm_desktop.domain.contact import ContactOutcome
from cocm_desktop.domain.dates import add_months
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.outcome import course_of
from cocm_desktop.domain.score_picture import score_picture
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.trend import TrendChart
from cocm_desktop.printing.typesetting import Pen
from tests.builders import (
    ENROLLED_ON,
    TODAY,
    a_case_review,
    a_chart,
    a_contact_with_minutes,
    a_course,
    a_measure,
    a_medication,
    a_phase,
    a_row,
    load_instrument,
    phq9,
    scores,
)

SIZE = (300.0, 160.0)
LEFT, TOP = 100.0, 700.0


class Watched(Pen):
    """A pen that tells which points and which words it drew, and where."""

    def __init__(self) -> None:
        fonts.face(fonts.REGULAR)
        super().__init__(BytesIO())
        self.dots: list[tuple[float, float]] = []
        self.boxes: list[tuple[float, float]] = []
        self.words: dict[str, tuple[float, float]] = {}

    @override
    def circle(self, x_cen: float, y_cen: float, r: float, *args: Any, **kwargs: Any) -> None:
        self.dots.append((x_cen, y_cen))
        super().circle(x_cen, y_cen, r, *args, **kwargs)

    @override
    def write(self, words: str, at: tuple[float, float], **kwargs: Any) -> None:
        self.words[words] = at
        super().write(words, at, **kwargs)

    @override
    def drawString(self, x: float, y: float, text: str, *args: Any, **kwargs: Any) -> None:
        self.words[text] = (x, y)
        super().drawString(x, y, text, *args, **kwargs)


def chart_of(*totals: int, anxiety: tuple[int, ...] = (), **changes: Any) -> TrendChart:
    return chart_with(scores(*totals), scores(*anxiety, critical=None), **changes)


def chart_with(mood: Sequence[Score], anxiety: Sequence[Score] = (), **changes: Any) -> TrendChart:
    enrolled_on = mood[0].taken_on if mood else TODAY
    phq9_course, gad7_course = (
        course_of(each, enrolled_on=enrolled_on, remission_below=5) for each in (mood, anxiety)
    )
    row = a_row(phq9=phq9_course, gad7=gad7_course)
    return TrendChart(score_picture(a_chart(row, **{"contacts": (), **changes})), *SIZE)


def drawn(chart: TrendChart) -> Watched:
    pen = Watched()
    chart.draw(pen, LEFT, TOP)
    return pen


def test_each_score_is_a_point_at_its_day_and_height() -> None:
    pen = drawn(chart_of(27, 0, 13))

    (x0, top), (x1, bottom), (x2, middle) = pen.dots
    assert x1 - x0 == pytest.approx(x2 - x1)
    assert middle == pytest.approx(bottom + (top - bottom) * 13 / 27)


def test_nothing_is_drawn_outside_the_chart() -> None:
    chart = chart_of(27, 0, 27, 5, 9, 12, anxiety=(21, 0, 21))

    pen = drawn(chart)

    for x, y in (*pen.dots, *pen.words.values()):
        assert LEFT <= x <= LEFT + SIZE[0]
        assert TOP - SIZE[1] - 2.0 <= y <= TOP


def test_bands_have_their_words_outside_the_plot() -> None:
    pen = drawn(chart_of(14, 12))

    plot_ends = max(x for x, _ in pen.dots)
    for band in phq9().bands:
        assert pen.words[band.short][0] > plot_ends


def test_the_newest_value_is_written_beside_its_point() -> None:
    pen = drawn(chart_of(18, 14))

    x, y = pen.words["14"]
    last_x, last_y = pen.dots[-1]
    assert 0 < x - last_x < 10
    assert abs(y - last_y) < theme.LEAD.size


@pytest.mark.parametrize(
    ("totals", "side"),
    [
        pytest.param((9, 18), "above", id="the line rises to it"),
        pytest.param((18, 9), "below", id="the line falls to it"),
        pytest.param((18, 1), "above", id="no room below"),
    ],
)
def test_at_the_right_edge_the_newest_value_keeps_off_the_line(
    totals: tuple[int, int], side: str
) -> None:
    both = (*scores(totals[0], first_on=add_months(TODAY, -3)), *scores(totals[1], first_on=TODAY))
    chart = chart_with(both)

    pen = drawn(chart)

    value, point = pen.words[str(totals[1])], pen.dots[-1]
    assert value[0] < point[0]
    assert ("above" if value[1] > point[1] else "below") == side


def test_a_chart_without_scores_says_so() -> None:
    pen = drawn(chart_of())

    assert "No complete PHQ-9 in this time" in pen.words
    assert pen.dots == []


def test_item_9_and_contacts_stand_in_their_lanes_where_the_time_shows_them() -> None:
    missed = ContactOutcome.NO_ANSWER
    contacts = (
        a_contact_with_minutes(made_on=TODAY - timedelta(days=10), outcome=missed),
        a_contact_with_minutes(made_on=TODAY - timedelta(days=4000), outcome=missed),
    )
    raised = [replace(score, critical=2) for score in scores(14, 12)]

    pen = drawn(chart_with(raised, contacts=contacts))

    points, lane = pen.dots[:2], pen.dots[2:]
    assert "2" in pen.words
    assert len(lane) == 1
    assert lane[0][1] < min(y for _, y in points)


def test_medicines_and_reviews_have_lanes_of_their_own() -> None:
    chart = chart_of(
        18,
        14,
        9,
        medications=(a_medication("sertraline", ("50 mg", date(2026, 9, 5))),),
        reviews=(a_case_review(reviewed_on=date(2026, 9, 20)),),
    )

    pen = drawn(chart)

    lanes = [pen.words[name][1] for name in ("Medication", "Reviews")]
    assert "sertraline 50 mg" in pen.words
    assert lanes == sorted(lanes, reverse=True)
    assert lanes[-1] >= TOP - SIZE[1]


def test_a_stopped_medicine_and_a_review_without_recommendation_are_hollow() -> None:
    medicine = a_medication("sertraline", ("50 mg", date(2026, 9, 5)))
    stopped = replace(medicine, stopped_on=date(2026, 9, 25), stop_reason="nausea")
    review = a_case_review(reviewed_on=date(2026, 9, 20), recommendations=())

    pen = drawn(chart_of(18, 14, 9, medications=(stopped,), reviews=(review,)))

    assert "sertraline stopped" in pen.words


def test_an_incomplete_form_has_a_cross_and_no_point() -> None:
    blank = a_measure(taken_on=date(2026, 9, 10), answers=(1, 2, *[None] * 7))
    chart = chart_of(18, 14, measures=(blank,))

    assert len(drawn(chart).dots) == 2
    assert chart.picture.plots[0].trend.blanks


def test_a_square_is_never_a_score_of_the_phq9() -> None:
    pen = drawn(chart_of(18, 14, anxiety=(12, 9)))

    assert len(pen.dots) == 2


def test_three_scales_and_the_phases_find_room_in_one_chart() -> None:
    pcl5 = load_instrument(InstrumentId("PCL-5"))
    course = course_of(scores(62, 40), enrolled_on=ENROLLED_ON, remission_below=None)
    row = a_row(primary_instrument_id=pcl5.id, other_instrument=pcl5, other=course)
    day = row.phq9.scores[0].taken_on
    phases = (
        a_phase(EpisodeStatus.ACTIVE, day),
        a_phase(EpisodeStatus.ON_HOLD, day + timedelta(days=30)),
    )
    row = replace(row, phq9=a_course(18, 14, 12, alone=(0,)))
    chart = a_chart(row, phases=phases)

    pen = drawn(TrendChart(score_picture(chart), *SIZE))

    heights = [pen.words[name][1] for name in ("PCL-5 (0–80)", "PHQ-9 (0–27)", "GAD-7 (0–21)")]
    assert heights == sorted(heights, reverse=True)
    assert pen.words["Active"][1] >= TOP - SIZE[1]


def test_a_single_phase_leaves_its_room_to_the_scores() -> None:
    row = a_row()
    phases = (a_phase(EpisodeStatus.ACTIVE, row.phq9.scores[0].taken_on),)

    pen = drawn(TrendChart(score_picture(a_chart(row, phases=phases)), *SIZE))

    assert "Phase" not in pen.words


def test_a_dose_without_room_loses_whole_words_and_never_its_unit() -> None:
    row = a_row()
    began_on = row.phq9.scores[0].taken_on
    doses = (("50 mg daily", began_on), ("150 mg daily", TODAY))
    chart = a_chart(row, medications=(a_medication("sertraline", *doses),))

    pen = drawn(TrendChart(score_picture(chart), *SIZE))

    assert "150 mg" in pen.words
    assert not any(words.endswith("…") for words in pen.words)


def test_medicines_begun_on_one_day_are_told_together() -> None:
    row = a_row()
    began_on = row.phq9.scores[0].taken_on
    names = ("paroxetine", "propranolol")
    chart = a_chart(row, medications=tuple(a_medication(n, ("10 mg", began_on)) for n in names))

    pen = drawn(TrendChart(score_picture(chart), *SIZE))

    assert "paroxetine 10 mg, propranolol 10 mg" in pen.words
