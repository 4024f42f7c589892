"""Importing a patient list from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import MRN, Cocm

LIST = """Chart,Last,First,DOB,Note
100200,Alvarez,María,04/05/1971,here already
7001,Ng,K.,02/28/1990,
7002,O'Brien,Siobhán,1985-07-01,
7003,,Nobody,1985-07-01,no family name
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def patients(cocm: Cocm) -> list[str]:
    return [patient["mrn"] for patient in cocm("patient", "list", "--json").json]


def test_a_list_is_imported_and_taken_back(cocm: Cocm, file: Path) -> None:
    imported = cocm("import", file)

    assert imported.code == 0
    assert "New: 2, Already here: 1, Possible duplicate: 0, Rejected: 1." in imported.out
    assert sorted(patients(cocm)) == [MRN, "7001", "7002"]
    [batch] = cocm("import", "--list", "--json").json
    assert (batch["id"], batch["rows_added"]) == (imported.acks[0], 2)

    undone = cocm("import", "--undo", imported.acks[0], "--reason", "The wrong list")

    assert undone.acks == imported.acks
    assert patients(cocm) == [MRN]
    assert "undone" in cocm("import", "--list").out


def test_a_look_stores_nothing(cocm: Cocm, file: Path) -> None:
    looked = cocm("import", file, "--preview")
    as_json = cocm("import", file, "--preview", "--json").json

    assert looked.acks == []
    assert "7003" in looked.out
    assert as_json["counts"]["rejected"] == 1
    assert as_json["mapping"]["Chart"] == "mrn"
    assert [row["state"] for row in as_json["rows"]] == ["already-here", "new", "new", "rejected"]
    assert patients(cocm) == [MRN]
    assert cocm("import", "--list", "--json").json == []


def test_the_same_import_again_is_one_import(cocm: Cocm, file: Path) -> None:
    batch = "01a20120-0000-7000-8000-0000000000aa"

    answers = [cocm("import", file, "--id", batch) for _ in range(2)]

    assert [answer.acks for answer in answers] == [[batch], [batch]]
    assert len(patients(cocm)) == 3
    assert len(cocm("import", "--list", "--json").json) == 1


def test_columns_are_chosen_by_header_or_number(cocm: Cocm, file: Path) -> None:
    chosen = ("--map", "preferred-name=note", "--map", "=Chart", "--map", "mrn=#1")

    mapping = cocm("import", file, "--preview", "--json", *chosen).json["mapping"]

    assert mapping["Note"] == "preferred-name"
    assert mapping["Chart"] == "mrn"


def test_without_a_needed_column_nothing_is_imported(cocm: Cocm, file: Path) -> None:
    answer = cocm("import", file, "--map", "=DOB")

    assert (answer.code, answer.acks) == (2, [])
    assert "Choose the column of the date of birth." in answer.err
    assert patients(cocm) == [MRN]


@pytest.mark.parametrize("pair", ["mrn", "=", "chart=Chart", "mrn=Nothing", "mrn=#9", "mrn=#0"])
def test_a_column_or_field_that_is_not_there_is_refused(cocm: Cocm, file: Path, pair: str) -> None:
    answer = cocm("import", file, "--map", pair)

    assert (answer.code, answer.acks) == (2, [])
    assert patients(cocm) == [MRN]


def test_two_columns_of_one_name_are_told_apart_by_number(cocm: Cocm, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Last,First,DOB,Id,ID\nNg,K.,02/28/1990,7,8\n", encoding="utf-8")

    assert cocm("import", file, "--map", "mrn=#5").code == 0
    assert patients(cocm) == [MRN, "8"]
    assert cocm("import", file, "--preview", "--map", "mrn=id (2)").code == 0


def test_a_possible_duplicate_is_added_only_where_its_line_is_named(
    cocm: Cocm, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Last,First,DOB,MRN\nAlvarez,Maria,04/05/1971,555\n", encoding="utf-8")

    assert "Possible duplicate: 1" in cocm("import", file).out
    assert patients(cocm) == [MRN]
    assert cocm("import", file, "--include", "2").code == 0
    assert len(patients(cocm)) == 2


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--list", "--undo", "x"),
        ("no such file.csv",),
        ("--undo", "01a20120-0000-7000-8000-0000000000aa", "--reason", "x"),
        ("--undo", "x"),
        ("list.csv", "--json"),
    ],
)
def test_an_import_that_cannot_be_is_refused(cocm: Cocm, arguments: tuple[str, ...]) -> None:
    answer = cocm("import", *arguments)

    assert (answer.code, answer.acks) == (2, [])
