"""Who is due for the caseload review, and why: rules R0 to R14."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from cocm_desktop.domain.due_item import (
    R_CONSULTATION,
    R_FOLLOW_THROUGH,
    R_LONG,
    R_MONTHLY,
    R_NEW,
    R_NON_RESPONSE,
    R_PLATEAU,
    R_PREVENTION,
    R_QUESTION,
    R_RECHECK,
    R_RELAPSE,
    R_SAFETY,
    R_SAFETY_CLOSED,
    R_STEP_DOWN,
    R_WORSE,
    Days,
    DueItem,
    Said,
    item,
)
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.outcome import BAO_NYS, Course
from cocm_desktop.domain.wording import count_of, long_date

if TYPE_CHECKING:
    from cocm_desktop.domain.registry import RegistryRow

IN_TREATMENT = frozenset({EpisodeStatus.ACTIVE, EpisodeStatus.ON_HOLD})


def review_items(row: RegistryRow) -> Iterator[DueItem]:
    """Name each rule that holds or will, in the order in which the review takes them.

    An open safety task outlives its episode; every other rule is about open episodes.
    """
    yield from _safety(row)
    if not row.is_open:
        return
    if (closed_on := row.safety_unreviewed_on) and not row.has_safety_open:
        words = f"Safety task closed {long_date(closed_on)}, not reviewed since"
        on = _for_meeting(row, closed_on)
        yield item(row, R_SAFETY_CLOSED, on=on, said=Said(words, "Safety closed"))
    yield from _non_response(row)
    yield from _consultation(row)
    yield from _plateau(row)
    yield from _relapse(row)
    yield from _worse(row)
    yield from _new(row)
    if row.question:
        yield item(
            row,
            R_QUESTION,
            on=_for_meeting(row, row.today),
            said=Said("The care manager asks", "Question"),
        )
    yield from _follow_through(row)
    yield from _recheck(row)
    yield from _routine(row)
    yield from _step_down(row)
    yield from _long(row)


def _safety(row: RegistryRow) -> Iterator[DueItem]:
    if row.safety_answer is None:
        return
    asked = f"{row.safety_instrument} item {row.safety_item}".strip()
    words = f"{asked[0].upper()}{asked[1:]} answered {row.safety_answer}, not yet closed"
    short = f"Item {row.safety_item}: {row.safety_answer}, open"
    if not row.safety_item:
        words, short = "Safety task opened by hand, not yet closed", "By hand, open"
    said = Said(f"{words}{row.safety_age_words}", short)
    yield item(row, R_SAFETY, on=row.safety_since or row.today, said=said)


def recommendation_window(day: date, *, days: int) -> tuple[date, date]:
    """Give the first and last day on which a recommendation counts, both included.

    Source: NYS OMH, metric 8: the past 60 days, which for March 31 begin on January 31.
    """
    return day - timedelta(days=days - 1), day


def _for_meeting(row: RegistryRow, opened_on: date) -> Days:
    """Give the days of an item for the next review: at the latest one meeting after it began."""
    return Days(opened_on, opened_on + timedelta(days=row.settings.meeting_days))


def _reviewed_since(row: RegistryRow, day: date) -> bool:
    return row.last_review_on is not None and row.last_review_on >= day


def _is_short_of_target(row: RegistryRow) -> bool:
    """Whether a course that began high has not been shown to reach the Bao/NYS target.

    No follow-up score is no response: the patient whom nobody measures must not drop out of sight.
    """
    return row.primary.is_elevated and not row.primary.is_at_target


def _stands(row: RegistryRow, *, short_of: str) -> str:
    name = row.primary_instrument.id
    return short_of if row.primary.follow_ups else f"no {name} since the baseline"


def _target_missed(row: RegistryRow) -> str:
    missed = row.primary.criteria.missed_words if row.primary.criteria else ""
    return _stands(row, short_of=f"{row.primary_instrument.id} {missed} ({BAO_NYS})")


def _non_response_short(row: RegistryRow) -> str:
    return f"Week {row.weeks}, no {'response' if row.primary.follow_ups else 'score'}"


def _non_response(row: RegistryRow) -> Iterator[DueItem]:
    """Call for a consultation in weeks 8 to 12; one that took place from week 8 on ends it."""
    if row.enrolled_on is None or row.status not in IN_TREATMENT or not _is_short_of_target(row):
        return
    settings = row.settings
    opened_on = row.enrolled_on + timedelta(weeks=settings.non_response_week)
    if row.today < opened_on or _reviewed_since(row, opened_on):
        return
    due_on = row.enrolled_on + timedelta(weeks=settings.consultation_week)
    span = f"Week {row.weeks} of {settings.non_response_week}–{settings.consultation_week}"
    if row.today > due_on:
        span = f"Week {row.weeks}, past week {settings.consultation_week}"
    words = f"{span}, {_target_missed(row)}, no review since week {settings.non_response_week}"
    said = Said(words, _non_response_short(row))
    yield item(row, R_NON_RESPONSE, on=Days(opened_on, due_on), said=said)


def _consultation(row: RegistryRow) -> Iterator[DueItem]:
    """Name a patient who counts against the state's metric 8 today."""
    if row.enrolled_on is None or row.status not in IN_TREATMENT or not _is_short_of_target(row):
        return
    settings = row.settings
    first = row.enrolled_on + timedelta(days=settings.consultation_from_days)
    since, _ = recommendation_window(row.today, days=settings.consultation_days)
    last = row.last_review_on
    if row.today < first or (last is not None and last >= since):
        return
    ends = last + timedelta(days=settings.consultation_days) if last else first
    stands = f"the last on {long_date(last)}" if last else "none so far"
    words = (
        f"Day {(row.today - row.enrolled_on).days}, {_target_missed(row)}, no recommendation "
        f"in {settings.consultation_days} days, {stands}"
    )
    opened_on = max(first, ends)
    yield item(row, R_CONSULTATION, on=opened_on, said=Said(words, "No recommendation"))


