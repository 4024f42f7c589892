"""Views of the registry and its filters, from the command line."""

from __future__ import annotations

import json

import pytest

from tests.commands.conftest import MRN, Cocm


def mrns(cocm: Cocm, *options: str) -> list[str]:
    return [row["mrn"] for row in cocm("registry", *options, "--json").json["rows"]]


def test_a_view_is_saved_listed_shown_used_and_deleted(cocm: Cocm) -> None:
    saved = cocm("view", "save", "Slipping away", "--chip", "everyone", "--filter", "weeks>=1",
                 "--sort=-change,due", "--columns", "now,why", "--share")  # fmt: skip
    shown = cocm("view", "show", "slipping away").json
    listed = cocm("view", "list")
    used = cocm("registry", "--view", "Slipping away")
    found = cocm("registry", "--view", "Slipping away", "--json").json

    deleted = cocm("view", "delete", saved.acks[0])

    assert shown["id"] == saved.acks[0]
    assert shown["columns"] == ["patient", "now", "why"]
    assert shown["order"][0] == {"column": "change", "descending": True}
    assert (shown["own"], shown["shared"], shown["notes"]) == (True, True, [])
    assert "Weeks in treatment is at least 1" in listed.out
    assert "mine, shared" in listed.out
    assert "Everyone · Weeks in treatment is at least 1" in used.out
    assert [row["mrn"] for row in found["rows"]] == [MRN]
    assert found["filter"] == "Weeks in treatment is at least 1"
    assert deleted.code == 0
    assert cocm("view", "list", "--json").json == []


def test_a_view_saved_again_under_its_name_is_replaced(cocm: Cocm) -> None:
    first = cocm("view", "save", "Mine", "--mine")
    second = cocm("view", "save", "mine", "--chip", "closed")

    [view] = cocm("view", "list", "--json").json
    assert first.acks == second.acks
    assert (view["chip"], view["whose"]) == ("Closed", "everyone")


def test_the_registry_is_filtered_by_a_line_or_by_json(cocm: Cocm) -> None:
    content = {"match": "all", "conditions": [["status", "is", "Active"]]}

    assert mrns(cocm, "--filter", "status=Active") == [MRN]
    assert mrns(cocm, "--filter", json.dumps(content)) == [MRN]
    assert mrns(cocm, "--filter", "not open") == []
    assert mrns(cocm, "--chip", "everyone", "--filter", "phq9>=27") == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("registry", "--filter", "moon=full"),
        ("registry", "--view", "nothing"),
        ("view", "save", "x", "--sort", "moon"),
        ("view", "save", "x", "--columns", "moon"),
        ("view", "save", " "),
        ("view", "show", "nothing"),
        ("view", "delete", "nothing"),
    ],
)
def test_what_is_not_known_is_refused_and_nothing_is_saved(
    cocm: Cocm, arguments: tuple[str, ...]
) -> None:
    answer = cocm(*arguments)

    assert answer.code == 2
    assert answer.err
    assert cocm("view", "list", "--json").json == []


def test_a_row_says_what_is_due_and_why(cocm: Cocm) -> None:
    [row] = cocm("registry", "--json").json["rows"]

    assert all(item["why"].startswith(f"{item['rule']}: ") for item in row["due_now"])
    assert {"rule", "title", "due_on", "why"} == set(row["due_now"][0])
