"""Recording from the command line: saved whole and acknowledged, or refused and not stored."""

from __future__ import annotations

from functools import partial

import pytest

from cocm_desktop.domain.ids import is_id, new_id
from tests.commands.conftest import MRN, Answer, Cocm

PHQ9_OF_14 = "2,2,2,2,2,2,2,0,0"
FIRST_ID = "01a20120-0000-7000-8000-0000000000aa"


def chart(cocm: Cocm) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = cocm(
        "patient", "show", "--patient", MRN, "--json"
    ).json
    return found


def measured(cocm: Cocm, answers: str, *more: str) -> Answer:
    return cocm("measure", "--patient", MRN, "--instrument", "PHQ-9", f"--answers={answers}", *more)


def test_a_measure_is_saved_scored_and_acknowledged(cocm: Cocm) -> None:
    answer = measured(cocm, PHQ9_OF_14, "--on", "11/03/2026")

    assert answer.code == 0
    assert answer.out == f"ACK {answer.acks[0]}\nPHQ-9 14 (Moderate)\n"
    assert is_id(answer.acks[0])
    [kept] = chart(cocm)["measures"]
    assert kept["id"] == answer.acks[0]
    assert (kept["total"], kept["taken_on"]) == (14, "2026-11-03")


def test_a_positive_item_9_is_never_silent(cocm: Cocm) -> None:
    answer = measured(cocm, "0,0,0,0,0,0,0,0,2")

    assert "Answer 2 on PHQ-9 item 9 on Nov 20, 2026 opened a safety task." in answer.out
    assert "1 open safety task." in cocm("safety", "list").out


def test_front_desk_is_told_to_bring_the_patient_to_a_clinician(cocm: Cocm) -> None:
    cocm("staff", "add", "--name", "T. Young", "--role", "front-desk", "--new-sign-in", "tyoung")

    answer = measured(cocm, "0,0,0,0,0,0,0,0,1", "--sign-in", "tyoung")

    assert answer.code == 0
    assert "Bring this patient to a clinician now." in answer.out
    assert "item 9" not in answer.out


@pytest.mark.parametrize("answers", ["2,2,2,2,,2,2,0,0", "2,2,2,2,-,2,2,0,0", "-,2,2,2,2,2,2,0,0"])
def test_a_missing_answer_is_no_zero(cocm: Cocm, answers: str) -> None:
    answer = measured(cocm, answers)

    assert "PHQ-9: 8 of 9 items, no total" in answer.out
    assert chart(cocm)["measures"][0]["total"] is None


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ("2,2,2,2,2,2,2,0", "PHQ-9 has 9 items; 8 were given."),
        ("222222200", "is no answer"),
        ("2 2 2 2 2 2 2 0 0", "is no answer"),
        ("2,2,2,2,2,2,2,0,4", "Item 9 of PHQ-9 takes 0 to 3."),
        ("2,2,2,2,2,2,2,0,²", "is no answer"),
        ("2,2,2,2,2,2,2,0,1.0", "is no answer"),
        ("2,2,2,2,2,2,2,0,True", "is no answer"),
        ("-,-,-,-,-,-,-,-,-", "No item is answered yet."),
        ("2," * 100_000, "PHQ-9 has 9 items; 100001 were given."),
    ],
)
def test_answers_that_do_not_fit_are_refused_and_not_stored(
    cocm: Cocm, answers: str, words: str
) -> None:
    answer = measured(cocm, answers)

    assert (answer.code, answer.acks) == (2, [])
    assert words in answer.err
    assert chart(cocm)["measures"] == []


def test_a_total_that_does_not_agree_with_the_paper_is_refused(cocm: Cocm) -> None:
    answer = measured(cocm, PHQ9_OF_14, "--paper-total", "15")

    assert answer.code == 2
    assert "The form says 15, the answers come to 14." in answer.err
    assert chart(cocm)["measures"] == []


