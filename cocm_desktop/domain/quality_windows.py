"""The days and averages that quality reports count by, as their sources define them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from cocm_desktop.domain.contact import Contact
from cocm_desktop.domain.dates import add_months
from cocm_desktop.domain.episode import DAYS_A_WEEK
from cocm_desktop.domain.service_month import ServiceMonth

# Source: CMS159, depression remission at twelve months: the last PHQ-9 within 60 days of it.
CMS159_MONTHS, CMS159_DAYS = 12, 60
# Source: NYS OMH, metrics 6 and 8: episodes count from 70 days after enrollment.
NYS_COUNTED_FROM_DAYS = 70


def cms159_window(index_on: date) -> tuple[date, date]:
    """Give the first and last day on which a PHQ-9 answers for the index, both included."""
    middle, reach = add_months(index_on, CMS159_MONTHS), timedelta(days=CMS159_DAYS)
    return middle - reach, middle + reach


def counted_from(enrolled_on: date) -> date:
    """Give the day from which the state counts an episode in improvement and consultation."""
    return enrolled_on + timedelta(days=NYS_COUNTED_FROM_DAYS)


def mean_weeks(days: Iterable[int]) -> str | None:
    """Average lengths of episodes in days and write them in weeks with one decimal.

    Source: NYS OMH, metric 4: days are averaged, then divided by seven. Half goes up.
    """
    lengths = list(days)
    if not lengths:
        return None
    divisor = DAYS_A_WEEK * len(lengths)
    tenths = (20 * sum(lengths) + divisor) // (2 * divisor)
    return f"{tenths // 10}.{tenths % 10}"


def meets_contact_metric(
    contacts: Iterable[Contact], scored_on: Iterable[date], month: ServiceMonth
) -> bool:
    """Tell whether a month has both a clinical contact and a score.

    Source: NYS OMH, metric 5: messages, reminders and no-shows are no clinical contact.
    """
    is_reached = any(each.is_clinical and month.contains(each.made_on) for each in contacts)
    return is_reached and any(month.contains(day) for day in scored_on)
