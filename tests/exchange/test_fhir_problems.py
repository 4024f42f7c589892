"""FHIR forms: what a person has to decide, and what is wrong with a question, in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cocm_desktop.domain.instrument_pack import PackChoices
from cocm_desktop.errors import Refused
from cocm_desktop.exchange.fhir_instrument import ReadForm, read_form
from cocm_desktop.exchange.pack_file import read_pack
from tests.exchange.forms import file_of, form, option, options, question, weight


def read(content: dict[str, Any], **choices: Any) -> ReadForm:
    return read_form(content, PackChoices(**choices))


@pytest.mark.parametrize(
    ("answers", "is_turned"),
    [
        (("Nearly every day", "Sometimes", "Not at all"), True),
        (("Yes", "No"), True),
        (("Often", "Seldom", "Hardly"), True),
        (("Casi todos los días", "Algunos", "Nunca"), True),
        (("Not at all", "Sometimes", "Nearly every day"), False),
        (("No", "Yes"), False),
        (("Never", "Hardly ever", "Yes, quite often"), False),
        (("A", "B", "No more than usual"), False),
    ],
)
def test_critical_points_that_run_the_other_way_are_to_be_decided(
    answers: tuple[str, ...], *, is_turned: bool
) -> None:
    asked = question(
        "2", text="Have you thought of killing yourself?", answerOption=options(*answers)
    )

    told = read(form(question("1"), asked)).not_understood
    decided = read(form(question("1"), asked), not_critical=(2,)).not_understood

    assert any(f"fewest points are for “{answers[0]}”" in each for each in told) is is_turned
    assert decided == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "x" * 4001}, "The text of question 2 has more than 4000 characters."),
        ({"text": "\ud800"}, "The text of question 2 holds half a character."),
        (
            {"answerOption": [option("A", 0), {"valueString": "\ud800", "extension": [weight(1)]}]},
            "Answer 2 of question 2 holds half a character.",
        ),
    ],
)
def test_what_is_wrong_with_a_question_is_said_in_words(
    tmp_path: Path, changes: dict[str, Any], words: str
) -> None:
    content = form(question("1"), question("2", **changes))

    with pytest.raises(Refused) as refusal:
        read_pack(file_of(tmp_path, content), PackChoices(), version=1)

    assert str(refusal.value) == words
