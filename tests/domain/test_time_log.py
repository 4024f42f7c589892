"""The log of a month: what each line says of itself, and the way to the next code."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cocm_desktop.domain.billing.check import Check, CheckId
from cocm_desktop.domain.billing.countable_time import (
    CountableTime,
    CountedTime,
    Dropped,
    DroppedTime,
)
from cocm_desktop.domain.billing.rules import CodeUnits, NextCode
from cocm_desktop.domain.ids import TimeEntryId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.time_entry import ManualReason, TimeSource
from cocm_desktop.domain.time_log import (
    Judged,
    KeptEntry,
    LogLine,
    TimeLog,
    days_left,
    history_words,
    judged_by,
    lines_of,
)
from tests.builders import BELL, a_time_entry

NOVEMBER = ServiceMonth(2026, 11)
THEN = datetime(2026, 11, 20, 16, 5, tzinfo=UTC)
OLD, NEW = TimeEntryId("old"), TimeEntryId("new")
NAMES = {BELL: "M. Bell, LCSW"}


def kept(**changes: object) -> KeptEntry:
    return KeptEntry(a_time_entry(25, **changes), THEN, BELL)


def a_line(judged: Judged | None = None, **changes: object) -> LogLine:
    return LogLine(kept(**changes), "M. Bell, LCSW", "", judged or Judged(1_500))


@pytest.mark.parametrize(
    ("judged", "state"),
    [
        (Judged(1_500), "Counted"),
        (Judged(0, "Clerical work does not count."), "Clerical work does not count."),
        (Judged(600, "Twice on the clock."), "10 minutes counted. Twice on the clock."),
    ],
)
def test_a_line_says_whether_it_counts(judged: Judged, state: str) -> None:
    assert a_line(judged).state == state


@pytest.mark.parametrize(
    ("source", "reason", "corrects", "origin"),
    [
        (TimeSource.TIMER, None, None, "Timer"),
        (TimeSource.MANUAL, ManualReason.NO_TIMER, None, "By hand"),
        (TimeSource.MANUAL, ManualReason.PAPER_NOTE, None, "By hand: From a paper note"),
        (TimeSource.TIMER, ManualReason.CORRECTION, OLD, "Timer, corrected"),
    ],
)
def test_a_line_says_where_it_comes_from(
    source: TimeSource, reason: ManualReason | None, corrects: TimeEntryId | None, origin: str
) -> None:
    assert a_line(source=source, manual_reason=reason, corrects=corrects).origin == origin


def test_a_correction_keeps_what_it_replaced_in_sight() -> None:
    voided = replace(kept(id=OLD), voided_at=THEN, voided_by=BELL, void_reason="Read 12 for 8")
    new = kept(id=NEW, corrects=OLD, note="Paper", billed_as="90834", signed_at=None)

    old_line, new_line = lines_of(
        [voided, new], {NEW: Judged(0, "Billed.")}, names=NAMES, clocks={}
    )
    log = TimeLog(NOVEMBER, (old_line, new_line), names=NAMES)

    assert (old_line.state, old_line.corrected_by) == ("Corrected: Read 12 for 8", NEW)
    assert replace(old_line, corrected_by=None).state == "Voided: Read 12 for 8"
    assert history_words(new_line, log).splitlines() == [
        "Billed · By hand, corrected · Not signed",
        "Billed as 90834",
        "In place of 25 min, Contact",
        "Paper",
    ]
    assert "Voided by M. Bell, LCSW, Nov 20, 2026 4:05 PM: Read 12" in history_words(old_line, log)
    assert log.unsigned_of(BELL) == (new_line,)


def test_the_month_tells_the_way_to_the_next_code_only_while_it_is_open() -> None:
    log = TimeLog(NOVEMBER, seconds=37 * 60 + 59, next=NextCode("99494", 76), days_left=11)

    assert (log.minutes, log.total_words) == (37, "37 of 76 min")
    assert log.next_words == "Next 99494 at 76 · 11 days left"
    assert 0.4 < log.share < 0.5
    closed = replace(log, next=None, days_left=0)
    assert (closed.total_words, closed.next_words, closed.share) == ("37 min", "", 1.0)


def test_the_codes_are_named() -> None:
    reached = (CodeUnits("99493", 1), CodeUnits("99494", 2))

    assert TimeLog(NOVEMBER, reached=reached).reached_words == "99493 + 2 × 99494"
    assert TimeLog(NOVEMBER).reached_words == "No code reached"


def test_the_first_block_is_named_and_the_others_are_counted() -> None:
    lacking = [(CheckId.B04, "No review."), (CheckId.B08, "No diagnosis."), (CheckId.W35, "Open.")]
    log = TimeLog(NOVEMBER, checks=tuple(Check(each, words) for each, words in lacking))

    assert log.blocked_words == "No review. And 1 more."
    assert TimeLog(NOVEMBER).blocked_words == ""


def test_an_entry_may_count_in_part_for_several_reasons() -> None:
    time = CountableTime(
        counted=(CountedTime("a", date(2026, 11, 5), 60),),
        dropped=(
            DroppedTime("a", 30, Dropped.OVERLAP),
            DroppedTime("b", 90, Dropped.CLERICAL),
        ),
    )

    assert judged_by(time) == {
        "a": Judged(60, Dropped.OVERLAP.value),
        "b": Judged(0, Dropped.CLERICAL.value),
    }


@pytest.mark.parametrize(
    ("today", "left"),
    [(date(2026, 11, 1), 30), (date(2026, 11, 30), 1), (date(2026, 12, 1), 0)],
)
def test_days_left_are_counted_with_today(today: date, left: int) -> None:
    assert days_left(NOVEMBER, today) == left
