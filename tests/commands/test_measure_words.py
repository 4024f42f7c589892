"""What the command that records a measure says, and to whom."""

from __future__ import annotations

import json

from tests.commands.conftest import MRN, Answer, Cocm

POSITIVE = "1,1,1,1,1,1,1,1,1"


def measured(cocm: Cocm, answers: str, *more: str, patient: str = MRN) -> Answer:
    return cocm(
        *("measure", "--patient", patient, "--instrument", "PHQ-9", f"--answers={answers}"), *more
    )


def add_front_desk(cocm: Cocm) -> None:
    cocm("staff", "add", "--name", "T. Young", "--role", "front-desk", "--new-sign-in", "tyoung")


def test_the_front_desk_gets_no_score(cocm: Cocm) -> None:
    add_front_desk(cocm)
    line = {"command": "measure", "patient": MRN, "instrument": "PHQ-9", "answers": [1] * 8 + [0]}

    alone = measured(cocm, POSITIVE, "--sign-in", "tyoung")
    in_batch = cocm("record-batch", "--sign-in", "tyoung", stdin=json.dumps(line))
    differing = measured(cocm, POSITIVE, "--paper-total", "12", "--sign-in", "tyoung")

    assert alone.out == f"ACK {alone.acks[0]}\nBring this patient to a clinician now.\n"
    assert in_batch.out == f"ACK {in_batch.acks[0]}\n"
    assert differing.code == 2
    assert "9" not in differing.err


def test_a_critical_answer_without_an_episode_says_what_to_do_at_once(cocm: Cocm) -> None:
    cocm(
        *("patient", "add", "--last-name", "Bose", "--first-name", "Rani", "--mrn", "7"),
        *("--born", "04/05/1981"),
    )
    add_front_desk(cocm)

    answer = measured(cocm, POSITIVE, "--sign-in", "mbell", patient="7")
    at_the_desk = measured(cocm, POSITIVE, "--sign-in", "tyoung", patient="7")
    quiet = measured(cocm, "1,1,1,1,1,1,1,1,0", "--sign-in", "mbell", patient="7")

    assert answer.code == 2
    assert "not enrolled" in answer.err
    assert "Answer 1 on PHQ-9 item 9: follow the practice's safety protocol today" in answer.err
    assert "Bring this patient to a clinician now." in at_the_desk.err
    assert "item 9" not in at_the_desk.err
    assert "safety" not in quiet.err


def test_an_old_form_of_a_patient_who_came_back_says_where_it_is_filed(cocm: Cocm) -> None:
    closed = cocm("close", "--patient", MRN, "--on", "10/20/2026", "--reason", "withdrew")
    back = cocm(
        *("enroll", "--patient", MRN, "--consented", "11/16/2026", "--enrolled", "11/16/2026"),
        *("--diagnosis", "f331"),
    )

    old = measured(cocm, "2,2,2,2,2,2,2,0,0", "--on", "10/12/2026")
    anew = measured(cocm, "2,2,2,2,2,2,2,0,0", "--on", "11/17/2026")

    assert (closed.code, back.code) == (0, 0)
    assert "Filed under the episode that closed on Oct 20, 2026." in old.out
    assert "Filed" not in anew.out