def test_a_contact_brings_its_minutes_and_its_question(cocm: Cocm) -> None:
    answer = cocm(
        *("contact", "--patient", MRN, "--kind", "phone", "--minutes", "25", "--started", "9:05"),
        *("--note", "Talked\nabout sleep", "--next", "12/04/2026", "--question", "Dose?"),
    )

    assert answer.code == 0
    [kept] = chart(cocm)["contacts"]
    assert (kept["id"], kept["minutes"]) == (answer.acks[0], 25)
    assert kept["next_contact_on"] == "2026-12-04"
    shown = cocm("patient", "show", "--patient", MRN).out
    assert "Talked about sleep" in shown
    assert "For review: Dose?" in shown
    assert "Minutes this month: 25." in shown


def test_time_without_a_contact_counts(cocm: Cocm) -> None:
    answer = cocm("time", "add", "--patient", MRN, "--minutes", "12", "--activity", "coordination")

    assert answer.code == 0
    assert "Minutes this month: 12." in cocm("patient", "show", "--patient", MRN).out


def test_two_entries_at_the_same_clock_time_are_refused(cocm: Cocm) -> None:
    at_nine = ("--patient", MRN, "--minutes", "20", "--started", "09:00")
    cocm("time", "add", *at_nine, "--activity", "coordination")

    answer = cocm("contact", "--kind", "phone", *at_nine)

    assert (answer.code, answer.acks) == (2, [])
    assert chart(cocm)["contacts"] == []


@pytest.mark.parametrize(
    "command",
    [
        ("measure", "--instrument", "gad7", "--answers=1,1,1,1,1,1,1"),
        ("contact", "--kind", "video", "--minutes", "10"),
        ("time", "add", "--minutes", "10", "--activity", "assessment"),
    ],
)
def test_a_retry_with_the_same_id_is_saved_once(cocm: Cocm, command: tuple[str, ...]) -> None:
    once = cocm(*command, "--patient", MRN, "--id", FIRST_ID)
    before = cocm("verify", "--json").json["rows"]

    again = cocm(*command, "--patient", MRN, "--id", FIRST_ID)

    after = cocm("verify", "--json").json["rows"]
    kinds = ("measure", "contact", "time_entry", "safety_task")
    assert once.acks == again.acks == [FIRST_ID]
    assert {kind: before[kind] for kind in kinds} == {kind: after[kind] for kind in kinds}


def test_a_patient_and_an_enrollment_retried_are_saved_once(cocm: Cocm) -> None:
    patient, episode = new_id(), new_id()
    add = ("patient", "add", "--last-name", "Ng", "--first-name", "K.", "--born", "1990-02-28")
    enroll = ("enroll", "--patient", patient, "--consented", "2026-11-02")

    answers = [cocm(*add, "--id", patient) for _ in range(2)]
    answers += [cocm(*enroll, "--id", episode) for _ in range(2)]

    assert [answer.acks for answer in answers] == [[patient], [patient], [episode], [episode]]
    rows = cocm("verify", "--json").json["rows"]
    assert (rows["patient"], rows["episode"]) == (2, 2)


@pytest.mark.parametrize("text", ["1", "x" * 36, FIRST_ID.upper(), f"{FIRST_ID} "])
def test_an_id_of_another_shape_is_refused(cocm: Cocm, text: str) -> None:
    answer = measured(cocm, PHQ9_OF_14, "--id", text)

    assert (answer.code, answer.acks) == (2, [])
    assert chart(cocm)["measures"] == []


@pytest.mark.parametrize("named", ["999999", "", "   ", "Alvarez", FIRST_ID, "../100200"])
def test_a_patient_who_is_not_on_file_is_refused(cocm: Cocm, named: str) -> None:
    answer = cocm("contact", "--patient", named, "--kind", "phone")

    assert (answer.code, answer.acks) == (2, [])
    assert "No patient on file has the MRN or id" in answer.err


def test_a_patient_is_found_by_id_as_by_mrn(cocm: Cocm) -> None:
    by_mrn = cocm("patient", "show", "--patient", f" {MRN} ", "--json").json
    by_id = cocm("patient", "show", "--patient", by_mrn["patient"]["id"], "--json").json

    assert by_id == by_mrn


@pytest.mark.parametrize(
    "day", ["13/13/2026", "yesterday", "2026-02-30", "", "\u0662026-11-01", "11/20"]
)
def test_a_day_that_is_none_is_refused(cocm: Cocm, day: str) -> None:
    answer = cocm("contact", "--patient", MRN, "--kind", "phone", "--on", day)

    assert (answer.code, answer.acks) == (2, [])
    assert "is not a date" in answer.err


