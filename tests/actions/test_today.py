"""The board and the tasks through the actions: who may, what is stored, what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cocm_desktop.actions.flag import clear_flag, read_flag_history, read_flags, set_flag
from cocm_desktop.actions.review_record import answer_recommendation, record_review
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.task import (
    add_task,
    finish_task,
    give_task,
    put_off_task,
    read_tasks,
    read_tasks_of,
    read_wordings,
    reopen_task,
    void_task,
)
from cocm_desktop.actions.task_list import read_task_list
from cocm_desktop.actions.today import put_off_due, read_today
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.case_review import (
    RecommendationDraft,
    RecommendationKind,
    RecommendationStatus,
    ReviewDraft,
    StepDraft,
)
from cocm_desktop.domain.due_delay import DueDelayDraft
from cocm_desktop.domain.flag import FlagDraft, FlagKind
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.domain.task import WORDINGS, TaskDraft
from cocm_desktop.domain.today_card import Act, Lane
from cocm_desktop.errors import Refused
from tests.actions.work import as_member, as_role, at, call, phq9, rows_stored
from tests.conftest import CARE_MANAGER, EVENING, PRACTITIONER

TODAY = date(2026, 11, 30)
TOMORROW = TODAY + timedelta(days=1)


def a_task(words: str = "Call the pharmacy", **changes: Any) -> TaskDraft:
    draft = TaskDraft(words, TODAY, assigned_to=CARE_MANAGER.id)
    return replace(draft, **changes)


def added(workspace: Workspace, words: str = "Call the pharmacy", **changes: Any) -> str:
    return add_task(workspace, a_task(words, **changes)).record_id


def of_front_desk(workspace: Workspace) -> Workspace:
    desk = as_role(workspace, Role.FRONT_DESK)
    draft = StaffDraft("T. Young", frozenset({Role.FRONT_DESK}))
    member_id = StaffId(add_staff(workspace, draft).record_id)
    return replace(desk, staff=replace(desk.staff, id=member_id))


def test_a_day_can_be_finished(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    task_id = added(workspace, patient_id=maria_patient)
    board = read_today(workspace)
    assert {card.act for card in board.cards if card.lane is not Lane.WAITING} == {
        Act.RECORD_CONTACT,
        Act.FINISH_TASK,
    }
    assert board.left == 2

    phq9(workspace, maria, TODAY, 14)
    call(workspace, maria, TODAY)
    finish_task(workspace, task_id, outcome="Refilled")

    board = read_today(workspace)
    assert board.left == 0
    assert {card.note for card in board.cards if card.is_done} == {
        "Reached today · PHQ-9 14 today",
        "Refilled",
    }


def test_what_is_done_stays_for_a_day(workspace: Workspace) -> None:
    finish_task(workspace, added(workspace))

    assert read_today(at(workspace, EVENING + timedelta(days=1))).done == 1
    assert read_today(at(workspace, EVENING + timedelta(days=2))).cards == ()


def test_what_is_due_is_put_off_once_and_comes_back(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    draft = DueDelayDraft(maria_patient, TODAY + timedelta(days=3), "Away")

    assert put_off_due(workspace, draft) == put_off_due(workspace, draft)

    [card] = read_today(workspace).lane(Lane.SOON)
    assert (card.row and card.row.episode_id, card.note) == (
        maria,
        "Put off to Dec 3, 2026: Away",
    )
    later = at(workspace, EVENING + timedelta(days=4))
    assert [each.patient_id for each in read_today(later).lane(Lane.OVERDUE)] == [maria_patient]


@pytest.mark.usefixtures("maria")
def test_putting_off_is_refused_and_nothing_stored(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    before = rows_stored(workspace)

    for place, draft in (
        (workspace, DueDelayDraft(maria_patient, TODAY, "Away")),
        (workspace, DueDelayDraft(PatientId("nobody"), TOMORROW, "Away")),
        (as_role(workspace, Role.BILLER), DueDelayDraft(maria_patient, TOMORROW, "Away")),
    ):
        with pytest.raises(Refused):
            put_off_due(place, draft)

    assert rows_stored(workspace) == before


@pytest.mark.usefixtures("maria")
def test_the_front_desk_sees_its_tasks_and_no_patient_that_is_due(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    desk = of_front_desk(workspace)
    added(workspace, "Discuss the dose")
    added(
        workspace,
        "Mail the form",
        assigned_to=None,
        team=Role.FRONT_DESK,
        patient_id=maria_patient,
    )

    [card] = read_today(desk).cards

    assert (card.title, card.words, card.row) == ("ALVAREZ, María", "Mail the form", None)
    assert [line.task.words for line in read_task_list(desk).lines] == ["Mail the form"]
    assert [task.words for task in read_tasks_of(desk, maria_patient)] == ["Mail the form"]


def test_another_persons_task_cannot_be_touched_without_a_chart(workspace: Workspace) -> None:
    desk = of_front_desk(workspace)
    task_id = added(workspace)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="another person's"):
        finish_task(desk, task_id)
    with pytest.raises(Refused, match="another person's"):
        put_off_task(desk, task_id, due_on=TOMORROW, reason="Later")
    with pytest.raises(Refused, match="another person's"):
        void_task(desk, task_id, reason="Mine now")
    with pytest.raises(Refused, match="another person's"):
        reopen_task(desk, task_id, reason="Mine now")
    with pytest.raises(Refused, match="another person's"):
        give_task(desk, task_id, assigned_to=desk.staff.id, team=None)

    assert rows_stored(workspace) == before


def test_a_task_of_somebody_who_left_is_given_on(workspace: Workspace) -> None:
    task_id = added(workspace, repeat_weeks=2)

    given_id = give_task(workspace, task_id, assigned_to=None, team=Role.CARE_MANAGER).record_id

    [task] = read_tasks(workspace)
    assert (task.id, task.words, task.team, task.repeat_weeks) == (
        given_id,
        "Call the pharmacy",
        Role.CARE_MANAGER,
        2,
    )


def test_a_task_is_given_to_one_person_or_team_who_work_here(workspace: Workspace) -> None:
    task_id = added(workspace)
    gone = add_staff(workspace, StaffDraft("Old Hand", frozenset({Role.BILLER}))).record_id
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="one person or to one team"):
        give_task(workspace, task_id, assigned_to=None, team=None)
    with pytest.raises(Refused):
        give_task(workspace, task_id, assigned_to=StaffId("nobody"), team=None)

    assert rows_stored(workspace) == before
    assert give_task(workspace, task_id, assigned_to=StaffId(gone), team=None).record_id != task_id


def test_ones_own_wordings_come_before_the_usual(workspace: Workspace) -> None:
    added(workspace, "Water the plants")
    added(workspace, WORDINGS[0])

    wordings = read_wordings(workspace)

    assert wordings[:2] == (WORDINGS[0], "Water the plants")
    assert len(wordings) == len(WORDINGS) + 1


def test_the_history_of_done_tasks_is_read_when_asked_for(workspace: Workspace) -> None:
    finish_task(workspace, added(workspace))
    later = at(workspace, EVENING + timedelta(days=20))

    assert read_task_list(later).lines == ()
    assert [line.state for line in read_task_list(later, history=True).lines] == ["Done"]


def test_every_mark_is_kept_in_the_history(workspace: Workspace, maria_patient: PatientId) -> None:
    first = FlagDraft(maria_patient, FlagKind.INTERPRETER, "Speaks Spanish")
    set_flag(workspace, first)
    clear_flag(workspace, first.id, reason="Brings her daughter")
    set_flag(workspace, FlagDraft(maria_patient, FlagKind.OTHER, "Asked", "Two keys", TODAY))
    tomorrow = at(workspace, EVENING + timedelta(days=1))

    newest, oldest = read_flag_history(tomorrow, maria_patient)

    assert (newest.flag.title, newest.shows_on(TODAY), newest.shows_on(TOMORROW)) == (
        "Two keys",
        True,
        False,
    )
    assert (oldest.cleared_because, oldest.shows_on(TODAY)) == ("Brings her daughter", False)
    assert read_flags(tomorrow) == {}


def test_a_practitioner_is_asked_until_they_have_answered(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    consultant = StaffDraft("L. Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT}))
    consultant_id = StaffId(add_staff(workspace, consultant).record_id)
    advice = RecommendationDraft("Raise to 100 mg", RecommendationKind.DOSE)
    record_review(workspace, ReviewDraft(maria, consultant_id, TODAY, (advice,)))
    practitioner = as_member(workspace, PRACTITIONER)
    other = as_member(workspace, replace(PRACTITIONER, id=StaffId("somebody else")))

    [asked] = read_today(practitioner).cards
    nobody = read_today(other).cards
    accepted = StepDraft(advice.id, RecommendationStatus.ACCEPTED, TODAY)
    answer_recommendation(practitioner, accepted)

    assert (asked.lane, asked.words, asked.act) == (
        Lane.TODAY,
        "Recommendation to answer",
        Act.OPEN_CHART,
    )
    assert asked.patient_id == maria_patient
    assert nobody == read_today(practitioner).cards == ()
