"""Merging two records from the command line."""

from __future__ import annotations

import json

import pytest

from tests.commands.conftest import MRN, Cocm

BOTH = ("--patient", MRN, "--other", "100377")


@pytest.fixture(autouse=True)
def twin(cocm: Cocm) -> None:
    cocm(
        *("patient", "add", "--last-name", "Álvarez", "--first-name", "Maria"),
        *("--born", "1971-04-05", "--mrn", "100377", "--phone", "845-555-0177"),
    )


def test_a_merge_is_looked_at_done_listed_and_undone(cocm: Cocm) -> None:
    looked = json.loads(cocm("merge", "preview", *BOTH, "--json").out)
    assert looked["offered"] == ["phone"]
    assert looked["problems"] == []
    assert "845-555-0177" in cocm("merge", "preview", *BOTH).out

    [merge] = cocm("merge", "do", *BOTH, "--take", "phone", "--confirm", MRN).acks

    pointed = cocm("patient", "show", "--patient", "100377")
    assert pointed.code == 2
    assert "was merged into" in pointed.err
    [listed] = json.loads(cocm("merge", "list", "--json").out)
    assert (listed["id"], listed["other_mrn"], listed["undone_at"]) == (merge, "100377", None)
    assert "can be undone until" in cocm("merge", "list").out

    assert cocm("merge", "undo", merge, "--reason", "Two sisters").acks == [merge]

    assert cocm("patient", "show", "--patient", "100377").code == 0
    assert "undone" in cocm("merge", "list").out


def test_a_wrong_confirmation_merges_nothing(cocm: Cocm) -> None:
    refused = cocm("merge", "do", *BOTH, "--confirm", "100377")

    assert refused.code == 2
    assert f"Type the MRN of the surviving record, {MRN}" in refused.err
    assert cocm("patient", "show", "--patient", "100377").code == 0
