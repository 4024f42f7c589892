"""FHIR Questionnaires read as instruments: what counts, what is told, what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cocm_desktop.domain.instrument_pack import PackChoices, PackKind, PackPreview
from cocm_desktop.errors import Refused
from cocm_desktop.exchange.fhir_instrument import ReadForm, read_form
from cocm_desktop.exchange.pack_file import parse_pack, read_pack
from tests.exchange.forms import (
    ORDINAL,
    WEIGHT,
    file_of,
    form,
    loinc,
    option,
    options,
    question,
    weight,
)


def read(content: dict[str, Any], **choices: Any) -> ReadForm:
    return read_form(content, PackChoices(**choices))


def previewed(folder: Path, content: Any, **choices: Any) -> PackPreview:
    return read_pack(file_of(folder, content), PackChoices(**choices), version=1)


def test_questions_with_values_become_a_sum(tmp_path: Path) -> None:
    shown = previewed(tmp_path, form())
    instrument = shown.instrument

    assert (shown.kind, shown.file_name) == (PackKind.FHIR, "form.json")
    assert (instrument.id, instrument.version, instrument.highest_total) == (
        "Our worry form",
        1,
        4,
    )
    assert [item.words for item in instrument.items] == ["Question 1", "Question 2"]
    assert [option.words for option in instrument.items[0].options] == [
        "Never",
        "Sometimes",
        "Always",
    ]
    assert instrument.score((2, 1)).total == 3
    assert shown.remarks == (
        "The total is the plain sum of the scored questions.",
        "A higher total is taken to be worse: the file does not say.",
    )
    assert shown.not_understood == ()
    assert parse_pack(shown.content) == instrument


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(option("A", 1), id="beside the coding"),
        pytest.param(
            {"valueCoding": {"display": "A", "extension": [weight(1)]}}, id="inside the coding"
        ),
        pytest.param(
            {"valueCoding": {"code": "A"}, "extension": [weight(1, WEIGHT)]}, id="as R5 calls it"
        ),
        pytest.param(
            {"valueCoding": {"code": "A"}, "extension": [{"url": ORDINAL, "valueInteger": 1}]},
            id="as an integer",
        ),
        pytest.param({"valueString": "A", "extension": [weight(1.0)]}, id="of a text"),
        pytest.param(
            {"valueString": "A", "_valueString": {"extension": [weight(1)]}}, id="beside a text"
        ),
        pytest.param({"valueInteger": 1}, id="the number itself"),
        pytest.param({"valueInteger": 7, "extension": [weight(1)]}, id="of a number"),
        pytest.param(
            {"valueCoding": {"code": "A"}, "extension": [{"url": "urn:x"}, 5, weight(1)]},
            id="among others",
        ),
    ],
)
def test_a_value_is_found_wherever_it_stands(answer: dict[str, Any]) -> None:
    content = read(form(question("1", answerOption=[option("Zero", 0), answer])))

    assert [each["value"] for each in content.content["items"][0]["options"]] == [0, 1]


@pytest.mark.parametrize(
    "value_set",
    [
        pytest.param({"expansion": {"contains": [
            {"display": "No", "extension": [weight(0)]},
            {"code": "Yes", "extension": [weight(1)]},
        ]}}, id="expanded"),
        pytest.param({"compose": {"include": [
            {"concept": [{"display": "No", "extension": [weight(0)]}]},
            {"concept": [{"code": "Yes", "extension": [weight(1)]}]},
            {"valueSet": ["#answers"]},
            "odd",
        ]}}, id="composed"),
    ],
)  # fmt: skip
def test_answers_may_stand_in_a_set_inside_the_file(value_set: dict[str, Any]) -> None:
    contained = [{"resourceType": "ValueSet", "id": "answers", **value_set}, "odd", {"id": 5}]
    asked = question("1", answerOption=None, answerValueSet="#answers")

    content = read(form(asked, contained=contained)).content

    assert content["items"][0]["options"] == [
        {"value": 0, "words": "No"},
        {"value": 1, "words": "Yes"},
    ]


@pytest.mark.parametrize(
    ("own", "reference", "is_found"),
    [
        ({}, "http://x.org/a", True),
        ({}, "http://x.org/a|2", True),
        ({"version": "2"}, "http://x.org/a|2", True),
        ({"version": "2"}, "http://x.org/a", True),
        ({"version": "2"}, "http://x.org/a|1", False),
        ({}, "http://x.org/b", False),
    ],
)
def test_a_set_inside_the_file_is_found_by_its_url(
    own: dict[str, str], reference: str, *, is_found: bool
) -> None:
    concepts = [{"code": "No", "extension": [weight(0)]}, {"code": "Yes", "extension": [weight(1)]}]
    value_set = {"resourceType": "ValueSet", "url": "http://x.org/a", **own}
    contained = [{**value_set, "compose": {"include": [{"concept": concepts}]}}]
    asked = question("2", answerOption=None, answerValueSet=reference)

    found = read(form(question("1"), asked, contained=contained))

    assert len(found.content["items"]) == (2 if is_found else 1)
    assert bool(found.not_understood) is not is_found


def test_groups_are_unfolded_in_the_order_of_the_form() -> None:
    inner = {"linkId": "g2", "type": "group", "item": [question("2"), question("3")]}
    outer = {"linkId": "g1", "type": "group", "item": [question("1"), inner, question("4")]}
    note = {"linkId": "d", "type": "display", "text": "Please answer all."}

    found = read(form(note, outer, question("5", item=[question("6")])))

    assert [item["words"] for item in found.content["items"]] == [
        f"Question {number}" for number in (1, 2, 3, 4, 5, 6)
    ]
    assert found.not_understood == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"type": "string"}, "has no answers with values (string)", id="free text"),
        pytest.param({"type": None}, "has no answers with values (None)", id="no type"),
        pytest.param({"type": ["choice"]}, "has no answers with values ([", id="an odd type"),
        pytest.param({"answerOption": []}, "lists no answers", id="no answers"),
        pytest.param({"answerOption": [5]}, "lists no answers", id="answers that are none"),
        pytest.param(
            {"answerOption": [option("A"), option("B")]}, "has answers without values", id="bare"
        ),
        pytest.param(
            {"answerOption": [option("A", 0.5), option("B", 1)]}, "no whole numbers", id="halves"
        ),
        pytest.param(
            {"answerOption": [option("A", -1), option("B", 1)]}, "no whole numbers", id="minus"
        ),
        pytest.param(
            {"answerOption": [option("A", 101), option("B", 1)]}, "no whole numbers", id="high"
        ),
        pytest.param(
            {"answerOption": [option("A", True), option("B", 1)]}, "no whole numbers", id="true"
        ),
        pytest.param({"answerOption": [option("A", 1)]}, "fewer than two answers", id="one"),
        pytest.param(
            {"answerOption": [option("A", 1), option("B", 1)]}, "fewer than two", id="all equal"
        ),
        pytest.param(
            {"answerOption": [option(f"A{n}", n) for n in range(26)]}, "more than 25", id="many"
        ),
        pytest.param({"repeats": True}, "several answers at once", id="several"),
        pytest.param(
            {"answerOption": None, "answerValueSet": "http://example.org/set"},
            "takes its answers from http://example.org/set, which is not in the file",
            id="a set elsewhere",
        ),
        pytest.param(
            {"type": "integer", "answerOption": None, "text": "How many?"},
            "takes any number",
            id="a number",
        ),
    ],
)
def test_what_cannot_be_scored_is_left_out_and_told(changes: dict[str, Any], words: str) -> None:
    found = read(form(question("1"), question("2", **changes)))

    assert len(found.content["items"]) == 1
    assert any(words in each for each in found.not_understood)


def test_an_answer_without_a_value_is_left_out_and_told() -> None:
    answers = [*options(), option("Prefer not to say")]

    found = read(form(question("1", answerOption=answers)))

    assert len(found.content["items"][0]["options"]) == 3
    assert found.not_understood == (
        "Question “Question 1”: the answer “Prefer not to say” has no value.",
    )


def test_answers_of_equal_value_are_one() -> None:
    answers = [option("Never", 0), option("Rarely", 0), option("Often", 1)]

    found = read(form(question("1", answerOption=answers)))

    assert found.content["items"][0]["options"][0] == {"value": 0, "words": "Never or Rarely"}
    assert any("one answer here" in remark for remark in found.remarks)


def test_a_question_asked_only_sometimes_is_told() -> None:
    asked = question("2", enableWhen=[{"question": "1", "operator": "exists"}])

    found = read(form(question("1"), asked))

    assert any("asked only sometimes" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"code": loinc("44260-8")}, id="by its code"),
        pytest.param({"text": "Thoughts that you would be better off dead"}, id="better off dead"),
        pytest.param({"text": "Have you thought about suicide?"}, id="suicide"),
        pytest.param({"text": "Have you thought of killing yourself?"}, id="killing"),
        pytest.param({"text": "The thought of harming myself has occurred to me"}, id="harm"),
        pytest.param({"text": "Have you wished you were dead?"}, id="wished"),
        pytest.param({"text": "I wanted to die"}, id="die"),
        pytest.param({"text": "My child talked about hurting herself"}, id="hurting herself"),
        pytest.param({"text": "Any self-harm this week?"}, id="self-harm"),
        pytest.param({"text": "Serious thoughts about ending your life"}, id="ending your life"),
        pytest.param({"text": "I thought of taking my own life"}, id="taking my life"),
        pytest.param({"text": "Life is not worth living"}, id="worth living"),
        pytest.param({"text": "Thoughts of death"}, id="death"),
        pytest.param({"text": "How often did you cut yourself?"}, id="cutting"),
        pytest.param({"text": "Que estaría mejor muerto/a o de lastimarse"}, id="in Spanish"),
        pytest.param({"text": "He pensado en hacerme daño"}, id="harm in Spanish"),
    ],
)
def test_a_question_about_dying_or_self_harm_becomes_critical(changes: dict[str, Any]) -> None:
    found = read(form(question("1"), question("2", **changes)))

    assert [item.get("critical_from") for item in found.content["items"]] == [None, 1]
    assert any("taken for a critical item" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"answerOption": [option("No"), option("Yes")]}, id="without values"),
        pytest.param({"type": "boolean", "answerOption": []}, id="yes or no"),
        pytest.param({"repeats": True}, id="several answers"),
    ],
)
def test_a_critical_question_that_is_left_out_is_pointed_out(changes: dict[str, Any]) -> None:
    asked = question("2", text="Have you tried to kill yourself?", **changes)

    found = read(form(question("1"), asked))

    assert len(found.content["items"]) == 1
    assert "it cannot open a safety task" in found.not_understood[-1]


def test_a_heading_about_self_harm_is_no_question_left_out() -> None:
    heading = {"linkId": "h", "type": "display", "text": "If you think of suicide, call 988."}

    assert read(form(question("1"), heading)).not_understood == ()


def test_a_form_whose_name_has_no_latin_letter_can_still_be_read() -> None:
    assert read(form(title="質問票")).content["id"] == "Form"


@pytest.mark.parametrize(
    "text", ["I use my social skills", "I feel well and rested", "I have a diet", "Studying"]
)
def test_other_questions_do_not(text: str) -> None:
    found = read(form(question("1", text=text)))

    assert "critical_from" not in found.content["items"][0]


def test_a_person_decides_what_counts_and_what_is_critical(tmp_path: Path) -> None:
    content = form(question("1"), question("2"), question("3", text="Suicide in the family?"))

    shown = previewed(
        tmp_path, content, instrument_id="OWN-3", not_scored=(3,), critical=(1,), not_critical=(3,)
    )

    assert shown.instrument.id == "OWN-3"
    assert shown.instrument.highest_total == 4
    assert [item.critical_from for item in shown.instrument.items] == [1, None, None]


def test_item_9_of_the_phq9_stays_critical_whoever_decides() -> None:
    with pytest.raises(Refused, match="It stays critical"):
        read(form(question("1", code=loinc("44260-8"))), not_critical=(1,))


@pytest.mark.parametrize("choice", ["not_scored", "critical", "not_critical"])
@pytest.mark.parametrize("number", [0, 3])
def test_a_choice_about_no_question_is_refused(choice: str, number: int) -> None:
    with pytest.raises(Refused, match=f"There is no question {number}"):
        read(form(), **{choice: (number,)})


def test_the_question_about_function_is_never_scored() -> None:
    answers = [option("Not difficult"), option("Very difficult")]
    function = question("2", code=loinc("69722-7"), answerOption=answers)

    found = read(form(question("1"), function))

    assert found.content["difficulty"]["options"] == [
        {"value": 0, "words": "Not difficult"},
        {"value": 1, "words": "Very difficult"},
    ]
    assert len(found.content["items"]) == 1


@pytest.mark.parametrize("changes", [{"text": "Total Score"}, {"text": "Result", "readOnly": True}])
def test_the_forms_own_total_is_known_as_such(changes: dict[str, Any]) -> None:
    total = {"linkId": "t", "type": "decimal", **changes}

    found = read(form(question("1"), total))

    assert any("the program works it out" in remark for remark in found.remarks)
    assert found.not_understood == ()


def test_with_nothing_left_to_score_it_is_refused() -> None:
    with pytest.raises(Refused, match="Not one question is left"):
        read(form(question("1")), not_scored=(1,))


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"valueCoding": {}, "extension": [weight(1)]}, id="a coding without words"),
        pytest.param({"extension": [weight(1)]}, id="nothing but a value"),
    ],
)
def test_an_answer_without_words_is_called_so(answer: dict[str, Any]) -> None:
    found = read(form(question("1", answerOption=[option("Zero", 0), answer])))

    assert found.content["items"][0]["options"][1] == {"value": 1, "words": "(no words)"}


def test_an_extension_without_a_number_gives_no_value() -> None:
    bare = {"valueCoding": {"code": "A"}, "extension": [{"url": ORDINAL}]}

    found = read(form(question("1", answerOption=[*options(), bare])))

    assert found.not_understood == ("Question “Question 1”: the answer “A” has no value.",)
