"""The packet, what has overtaken it, and the caseload in figures, from the command line."""

from __future__ import annotations

from pathlib import Path

from pypdf import PdfReader

from cocm_desktop.paths import resources
from tests.commands.conftest import MRN, Cocm, fields_of

PAGE = (resources() / "help" / "command_line.md").read_text(encoding="utf-8")
WORDS = set(PAGE.replace("`", " ").replace(",", " ").replace("(", " ").split())


def test_a_packet_without_names_is_printed_and_then_overtaken(cocm: Cocm, tmp_path: Path) -> None:
    file = tmp_path / "packet.pdf"
    [meeting] = cocm("agenda", "plan").acks

    printed = cocm("packet", "--out", file, "--identity", "initials", "--meeting", meeting)

    assert printed.code == 0
    words = "".join(page.extract_text() for page in PdfReader(file).pages)
    assert MRN in words
    assert "ALVAREZ" not in words
    assert "Nothing has changed since." in cocm("packets").out
    assert cocm("flag", "--patient", MRN, "--question", "Raise the dose?").code == 0
    assert "superseded" in cocm("packets").out
    [state] = cocm("packets", "--json").json
    assert state["changed_pages"] == [case["page"] for case in state["cases"]]
    assert (state["is_superseded"], state["meeting_id"]) == (True, meeting)
    assert fields_of(state) <= WORDS


def test_the_caseload_is_told_in_figures(cocm: Cocm) -> None:
    told = cocm("statistics", "--care-manager", "mbell").out
    found = cocm("statistics", "--json").json

    assert "1 in treatment for 1 full-time care manager." in told
    assert "not enough patients" in told
    assert found["for_one_full_time"] == 1
    assert {share["of"] for share in found["shares"]} <= {0, 1}
    assert fields_of(found) <= WORDS
