"""Where an episode stands, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.standing import standing_of
from tests.builders import TODAY, a_course, a_row


def test_the_newest_score_with_what_it_is_compared_with() -> None:
    standing = standing_of(a_row(phq9=a_course(18, 14, 12, first_on=date(2026, 10, 20))))

    assert (standing.scale, standing.number, standing.is_stale) == ("PHQ-9", "12", False)
    assert standing.newest_words == "PHQ-9 12, moderate, on Nov 17, 2026"
    assert standing.course_words == (
        "moderate on Nov 17, 2026 · previous 14 on Nov 3, 2026 · "
        "baseline 18 on Oct 20, 2026 · −6 (−33 %)"
    )
    assert [verdict.of.name for verdict in standing.verdicts] == [
        "Bao/NYS target",
        "HEDIS response",
        "SCOPE treatment response",
        "Remission",
    ]


def test_a_stale_score_says_how_old_it_is() -> None:
    row = a_row(18, 14, 12)

    standing = standing_of(row)
    closed = standing_of(replace(row, status=EpisodeStatus.CLOSED, closed_on=TODAY))

    assert standing.is_stale
    assert standing.course_words.startswith("moderate on Oct 2, 2026, 49 days ago · ")
    assert not closed.is_stale


def test_a_baseline_alone_is_judged_by_nothing() -> None:
    standing = standing_of(a_row(phq9=a_course(18, first_on=TODAY)))

    assert standing.course_words == "moderately severe on Nov 20, 2026"
    assert standing.verdicts == ()


def test_a_score_before_the_start_is_no_baseline() -> None:
    standing = standing_of(a_row(phq9=a_course(18, enrolled_on=None)))

    assert standing.course_words.endswith("no baseline")


def test_without_a_score_it_says_so() -> None:
    standing = standing_of(a_row(phq9=a_course()))

    assert (standing.number, standing.course_words) == ("—", "No PHQ-9 yet")
    assert standing.newest_words == "No PHQ-9 yet"
