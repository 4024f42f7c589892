"""Papers for patients and for the day from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cocm_desktop.paths import resources
from tests.commands.conftest import MRN, Cocm, fields_of
from tests.printing.read_back import texts

PAGE = (resources() / "help" / "command_line.md").read_text(encoding="utf-8")
PLAN = ("plan", "print", "--patient", MRN, "--kind", "safety-plan", "--form")


def test_home_forms_and_plans_are_printed_in_both_languages(cocm: Cocm, tmp_path: Path) -> None:
    file = tmp_path / "form.pdf"
    spanish = ("--language", "spanish", "--out", file)

    usual = cocm("print", "home-form", "--out", file)
    pages = texts(file.read_bytes())
    named = cocm("print", "home-form", "--instrument", "phq9", "--patient", MRN, *spanish)
    [form] = texts(file.read_bytes())
    planned = cocm(*PLAN, *spanish)
    [plan] = texts(file.read_bytes())

    assert [usual.code, named.code, planned.code] == [0, 0, 0]
    assert len(pages) == 2
    assert "Poco interés o placer en hacer cosas" in form
    assert "Plan de seguridad" in plan


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("home-form", "--instrument", "EPDS"), "no wording of EPDS that it may print"),
        (("home-form", "--language", "spanish"), "no Spanish wording of GAD-7"),
        (("home-form", "--instrument", "XYZ"), "There is no instrument “XYZ”"),
    ],
)
def test_a_form_that_may_not_be_printed_leaves_no_file(
    cocm: Cocm, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    file = tmp_path / "form.pdf"

    answer = cocm("print", *arguments, "--out", file)

    assert answer.code == 2
    assert words in answer.err
    assert not file.exists()


def test_the_lists_and_the_summary_are_papers_and_json(cocm: Cocm, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    asked = (
        ("summary", "--patient", MRN),
        ("day-list", "--on", "t"),
        ("day-list", "--front-desk", "--care-manager", "mbell"),
        ("downtime",),
    )

    for arguments in asked:
        printed = cocm("print", *arguments, "--out", file)
        read = cocm("print", *arguments, "--json")

        assert printed.code == read.code == 0, printed.err + read.err
        assert texts(file.read_bytes())
        assert fields_of(read.json) <= set(PAGE.replace("`", " ").replace(",", " ").split())

    assert fields_of(cocm("print", "forms", "--json").json) == {"instrument", "title", "languages"}


def test_words_say_who_is_expected_and_what_is_missing(cocm: Cocm) -> None:
    day = cocm("print", "day-list")
    forms = cocm("print", "forms")
    nowhere = [cocm("print", "summary", "--patient", MRN), cocm("print", "downtime")]

    assert "1 patient." in day.out
    assert "English, Spanish" in forms.out
    assert all(each.code == 2 and "--out" in each.err for each in nowhere)
