"""What somebody has promised to do by a day, for a patient or for the practice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum

from cocm_desktop.domain.ids import PatientId, StaffId, TaskId, new_id
from cocm_desktop.domain.staff import Permission, Role, StaffMember
from cocm_desktop.errors import Problem, Refused

LONGEST_WORDS = 200
LONGEST_REASON = 200
QUICK_DUE = {"Today": 0, "Tomorrow": 1, "In a week": 7, "In two weeks": 14, "In a month": 30}
"""Days from today, for the buttons beside the due date."""
PUT_OFF = {"+1 day": 1, "+1 week": 7, "+2 weeks": 14, "+1 month": 30}
"""Days from today, to put off by one key."""
MOST_WEEKS = 52
REPEATS = (1, 2, 3, 4, 6, 8, 12, 26)
"""Weeks after which a task comes again, as they are offered."""
SOON_DAYS = 7
WORDINGS = (
    "Call the patient back",
    "Call the pharmacy about the prescription",
    "Ask for records from another practice",
    "Send the recommendation to the practitioner",
    "Ask the practitioner about the recommendation",
    "Mail the PHQ-9 form",
    "Send a letter: not reached",
    "Confirm the appointment",
    "Check that the referral took place",
    "Renew the consent form",
    "Check insurance and copay",
    "Arrange an interpreter",
    "Arrange transport",
    "Look at lab results",
    "Prepare the relapse prevention plan",
)
"""What is offered while a task is typed; every practice adds its own by using it."""


@dataclass(frozen=True, slots=True)
class Task:
    """Somebody's task, or a team's: then everybody with that role may take it.

    `due_on` is the day it was last put off to, if it was. `outcome` is empty until it is done.
    """

    id: TaskId
    words: str
    due_on: date
    made_by: StaffId
    patient_id: PatientId | None = None
    assigned_to: StaffId | None = None
    team: Role | None = None
    repeat_weeks: int = 0
    put_off: int = 0
    done_on: date | None = None
    outcome: str = ""

    @property
    def is_open(self) -> bool:
        return self.done_on is None

    def belongs_to(self, member: StaffMember) -> bool:
        if self.assigned_to is not None:
            return self.assigned_to == member.id
        return self.team is not None and member.is_a(self.team)

    def is_seen_by(self, member: StaffMember) -> bool:
        """Whether a member may see it: words about a patient are for those who see charts."""
        is_own = self.belongs_to(member) or self.made_by == member.id
        return is_own or member.may(Permission.SEE_CHART)

    def next_one(self, done_on: date) -> Task | None:
        """Give the task that follows this one, counted from the day it was done."""
        if not self.repeat_weeks:
            return None
        return replace(
            self,
            id=TaskId(new_id()),
            due_on=done_on + timedelta(weeks=self.repeat_weeks),
            put_off=0,
            done_on=None,
            outcome="",
        )


class DueGroup(Enum):
    """When a task is due, as lists group them."""

    OVERDUE = "Overdue"
    TODAY = "Today"
    SOON = "Next 7 days"
    LATER = "Later"
    DONE = "Done"


def group_of(task: Task, today: date) -> DueGroup:
    if not task.is_open:
        return DueGroup.DONE
    if task.due_on < today:
        return DueGroup.OVERDUE
    if task.due_on == today:
        return DueGroup.TODAY
    soon = today + timedelta(days=SOON_DAYS)
    return DueGroup.SOON if task.due_on <= soon else DueGroup.LATER


@dataclass(frozen=True, slots=True)
class TaskDraft:
    words: str
    due_on: date | None
    patient_id: PatientId | None = None
    assigned_to: StaffId | None = None
    team: Role | None = None
    repeat_weeks: int = 0
    id: TaskId = field(default_factory=lambda: TaskId(new_id()))

    def problems(self, *, today: date) -> Iterator[Problem]:
        if not self.words.strip():
            yield Problem("words", "Say what is to be done.")
        elif len(self.words) > LONGEST_WORDS:
            yield Problem("words", f"A task has at most {LONGEST_WORDS} characters.")
        if self.due_on is None:
            yield Problem("due_on", "Choose the day by which it is to be done.")
        elif self.due_on < today:
            yield Problem("due_on", "A new task cannot be due in the past.")
        if (self.assigned_to is None) == (self.team is None):
            yield Problem("assigned_to", "Give the task to one person or to one team.")
        if self.repeat_weeks < 0:
            yield Problem("repeat_weeks", "A task repeats after one week or more, or never.")
        elif self.repeat_weeks > MOST_WEEKS:
            yield Problem("repeat_weeks", f"A task repeats at the latest after {MOST_WEEKS} weeks.")

    def accept(self, *, staff_id: StaffId, today: date) -> Task:
        problems = tuple(self.problems(today=today))
        if problems or self.due_on is None:
            raise Refused(*problems)
        return Task(
            id=self.id,
            words=self.words.strip(),
            due_on=self.due_on,
            made_by=staff_id,
            patient_id=self.patient_id,
            assigned_to=self.assigned_to,
            team=self.team,
            repeat_weeks=self.repeat_weeks,
        )
