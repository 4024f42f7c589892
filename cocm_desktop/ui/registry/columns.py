"""The columns of the registry: what each says, how it sorts, how it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.instrument import Band
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.outcome import Course
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_priority import Section, reasons_for
from cocm_desktop.domain.wording import NOTHING, count_of, days_ago, long_date

NO_WORDS = ""


class Look(Enum):
    """How a cell is drawn. All but the first two are painted by a delegate."""

    PLAIN = "plain"
    QUIET = "quiet"
    NAME = "name"
    SCORE = "score"
    TREND = "trend"
    DUE = "due"
    MINUTES = "minutes"
    FLAGS = "flags"


@dataclass(frozen=True, slots=True)
class Column:
    """`sort` gives None for a blank, which stays last; `orders` names both directions."""

    key: str
    title: str
    text: Callable[[RegistryRow], str]
    sort: Callable[[RegistryRow], Any]
    orders: tuple[str, str]
    look: Look = Look.PLAIN
    is_number: bool = False
    starts_descending: bool = False
    tip: Callable[[RegistryRow], str] = lambda _row: NO_WORDS
    spoken: Callable[[RegistryRow], str] = lambda _row: NO_WORDS
    explained: str = ""
    sample: str = ""
    """The longest text to be expected, so that a column does not move with what it shows."""

    def read_aloud(self, row: RegistryRow) -> str:
        """Give the whole cell in words, for whoever does not see it."""
        return f"{self.title}: {self.spoken(row) or self.text(row)}"


def _number(value: int | None) -> str:
    return NOTHING if value is None else str(value)


def _total(score: Score | None) -> int | None:
    return score.total if score else None


def _score_words(score: Score | None, band: Band | None, row: RegistryRow) -> str:
    if score is None or band is None:
        return "no score"
    when = f"{long_date(score.taken_on)}, {days_ago(score.taken_on, row.today)}"
    return f"{score.total}, {band.name.lower()}, {when}"


def _chip_text(score: Score | None, band: Band | None) -> str:
    return f"{score.total} {band.short}" if score and band else NOTHING


def _baseline_tip(course: Course) -> str:
    if course.baseline is None:
        return "No score since the initial assessment."
    return f"Baseline of {long_date(course.baseline.taken_on)}"


def _change_tip(row: RegistryRow) -> str:
    if row.phq9.change is None:
        return "No score after the baseline."
    return f"From the baseline to the last score. {row.trajectory.value}."


def _trend_words(row: RegistryRow) -> str:
    totals = [str(score.total) for score in row.phq9.scores]
    return f"{', '.join(totals)}; remission below {row.phq9.remission_below}" if totals else "none"


def _contact_text(row: RegistryRow) -> str:
    if row.last_contact_on is not None:
        return days_ago(row.last_contact_on, row.today)
    return "never" if row.is_open else NOTHING


def _contact_tip(row: RegistryRow) -> str:
    reached = f"Reached {long_date(row.last_contact_on)}" if row.last_contact_on else "Not reached"
    if row.last_attempt_on and row.last_attempt_on > (row.last_contact_on or row.last_attempt_on):
        return f"{reached}; last tried {long_date(row.last_attempt_on)}"
    return reached


def _due_tip(row: RegistryRow) -> str:
    if row.next_due is None:
        return NO_WORDS
    return f"{row.next_due.title} due {long_date(row.next_due.on)}"


def _due_spoken(row: RegistryRow) -> str:
    if row.next_due is None:
        return NO_WORDS
    return f"{row.next_due.words(row.today)}, {_due_tip(row)}"


def has_minutes(row: RegistryRow) -> bool:
    """Tell whether the month's minutes say anything of this patient."""
    return row.episode_id is not None and (row.is_open or row.seconds_this_month > 0)


def _minutes_text(row: RegistryRow) -> str:
    if not has_minutes(row):
        return NOTHING
    return f"{row.minutes_this_month} / {row.next_code.at_minute}"


def _minutes_tip(row: RegistryRow) -> str:
    if not has_minutes(row):
        return NO_WORDS
    reached = ", ".join(code.code for code in row.reached_codes) or "no code"
    counted = count_of(row.minutes_this_month, "minute")
    return (
        f"{counted} counted this month, {reached} reached; "
        f"{row.next_code.code} at {row.next_code.at_minute}"
    )


class Flag(Enum):
    """The tags of a row; the value is the word on screen."""

    SAFETY = "Safety"
    QUESTION = "Question"


def flags_of(row: RegistryRow) -> tuple[Flag, ...]:
    raised = ((Flag.SAFETY, row.has_safety_open), (Flag.QUESTION, bool(row.question)))
    return tuple(flag for flag, is_raised in raised if is_raised)


def _flags_sort(row: RegistryRow) -> int | None:
    flags = flags_of(row)
    return sum(len(Flag) - list(Flag).index(flag) for flag in flags) or None


def _flags_tip(row: RegistryRow) -> str:
    lines = []
    if row.has_safety_open:
        lines.append(f"Answer {row.safety_answer} on item 9, not yet closed.")
    if row.question:
        lines.append(f"Question for the consultant: {row.question}")
    return "\n".join(lines)


def _why(row: RegistryRow) -> str:
    return next((reason.short for reason in reasons_for(row)), NO_WORDS)


def _why_tip(row: RegistryRow) -> str:
    return "\n".join(f"{reason.words} (rule {reason.rule})" for reason in reasons_for(row))


def _why_sort(row: RegistryRow) -> tuple[int, int] | None:
    reason = next(reasons_for(row), None)
    return (list(Section).index(reason.section), -(row.weeks or 0)) if reason else None


