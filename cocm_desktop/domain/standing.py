"""Where an episode stands on the scale it is judged by, in words and with every definition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cocm_desktop.domain.outcome import Course
from cocm_desktop.domain.outcome_sets import Verdict, verdicts
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.wording import NOTHING, count_of, long_date


@dataclass(frozen=True, slots=True)
class Standing:
    """`number` is the newest total, greyed where it `is_stale`; no verdict lacks its set."""

    scale: str
    number: str
    newest_words: str
    course_words: str
    is_stale: bool
    verdicts: tuple[Verdict, ...]


def standing_of(row: RegistryRow) -> Standing:
    """Say newest, previous and baseline of the primary scale, and what each set makes of them."""
    course, instrument = row.primary, row.primary_instrument
    has_changed = course.change is not None
    return Standing(
        scale=str(instrument.id),
        number=str(course.last.total) if course.last else NOTHING,
        newest_words=_newest_words(row),
        course_words=" · ".join(_course_parts(row, course)),
        is_stale=course.is_stale_on(row.today) and row.is_open,
        verdicts=verdicts(course, instrument.id) if has_changed else (),
    )


def _newest_words(row: RegistryRow) -> str:
    last = row.primary.last
    if last is None:
        return f"No {row.primary_instrument.id} yet"
    total = row.primary_instrument.words_of(last.total)
    return f"{row.primary_instrument.id} {total}{last.alone_words}, on {long_date(last.taken_on)}"


def _course_parts(row: RegistryRow, course: Course) -> Iterator[str]:
    last, previous, baseline = course.last, course.previous, course.baseline
    if last is None:
        yield f"No {row.primary_instrument.id} yet"
        return
    band = row.primary_instrument.band_of(last.total)
    age = (row.today - last.taken_on).days
    parts = (band.name.lower() if band else "", f"on {long_date(last.taken_on)}")
    stale = course.is_stale_on(row.today) and row.is_open
    ago = f", {count_of(age, 'day')} ago" if stale else ""
    yield f"{' '.join(filter(None, parts))}{last.alone_words}{ago}"
    if previous:
        yield f"previous {previous.total} on {long_date(previous.taken_on)}"
    if baseline is None:
        yield "no baseline"
    elif baseline is not last:
        yield f"baseline {baseline.total} on {long_date(baseline.taken_on)}"
        yield course.change_words
