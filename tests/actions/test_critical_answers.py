"""Item 9 from every way in: of 262,144 answer sets 196,608 open a task, and no other does."""

from __future__ import annotations

from datetime import date
from itertools import product
from random import Random

import pytest

from cocm_desktop.actions.measure import correct_measure, record_measure
from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.instrument import PHQ9
from cocm_desktop.domain.measure import Measure, MeasureDraft, MeasureFacts
from cocm_desktop.domain.safety import tasks_for
from tests.builders import BELL, phq9

# Coverage would take most of the time; other tests reach the same lines.
pytestmark = pytest.mark.no_cover

DAY = date(2026, 11, 12)
FACTS = MeasureFacts(today=DAY, staff_id=BELL)
EPISODE = EpisodeId("episode")
SAMPLED = 10_000
RECORDED = 120
Answers = tuple[int | None, ...]


def opened(measure: Measure) -> list[tuple[int, int]]:
    return [(task.item, task.answer) for task in tasks_for(measure, phq9())]


def accepted(answers: Answers, total_only: int | None = None) -> Measure:
    draft = MeasureDraft(EPISODE, PHQ9, DAY, answers, total_only=total_only)
    return draft.accept(phq9(), FACTS)


def test_196608_of_262144_answer_sets_would_open_a_task() -> None:
    instrument, opening = phq9(), 0

    for answers in product(range(4), repeat=9):
        opening += bool(instrument.critical_answers(answers)[0][1] > 0)

    assert opening == 196_608
    assert 4**9 - opening == 65_536


@pytest.mark.parametrize("kind", ["whole", "with blanks", "total only"])
def test_ten_thousand_forms_of_each_kind_open_what_item_9_says(kind: str) -> None:
    random = Random(kind)

    wrong = []
    for _ in range(SAMPLED):
        answers: Answers = tuple(random.randrange(4) for _ in range(9))
        if kind == "with blanks":
            answers = tuple(None if random.random() < 0.3 else answer for answer in answers)
            if not any(answer is not None for answer in answers):
                continue
        total = None
        if kind == "total only":
            total = sum(answer or 0 for answer in answers)
            answers = (*(None,) * 8, random.choice((None, answers[8])))
        item_9 = answers[8]
        if opened(accepted(answers, total)) != ([(9, item_9)] if item_9 else []):
            wrong.append(answers)

    assert wrong == []


@pytest.mark.parametrize("path", ["recorded", "corrected", "back-dated"])
def test_recorded_forms_leave_exactly_their_tasks_behind(
    workspace: Workspace, maria: EpisodeId, path: str
) -> None:
    random = Random(path)
    expected: list[int] = []

    for _ in range(RECORDED):
        answers = tuple(random.randrange(4) for _ in range(9))
        day = date(2026, 10, 1) if path == "back-dated" else DAY
        draft = MeasureDraft(maria, PHQ9, day, answers)
        if path == "corrected":
            empty = MeasureDraft(maria, PHQ9, day, (0,) * 9)
            record_measure(workspace, empty)
            correct_measure(workspace, empty.id, draft, reason="Read again")
        else:
            record_measure(workspace, draft)
        expected += [answers[8]] if answers[8] else []

    found = [task.answer for task, _ in read_open_safety_tasks(workspace)]
    assert sorted(found) == sorted(expected)
