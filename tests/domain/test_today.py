"""The board of the day: who sees what, in which column, and that it can be finished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cocm_desktop.domain.due_delay import MOST_DAYS, DueDelay, DueDelayDraft
from cocm_desktop.domain.episode import CloseReason, EpisodeStatus
from cocm_desktop.domain.ids import PatientId, StaffId, TaskId
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.open_recommendation import OpenRecommendation
from cocm_desktop.domain.outcome import Course, course_of
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.domain.task import Task
from cocm_desktop.domain.today import BoardFacts, board_of
from cocm_desktop.domain.today_card import Act, Board, Card, Lane
from cocm_desktop.domain.today_viewer import Viewer
from cocm_desktop.errors import Refused
from tests.builders import (
    MARIA,
    TODAY,
    a_care_manager,
    a_caseload,
    a_consultant,
    a_front_desk_person,
    a_practitioner,
    a_row,
)
from tests.builders.people import BELL, CHEN

LAST_WEEK, TOMORROW = TODAY - timedelta(days=7), TODAY + timedelta(days=1)


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


def a_task(words: str = "Call the pharmacy", **changes: Any) -> Task:
    usual = Task(TaskId(words), words, TODAY, made_by=BELL, assigned_to=BELL)
    return replace(usual, **changes)


DONE: dict[str, Any] = {
    "last_contact_on": TODAY,
    "last_attempt_on": TODAY,
    "phq9": scored(TODAY),
    "safety_answer": None,
}
"""A patient after everything was recorded today."""


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
            care_managers=2,
        )
    )


def only(found: Board) -> Card:
    [card] = found.cards
    return card


OWN: dict[str, Any] = {"treating_practitioner_id": a_practitioner().id}


def advised(days_ago: int, **facts: Any) -> OpenRecommendation:
    return OpenRecommendation(ago(days_ago), **facts)


@pytest.mark.parametrize(
    ("advice", "lane", "words"),
    [
        (advised(3, of_practitioner=True), Lane.TODAY, "Recommendation to answer"),
        (advised(15, of_practitioner=True), Lane.OVERDUE, "Recommendation to answer"),
        (advised(3, of_both=True), Lane.TODAY, "Recommendation to answer"),
        (advised(10, of_practitioner=True, is_answered=True), Lane.SOON, "Recommendation"),
        (advised(3, of_practitioner=True, is_answered=True), None, ""),
        (advised(3), None, ""),
    ],
)
def test_a_practitioner_sees_what_was_recommended_for_their_own_patients(
    advice: OpenRecommendation, lane: Lane | None, words: str
) -> None:
    row = quiet(open_recommendations=(advice,), **OWN)

    own = board(row, member=a_practitioner())
    others = board(replace(row, treating_practitioner_id=None), member=a_practitioner())

    assert [(c.lane, c.words, c.act) for c in own.cards] == (
        [(lane, words, Act.OPEN_CHART)] if lane else []
    )
    assert others.cards == ()


@pytest.mark.parametrize(
    ("days", "is_own", "note"),
    [(0, True, ""), (1, True, "Escalated to you"), (1, False, "")],
)
def test_a_safety_task_that_waited_is_escalated_to_who_treats(
    days: int, note: str, *, is_own: bool
) -> None:
    whose = OWN if is_own else {}
    row = quiet(safety_answer=1, safety_instrument="PHQ-9", safety_since=ago(days), **whose)

    card = only(board(row, member=a_practitioner()))

    assert (card.is_safety, card.act, card.note) == (True, Act.CLOSE_SAFETY, note)


def test_who_cares_and_treats_waits_for_nobody_else() -> None:
    both = replace(
        a_care_manager(),
        roles=frozenset({Role.CARE_MANAGER, Role.TREATING_PRACTITIONER}),
    )
    row = quiet(
        open_recommendations=(advised(3, of_practitioner=True),),
        treating_practitioner_id=both.id,
        care_manager_id=both.id,
    )

    card = only(board(row, member=both))

    assert (card.lane, card.words) == (Lane.TODAY, "Recommendation to answer")


def test_a_card_says_that_the_patient_died() -> None:
    row = quiet(
        status=EpisodeStatus.CLOSED,
        closed_on=ago(2),
        close_reason=CloseReason.DIED,
        safety_answer=1,
        safety_since=ago(3),
    )

    assert only(board(row)).note.startswith("Died Nov 18, 2026")


def test_a_patient_for_whom_nothing_is_due_has_no_card() -> None:
    assert board(quiet()).cards == ()


@pytest.mark.parametrize(
    ("days", "lane", "words"),
    [
        (15, Lane.OVERDUE, "Overdue 1 d"),
        (14, Lane.TODAY, "Today"),
        (13, Lane.SOON, "Nov 21"),
        (7, Lane.SOON, "Nov 27"),
        (6, None, ""),
    ],
)
def test_a_contact_due_stands_in_the_column_of_its_day(
    days: int, lane: Lane | None, words: str
) -> None:
    found = board(quiet(last_contact_on=ago(days)))

    assert [(c.lane, c.due_words(TODAY), c.act) for c in found.cards] == (
        [(lane, words, Act.RECORD_CONTACT)] if lane else []
    )


def test_a_patient_has_one_card_for_all_that_is_due() -> None:
    card = only(board(quiet(phq9=scored(ago(40)), last_contact_on=ago(35), planned_on=None)))

    assert card.lane is Lane.OVERDUE
    assert card.words == "PHQ-9 40 d old · No contact 35 d"
    assert len(card.reasons) == 4
    assert "Setting: Measure again after: 28 days" in card.why
    assert card.act is Act.RECORD_CONTACT


def test_what_is_recorded_today_makes_the_board_empty_but_for_what_was_done() -> None:
    late = quiet(last_contact_on=ago(20))
    assert board(late).left == 1

    found = board(replace(late, last_contact_on=TODAY, last_attempt_on=TODAY))

    assert found.left == 0
    assert (only(found).is_done, only(found).note, only(found).lane) == (
        True,
        "Reached today",
        Lane.TODAY,
    )
    assert only(found).due_words(TODAY) == "Done"


def test_a_measure_alone_of_two_reasons_leaves_the_contact() -> None:
    card = only(board(quiet(phq9=scored(TODAY), last_contact_on=ago(14))))

    assert (card.words, card.note, card.is_done) == ("Contact", "PHQ-9 12 today", False)


def test_a_whole_caseload_can_be_finished() -> None:
    rows = a_caseload()
    assert board(*rows).left > 5
    assert {card.act for card in board(*rows).cards if card.is_safety} == {Act.CLOSE_SAFETY}

    done = [replace(row, **DONE) if row.is_open else row for row in rows]
    delays = [DueDelay(row.patient_id, TODAY, TOMORROW, "To be asked") for row in rows]

    assert {card.act for card in board(*done).lane(Lane.OVERDUE)} <= {Act.OPEN_CHART}
    assert board(*done, delays=tuple(delays)).left == 0


def test_who_was_tried_today_is_called_again_tomorrow() -> None:
    card = only(board(quiet(last_contact_on=ago(20), last_attempt_on=TODAY)))

    assert (card.lane, card.day, card.note) == (Lane.SOON, TOMORROW, "Tried today")


def test_safety_comes_first_and_cannot_be_put_off() -> None:
    late = quiet(last_name="Zed", last_contact_on=ago(20), safety_answer=2)
    later = quiet(last_name="Abel", last_contact_on=ago(40))
    delay = DueDelay(late.patient_id, LAST_WEEK, TODAY + timedelta(days=3), "On vacation")

    first = board(later, late).cards[0]
    put_off = board(late, delays=(delay,)).cards[0]

    assert (first.title, first.act, first.is_safety) == ("ZED, María", Act.CLOSE_SAFETY, True)
    assert (put_off.lane, put_off.act) == (Lane.TODAY, Act.CLOSE_SAFETY)
    assert only(board(quiet(safety_answer=1))).can_put_off is False


def test_ninety_days_of_silence_propose_the_closing() -> None:
    row = quiet(last_contact_on=ago(95), last_attempt_on=ago(3), enrolled_on=ago(200))

    [card] = board(row).lane(Lane.OVERDUE)

    assert card.act is Act.CLOSE_EPISODE
    assert "closing is proposed" in card.why


def test_on_hold_nobody_is_called() -> None:
    assert board(quiet(last_contact_on=ago(40), status=EpisodeStatus.ON_HOLD)).left == 0


def test_the_patients_own_interval_holds() -> None:
    row = quiet(last_contact_on=ago(20))

    assert board(row).left == 1
    assert board(replace(row, interval_weeks=4)).left == 0
    assert board(replace(row, interval_weeks=0)).left == 0


def test_another_care_managers_patients_are_on_the_teams_board_alone() -> None:
    row = quiet(last_contact_on=ago(20), care_manager_id=StaffId("another"))

    assert board(row).cards == ()
    assert board(row, whole_team=True).left == 1


def test_an_open_safety_task_of_a_colleagues_patient_is_on_every_clinical_board() -> None:
    row = quiet(care_manager_id=StaffId("another"), safety_answer=1, last_contact_on=ago(20))

    for member in (a_care_manager(), a_practitioner()):
        assert only(board(row, member=member)).words.startswith("Item 9")


def test_what_the_review_is_to_do_waits_for_a_care_manager_and_is_the_consultants_own() -> None:
    row = quiet(last_review_on=None)

    waiting = only(board(row))
    own = only(board(row, member=a_consultant()))

    assert (waiting.lane, waiting.note, waiting.act) == (
        Lane.WAITING,
        "Case review",
        Act.OPEN_CHART,
    )
    assert waiting.can_put_off is False
    assert own.lane is Lane.OVERDUE


def test_a_consultant_is_not_asked_to_call_anybody() -> None:
    assert board(quiet(last_contact_on=ago(20)), member=a_consultant()).cards == ()


@pytest.mark.parametrize(
    ("made", "of_practitioner", "lane", "note"),
    [
        (3, True, Lane.WAITING, "Practitioner"),
        (30, True, Lane.WAITING, "Practitioner"),
        (30, False, Lane.OVERDUE, ""),
    ],
)
def test_a_recommendation_waits_for_whoever_is_to_act(
    made: int, *, of_practitioner: bool, lane: Lane, note: str
) -> None:
    advice = OpenRecommendation(ago(made), of_practitioner=of_practitioner)

    card = only(board(quiet(open_recommendations=(advice,))))

    assert (card.lane, card.note, card.act) == (lane, note, Act.OPEN_CHART)


def test_putting_off_moves_what_was_seen_and_comes_back_on_its_day() -> None:
    row = quiet(last_contact_on=ago(20))
    delay = DueDelay(row.patient_id, TODAY, TODAY + timedelta(days=3), "Away until Monday")

    card = only(board(row, delays=(delay,)))

    assert (card.lane, card.day) == (Lane.SOON, delay.until_on)
    assert card.note == "Put off to Nov 23, 2026: Away until Monday"
    assert only(board(row, delays=(replace(delay, until_on=TODAY),))).lane is Lane.TODAY
    assert only(board(row, delays=(replace(delay, until_on=ago(2)),))).lane is Lane.OVERDUE


def test_a_delay_moves_nothing_that_was_not_due_yet() -> None:
    row = quiet(last_contact_on=ago(14))
    delay = DueDelay(row.patient_id, ago(12), TODAY + timedelta(days=5), "Away")

    assert only(board(row, delays=(delay,))).lane is Lane.TODAY


@pytest.mark.parametrize(
    ("until_on", "reason", "field"),
    [
        (None, "Away", "due_on"),
        (TODAY, "Away", "due_on"),
        (TODAY + timedelta(days=MOST_DAYS + 1), "Away", "due_on"),
        (TOMORROW, " ", "reason"),
        (TOMORROW, "x" * 201, "reason"),
    ],
)
def test_a_delay_is_refused_in_words(until_on: date | None, reason: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        DueDelayDraft(MARIA, until_on, reason).accept(today=TODAY)

    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_task_of_mine_or_of_my_team_is_a_card() -> None:
    mine = a_task(due_on=ago(2), put_off=2)
    teams = a_task("Look through the list", assigned_to=None, team=Role.CARE_MANAGER)
    later = a_task("Later", due_on=TODAY + timedelta(days=8))

    found = board(tasks=(mine, teams, later))

    assert [(c.title, c.lane, c.note, c.act) for c in found.cards] == [
        ("Call the pharmacy", Lane.OVERDUE, "", Act.FINISH_TASK),
        ("Look through the list", Lane.TODAY, "Care manager team", Act.FINISH_TASK),
    ]
    assert found.cards[0].why.endswith("due Nov 18, 2026. Put off 2 times.")
    assert found.cards[0].can_put_off


def test_a_task_of_a_patient_carries_the_patients_name() -> None:
    row = quiet()

    card = only(board(row, tasks=(a_task(patient_id=row.patient_id, put_off=1),)))

    assert (card.title, card.words) == ("ALVAREZ, María", "Call the pharmacy")
    assert card.why.endswith("Put off once.")


def test_what_i_gave_to_others_waits_until_it_is_done() -> None:
    given = a_task(assigned_to=CHEN)

    assert (only(board(tasks=(given,))).lane, only(board(tasks=(given,))).note) == (
        Lane.WAITING,
        "L. Chen",
    )
    assert board(tasks=(replace(given, done_on=TODAY),)).cards == ()
    assert board(tasks=(replace(given, made_by=CHEN),)).cards == ()
    assert only(board(tasks=(given,), whole_team=True)).lane is Lane.TODAY


def test_a_finished_task_stays_with_its_outcome() -> None:
    found = board(tasks=(a_task(done_on=TODAY, outcome="Refilled"), a_task("Other", done_on=TODAY)))

    assert {(card.note, card.is_done) for card in found.cards} == {
        ("Refilled", True),
        ("Done", True),
    }
    assert (found.left, found.done) == (0, 2)


def test_the_front_desk_has_its_tasks_and_nothing_else() -> None:
    member = a_front_desk_person()
    found = board(member=member, tasks=(a_task(assigned_to=None, team=Role.FRONT_DESK),))

    assert only(found).act is Act.FINISH_TASK
    assert (found.capacity, found.next_review_on) == (None, None)


def test_the_capacity_strip_counts_my_patients_beside_the_goal() -> None:
    rows = [quiet(last_name=f"P{n}") for n in range(3)]
    rows += [quiet(last_name="H", status=EpisodeStatus.ON_HOLD)]
    rows += [quiet(last_name="R", status=EpisodeStatus.RELAPSE_PREVENTION)]
    rows += [quiet(last_name="O", care_manager_id=StaffId("another"))]

    mine, team = board(*rows).capacity, board(*rows, whole_team=True).capacity

    assert mine is not None
    assert team is not None
    assert mine.words == "3 active · 1 in relapse prevention · 1 on hold · goal 60–100"
    assert (mine.stands, replace(mine, active=104).stands) == (
        "57 below the goal",
        "4 above the goal",
    )
    assert replace(mine, active=60).stands == ""
    assert (team.active, team.least, team.most) == (4, 120, 200)


def test_the_next_review_is_one_meeting_after_the_last() -> None:
    assert board(quiet()).next_review_on == TODAY + timedelta(days=4)
    assert board(quiet(last_review_on=ago(20))).next_review_on == TODAY
    assert board(quiet(last_review_on=None)).next_review_on is None


def test_scores_of_the_days_ahead_are_counted() -> None:
    assert board(quiet(phq9=scored(ago(25))), quiet(last_name="B")).measures_soon == 1


def test_the_key_of_a_card_is_its_own() -> None:
    cards = board(*a_caseload(), tasks=(a_task(),)).cards

    assert len({card.key for card in cards}) == len(cards)
    assert PatientId(MARIA) in {card.patient_id for card in cards}