def _plateau(row: RegistryRow) -> Iterator[DueItem]:
    """Name ten weeks on one plan without half of the baseline gone, whatever else is reached."""
    since, course = row.plan_since, row.primary
    if since is None or row.status not in IN_TREATMENT or not course.is_elevated:
        return
    opened_on = since + timedelta(weeks=row.settings.plateau_weeks)
    if row.today < opened_on or course.has_response:
        return
    weeks = (row.today - since).days // 7
    begun = "plan changed" if row.plan_changed_on == since else "initial assessment"
    half = _stands(row, short_of=f"{row.primary_instrument.id} more than half of baseline")
    plan = f"{weeks} weeks on one plan, {begun} {long_date(since)}"
    words = f"Week {row.weeks}, {half}, {plan}"
    yield item(
        row, R_PLATEAU, on=_for_meeting(row, opened_on), said=Said(words, _non_response_short(row))
    )


def _relapse(row: RegistryRow) -> Iterator[DueItem]:
    if row.status is not EpisodeStatus.RELAPSE_PREVENTION:
        return
    for name, course in (("PHQ-9", row.phq9), ("GAD-7", row.gad7)):
        last = course.last
        if last is not None and last.total >= row.settings.relapse_from:
            words = f"{name} {last.total} on {long_date(last.taken_on)}, in relapse prevention"
            short = f"{name} {last.total} in prevention"
            on = _for_meeting(row, last.taken_on)
            yield item(row, R_RELAPSE, on=on, said=Said(words, short))


def _worse(row: RegistryRow) -> Iterator[DueItem]:
    """Name a rise of the PHQ-9, until a review has looked at it."""
    course: Course = row.phq9
    points, last = course.points_worse, course.last
    if last is None or points < row.settings.worse_points or _reviewed_since(row, last.taken_on):
        return
    words = f"PHQ-9 up {points} points from its best"
    yield item(
        row, R_WORSE, on=_for_meeting(row, last.taken_on), said=Said(words, f"Worse by {points}")
    )


def _new(row: RegistryRow) -> Iterator[DueItem]:
    if row.enrolled_on is None or row.status is EpisodeStatus.ON_HOLD:
        return
    if _reviewed_since(row, row.enrolled_on) or row.enrolled_on > row.today:
        return
    weeks = row.weeks or 0
    words = f"Week {weeks}, no review since the initial assessment {long_date(row.enrolled_on)}"
    yield item(
        row,
        R_NEW,
        on=_for_meeting(row, row.enrolled_on),
        said=Said(words, f"Not reviewed, week {weeks}"),
    )


