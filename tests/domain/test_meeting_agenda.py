"""The agenda of a meeting: rules, what was carried over, and what people changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId, StaffId
from cocm_desktop.domain.meeting_agenda import (
    Beside,
    agenda_of_meeting,
    carried_over,
    choice_problems,
    held_cases,
)
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_agenda import Agenda
from cocm_desktop.domain.review_meeting import (
    AgendaChoice,
    AgendaChoiceKind,
    HeldCase,
    MeetingState,
    ReviewMeeting,
    ReviewMeetingDraft,
    usual_minutes,
)
from cocm_desktop.domain.review_priority import CarriedOver, Section, reasons_for
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.errors import Refused
from tests.builders.people import NOW, TODAY, a_care_manager, id_of
from tests.builders.reads import a_caseload, a_row

ADD, LEAVE_OUT, PUT_BACK, MOVE = AgendaChoiceKind
LAST_WEEK = TODAY - timedelta(days=7)
SAFE, NEW, ASKED, QUIET = "Okafor", "Nguyen", "Patel", "Brown"


def of(last_name: str) -> EpisodeId:
    return EpisodeId(id_of(f"episode {last_name}"))


def four() -> tuple[RegistryRow, ...]:
    """Give an open safety task, a new patient, a question, and one whom no rule names."""
    return (
        a_row(18, 9, last_name=SAFE, safety_answer=2),
        a_row(18, 9, last_name=NEW, last_review_on=None, enrolled_on=TODAY - timedelta(weeks=2)),
        a_row(18, 9, last_name=ASKED, question="Raise the dose?"),
        a_row(18, 9, last_name=QUIET),
    )


def a_meeting(*choices: AgendaChoice, on: date = TODAY, **changes: Any) -> ReviewMeeting:
    meeting = ReviewMeeting(ReviewMeetingId(id_of(f"meeting {on}")), on, choices=choices)
    return replace(meeting, **changes)


def names(agenda: Agenda) -> list[str]:
    return [entry.row.last_name for entry in agenda.entries]


def move(last_name: str, place: int, reason: str = "") -> AgendaChoice:
    return AgendaChoice(of(last_name), MOVE, reason, place)


def leave_out(last_name: str, reason: str = "On vacation") -> AgendaChoice:
    return AgendaChoice(of(last_name), LEAVE_OUT, reason)


def test_without_choices_the_rules_make_the_agenda() -> None:
    agenda = agenda_of_meeting(four(), a_meeting(minutes=60, tenths_a_case=200))

    assert names(agenda) == [SAFE, NEW, ASKED]
    assert agenda.cut_words == "3 patients fit in 60 min at 20 min a case"


def test_a_meeting_is_about_the_caseloads_that_it_names() -> None:
    other = replace(four()[2], care_manager_id=StaffId(id_of("staff reyes")))

    agenda = agenda_of_meeting(
        (*four()[:2], other), a_meeting(care_manager_ids=(a_care_manager().id,))
    )

    assert names(agenda) == [SAFE, NEW]


def test_anybody_with_an_open_episode_can_be_added_of_another_caseload_too() -> None:
    other = replace(four()[3], care_manager_id=StaffId(id_of("staff reyes")))
    closed = a_row(18, 9, last_name="Hill", status=EpisodeStatus.CLOSED, closed_on=TODAY)
    meeting = a_meeting(
        AgendaChoice(other.episode_id or of(""), ADD),
        AgendaChoice(of("Hill"), ADD),
        care_manager_ids=(a_care_manager().id,),
    )

    agenda = agenda_of_meeting((*four()[:3], other, closed), meeting)

    assert names(agenda) == [SAFE, NEW, QUIET, ASKED]
    assert agenda.entries[2].reasons[0].words == "Added by hand; no rule names the patient"
    assert agenda.entries[2].section is Section.QUESTION


def test_who_was_only_moved_goes_when_the_rule_does() -> None:
    meeting = a_meeting(move(ASKED, 2), leave_out(NEW), AgendaChoice(of(NEW), PUT_BACK))
    answered = [replace(row, question="") for row in four()]

    assert names(agenda_of_meeting(four(), meeting)) == [SAFE, ASKED, NEW]
    assert names(agenda_of_meeting(answered, meeting)) == [SAFE, NEW]


def test_who_is_dropped_is_left_out_with_the_reason_until_put_back() -> None:
    without = agenda_of_meeting(four(), a_meeting(leave_out(NEW), leave_out(SAFE, "Seen today")))
    back = agenda_of_meeting(four(), a_meeting(leave_out(NEW), AgendaChoice(of(NEW), PUT_BACK)))

    assert names(without) == [ASKED]
    left_out = [(each.entry.row.last_name, each.reason) for each in without.left_out]
    assert left_out == [(SAFE, "Seen today"), (NEW, "On vacation")]
    assert names(back) == [SAFE, NEW, ASKED]
    assert back.left_out == ()


@pytest.mark.parametrize(
    ("moves", "order", "sections"),
    [
        ([move(ASKED, 2)], [SAFE, ASKED, NEW], "ADD"),
        ([move(ASKED, 1)], [SAFE, ASKED, NEW], "ADD"),
        ([move(NEW, 3)], [SAFE, ASKED, NEW], "AEE"),
        ([move(NEW, 9)], [SAFE, ASKED, NEW], "AEE"),
        ([move(NEW, 3), move(ASKED, 3)], [SAFE, NEW, ASKED], "ADE"),
        ([move(SAFE, 3, "After the others")], [NEW, ASKED, SAFE], "DEE"),
        ([move("Nobody", 1)], [SAFE, NEW, ASKED], "ADE"),
    ],
)
def test_moves_are_repeated_in_their_order_and_nobody_comes_above_safety(
    moves: list[AgendaChoice], order: list[str], sections: str
) -> None:
    agenda = agenda_of_meeting(four(), a_meeting(*moves))

    assert names(agenda) == order
    assert "".join(entry.section.letter for entry in agenda.entries) == sections
    assert {e.row.last_name for e in agenda.entries if e.is_moved} <= {SAFE, NEW, ASKED}


@given(st.lists(st.tuples(st.integers(0, 11), st.integers(-1, 14)), max_size=12))
@settings(max_examples=60, deadline=None)
def test_no_move_tears_a_section_apart_or_comes_above_safety(moves: list[tuple[int, int]]) -> None:
    rows = a_caseload()
    safe = {row.episode_id for row in rows if row.safety_answer is not None}
    chosen = [(rows[which].episode_id or of(""), place) for which, place in moves]
    made = [AgendaChoice(each, MOVE, "", place) for each, place in chosen]

    agenda = agenda_of_meeting(rows, a_meeting(*made))

    headings = [section for section, _ in agenda.sections]
    assert headings == sorted(headings, key=list(Section).index)
    assert set(names(agenda)) >= {
        e.row.last_name for e in agenda_of_meeting(rows, a_meeting()).entries
    }
    if not safe & {each for each, _ in chosen}:
        assert agenda.entries[0].row.episode_id in safe


# ------------------------------------------------------------------------------- carrying over


def held(*last_names: str, on: date, choices: tuple[AgendaChoice, ...] = ()) -> ReviewMeeting:
    cases = tuple(HeldCase(of(name), ()) for name in last_names)
    return a_meeting(*choices, on=on, cases=cases)


def test_who_was_not_reached_is_carried_over_until_reached_or_left_out() -> None:
    first = held(NEW, ASKED, QUIET, on=TODAY - timedelta(days=14))
    second = held(NEW, ASKED, on=LAST_WEEK, choices=(leave_out(ASKED),))

    found = carried_over([first, second], {first.id: [of(QUIET)]})

    assert found == {of(NEW): CarriedOver(LAST_WEEK, 2)}
    assert found[of(NEW)].words == "Carried over from Nov 13 (2nd time)"
    assert carried_over([first, second], {first.id: [of(QUIET)], second.id: [of(NEW)]}) == {}


def test_carried_over_stands_first_in_its_section_and_never_above_safety() -> None:
    again = a_row(
        18, 9, last_name="Zuniga", last_review_on=None, enrolled_on=TODAY - timedelta(weeks=1)
    )
    beside = Beside(
        carried={of("Zuniga"): CarriedOver(LAST_WEEK), of(QUIET): CarriedOver(LAST_WEEK)}
    )
    quiet = replace(four()[3], last_review_on=TODAY - timedelta(days=10))

    agenda = agenda_of_meeting((*four()[:3], quiet, again), a_meeting(), beside)

    assert names(agenda) == [SAFE, "Zuniga", NEW, ASKED, QUIET]
    assert agenda.entries[1].carried_words == "Carried over from Nov 13"
    assert agenda.entries[-1].section is Section.CARRIED_OVER
    assert [(c.rule, c.title) for c in agenda.reason_counts][-1] == ("–", "Not reached")


@pytest.mark.parametrize(
    "row",
    [
        replace(four()[3], last_review_on=LAST_WEEK),
        replace(four()[3], status=EpisodeStatus.CLOSED, closed_on=TODAY),
        replace(four()[3], care_manager_id=StaffId(id_of("staff reyes"))),
    ],
    ids=["reviewed since", "closed", "another caseload"],
)
def test_nobody_is_carried_over_for_whom_it_is_settled(row: RegistryRow) -> None:
    beside = Beside(carried={of(QUIET): CarriedOver(LAST_WEEK)})

    agenda = agenda_of_meeting([row], a_meeting(care_manager_ids=(a_care_manager().id,)), beside)

    assert agenda.entries == ()


# ----------------------------------------------------------------------- a meeting that has begun


def test_who_is_discussed_stays_in_place_though_the_reason_ends() -> None:
    begun = a_meeting(cases=held_cases(agenda_of_meeting(four(), a_meeting())))
    safe, new, asked, quiet = four()
    reviewed = replace(new, last_review_on=TODAY)

    agenda = agenda_of_meeting(
        (safe, reviewed, asked, quiet), begun, Beside(discussed={of(NEW), of(QUIET)})
    )

    assert names(agenda) == [SAFE, NEW, ASKED, QUIET]
    assert [entry.is_discussed for entry in agenda.entries] == [False, True, False, True]
    assert agenda.entries[-1].reasons[0].short == "Discussed"
    assert begun.state is MeetingState.UNDER_WAY


def test_who_was_discussed_besides_stands_behind_the_routine() -> None:
    due = a_row(18, 9, last_name="Zhang", last_review_on=TODAY - timedelta(days=40))

    agenda = agenda_of_meeting((due, four()[3]), a_meeting(), Beside(discussed={of(QUIET)}))

    assert names(agenda) == ["Zhang", QUIET]


def test_a_plan_that_is_changed_at_the_meeting_moves_nobody() -> None:
    since = TODAY - timedelta(weeks=20)
    first, second = (
        a_row(18, 17, last_name=name, enrolled_on=since, plan_changed_on=since + timedelta(days))
        for name, days in ((SAFE, 1), (NEW, 9))
    )
    begun = a_meeting(cases=held_cases(agenda_of_meeting((first, second), a_meeting())))
    changed = replace(first, plan_changed_on=TODAY)

    agenda = agenda_of_meeting((changed, second), begun)

    assert [entry.section for entry in agenda.entries] == [Section.NON_RESPONSE] * 2
    assert names(agenda) == [SAFE, NEW]


def test_a_safety_answer_of_the_meeting_s_day_comes_to_the_head() -> None:
    begun = a_meeting(cases=held_cases(agenda_of_meeting(four()[1:], a_meeting())))
    asked = replace(four()[2], safety_answer=1)

    agenda = agenda_of_meeting((four()[1], asked), begun)

    assert names(agenda) == [ASKED, NEW]


def test_an_ended_meeting_s_agenda_takes_in_nobody_more() -> None:
    at = a_meeting(cases=held_cases(agenda_of_meeting(four()[:2], a_meeting())))
    ended = replace(at, ended_at=NOW)

    assert names(agenda_of_meeting(four(), ended)) == [SAFE, NEW]


def test_who_is_discussed_after_the_end_has_no_reason_of_another_day() -> None:
    held = held_cases(agenda_of_meeting(four()[:1], a_meeting()))
    ended = a_meeting(cases=held, ended_at=NOW)

    agenda = agenda_of_meeting(four(), ended, Beside(discussed={of(ASKED)}))

    assert names(agenda) == [SAFE, ASKED]
    assert [reason.short for reason in agenda.entries[-1].reasons] == ["Discussed"]


# ------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (AgendaChoice(of(NEW), ADD), "on the agenda already"),
        (AgendaChoice(of(NEW), PUT_BACK), "was not left out"),
        (leave_out(QUIET), "not on this agenda"),
        (leave_out(SAFE, " \u200b"), "Say why the patient is left out"),
        (leave_out(NEW, "x" * 201), "at most 200"),
        (move(NEW, 0), "a place from 1 to 3"),
        (AgendaChoice(of(NEW), MOVE), "a place from 1 to 3"),
        (move(NEW, 1), "Safety stands first"),
        (move(SAFE, 2), "Say why a safety case is moved"),
    ],
)
def test_a_choice_that_cannot_be_made(choice: AgendaChoice, words: str) -> None:
    agenda = agenda_of_meeting(four(), a_meeting())

    [problem] = choice_problems(agenda, choice)

    assert words in problem.message


@pytest.mark.parametrize(
    "choice",
    [
        AgendaChoice(of(QUIET), ADD),
        leave_out(SAFE, "Closed today"),
        move(SAFE, 3, "x1"),
        move(ASKED, 2),
    ],
)
def test_a_choice_that_can_be_made(choice: AgendaChoice) -> None:
    assert list(choice_problems(agenda_of_meeting(four(), a_meeting()), choice)) == []


def test_who_was_discussed_cannot_be_left_out_any_more() -> None:
    agenda = agenda_of_meeting(four(), a_meeting(), Beside(discussed={of(NEW)}))

    [problem] = choice_problems(agenda, leave_out(NEW))

    assert "was discussed" in problem.message


# ------------------------------------------------------------------------------ planning


def a_manager(percent: int) -> StaffMember:
    return replace(a_care_manager(), full_time_percent=percent)


@pytest.mark.parametrize(
    ("percents", "minutes"),
    [([100], 180), ([50], 90), ([100, 60], 290), ([100] * 3, 480), ([], 180), ([1], 5)],
)
def test_a_meeting_lasts_three_hours_for_a_full_time_care_manager(
    percents: list[int], minutes: int
) -> None:
    assert usual_minutes(map(a_manager, percents)) == minutes


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"meets_on": None}, "meets_on"),
        ({"meets_on": TODAY + timedelta(days=400)}, "meets_on"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 481}, "minutes"),
        ({"tenths_a_case": 9}, "tenths_a_case"),
        ({"care_manager_ids": ("a", "a")}, "care_manager_ids"),
        ({"note": "x" * 1_001}, "note"),
    ],
)
def test_a_plan_that_cannot_be_kept(typed: dict[str, Any], field: str) -> None:
    draft = replace(ReviewMeetingDraft(TODAY), **typed)

    with pytest.raises(Refused) as refusal:
        draft.accept(today=TODAY, usual_minutes=180)

    assert [problem.field for problem in refusal.value.problems] == [field]


def test_a_draft_of_a_meeting_gives_the_meeting_again() -> None:
    meeting = a_meeting(note="Room 2", minutes=90, consultant_id=a_care_manager().id)

    again = ReviewMeetingDraft.of(meeting).accept(today=TODAY, usual_minutes=180)

    assert again == meeting


def test_reasons_of_several_rules_are_each_counted() -> None:
    rows = a_caseload()
    agenda = agenda_of_meeting(rows, a_meeting())

    counted = {each.rule: each.number for each in agenda.reason_counts}

    reasons = [reason.rule for row in rows for reason in reasons_for(row)]
    assert counted == {rule: reasons.count(rule) for rule in reasons}
    assert agenda.reason_counts[0].title == "Safety open"
