"""Tasks as a list shows them: with names, grouped by when they are due, filtered by whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import PatientId, StaffId
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.task import DueGroup, Task, group_of
from cocm_desktop.domain.text import fold


class TaskFilter(Enum):
    """Whose tasks are shown."""

    MINE = "Mine"
    TEAM = "My team"
    EVERYBODY = "Everybody"
    GIVEN = "Given by me"
    LEFT_BEHIND = "To give on"


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task with the names to it. `is_left_behind`: its owner no longer works here."""

    task: Task
    group: DueGroup
    whose: str
    given_by: str
    patient_name: str = ""
    is_left_behind: bool = False

    @property
    def state(self) -> str:
        """Say what came of it, or that it was put off, or that it comes back."""
        task = self.task
        if not task.is_open:
            return task.outcome or "Done"
        times = {0: "", 1: "put off once"}.get(task.put_off, f"put off {task.put_off} times")
        weeks = task.repeat_weeks
        every = {0: "", 1: "every week"}.get(weeks, f"every {weeks} weeks")
        left = "owner has left" if self.is_left_behind else ""
        return " · ".join(filter(None, (left, every, times)))


@dataclass(frozen=True, slots=True)
class TaskNames:
    """Who is who, for the lines: staff, patients, and who is switched off."""

    staff: Mapping[StaffId, StaffMember]
    patients: Mapping[PatientId, str]

    def line(self, task: Task, today: date) -> TaskLine:
        owner = self.staff.get(task.assigned_to) if task.assigned_to else None
        given_by = self.staff.get(task.made_by)
        whose = owner.name if owner else f"{task.team.value} team" if task.team else ""
        return TaskLine(
            task=task,
            group=group_of(task, today),
            whose=whose,
            given_by=given_by.name if given_by else "",
            patient_name=self.patients.get(task.patient_id, "") if task.patient_id else "",
            is_left_behind=task.is_open and owner is not None and not owner.active,
        )


def lines_for(
    lines: Sequence[TaskLine], whose: TaskFilter, me: StaffMember, *, find: str = ""
) -> list[TaskLine]:
    """Give the lines of a filter that hold every word typed."""
    words = fold(find).split()
    return [line for line in lines if _is_shown(line, whose, me) and _holds(line, words)]


def _is_shown(line: TaskLine, whose: TaskFilter, me: StaffMember) -> bool:
    task = line.task
    if whose is TaskFilter.MINE:
        return task.assigned_to == me.id
    if whose is TaskFilter.TEAM:
        return task.belongs_to(me)
    if whose is TaskFilter.GIVEN:
        return task.made_by == me.id and task.assigned_to != me.id
    return line.is_left_behind or whose is TaskFilter.EVERYBODY


def _holds(line: TaskLine, words: Sequence[str]) -> bool:
    held = fold(f"{line.task.words} {line.patient_name} {line.whose}")
    return all(word in held for word in words)
