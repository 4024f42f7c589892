"""A file of a clinic's own, read from its name to its preview."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cocm_desktop.actions.scoring import load_instruments
from cocm_desktop.domain.instrument_pack import PackChoices, PackPreview, compared
from cocm_desktop.errors import Refused
from cocm_desktop.exchange.pack_file import read_pack
from tests.builders import phq9
from tests.exchange.forms import (
    file_of,
    form,
    loinc,
    option,
    options,
    question,
)


def previewed(folder: Path, content: Any, **choices: Any) -> PackPreview:
    return read_pack(file_of(folder, content), PackChoices(**choices), version=1)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"title": "A/B: <test>"}, "A B test"),
        ({"title": None, "name": "ByName"}, "ByName"),
        ({"title": None, "id": "by-id"}, "by-id"),
        ({"title": None}, "Form"),
        ({"title": "x" * 300}, "x" * 40),
        ({"title": "(Ünser) Bogen"}, "nser) Bogen"),
    ],
)
def test_a_form_is_named_by_its_title(tmp_path: Path, changes: dict[str, Any], name: str) -> None:
    assert previewed(tmp_path, form(**changes)).instrument.id == name


@pytest.mark.parametrize("title", ["???", "患者健康"])
def test_a_title_without_latin_letters_is_called_a_form(tmp_path: Path, title: str) -> None:
    assert previewed(tmp_path, form(title=title)).instrument.id == "Form"


def test_licence_and_source_are_kept(tmp_path: Path) -> None:
    shown = previewed(tmp_path, form(copyright="© Somebody", url="http://example.org/form"))
    bare = previewed(tmp_path, form())

    assert (shown.instrument.licence, shown.instrument.source) == (
        "© Somebody",
        "http://example.org/form",
    )
    assert "The practice answers" in bare.instrument.licence


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(form(question("1"), question("1")), "Two questions", id="a linkId twice"),
        pytest.param(form(question("")), "no linkId", id="an empty linkId"),
        pytest.param(form({"type": "group"}), "no linkId", id="no linkId"),
        pytest.param(form("question"), "is no object", id="a question in words"),
        pytest.param(form(item=5), "no question whose answers", id="items as a number"),
        pytest.param(form(item=[]), "no question whose answers", id="no questions"),
        pytest.param(
            form(question("1", type="string")), "has no answers with values", id="all left out"
        ),
        pytest.param(
            form(*(question(str(n)) for n in range(201))), "more than 200 questions", id="201"
        ),
        pytest.param(
            form(*({"linkId": str(n), "type": "display"} for n in range(1_001))),
            "more than 1,000",
            id="1,001",
        ),
        pytest.param({"resourceType": "Bundle"}, "a FHIR Bundle, not", id="a bundle"),
        pytest.param({"resourceType": ["x"]}, "FHIR something else", id="an odd kind"),
        pytest.param({"resourceType": "x" * 99}, f"FHIR {'x' * 40},", id="an endless kind"),
        pytest.param(["Questionnaire"], "neither a definition nor", id="a list"),
        pytest.param({}, "format is missing", id="nothing"),
    ],
)
def test_a_file_that_is_no_form_is_refused_in_words(
    tmp_path: Path, content: Any, message: str
) -> None:
    with pytest.raises(Refused, match=message):
        previewed(tmp_path, content)


def test_a_definition_takes_no_choices_of_its_reader(tmp_path: Path) -> None:
    definition = {"format": 2}

    with pytest.raises(Refused, match="says itself"):
        previewed(tmp_path, definition, instrument_id="X")


def phq9_of_another_system() -> dict[str, Any]:
    """Write a PHQ-9 as other systems do: codes, a total, the question about function."""
    words = ("Not at all", "Several days", "More than half the days", "Nearly every day")
    items = [
        question(f"/{item.loinc}", text=item.words, code=loinc(item.loinc)) for item in phq9().items
    ]
    total = {"linkId": "/44261-6", "type": "decimal", "text": "PHQ-9 total score"}
    function = [option(each) for each in ("Not difficult at all", "Extremely difficult")]
    return form(
        *({**item, "answerOption": options(*words)} for item in items),
        {**total, "code": loinc("44261-6")},
        question("/69722-7", code=loinc("69722-7"), answerOption=function),
        title="PHQ-9 of another system",
        code=loinc("44249-1"),
    )


def test_a_phq9_of_another_system_is_read_as_the_program_has_it(tmp_path: Path) -> None:
    shown = compared(previewed(tmp_path, phq9_of_another_system()), load_instruments())

    assert shown.instrument.highest_total == 27
    assert [item.number for item in shown.instrument.critical_items] == [9]
    assert len(shown.instrument.difficulty_options) == 2
    assert shown.not_understood == ()
    assert "The program has this instrument: PHQ-9, 9 items, 0 to 27." in shown.remarks


def test_an_audit_c_that_lacks_a_question_is_not_taken_for_whole(tmp_path: Path) -> None:
    five = options("0", "1", "2", "3", "4")
    number = {"linkId": "1", "type": "decimal", "text": "How many times in the past year?"}
    asked = [question(each, answerOption=five) for each in ("2", "3")]
    content = form(number, *asked, code=loinc("72109-2"))

    shown = compared(previewed(tmp_path, content), load_instruments())

    assert len(shown.instrument.items) == 2
    assert shown.not_understood == (
        "Question “How many times in the past year?” takes any number and has no values.",
        "The file carries the code of AUDIT-C: 3 items, 0 to 12. What was read: 2 items, 0 to 8.",
    )
