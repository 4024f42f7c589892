"""Many commands in one go, a line each."""

from __future__ import annotations

import json

import pytest

from cocm_desktop.domain.ids import new_id
from tests.commands.conftest import MRN, Cocm


def lines(*contents: object) -> str:
    return "".join(f"{json.dumps(content)}\n" for content in contents)


def test_each_line_is_saved_and_acknowledged(cocm: Cocm) -> None:
    ids = [new_id() for _ in range(3)]

    answer = cocm(
        "record-batch",
        stdin=lines(
            {
                "command": "measure",
                "patient": MRN,
                "instrument": "PHQ-9",
                "answers": [2, 2, None, 2, 2, 2, 2, 2, 1],
                "on": "2026-11-20",
                "id": ids[0],
            },
            {
                "command": "contact",
                "patient": MRN,
                "kind": "phone",
                "minutes": 25,
                "note": "--note",
                "started": None,
                "id": ids[1],
            },
            {
                "command": "time add",
                "patient": MRN,
                "minutes": 5,
                "activity": "clerical",
                "id": ids[2],
            },
        ),
    )

    assert (answer.code, answer.acks) == (0, ids)
    found = cocm("patient", "show", "--patient", MRN, "--json").json
    assert found["measures"][0]["answers"] == [2, 2, None, 2, 2, 2, 2, 2, 1]
    assert found["contacts"][0]["note"] == "--note"
    assert len(found["safety_tasks"]) == 1


def test_a_refused_line_is_named_and_the_rest_goes_on(cocm: Cocm) -> None:
    good = {"command": "contact", "patient": MRN, "kind": "phone"}

    answer = cocm(
        "record-batch", stdin=lines(good, {**good, "on": "2030-01-01"}) + "\n" + lines(good)
    )

    assert answer.code == 2
    assert len(answer.acks) == 2
    assert answer.err.splitlines() == [
        "Line 2: A contact cannot be dated in the future.",
        "1 line refused, 2 done.",
    ]


def test_a_batch_sent_again_is_saved_once(cocm: Cocm) -> None:
    batch = lines(
        *({"command": "contact", "patient": MRN, "kind": "phone", "id": new_id()} for _ in range(3))
    )

    first, second = cocm("record-batch", stdin=batch), cocm("record-batch", stdin=batch)

    assert first.acks == second.acks
    assert len(cocm("patient", "show", "--patient", MRN, "--json").json["contacts"]) == 3


@pytest.mark.parametrize(
    "line",
    [
        "ACK",
        "[]",
        "{}",
        '{"command": 5}',
        '{"command": ""}',
        '{"command": "record-batch"}',
        '{"command": "init"}',
        '{"command": "measure --help"}',
        '{"command": "measure", "help": true}',
        '{"command": "contact", "patient": "100200", "kind": "phone", "data": "elsewhere"}',
        '{"command": "contact", "patient": "100200", "kind": "phone", "as-of": "2026-01-01"}',
        '{"command": "contact", "patient": "100200", "kind": "phone", "minutes": 1.5}',
        '{"command": "contact", "patient": "100200", "kind": "phone", "note": {"a": 1}}',
        '{"command": "contact", "patient": "100200", "kind": "phone", "note": "\\u0000"}',
        '{"command": "contact", "patient": "100200", "kind": "phone", "note": "\\ud800"}',
        '{"command": "contact", "patient": "100200", "kind": "phone", "colour": "red"}',
        '{"command": "contact", "patient": "100200", "kind": "phone", "password": "hunter2"}',
        "[" * 100_000,
    ],
)
def test_a_line_that_is_no_command_is_refused(cocm: Cocm, line: str) -> None:
    answer = cocm("record-batch", stdin=f"{line}\n")

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Line 1: ")
    assert "hunter2" not in answer.err
    assert cocm("patient", "show", "--patient", MRN, "--json").json["contacts"] == []


def test_bytes_that_are_no_text_are_refused(cocm: Cocm) -> None:
    line = b'{"command": "contact", "patient": "100200", "kind": "phone", "note": "\xff"}\n'

    assert cocm("record-batch", stdin=line).code == 2


def test_an_empty_batch_does_nothing(cocm: Cocm) -> None:
    answer = cocm("record-batch", stdin="\n\n")

    assert (answer.code, answer.out, answer.err) == (0, "", "")
