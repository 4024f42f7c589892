"""The accounting of disclosures that a patient may ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.privacy import Disclosure, Purpose

# Source: 45 CFR 164.528(a)(1): six years before the day of the request.
YEARS = 6
# Source: 42 CFR 2.25(a), (b): what went out with consent in the three years before the request.
PART2_YEARS = 3
_WITH_CONSENT = frozenset(
    {Purpose.TREATMENT, Purpose.PAYMENT, Purpose.OPERATIONS, Purpose.AUTHORIZED}
)


@dataclass(frozen=True, slots=True)
class Accounting:
    """What a patient must be told was given out, the newest first, as of a day."""

    patient: Patient
    asked_on: date
    listed: tuple[Disclosure, ...]

    @property
    def first_on(self) -> date:
        return years_before(self.asked_on, YEARS)


def account(patient: Patient, disclosures: Iterable[Disclosure], asked_on: date) -> Accounting:
    """Choose what belongs into the accounting, and nothing else."""
    found = [each for each in disclosures if is_listed(each, asked_on)]
    found.sort(key=lambda each: (each.disclosed_on, each.id), reverse=True)
    return Accounting(patient, asked_on, tuple(found))


def is_listed(disclosure: Disclosure, asked_on: date) -> bool:
    """Tell whether the accounting of a day has to name a disclosure."""
    day = disclosure.disclosed_on
    if day > asked_on:
        return False
    if disclosure.purpose.is_accountable:
        return day >= years_before(asked_on, YEARS)
    is_with_consent = disclosure.has_part2 and disclosure.purpose in _WITH_CONSENT
    return is_with_consent and day >= years_before(asked_on, PART2_YEARS)


def years_before(day: date, years: int) -> date:
    """Give the same day so many years before; of February 29, the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
