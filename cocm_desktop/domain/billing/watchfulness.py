"""Warnings that stop nothing: what an auditor would ask about, and what a biller wants to know."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from cocm_desktop.domain.billing.check import Check, CheckId
from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.billing.codes import CODES, INITIAL, SUBSEQUENT
from cocm_desktop.domain.billing.conflicts import has_access_service, standing
from cocm_desktop.domain.billing.countable_time import CountableTime, Dropped, consents_of
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from cocm_desktop.domain.billing.rules import GAP_MONTHS, MonthKind, episode_months
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.wording import SECONDS_A_MINUTE, count_of, minutes_of

MONTHS_BEFORE_LONG = 12
DAYS_BEFORE_CHANGE = 56  # Source: non-response is looked at from week 8 (Bao et al. 2016).
MOST_SECONDS_A_MONTH = 5 * 60 * SECONDS_A_MINUTE
MOST_SECONDS_A_DAY = 10 * 60 * SECONDS_A_MINUTE
MOST_DAYS_LATE = 7
MANY_EQUAL = 5
REMISSION = ("F32.4", "F32.5", "F33.40", "F33.41", "F33.42", "F31.7")


def history_checks(facts: PatientMonth, kind: MonthKind, *, minutes: int) -> Iterator[Check]:
    """Look at the months before: gaps, a first month that went unbilled, a long episode."""
    earlier = sorted(each for each in set(facts.episode.service_months) if each < facts.month)
    if not earlier:
        return
    gap = facts.month.months_since(earlier[-1]) - 1
    if gap >= 1:
        words = f"{count_of(gap, 'month')} without service: {kind.value.lower()}, since"
        reason = "six whole months end an episode" if gap >= GAP_MONTHS else "six have not passed"
        yield Check(CheckId.W10, f"{words} {reason}.")
    if kind is MonthKind.INITIAL:
        return
    run = episode_months(earlier, facts.month)
    is_reached = facts.line is Line.COCM and minutes >= CODES[SUBSEQUENT].first_minute
    if is_reached and _went_without(facts, run[0]):
        words = f"The first month, {run[0]}, went without {INITIAL}; it is not made up for later."
        yield Check(CheckId.W11, words)
    # Billing rules 1.3: "month 13+" is read as months with time, not months of the calendar.
    if len(run) >= MONTHS_BEFORE_LONG:
        yield Check(CheckId.W19, f"Month {len(run) + 1} of the episode.")


def _went_without(facts: PatientMonth, first: ServiceMonth) -> bool:
    """Whether nothing but a short month was billed since the episode's first month."""
    billed = [each for each in standing(facts) if each.month >= first]
    is_first_billed = any(each.code == INITIAL and each.month == first for each in billed)
    return not is_first_billed and not any(each.code == SUBSEQUENT for each in billed)


def care_checks(facts: PatientMonth, kind: MonthKind) -> Iterator[Check]:
    """Look at what was done for the patient in the month."""
    yield from _record_checks(facts)
    # Billing rules 5: W12, W13 and W32 are asked of collaborative care only.
    if facts.line is not Line.COCM:
        return
    month, proofs = facts.month, facts.proofs
    in_month = [each for each in facts.time if month.contains(each.worked_on)]
    is_reached = any(map(month.contains, proofs.contacts))
    if not is_reached and not any(each.with_patient for each in in_month):
        yield Check(CheckId.W12, "The patient was not reached this month.")
    if kind is MonthKind.SUBSEQUENT and not any(
        month.contains(m.taken_on) for m in proofs.measures
    ):
        yield Check(CheckId.W32, "No measure was scored this month.")
    if _stands_still(facts):
        words = "Less than half of the baseline gone after eight weeks, and no change of the plan."
        yield Check(CheckId.W13, words)


