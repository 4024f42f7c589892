"""The program never states a risk level of its own; a screener's printed triage has its name."""

from __future__ import annotations

import json
import re

import pytest

from cocm_desktop.domain import safety, safety_protocol
from cocm_desktop.domain.intended_use import INTENDED_USE
from cocm_desktop.paths import resources
from tests.source_tree import ROOT

LEVEL = re.compile(
    r"\b(high|higher|moderate|low|lower|severe|elevated|increased|acute|imminent|no|at)[ -]+"
    r"(suicid\w+ )?risk\b|\brisk (level|score|category|of suicide)\b|\bsuicide risk\b",
    re.IGNORECASE,
)
# What may hold such words: the publisher's triage, by its name, and that no level is stated.
ALLOWED = (
    "never a level of risk",
    "never states a risk level",
    "states the answer, never a level",
    "does not rule out risk",
)
SOURCES = sorted((ROOT / "cocm_desktop").rglob("*.py"))
PAGES = [*sorted((resources() / "help").glob("*.md")), ROOT / "README.md"]
TRIAGED = {"C-SSRS", "TAPS", "AUDIT"}


def stated(text: str) -> list[str]:
    for words in ALLOWED:
        text = text.replace(words, "")
    return [found.group() for found in LEVEL.finditer(text)]


@pytest.mark.parametrize("words", ["High risk", "suicide risk: high", "moderate suicidal risk"])
def test_the_search_finds_a_level(words: str) -> None:
    assert stated(f"The patient: {words}.")


def test_no_text_of_the_program_states_a_level_of_risk() -> None:
    found = {
        file.relative_to(ROOT).as_posix(): words
        for file in (*SOURCES, *PAGES)
        if (words := stated(file.read_text(encoding="utf-8")))
    }

    assert found == {}


def test_only_a_published_triage_uses_such_words_and_it_is_named() -> None:
    for file in sorted((resources() / "instruments").glob("*.json")):
        content = json.loads(file.read_text(encoding="utf-8"))
        rows = content.get("triage", {}).get("rows", ())
        if any(stated(row["name"]) for row in rows):
            assert content["id"] in TRIAGED
            assert "printed on the form" in content["triage"]["title"]
            assert content["triage"]["source"]


def test_the_protocol_speaks_of_what_the_form_reads() -> None:
    assert stated(safety_protocol.DEFAULT_PROTOCOL) == []
    assert "Form reads High" in safety_protocol.DEFAULT_PROTOCOL


def test_the_words_of_the_step_and_of_the_first_start() -> None:
    assert safety.FOLLOW_WORDS == "Follow the practice's safety protocol today."
    assert safety.NO_RISK_WORDS == "A 0 on this item does not rule out risk."
    assert INTENDED_USE.endswith("Not for emergencies. US crisis line: call or text 988.")
