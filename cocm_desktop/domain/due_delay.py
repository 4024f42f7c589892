"""Putting off what is due for a patient: it comes back by itself on its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from cocm_desktop.domain.due import DAYS_AHEAD
from cocm_desktop.domain.due_item import R_SAFETY, DueItem
from cocm_desktop.domain.ids import PatientId, new_id
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

LONGEST_REASON = 200
# This program's own rule: what is put off for longer is another interval, not a delay.
MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class DueDelay:
    """What stood on the board for a patient on `made_on` waits until `until_on`."""

    patient_id: PatientId
    made_on: date
    until_on: date
    reason: str

    @property
    def words(self) -> str:
        return f"Put off to {long_date(self.until_on)}: {self.reason}"

    def moves(self, item: DueItem) -> bool:
        """Whether it moves an item: one that was seen when it was put off, and never safety."""
        was_seen = item.due_on <= self.made_on + timedelta(days=DAYS_AHEAD)
        is_earlier = item.due_on < self.until_on
        return item.rule is not R_SAFETY and is_earlier and (was_seen or self._held(item))

    def _held(self, item: DueItem) -> bool:
        return item.is_open_on(self.made_on)


@dataclass(frozen=True, slots=True)
class DueDelayDraft:
    patient_id: PatientId
    until_on: date | None
    reason: str
    id: str = field(default_factory=new_id)

    def problems(self, *, today: date) -> Iterator[Problem]:
        last = today + timedelta(days=MOST_DAYS)
        if self.until_on is None or self.until_on <= today:
            yield Problem("due_on", "Choose a day after today.")
        elif self.until_on > last:
            words = (
                f"At most to {long_date(last)}. For longer, set the patient's own interval, "
                "or put the episode on hold."
            )
            yield Problem("due_on", words)
        if not self.reason.strip():
            yield Problem("reason", "Say why it is put off.")
        elif len(self.reason) > LONGEST_REASON:
            yield Problem("reason", f"A reason has at most {LONGEST_REASON} characters.")

    def accept(self, *, today: date) -> DueDelay:
        problems = tuple(self.problems(today=today))
        if problems or self.until_on is None:
            raise Refused(*problems)
        return DueDelay(self.patient_id, today, self.until_on, self.reason.strip())
