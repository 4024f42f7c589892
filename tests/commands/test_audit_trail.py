"""The audit at the command line: lists, exports, reviews."""

from __future__ import annotations

from pathlib import Path

import pytest

from cocm_desktop.domain.audit_event import EVENTS
from tests.commands.conftest import MRN, Cocm, fields_of

HELP_PAGE = Path(__file__).parents[2] / "resources" / "help" / "command_line.md"


@pytest.fixture
def worked(cocm: Cocm) -> Cocm:
    """A clinic in which María has a score."""
    options = ("--patient", MRN, "--instrument", "PHQ-9", "--answers=2,2,2,2,2,2,2,2,1")
    assert cocm("measure", *options, "--on", "10/01/2026").code == 0
    return cocm


def test_who_looked_at_a_patient_and_what_a_person_did(worked: Cocm) -> None:
    assert worked("patient", "show", "--patient", MRN).code == 0

    of_patient = worked("audit", "patient", MRN, "--json").json["entries"]
    by_person = worked("audit", "person", "M. Bell", "--json").json

    assert "chart.viewed" in {entry["code"] for entry in of_patient}
    assert len({entry["patient_id"] for entry in of_patient}) == 1
    assert {entry["person"] for entry in by_person["entries"]} == {"M. Bell"}
    assert by_person["total"] > len(of_patient)


def test_a_list_is_narrowed_and_told_in_sentences(worked: Cocm) -> None:
    answer = worked("audit", "list", "--code", "measure.recorded", "--sort", "who", "--ascending")

    assert "Recorded a measure of ALVAREZ" in answer.out
    assert "1–" in answer.out
    assert worked("audit", "list", "--kind", "safety", "--failed").out.endswith("No entries.\n")


def test_a_search_is_told_without_its_words(worked: Cocm) -> None:
    worked("registry", "--find", "Alvarez")

    [found, *_] = worked("audit", "list", "--code", "patient.searched", "--json").json["entries"]

    assert "Found: 1" in found["details"]
    assert "lvarez" not in str(found)


@pytest.mark.parametrize("options", [(), ("--fhir",)])
def test_an_export_is_checked(worked: Cocm, tmp_path: Path, options: tuple[str, ...]) -> None:
    file = tmp_path / "audit.out"

    made = worked("audit", "export", str(file), *options)
    good = worked("audit", "check-export", str(file))
    file.write_bytes(file.read_bytes() + b"x")
    bad = worked("audit", "check-export", str(file))

    assert (made.code, good.code, bad.code) == (0, 0, 2)
    assert "Seal: audit.out.seal.json" in made.out
    assert "as it was exported" in good.out
    assert "was changed" in bad.err


def test_who_looked_at_a_patient_is_printed(worked: Cocm, tmp_path: Path) -> None:
    file = tmp_path / "audit.pdf"

    made = worked("audit", "print", "--patient", MRN, "--out", str(file))

    assert made.code == 0
    assert file.read_bytes().startswith(b"%PDF")


def test_a_month_is_reviewed_and_signed(worked: Cocm) -> None:
    worked("audit", "sign", "2026-10", "--words", "x")
    december = ("--as-of", "2026-12-02")

    signed = worked("audit", "sign", "2026-11", "--words", "Nothing unusual", *december)
    month = worked("audit", "review", "--month", "2026-11", "--json", *december).json

    assert len(signed.acks) == 1
    assert [review["words"] for review in month["reviews"]] == ["Nothing unusual"]
    assert "Signed 12/02/2026 by M. Bell" in worked("audit", "review", *december).out


def test_every_kind_of_entry_is_listed(worked: Cocm) -> None:
    listed = worked("audit", "codes", "--json").json

    assert {each["code"] for each in listed} == set(EVENTS)
    assert "chart.viewed" in worked("audit", "codes").out


def test_the_fields_stand_in_the_help(worked: Cocm) -> None:
    page = HELP_PAGE.read_text(encoding="utf-8")
    fields = fields_of(worked("audit", "list", "--json").json)
    fields |= fields_of(worked("audit", "review", "--json", "--as-of", "2026-12-02").json)
    fields |= fields_of(worked("audit", "codes", "--json").json)

    assert {field for field in fields if f"`{field}`" not in page} == set()
