from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.commands.conftest import MRN, Cocm
from tests.printing.read_back import texts

NOVEMBER = ("--month", "2026-11")


@pytest.fixture
def worked(cocm: Cocm) -> Cocm:
    answer = cocm(
        "contact", "--patient", MRN, "--kind", "phone", "--minutes", "40", "--on", "11/05/2026"
    )
    assert answer.code == 0, answer.err
    return cocm


def test_a_month_has_a_summary_and_a_sheet_for_each_patient(worked: Cocm, tmp_path: Path) -> None:
    file = tmp_path / "month.pdf"

    answer = worked("billing-sheet", *NOVEMBER, "--out", file)

    assert answer.code == 0, answer.err
    summary, sheet = texts(file.read_bytes())
    assert "Billing month November 2026" in summary
    assert "CoCM monthly billing sheet" in sheet


def test_one_patient_has_a_sheet_alone(worked: Cocm, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"

    assert worked("billing-sheet", *NOVEMBER, "--patient", MRN, "--out", file).code == 0

    assert len(PdfReader(file).pages) == 1


def test_a_month_that_is_stopped_has_no_superbill_for_the_patient(
    worked: Cocm, tmp_path: Path
) -> None:
    file = tmp_path / "superbill.pdf"

    answer = worked("patient-superbill", *NOVEMBER, "--patient", MRN, "--out", file)

    assert answer.code == 2
    assert "no code stands" in answer.err
    assert not file.exists()


def test_the_digest_of_an_audit_packet_is_that_of_its_records(worked: Cocm, tmp_path: Path) -> None:
    file = tmp_path / "audit.pdf"

    answer = worked("audit-packet", *NOVEMBER, "--patient", MRN, "--json")
    printed = worked("audit-packet", *NOVEMBER, "--patient", MRN, "--out", file)

    assert (answer.code, printed.code) == (0, 0), answer.err + printed.err
    said = answer.json.pop("sha256")
    rest = {name: value for name, value in answer.json.items() if name != "sha256"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == said
    assert said in texts(file.read_bytes())[0]


def test_a_restriction_stops_the_records_of_a_month_in_either_form(
    worked: Cocm, tmp_path: Path
) -> None:
    file = tmp_path / "audit.pdf"
    asked = worked("restriction", "ask", "--patient", MRN, "Not to my aunt")
    worked("restriction", "decide", asked.acks[0], "accepted")

    answer = worked("audit-packet", *NOVEMBER, "--patient", MRN, "--json")
    printed = worked("audit-packet", *NOVEMBER, "--patient", MRN, "--out", file)

    assert (answer.code, printed.code) == (2, 2)
    assert answer.out == ""
    assert "Not to my aunt" in answer.err
    assert not file.exists()


def test_records_that_were_written_out_are_accounted_for(worked: Cocm) -> None:
    worked("audit-packet", *NOVEMBER, "--patient", MRN, "--json")

    (given,) = worked("disclosure", "list", "--patient", MRN, "--json").json
    noted = worked("audit", "list", "--code", "audit_packet.exported").out
    assert given["what"] == "Audit packet of November 2026"
    assert "Wrote out the records behind a month" in noted


def test_an_audit_packet_needs_to_be_told_where_it_goes(worked: Cocm) -> None:
    answer = worked("audit-packet", *NOVEMBER, "--patient", MRN)

    assert answer.code == 2
    assert "--out" in answer.err