def _follow_through(row: RegistryRow) -> Iterator[DueItem]:
    """Name what was recommended, and nobody has acted on by its day."""
    if not row.overdue_recommendations:
        return
    due_on = min(row.recommendation_due_on(each) for each in row.open_recommendations)
    made_on = min(each.made_on for each in row.open_recommendations)
    number = count_of(row.overdue_recommendations, "recommendation")
    made, due = f"of {long_date(made_on)}", f"due {long_date(due_on)}"
    words = f"{number} {made} not acted on, {due}"
    if row.overdue_recommendations > 1:
        words = f"{number} not acted on, the oldest {made}, {due}"
    opened_on = due_on + timedelta(days=1)
    on = Days(opened_on, due_on)
    yield item(row, R_FOLLOW_THROUGH, on=on, said=Said(words, "Not acted on"))


def _recheck(row: RegistryRow) -> Iterator[DueItem]:
    """Name the day on which the consultant wants to look again; a review from then on ends it."""
    asked_on = row.recheck_on
    if asked_on is None or _reviewed_since(row, asked_on):
        return
    words = f"Recheck asked for {long_date(asked_on)}"
    yield item(row, R_RECHECK, on=_for_meeting(row, asked_on), said=Said(words, "Recheck"))


def _routine(row: RegistryRow) -> Iterator[DueItem]:
    """Name when the next routine review is due, also where that is later.

    The day for which the last review asked comes before the practice's interval.
    """
    if row.last_review_on is None or row.enrolled_on is None:
        return
    if not _reviewed_since(row, row.enrolled_on):
        return
    settings = row.settings
    rules = {
        EpisodeStatus.ACTIVE: (R_MONTHLY, settings.review_days),
        EpisodeStatus.RELAPSE_PREVENTION: (R_PREVENTION, settings.relapse_prevention_review_days),
    }
    found = rules.get(row.status) if row.status else None
    if found:
        rule, days = found
        due_on = row.last_review_on + timedelta(days=days)
        words = f"Last review {long_date(row.last_review_on)}"
        if row.next_review_on is not None:
            due_on = row.next_review_on
            words += f", the next one asked for {long_date(due_on)}"
        yield item(row, rule, on=due_on, said=Said(words, "Routine review"))


def _step_down(row: RegistryRow) -> Iterator[DueItem]:
    """Name remission on every scale that began high, or a response that has lasted."""
    last, name = row.primary.last, row.primary_instrument.id
    if last is None:
        return
    if row.is_in_remission:
        in_prevention = row.status is EpisodeStatus.RELAPSE_PREVENTION
        asks = "ready to graduate?" if in_prevention else "ready to step down?"
        said = Said(f"{name} below {row.primary.remission_below}: {asks}", "Step down?")
        yield item(row, R_STEP_DOWN, on=_for_meeting(row, last.taken_on), said=said)
    elif (since := _sustained_since(row)) is not None:
        words = f"{name} at most half of baseline since {long_date(since)}: ready to step down?"
        opened_on = since + timedelta(days=row.settings.sustained_days)
        on = _for_meeting(row, opened_on)
        yield item(row, R_STEP_DOWN, on=on, said=Said(words, "Step down?"))


def _sustained_since(row: RegistryRow) -> date | None:
    """Give since when a response has lasted, by scores that lie far enough apart."""
    since, last = row.primary.response_since, row.primary.last
    if since is None or last is None or row.status is not EpisodeStatus.ACTIVE:
        return None
    lasts = last.taken_on - since >= timedelta(days=row.settings.sustained_days)
    return since if lasts and row.primary.is_elevated and row.is_at_target else None


def _long(row: RegistryRow) -> Iterator[DueItem]:
    if row.enrolled_on is None:
        return
    opened_on = row.enrolled_on + timedelta(weeks=row.settings.long_episode_weeks)
    if opened_on <= row.today:
        words = f"In treatment for {row.weeks} weeks"
        yield item(
            row, R_LONG, on=_for_meeting(row, opened_on), said=Said(words, f"Week {row.weeks}")
        )
