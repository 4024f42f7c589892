"""A quiet patient, and the board of the day that some rows give."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cocm_desktop.domain.due_delay import DueDelay
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.outcome import Course, course_of
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.task import Task
from cocm_desktop.domain.today import BoardFacts, board_of
from cocm_desktop.domain.today_card import Board, Card
from cocm_desktop.domain.today_viewer import Viewer
from tests.builders import TODAY, a_care_manager, a_row
from tests.builders.people import BELL, CHEN


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def scored(last_on: date, total: int = 12) -> Course:
    """Give a course from 18, seven weeks ago, to a score that is not at target."""
    scores = [Score(ago(49), 18), Score(last_on, total)]
    return course_of(scores, enrolled_on=ago(49), remission_below=5)


def quiet(**changes: Any) -> RegistryRow:
    """Give a patient in treatment for whom nothing is due in the next days."""
    usual = {
        "enrolled_on": ago(49),
        "phq9": scored(ago(2)),
        "last_contact_on": ago(1),
        "last_attempt_on": ago(1),
        "last_review_on": ago(3),
    }
    return a_row(**{**usual, **changes})


def board(
    *rows: RegistryRow,
    member: StaffMember | None = None,
    tasks: tuple[Task, ...] = (),
    delays: tuple[DueDelay, ...] = (),
    whole_team: bool = False,
) -> Board:
    return board_of(
        BoardFacts(
            today=TODAY,
            viewer=Viewer(member or a_care_manager(), whole_team=whole_team),
            rows=rows,
            tasks=tasks,
            delays={each.patient_id: each for each in delays},
            patient_names={row.patient_id: row.name for row in rows},
            staff_names={BELL: "M. Bell", CHEN: "L. Chen"},
            full_time_percent=200,
        )
    )


def only(found: Board) -> Card:
    [card] = found.cards
    return card
