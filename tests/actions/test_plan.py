"""Plans: versions, voiding, and their papers."""

from __future__ import annotations

from datetime import date

import pytest

from cocm_desktop.actions.plan import (
    PlanChoice,
    print_plan,
    read_crisis_words,
    read_plans,
    void_plan,
    write_plan,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.plans import LONGEST_FIELD, PlanDraft, PlanKind, newest
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused
from tests.actions.work import as_role
from tests.printing.read_back import texts

CARE = PlanKind.CARE_PLAN


def written(workspace: Workspace, episode_id: EpisodeId, problems: str, on: date) -> str:
    draft = PlanDraft(episode_id, CARE, on, {"problems": problems})
    return write_plan(workspace, draft).record_id


def test_an_older_version_can_still_be_shown(workspace: Workspace, maria: EpisodeId) -> None:
    older = written(workspace, maria, "Low mood", date(2026, 11, 3))
    written(workspace, maria, "Sleep", date(2026, 11, 17))

    [now] = texts(print_plan(workspace, maria, PlanChoice(CARE)).content)
    [before] = texts(print_plan(workspace, maria, PlanChoice(CARE, plan_id=older)).content)

    assert "Sleep" in now
    assert "Low mood" in before
    assert "Written Nov 3, 2026" in before


def test_when_a_plan_is_voided_the_one_before_holds_again(
    workspace: Workspace, maria: EpisodeId
) -> None:
    older = written(workspace, maria, "Low mood", date(2026, 11, 3))
    newer = written(workspace, maria, "Sleep", date(2026, 11, 17))

    void_plan(workspace, newer, reason="written for another patient")

    holding = newest(read_plans(workspace, maria), CARE)
    assert holding is not None
    assert holding.id == older
    assert newest(read_plans(workspace, maria), PlanKind.SAFETY_PLAN) is None


def test_a_plan_that_is_not_there_cannot_be_printed(workspace: Workspace, maria: EpisodeId) -> None:
    with pytest.raises(Refused, match="no care plan yet"):
        print_plan(workspace, maria, PlanChoice(CARE))


def test_a_safety_plan_names_whom_to_call_in_a_crisis(
    workspace: Workspace, maria: EpisodeId
) -> None:
    paper = print_plan(workspace, maria, PlanChoice(PlanKind.SAFETY_PLAN, as_form=True))

    [page] = texts(paper.content)
    for line in read_crisis_words(workspace):
        assert line in page


def test_the_front_desk_reads_no_plan(workspace: Workspace, maria: EpisodeId) -> None:
    desk = as_role(workspace, Role.FRONT_DESK)

    for read in (read_crisis_words, lambda each: read_plans(each, maria)):
        with pytest.raises(Refused):
            read(desk)


@pytest.mark.parametrize(
    ("day", "parts"),
    [
        (date(2026, 11, 3), {}),
        (date(2026, 11, 3), {"problems": "x" * (LONGEST_FIELD + 1)}),
        (date(2026, 11, 3), {"problems": "Sleep", "weather": "fair"}),
        (date(2026, 12, 1), {"problems": "Sleep"}),
        (None, {"problems": "Sleep"}),
    ],
)
def test_a_wrong_plan_is_not_kept(
    workspace: Workspace, maria: EpisodeId, day: date | None, parts: dict[str, str]
) -> None:
    with pytest.raises(Refused):
        write_plan(workspace, PlanDraft(maria, CARE, day, parts))

    assert read_plans(workspace, maria) == ()


def test_a_retried_plan_is_kept_once(workspace: Workspace, maria: EpisodeId) -> None:
    draft = PlanDraft(maria, CARE, date(2026, 11, 3), {"problems": "Sleep"})

    write_plan(workspace, draft)
    write_plan(workspace, draft)

    assert len(read_plans(workspace, maria)) == 1