def _record_checks(facts: PatientMonth) -> Iterator[Check]:
    """Look at notes, diagnoses and the payer's model, whichever service is billed."""
    in_month = [each for each in facts.time if facts.month.contains(each.worked_on)]
    earlier = set(facts.proofs.earlier_note_keys)
    if any(each.note_key and each.note_key in earlier for each in in_month):
        yield Check(CheckId.W20, "A note has the same text as one of last month.")
    codes = [each.code for each in facts.diagnoses]
    if codes and all(map(_is_in_remission, codes)):
        yield Check(CheckId.W18, "Every diagnosis is in remission.")
    if has_access_service(facts):
        yield Check(CheckId.W22, "The patient is in the ACCESS model; its rules come first.")


def ending_checks(facts: PatientMonth) -> Iterator[Check]:
    """Look at what ended or changed within the month."""
    withdrawn = [each.withdrawn_on for each in consents_of(facts)]
    ends = (facts.patient.died_on, facts.episode.ended_on, *withdrawn)
    if any(day is not None and _is_within(facts, day) for day in ends):
        yield Check(CheckId.W26, "Death, discharge or a withdrawn consent within the month.")
    spans = facts.payer.coverage
    begins = any(_is_within(facts, span.first) and span.first.day > 1 for span in spans)
    stops = any(span.last is not None and span.last < facts.month.last_day
                and _is_within(facts, span.last) for span in spans)  # fmt: skip
    if begins or stops or facts.episode.has_changed_payer:
        yield Check(CheckId.W34, "The payer changed within the month; each has its own minutes.")
    stays = facts.patient.inpatient
    if any(stay.holds(each.worked_on) for each in facts.time for stay in stays
           if facts.month.contains(each.worked_on)):  # fmt: skip
        yield Check(CheckId.W17, "Time was spent during a stay in a facility; a person decides.")
    if facts.today <= facts.month.last_day:
        yield Check(CheckId.W35, "The month is still open.")


def time_checks(facts: PatientMonth, time: CountableTime) -> Iterator[Check]:
    """Name entries that an auditor would ask about."""
    in_month = [each for each in facts.time if facts.month.contains(each.worked_on)]
    found = []
    if any(each.reason in {Dropped.OVERLAP, Dropped.MEETING_TWICE} for each in time.dropped):
        found.append("entries overlap")
    if sum(each.seconds for each in in_month) > MOST_SECONDS_A_MONTH:
        found.append("more than 5 hours in the month")
    by_day: defaultdict[tuple[date, str], int] = defaultdict(int)
    for each in in_month:
        by_day[each.worked_on, each.performer] += each.seconds
    if any(seconds > MOST_SECONDS_A_DAY for seconds in by_day.values()):
        found.append("more than 10 hours of one person on a day")
    late = timedelta(days=MOST_DAYS_LATE)
    if any(each.recorded_on and each.recorded_on - each.worked_on > late for each in in_month):
        found.append("an entry made more than 7 days later")
    equal = Counter(each.seconds for each in in_month).most_common(1)
    if equal and equal[0][1] >= MANY_EQUAL and equal[0][1] * 5 >= len(in_month) * 4:
        found.append(f"{equal[0][1]} entries of {minutes_of(equal[0][0])} minutes each")
    if found:
        yield Check(CheckId.W23, f"An auditor may ask: {'; '.join(found)}.")


def _is_within(facts: PatientMonth, day: date) -> bool:
    return facts.month.contains(day)


def _stands_still(facts: PatientMonth) -> bool:
    scored = [m for m in facts.proofs.measures if m.total is not None]
    if not scored or scored[0].total is None or scored[-1].total is None:
        return False
    first, last = min(scored, key=lambda m: m.taken_on), max(scored, key=lambda m: m.taken_on)
    begun_on, changed_on = facts.episode.started_on, facts.proofs.plan_changed_on
    since = max(begun_on, changed_on) if changed_on else begun_on
    is_long = (facts.month.last_day - since).days >= DAYS_BEFORE_CHANGE
    return is_long and first is not last and (last.total or 0) * 2 > (first.total or 0)


def _is_in_remission(code: str) -> bool:
    is_use = code.startswith("F1") and code[3:] in {".11", ".21"}
    return code.startswith(REMISSION) or is_use
