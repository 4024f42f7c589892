"""The one day that a month's claim carries: step 9 of the decision table.

Source: CMS, chronic care management FAQ and RHC note: any day from the one on which the minutes
were reached to the last of the month; never after death, the end of coverage, a withdrawn consent
or today.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cocm_desktop.domain.billing.check import Check, CheckId
from cocm_desktop.domain.billing.choices import ServiceDate
from cocm_desktop.domain.billing.countable_time import CountableTime, consents_of
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from cocm_desktop.domain.wording import long_date


def service_day(facts: PatientMonth, time: CountableTime, at_minute: int) -> date:
    """Give the day by the practice's choice, held back by death, coverage and consent."""
    reached_on = time.reached_on(at_minute) or facts.month.last_day
    last_worked_on = time.counted[-1].worked_on if time.counted else facts.month.last_day
    chosen = {
        ServiceDate.LAST_DAY: facts.month.last_day,
        ServiceDate.THRESHOLD_DAY: reached_on,
        ServiceDate.LAST_SERVICE_DAY: last_worked_on,
    }[facts.choices.service_date]
    return min(chosen, latest_day(facts))


def latest_day(facts: PatientMonth) -> date:
    """Give the last day of the month on which a service could still be billed."""
    ends = [facts.month.last_day, facts.patient.died_on, _coverage_end(facts), _withdrawal(facts)]
    return min(day for day in ends if day is not None)


def day_problems(
    facts: PatientMonth, time: CountableTime, *, served_on: date, at_minute: int
) -> Iterator[Check]:
    reached_on = time.reached_on(at_minute)
    if reached_on is not None and served_on < reached_on:
        words = f"The day of service, {long_date(served_on)}, is before the code was reached"
        yield Check(CheckId.B18, f"{words} on {long_date(reached_on)}.")
    elif not facts.month.contains(served_on):
        words = f"The day of service, {long_date(served_on)}, is outside {facts.month}."
        yield Check(CheckId.B18, words)
    elif served_on > facts.today:
        yield Check(CheckId.B18, f"The day of service, {long_date(served_on)}, is still to come.")


def _coverage_end(facts: PatientMonth) -> date | None:
    """Give the last day of the month on which the payer covers the patient."""
    spans = [
        span
        for span in facts.payer.coverage
        if span.first <= facts.month.last_day
        and (span.last is None or span.last >= facts.month.first_day)
    ]
    if not spans or any(span.last is None for span in spans):
        return None
    return max(span.last for span in spans if span.last is not None)


def _withdrawal(facts: PatientMonth) -> date | None:
    """Give the day on which the last consent ended; None while one holds."""
    consents = [each for each in consents_of(facts) if each.given_on <= facts.month.last_day]
    if not consents or any(each.withdrawn_on is None for each in consents):
        return None
    return max(each.withdrawn_on for each in consents if each.withdrawn_on is not None)