COLUMNS = (
    Column(
        "patient",
        "Patient",
        lambda row: row.name,
        lambda row: row.sort_name,
        ("by name", "by name, Z to A"),
        Look.NAME,
        tip=lambda row: f"Born {long_date(row.born_on)}, {row.age} y",
        spoken=lambda row: f"{row.name}, born {long_date(row.born_on)}",
    ),
    Column(
        "age",
        "Age",
        lambda row: str(row.age),
        lambda row: row.born_on.toordinal() * -1,
        ("youngest first", "oldest first"),
        Look.QUIET,
        is_number=True,
        tip=lambda row: f"Born {long_date(row.born_on)}",
    ),
    Column(
        "now",
        "PHQ-9 now",
        lambda row: _chip_text(row.phq9.last, row.phq9_band),
        lambda row: _total(row.phq9.last),
        ("lowest PHQ-9 first", "highest PHQ-9 first"),
        Look.SCORE,
        starts_descending=True,
        tip=lambda row: _score_words(row.phq9.last, row.phq9_band, row),
        spoken=lambda row: _score_words(row.phq9.last, row.phq9_band, row),
    ),
    Column(
        "change",
        "Change",
        lambda row: row.phq9.change_words,
        lambda row: row.phq9.change,
        ("best change first", "worst change first"),
        is_number=True,
        starts_descending=True,
        tip=_change_tip,
        sample="−18 (−88 %)",
        explained="Points and percent of the baseline; less is better",
    ),
    Column(
        "trend",
        "Trend",
        lambda _row: NO_WORDS,
        lambda row: row.phq9.points_worse or None,
        ("least risen from its best first", "most risen from its best first"),
        Look.TREND,
        starts_descending=True,
        tip=lambda row: f"PHQ-9: {_trend_words(row)}",
        spoken=_trend_words,
        explained="All PHQ-9 totals of the episode, 0 to 27; dotted: remission",
    ),
    Column(
        "gad7",
        "GAD-7",
        lambda row: _number(_total(row.gad7.last)),
        lambda row: _total(row.gad7.last),
        ("lowest GAD-7 first", "highest GAD-7 first"),
        is_number=True,
        starts_descending=True,
        tip=lambda row: _score_words(row.gad7.last, row.gad7_band, row),
        spoken=lambda row: _score_words(row.gad7.last, row.gad7_band, row),
    ),
    Column(
        "weeks",
        "Weeks",
        lambda row: _number(row.weeks),
        lambda row: row.weeks,
        ("newest in treatment first", "longest in treatment first"),
        is_number=True,
        starts_descending=True,
        tip=lambda row: f"Since {long_date(row.enrolled_on)}" if row.enrolled_on else NO_WORDS,
        explained="Whole weeks since the initial assessment",
    ),
    Column(
        "contact",
        "Last contact",
        _contact_text,
        lambda row: row.last_contact_on,
        ("longest without contact first", "latest contact first"),
        tip=_contact_tip,
        sample="yesterday",
        spoken=lambda row: f"{_contact_text(row)}, {_contact_tip(row)}",
        explained="The last time the patient was reached; attempts do not count",
    ),
    Column(
        "due",
        "Next due",
        lambda row: row.next_due.words(row.today) if row.next_due else NOTHING,
        lambda row: row.next_due,
        ("next due first", "due last first"),
        Look.DUE,
        sample="Overdue 88 d",
        tip=_due_tip,
        spoken=_due_spoken,
    ),
    Column(
        "minutes",
        "Minutes",
        _minutes_text,
        lambda row: row.seconds_this_month if has_minutes(row) else None,
        ("fewest minutes first", "most minutes first"),
        Look.MINUTES,
        is_number=True,
        sample="188 / 206",
        starts_descending=True,
        tip=_minutes_tip,
        spoken=_minutes_tip,
        explained="Counted minutes this month, and the minute that reaches the next code",
    ),
    Column(
        "flags",
        "Flags",
        lambda row: ", ".join(flag.value for flag in flags_of(row)),
        _flags_sort,
        ("questions first", "safety first"),
        Look.FLAGS,
        starts_descending=True,
        tip=_flags_tip,
        spoken=lambda row: _flags_tip(row) or "none",
    ),
    Column(
        "why",
        "Review because",
        _why,
        _why_sort,
        ("in the order of the review", "in the review's order, last first"),
        Look.QUIET,
        tip=_why_tip,
        sample="Week 88, no response",
        spoken=lambda row: _why_tip(row) or "no reason",
        explained="Why the patient is on the list of the next caseload review",
    ),
    Column(
        "first",
        "PHQ-9 first",
        lambda row: _number(_total(row.phq9.baseline)),
        lambda row: _total(row.phq9.baseline),
        ("lowest baseline first", "highest baseline first"),
        Look.QUIET,
        is_number=True,
        starts_descending=True,
        tip=lambda row: _baseline_tip(row.phq9),
        explained="PHQ-9 baseline: the first score since the initial assessment",
    ),
    Column(
        "status",
        "Status",
        lambda row: row.status_words,
        lambda row: list(EpisodeStatus).index(row.status) if row.status else None,
        ("by status", "by status, closed first"),
        Look.QUIET,
    ),
    Column(
        "care_manager",
        "Care manager",
        lambda row: row.care_manager or NOTHING,
        lambda row: row.care_manager or None,
        ("by care manager", "by care manager, Z to A"),
        Look.QUIET,
    ),
)
BY_KEY = {column.key: column for column in COLUMNS}