@pytest.mark.parametrize("minutes", ["-5", "1e3", "25.5", "\u0662\u0665", "", "0x10", "9" * 5000])
def test_minutes_that_are_no_whole_number_are_refused(cocm: Cocm, minutes: str) -> None:
    answer = cocm("contact", "--patient", MRN, "--kind", "phone", f"--minutes={minutes}")

    assert (answer.code, answer.acks) == (2, [])
    assert chart(cocm)["contacts"] == []


@pytest.mark.parametrize("started", ["24:00", "9.05", "905", "09:60", "noon"])
def test_a_time_of_day_that_is_none_is_refused(cocm: Cocm, started: str) -> None:
    answer = cocm("contact", "--patient", MRN, "--kind", "phone", "--started", started)

    assert (answer.code, answer.acks) == (2, [])
    assert "is no time of day" in answer.err


def test_a_closed_episode_is_told_as_closed(cocm: Cocm) -> None:
    closed = cocm("close", "--patient", MRN, "--reason", "graduated")
    again = cocm("close", "--patient", MRN, "--reason", "graduated")

    assert closed.code == 0
    assert (again.code, again.err) == (2, "This episode is closed already.\n")
    assert "Closed" in cocm("patient", "show", "--patient", MRN).out


def test_other_as_a_reason_for_closing_needs_a_note(cocm: Cocm) -> None:
    answer = cocm("close", "--patient", MRN, "--reason", "other")

    assert answer.code == 2
    assert "Say in a few words why the episode closes." in answer.err


def test_treatment_starts_after_consent(cocm: Cocm) -> None:
    cocm(
        *("patient", "add", "--last-name", "Ng", "--first-name", "K.", "--born", "1990-02-28"),
        *("--mrn", "7"),
    )
    cocm("enroll", "--patient", "7", "--consented", "2026-11-02")

    started = cocm("start", "--patient", "7", "--on", "2026-11-09")

    assert started.code == 0
    shown = cocm("patient", "show", "--patient", "7").out
    assert "Active, consent Nov 2, 2026, enrolled Nov 9, 2026" in shown


def test_a_patient_who_is_not_enrolled_has_no_measures(cocm: Cocm) -> None:
    cocm(
        *("patient", "add", "--last-name", "Ng", "--first-name", "K.", "--born", "1990-02-28"),
        *("--mrn", "7"),
    )

    answer = cocm("measure", "--patient", "7", "--instrument", "phq9", "--answers", PHQ9_OF_14)

    assert (answer.code, answer.acks) == (2, [])
    assert "The patient is not enrolled." in answer.err
    assert "Not enrolled" in cocm("patient", "show", "--patient", "7").out


def test_a_second_patient_with_the_same_mrn_is_refused(cocm: Cocm) -> None:
    answer = cocm(
        *("patient", "add", "--last-name", "Ng", "--first-name", "K.", "--born", "1990-02-28"),
        *("--mrn", MRN),
    )

    assert (answer.code, answer.acks) == (2, [])
    assert len(cocm("patient", "list", "--json").json) == 1


def test_every_problem_of_a_draft_has_a_line_of_its_own(cocm: Cocm) -> None:
    answer = cocm(
        "patient", "add", "--last-name", " ", "--first-name", "unknown", "--born", "2030-01-01"
    )

    assert answer.code == 2
    assert len(answer.err.splitlines()) == 3


def test_voided_measures_are_listed_with_reason_and_by_whom(cocm: Cocm) -> None:
    wrong = measured(cocm, PHQ9_OF_14).acks[0]
    nothing = cocm("patient", "show", "--patient", MRN, "--voided", "--json").json
    cocm("void", "measure", wrong, "--reason", "Another patient's form")

    [each] = cocm("patient", "show", "--patient", MRN, "--voided", "--json").json
    words = cocm("patient", "show", "--patient", MRN, "--voided").out

    assert nothing == []
    assert (each["id"], each["total"], each["reason"]) == (wrong, 14, "Another patient's form")
    assert (each["voided_at"][:10], each["corrected_by"]) == ("2026-11-20", None)
    assert each["voided_by"] in words
    assert "Another patient's form" in words


