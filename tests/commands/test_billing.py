"""The billing month from the command line: approve, close, issue, mark, correct."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.commands.main import options_of
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.errors import Refused
from cocm_desktop.paths import resources
from tests.actions.billing import DECEMBER_2, on_record
from tests.actions.work import at, call
from tests.commands.conftest import MRN, Answer, fields_of

PAGE = (resources() / "help" / "command_line.md").read_text(encoding="utf-8")
MONTH = ("--month", "2026-11")
PATIENT = ("--patient", MRN)
Ask = Callable[..., Answer]


@pytest.fixture
def ask(
    workspace: Workspace,
    maria: EpisodeId,
    maria_patient: PatientId,
    capsys: pytest.CaptureFixture[str],
) -> Ask:
    """Type a command on December 2, where everything but the approval is on record."""
    on_record(workspace, maria_patient, maria)
    call(workspace, maria, DECEMBER_2.date().replace(month=11, day=5), minutes=40)
    december = at(workspace, DECEMBER_2)

    def typed(*words: object) -> Answer:
        options = options_of([str(word) for word in words])
        capsys.readouterr()
        options.work(december, options)
        written = capsys.readouterr()
        return Answer(0, written.out, written.err)

    return typed


def row_of(ask: Ask) -> dict[str, Any]:
    [row] = ask("billing", "month", *MONTH, *PATIENT, "--json").json["rows"]
    return dict(row)


def test_a_month_goes_its_way(ask: Ask) -> None:
    table = ask("billing", "month", *MONTH).out
    assert "The practitioner has not approved the month." in table
    assert table.endswith("November 2026: 1 patient, not closed.\n")

    ask("billing", "close", *MONTH)
    ask("billing", "approve", *MONTH, *PATIENT, "--signed-on", "12/01/2026")
    assert row_of(ask)["state"] == "Ready"
    issued = ask("billing", "issue", *MONTH, *PATIENT, "--acknowledge", "all").acks
    ask("billing", "mark", *issued, "sent")
    ask("billing", "mark", *issued, "paid", "--paid", "113.65")

    row = row_of(ask)
    assert [row["superbill_id"], row["state"]] == [*issued, "Paid"]
    assert [step["paid_cents"] for step in row["steps"]] == [None, 113_65]
    assert [line["code"] for line in row["result"]["lines"]] == ["99492"]


def test_every_field_of_a_month_is_on_the_help_page(ask: Ask) -> None:
    ask("billing", "close", *MONTH)

    found = ask("billing", "month", *MONTH, "--json").json

    own = fields_of({**found, "rows": [{**row, "result": None} for row in found["rows"]]})
    assert {field for field in own if f"`{field}`" not in PAGE} == set()


def test_a_month_is_billed_as_another_service_and_to_a_payer_of_its_own(ask: Ask) -> None:
    ask("billing", "service", *MONTH, *PATIENT, "bhi")
    ask("billing", "payer", *MONTH, *PATIENT, "medicare")
    ask("billing", "payer", *MONTH, *PATIENT, "last")

    row = row_of(ask)

    assert (row["service"], row["payer"], row["other_payers"]) == ("bhi", "Medicare", [])
    assert [each["code"] for each in row["result"]["reached"]] == ["99484"]


def test_a_payer_that_does_not_pay_is_refused_by_those_that_do(ask: Ask) -> None:
    with pytest.raises(Refused, match="“Aetna” is none of those that pay: Medicare"):
        ask("billing", "payer", *MONTH, *PATIENT, "Aetna")


def test_a_correction_and_a_withdrawn_approval(ask: Ask) -> None:
    ask("billing", "approve", *MONTH, *PATIENT, "--signed-on", "12/01/2026")
    ask("billing", "withdraw", *MONTH, *PATIENT, "--reason", "Signed the wrong sheet")
    assert row_of(ask)["approved_by"] is None

    ask("billing", "approve", *MONTH, *PATIENT, "--signed-on", "12/01/2026")
    [first] = ask("billing", "issue", *MONTH, *PATIENT, "--acknowledge", "all").acks
    why = ("--reason", "Wrong diagnosis", "--payer-number", "ICN7", "--acknowledge", "all")
    [second] = ask("billing", "correct", first, *why).acks

    assert (first != second, row_of(ask)["number"]) == (True, "2026-11-0002")


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        (("issue", *MONTH, *PATIENT, "--acknowledge", "B20"), "“B20” is no warning"),
        (("issue", *MONTH, *PATIENT), "has not approved"),
        (("approve", *MONTH, *PATIENT), "As administrator and care manager you may not approve"),
        (("reopen", *MONTH, "--reason", "Late entry"), "November 2026 is open"),
    ],
)
def test_what_cannot_be_is_refused(ask: Ask, words: tuple[str, ...], refused: str) -> None:
    with pytest.raises(Refused, match=refused):
        ask("billing", *words)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("visit", ("--code", "99213", "--by", "A. Smith", "--not-about-cocm")),
        ("service", ("--code", "96127", "--by", "A. Smith")),
        ("stay", ("--to", "11/09/2026", "--place", "City Hospital")),
        ("death", ()),
    ],
)
def test_what_happened_outside_is_recorded_listed_and_voided(
    ask: Ask, kind: str, options: tuple[str, ...]
) -> None:
    before = ask(kind, "list", *PATIENT, "--json").json
    [record] = ask(kind, "add", *PATIENT, "--on", "11/07/2026", *options).acks

    listed = ask(kind, "list", *PATIENT, "--json").json
    table = ask(kind, "list", *PATIENT).out
    ask(kind, "void", record, "--reason", "Another patient's")

    assert [each["id"] for each in listed if each not in before] == [record]
    assert record in table
    assert {field for field in fields_of(listed) if f"`{field}`" not in PAGE} == set()
    assert ask(kind, "list", *PATIENT, "--json").json == before


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("--not-face-to-face", "Does not count as the initiating visit: it was not face to face."),
        ("--code=99213", ""),
    ],
)
def test_a_visit_that_cannot_begin_the_service_is_said(ask: Ask, option: str, words: str) -> None:
    visit = ("--code", "99213", "--by", "A. Smith", "--on", "11/07/2026", option)

    answer = ask("visit", "add", *PATIENT, *visit)

    assert answer.out.splitlines()[1:] == [words][: bool(words)]


def test_a_consent_is_given_again_and_withdrawn(ask: Ask) -> None:
    ask("consent", "add", *PATIENT, "--practitioner", "A. Smith", "--on", "11/20/2026")
    first, again = ask("consent", "list", *PATIENT, "--json").json

    ask("consent", "withdraw", first["id"], "--on", "11/19/2026")

    listed = ask("consent", "list", *PATIENT, "--json").json
    assert [each["withdrawn_on"] for each in listed] == ["2026-11-19", None]
    assert again["id"] in ask("consent", "list", *PATIENT).out
    assert {field for field in fields_of(listed) if f"`{field}`" not in PAGE} == set()
