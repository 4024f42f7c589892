"""What a cell of the registry says: in the table, in its tooltip, read aloud, in an export."""

from __future__ import annotations

from datetime import date
from enum import Enum

from cocm_desktop.domain.due_item import F_CONTACT, F_MEASURE, SAID_FIRST
from cocm_desktop.domain.instrument import Band
from cocm_desktop.domain.measure import ALONE_MARK, ALONE_WORDS, Score
from cocm_desktop.domain.outcome import Course
from cocm_desktop.domain.outcome_sets import verdicts
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.wording import NOTHING, count_of, days_ago, long_date, short_date

NO_WORDS = ""
SAID_AS_DUE = frozenset({F_CONTACT, F_MEASURE})


def number(value: int | None) -> str:
    return NOTHING if value is None else str(value)


def marked(score: Score | None) -> str:
    return score.marked if score else NOTHING


def total(score: Score | None) -> int | None:
    return score.total if score else None


def score_words(score: Score | None, band: Band | None, row: RegistryRow) -> str:
    if score is None or band is None:
        return "no score"
    when = f"{long_date(score.taken_on)}, {days_ago(score.taken_on, row.today)}"
    return f"{score.total}{score.alone_words}, {band.name.lower()}, {when}"


def chip_text(score: Score | None, band: Band | None) -> str:
    return f"{score.marked} {band.short}" if score and band else NOTHING


def baseline_tip(course: Course) -> str:
    if course.baseline is None:
        return "No score since the initial assessment."
    return f"Baseline of {long_date(course.baseline.taken_on)}{course.baseline.alone_words}"


def change_tip(row: RegistryRow) -> str:
    if row.phq9.change is None:
        return "No score after the baseline."
    return f"From the baseline to the last score. {row.trajectory.value}."


def trend_words(row: RegistryRow) -> str:
    totals = [score.marked for score in row.phq9.scores]
    if not totals:
        return "none"
    alone = any(score.is_total_alone for score in row.phq9.scores)
    note = f"; {ALONE_MARK} {ALONE_WORDS}" if alone else ""
    return f"{', '.join(totals)}; remission below {row.phq9.remission_below}{note}"


def contact_text(row: RegistryRow) -> str:
    if row.last_contact_on is not None:
        return days_ago(row.last_contact_on, row.today)
    return "never" if row.is_open else NOTHING


def contact_tip(row: RegistryRow) -> str:
    reached = f"Reached {long_date(row.last_contact_on)}" if row.last_contact_on else "Not reached"
    if row.last_attempt_on and row.last_attempt_on > (row.last_contact_on or row.last_attempt_on):
        return f"{reached}; last tried {long_date(row.last_attempt_on)}"
    return reached


def due_tip(row: RegistryRow) -> str:
    if row.next_due is None:
        return NO_WORDS
    return f"{row.next_due.title} due {long_date(row.next_due.on)}"


def due_spoken(row: RegistryRow) -> str:
    if row.next_due is None:
        return NO_WORDS
    return f"{row.next_due.words(row.today)}, {due_tip(row)}"


def has_minutes(row: RegistryRow) -> bool:
    """Tell whether the month's minutes say anything of this patient."""
    return row.episode_id is not None and (row.is_open or row.seconds_this_month > 0)


def minutes_text(row: RegistryRow) -> str:
    if not has_minutes(row):
        return NOTHING
    return f"{row.minutes_this_month} / {row.next_code.at_minute}"


def minutes_tip(row: RegistryRow) -> str:
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


def flags_sort(row: RegistryRow) -> int | None:
    flags = flags_of(row)
    return sum(len(Flag) - list(Flag).index(flag) for flag in flags) or None


def flags_tip(row: RegistryRow) -> str:
    lines = []
    if row.has_safety_open:
        lines.append(f"{row.safety_words}.")
    if row.question:
        lines.append(f"Question for the consultant: {row.question}")
    return "\n".join(lines)


def why(row: RegistryRow) -> str:
    """Say the first reason why the patient is due, and how many others there are."""
    if not row.due_now:
        return NO_WORDS
    first, others = row.due_now[0], len(row.due_now) - 1
    words = f"{first.short} due" if first.rule in SAID_AS_DUE else first.short
    return f"{words} +{others}" if others else words


def why_tip(row: RegistryRow) -> str:
    return "\n".join(f"{item.rule.title}: {item.words}" for item in row.due_now)


def why_sort(row: RegistryRow) -> tuple[int, date] | None:
    if not row.due_now:
        return None
    first = row.due_now[0]
    return (SAID_FIRST[first.rule], first.due_on)


def day_of(day: date | None) -> str:
    return short_date(day) if day else NOTHING


def primary_now(row: RegistryRow) -> str:
    last = row.primary.last
    return f"{row.primary_instrument.id} {last.marked}" if last else NOTHING


def primary_band(row: RegistryRow) -> Band | None:
    last = row.primary.last
    return row.primary_instrument.band_of(last.total) if last else None


def outcome(row: RegistryRow) -> str:
    """Where the primary scale stands; each of the words names its own definition."""
    return row.primary.trajectory.value if row.episode_id else NOTHING


def outcome_tip(row: RegistryRow) -> str:
    """Each named definition and whether it is reached: none is simply called better."""
    found = verdicts(row.primary, row.primary_instrument.id)
    return "\n".join(
        f"{each.of.title}: {'reached' if each.is_met else 'not reached'} ({each.rule})"
        for each in found
    )


def safety_words(row: RegistryRow) -> str:
    return row.safety_words or NO_WORDS
