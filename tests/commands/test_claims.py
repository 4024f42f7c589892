"""Claims and remittances from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.commands.main import options_of
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.errors import Refused
from cocm_desktop.paths import resources
from tests.actions.filing import filed_bill, set_up_files
from tests.commands.conftest import Answer, Cocm, fields_of
from tests.exchange.answers import a_999
from tests.exchange.remittances import DENIED, PAID, an_835

HELP_PAGE = resources() / "help" / "command_line.md"
MONTH = ("--month", "2026-11")
Ask = Callable[..., Answer]


@pytest.fixture
def ask(
    workspace: Workspace,
    maria: EpisodeId,
    maria_patient: PatientId,
    capsys: pytest.CaptureFixture[str],
) -> Ask:
    """Type a command about claims at a practice with one issued superbill."""
    filed_bill(workspace, maria_patient, maria)

    def typed(*words: object) -> Answer:
        options = options_of(["claims", *(str(word) for word in words)])
        capsys.readouterr()
        options.work(workspace, options)
        written = capsys.readouterr()
        return Answer(0, written.out, written.err)

    return typed


def test_claims_are_listed_written_and_written_again(ask: Ask, tmp_path: Path) -> None:
    listed = ask("list", *MONTH)
    assert "2026-11-0001" in listed.out
    assert "1 claim, 1 ready to go." in listed.out
    assert "837P: Claim files are turned off." in listed.err

    written = ask("export-csv", *MONTH, "--out", tmp_path / "a.csv")
    again = ask("again", written.acks[0], "--out", tmp_path / "b.csv")

    assert again.acks == written.acks
    assert (tmp_path / "b.csv").read_text().count("COCM-000123-202611") == 2
    assert "Sent" in ask("list", *MONTH).out
    assert "a.csv" not in ask("files").out
    assert written.acks[0] in ask("files").out


def test_a_file_of_one_claim_is_answered(ask: Ask, workspace: Workspace, tmp_path: Path) -> None:
    set_up_files(workspace)
    number = ("--number", "2026-11-0001", "--not-sent")
    ask("export-837", *MONTH, "--out", tmp_path, *number)
    report = tmp_path / "report"
    report.write_bytes(a_999("1", "R"))

    looked = ask("answers", report, "--preview")
    kept = ask("answers", report, "--json", "--preview").json
    ask("answers", report)

    assert "Rejected" in looked.out
    assert looked.acks == []
    assert kept[0]["accepted"] is False
    assert "1 rejected" in ask("files").out
    with pytest.raises(Refused, match="has the number 7"):
        ask("export-csv", *MONTH, "--out", tmp_path, "--number", "7")


def test_a_remittance_is_looked_at_posted_and_undone(ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "era.835"
    file.write_bytes(an_835(PAID, DENIED))

    looked = ask("import-835", file, "--preview")
    posted = ask("import-835", file)
    listed = ask("remittances").out
    ask("undo", posted.acks[0], "--reason", "Wrong file")

    assert looked.acks == []
    assert "Issued → Paid" in looked.out
    assert "The limit for the period is used up" in looked.out
    assert "were charged" in looked.err
    assert "1 of 2" in listed
    assert "undone" in ask("remittances").out


def test_reasons_are_explained_without_a_clinic(type_at: Cocm) -> None:
    assert "The patient's deductible" in type_at("claims", "explain").out
    assert "limit for the period" in type_at("claims", "explain", "119").out
    assert type_at("claims", "explain", "b20", "--json").json[0]["checks"] == [
        "B13_DUPLICATE_MONTH",
        "W41_OTHER_PRACTITIONER",
    ]
    assert type_at("claims", "explain", "999").code == 2


def test_the_fields_of_the_json_are_documented(ask: Ask, tmp_path: Path) -> None:
    page = HELP_PAGE.read_text(encoding="utf-8")
    file = tmp_path / "era.835"
    file.write_bytes(an_835(PAID))

    answers = [
        ask("list", *MONTH, "--json").json,
        ask("import-835", file, "--preview", "--json").json,
    ]
    ask("export-csv", *MONTH, "--out", tmp_path)
    ask("import-835", file)
    answers += [ask("files", "--json").json, ask("remittances", "--json").json]

    assert {name for name in fields_of(answers) if f"`{name}`" not in page} == set()
    assert json.dumps(answers)
