"""How long records are kept, which are past their time, and what holds them all the same.

Nothing is ever deleted by the program: it has no function for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from cocm_desktop.domain.ids import PatientId, RetentionHoldId, new_id
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.record_paper import PaperTable, RecordPaper
from cocm_desktop.domain.text import says_something
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

FULL_AGE = 18
LONGEST_REASON = 2_000
NOT_DELETED = (
    "CoCM Desktop deletes no record, at any age. How long a record must be kept is set by the law "
    "of your state and by your contracts, longer for minors; what happens to it then is the "
    "practice's own decision."
)


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """The practice's years: after the last entry, and after a minor's 18th birthday."""

    years: int
    minor_years: int

    def keep_until(self, born_on: date, last_on: date) -> date:
        """Give the first day on which a record is past its time."""
        full_age = years_after(born_on, FULL_AGE)
        after_last = years_after(last_on, self.years)
        if last_on >= full_age:
            return after_last
        return max(after_last, years_after(full_age, self.minor_years))


@dataclass(frozen=True, slots=True)
class RetentionHold:
    """A reason to keep a record whatever its age; without `ends_on` it holds on."""

    id: RetentionHoldId
    patient_id: PatientId
    reason: str
    begins_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.begins_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True)
class RetentionHoldDraft:
    """What was typed to keep a record."""

    patient_id: PatientId
    reason: str
    id: RetentionHoldId = field(default_factory=lambda: RetentionHoldId(new_id()))

    def problems(self) -> Iterator[Problem]:
        if not says_something(self.reason):
            yield Problem("reason", "Say why the record is to be kept: a suit, an audit.")
        elif len(self.reason) > LONGEST_REASON:
            yield Problem("reason", f"A reason has at most {LONGEST_REASON:,} characters.")

    def accept(self, *, today: date) -> RetentionHold:
        if problems := tuple(self.problems()):
            raise Refused(*problems)
        return RetentionHold(self.id, self.patient_id, self.reason.strip(), today)


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """One patient without an open episode, the last day with an entry, until when it is kept."""

    patient: Patient
    last_on: date
    keep_until: date
    hold: RetentionHold | None = None

    def is_past(self, today: date) -> bool:
        return self.keep_until <= today


@dataclass(frozen=True, slots=True)
class RetentionList:
    """Records past their time, the oldest first, under the rule of the day."""

    rule: RetentionRule
    rows: tuple[KeptRecord, ...]
    today: date

    @property
    def past(self) -> tuple[KeptRecord, ...]:
        return tuple(each for each in self.rows if each.is_past(self.today))


def years_after(day: date, years: int) -> date:
    """Give the same day so many years later; of February 29, March 1."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def retention_paper(
    found: RetentionList, practice: Practice, *, as_of: datetime, by: str
) -> RecordPaper:
    """Put the records past their time on paper."""
    rule = found.rule
    rows = tuple(
        (
            each.patient.name,
            each.patient.mrn_or_words,
            long_date(each.patient.born_on),
            long_date(each.last_on),
            long_date(each.keep_until),
            each.hold.reason if each.hold else "",
        )
        for each in found.past
    )
    return RecordPaper(
        title="Records past their time",
        practice=practice,
        about=(
            ("Kept", f"{rule.years} years after the last entry"),
            ("Minors", f"at least {rule.minor_years} years after the 18th birthday"),
            ("As of", long_date(found.today)),
        ),
        words=(NOT_DELETED,),
        tables=(
            PaperTable(
                "Records past their time",
                ("Patient", "MRN", "Born", "Last entry", "Kept until", "Held because"),
                (0.24, 0.12, 0.14, 0.14, 0.14, 0.22),
                rows,
                nothing="No record is past its time.",
            ),
        ),
        as_of=as_of,
        prepared_by=by,
    )