def test_a_contact_keeps_what_was_said_of_safety(cocm: Cocm) -> None:
    said = cocm("contact", "--patient", MRN, "--kind", "phone", "--safety", "better")
    unasked = cocm("contact", "--patient", MRN, "--kind", "phone")
    nobody = cocm("contact", "--patient", MRN, "--kind", "phone", "--outcome", "no-answer",
                  "--safety", "worse")  # fmt: skip

    assert (said.code, unasked.code, nobody.code) == (0, 0, 2)
    assert [each["safety"] for each in chart(cocm)["contacts"]] == ["Better", "Not asked"]
    assert "Better" in cocm("patient", "show", "--patient", MRN).out


def test_the_list_says_how_each_patient_stands(cocm: Cocm) -> None:
    cocm(
        *("patient", "add", "--last-name", "Ng", "--first-name", "K.", "--born", "1990-02-28"),
        *("--mrn", "7"),
    )
    cocm("refer", "--patient", "7", "--on", "2026-11-02")

    referred = cocm("patient", "list", "--program", "referred", "--json").json
    everyone = cocm("patient", "list").out

    assert [(each["mrn"], each["program"]) for each in referred] == [("7", "Referred")]
    assert "Enrolled" in everyone
    assert "Referred" in everyone


def test_a_record_is_withdrawn_with_a_reason(cocm: Cocm) -> None:
    measure = measured(cocm, PHQ9_OF_14).acks[0]
    contact = cocm("contact", "--patient", MRN, "--kind", "phone", "--minutes", "5").acks[0]
    time = cocm("time", "add", "--patient", MRN, "--minutes", "9", "--activity", "clerical").acks[0]

    for kind, record in (("measure", measure), ("contact", contact), ("time", time)):
        assert cocm("void", kind, record, "--reason", " ").code == 2
        assert cocm("void", kind, record, "--reason", "Wrong patient").acks == [record]
        assert cocm("void", kind, record, "--reason", "Again").code == 2

    found = chart(cocm)
    assert found["measures"] == found["contacts"] == []


def test_a_question_is_put_and_cleared(cocm: Cocm) -> None:
    put = cocm("flag", "--patient", MRN, "--question", "Switch to sertraline?")
    shown = cocm("registry", "--chip", "question").out
    cleared = cocm("flag", "--patient", MRN, "--clear", "Answered by phone")

    assert put.code == cleared.code == 0
    assert "question" in shown
    assert cocm("registry", "--chip", "question", "--json").json["rows"] == []
    assert cocm("flag", "--patient", MRN).code == 2


def test_a_safety_task_is_closed_with_three_statements(cocm: Cocm) -> None:
    measured(cocm, "0,0,0,0,0,0,0,0,1")
    [task] = cocm("safety", "list", "--json").json
    statements = ("--assessed", "By phone", "--action", "Safety plan", "--told", "Dr. Smith")

    unsaid = cocm("safety", "close", task["id"], "--assessed", "", "--action", "x", "--told", "x")
    closed = cocm("safety", "close", task["id"], *statements)
    again = cocm("safety", "close", task["id"], *statements)

    assert (unsaid.code, closed.code, again.code) == (2, 0, 2)
    assert cocm("safety", "list", "--json").json == []


def test_a_role_without_the_permission_is_refused(cocm: Cocm) -> None:
    cocm("staff", "add", "--name", "R. Haddad", "--role", "biller", "--new-sign-in", "rhaddad")

    answer = measured(cocm, PHQ9_OF_14, "--sign-in", "rhaddad")

    assert (answer.code, answer.acks) == (2, [])
    assert "As biller you may not record a measure." in answer.err
    assert chart(partial(cocm, "--sign-in", "mbell"))["measures"] == []


def test_who_stood_on_paper_only_gets_a_sign_in(cocm: Cocm) -> None:
    given = cocm("staff", "change", "A. Smith", "--new-sign-in", "asmith")

    again = cocm("--sign-in", "mbell", "staff", "change", "A. Smith", "--new-sign-in", "ada")
    opened = cocm("--sign-in", "asmith", "staff", "list", "--json")

    assert (given.code, again.code, opened.code) == (0, 2, 0)
    assert "A. Smith signs in as asmith. A sign-in name stays as it is." in again.err
    assert "asmith" in {member["sign_in"] for member in opened.json}
