"""Tasks: whose they are, who sees them, when they come again, and how a list shows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cocm_desktop.domain.ids import PatientId, StaffId, TaskId
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.task import DueGroup, Task, TaskDraft, group_of
from cocm_desktop.domain.task_list import TaskFilter, TaskLine, TaskNames, lines_for
from cocm_desktop.errors import Refused
from tests.builders import (
    MARIA,
    TODAY,
    a_biller,
    a_care_manager,
    a_consultant,
    a_front_desk_person,
)
from tests.builders.people import BELL, CHEN

GONE = StaffId("switched off")
ME = a_care_manager()
NAMES = TaskNames(
    staff={
        BELL: ME,
        CHEN: a_consultant(),
        GONE: replace(a_biller(name="Old Hand"), id=GONE, active=False),
    },
    patients={MARIA: "ALVAREZ, María"},
)


def a_task(**changes: Any) -> Task:
    usual = Task(TaskId("task"), "Call the pharmacy", TODAY, made_by=BELL, assigned_to=BELL)
    return replace(usual, **changes)


def line(**changes: Any) -> TaskLine:
    return NAMES.line(a_task(**changes), TODAY)


@pytest.mark.parametrize(
    ("days", "group"),
    [
        (-1, DueGroup.OVERDUE),
        (0, DueGroup.TODAY),
        (1, DueGroup.SOON),
        (7, DueGroup.SOON),
        (8, DueGroup.LATER),
    ],
)
def test_an_open_task_stands_in_the_group_of_its_day(days: int, group: DueGroup) -> None:
    task = a_task(due_on=TODAY + timedelta(days=days))

    assert group_of(task, TODAY) is group
    assert group_of(replace(task, done_on=TODAY), TODAY) is DueGroup.DONE


def test_who_sees_no_chart_sees_their_own_tasks_and_those_they_gave() -> None:
    desk = a_front_desk_person()

    assert not a_task().is_seen_by(desk)
    assert a_task(made_by=desk.id).is_seen_by(desk)
    assert a_task(assigned_to=None, team=Role.FRONT_DESK).is_seen_by(desk)
    assert a_task().is_seen_by(a_consultant())


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, ""),
        ({"put_off": 1}, "put off once"),
        ({"put_off": 3, "repeat_weeks": 1}, "every week · put off 3 times"),
        ({"repeat_weeks": 4}, "every 4 weeks"),
        ({"done_on": TODAY}, "Done"),
        ({"done_on": TODAY, "outcome": "Refilled"}, "Refilled"),
        ({"assigned_to": GONE}, "owner has left"),
        ({"assigned_to": GONE, "done_on": TODAY}, "Done"),
    ],
)
def test_a_line_says_what_came_of_it(changes: dict[str, Any], state: str) -> None:
    assert line(**changes).state == state


def test_a_line_names_everybody() -> None:
    named = line(patient_id=MARIA, made_by=CHEN, assigned_to=None, team=Role.FRONT_DESK)

    assert (named.patient_name, named.given_by, named.whose) == (
        "ALVAREZ, María",
        "L. Chen",
        "Front desk team",
    )
    assert line(patient_id=PatientId("nobody"), assigned_to=None).patient_name == ""


@pytest.mark.parametrize(
    ("whose", "shown"),
    [
        (TaskFilter.MINE, ["mine"]),
        (TaskFilter.TEAM, ["mine", "team"]),
        (TaskFilter.EVERYBODY, ["mine", "team", "given", "left"]),
        (TaskFilter.GIVEN, ["team", "given", "left"]),
        (TaskFilter.LEFT_BEHIND, ["left"]),
    ],
)
def test_the_list_shows_whose_tasks_one_asks_for(whose: TaskFilter, shown: list[str]) -> None:
    lines = [
        line(words="mine"),
        line(words="team", assigned_to=None, team=Role.CARE_MANAGER),
        line(words="given", assigned_to=CHEN),
        line(words="left", assigned_to=GONE),
    ]

    assert [each.task.words for each in lines_for(lines, whose, ME)] == shown


def test_the_list_is_narrowed_by_every_word_typed() -> None:
    lines = [line(patient_id=MARIA), line(words="Mail the form")]

    [found] = lines_for(lines, TaskFilter.MINE, ME, find="alvarez PHARM")

    assert found.patient_name == "ALVAREZ, María"


def test_a_task_repeats_at_the_latest_after_a_year() -> None:
    draft = TaskDraft("Renew", TODAY, assigned_to=BELL, repeat_weeks=53)

    with pytest.raises(Refused, match="at the latest after 52 weeks"):
        draft.accept(staff_id=BELL, today=date(2026, 11, 1))
