"""The wording of letters: its fields, what is refused, and what a patient's values become."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from cocm_desktop.domain.clinical_settings import DEFAULT_SETTINGS
from cocm_desktop.domain.contact import Contact, ContactOutcome
from cocm_desktop.domain.letter import Language, LetterKind
from cocm_desktop.domain.letter_template import (
    BLANK,
    LETTER_FIELDS,
    LONGEST_BODY,
    LONGEST_TITLE,
    PATIENT_KINDS,
    TemplateDraft,
    example_values,
    field_names,
    fill,
    missing_problems,
    shown_text,
)
from cocm_desktop.domain.letter_values import (
    LONGEST_VALUE,
    LetterFacts,
    attempts_since_reached,
    day_problems,
    letter_values,
    read_given,
    said_values,
    time_in,
)
from cocm_desktop.errors import Refused
from cocm_desktop.storage.letter_template import shipped
from tests.builders import a_contact, a_patient, a_practice

TODAY = date(2026, 11, 20)
MISSED, APPOINTED = LetterKind.NO_SHOW, LetterKind.APPOINTMENT
ENGLISH, SPANISH = Language.ENGLISH, Language.SPANISH


def drafted(body: str, title: str = "Your appointment") -> TemplateDraft:
    return TemplateDraft(LetterKind.APPOINTMENT, ENGLISH, title, body)


def facts(**changes: Any) -> LetterFacts:
    values: dict[str, Any] = {"sender": "M. Bell, LCSW", "care_manager": "M. Bell, LCSW", **changes}
    return LetterFacts(a_practice(), a_patient(), DEFAULT_SETTINGS, TODAY, **values)


@pytest.mark.parametrize(
    ("body", "title", "words"),
    [
        ("Dear {patient_nmae}", "x", "no field {patient_nmae}"),
        ("Dear {patient_name", "x", "Line 1 has a brace without its partner"),
        ("Hello\npatient_name}", "x", "Line 2 has a brace"),
        ("Dear {}", "x", "no field {}"),
        ("{patient_name}", "x", "Type the words of the letter"),
        ("\u200b \n", "x", "Type the words of the letter"),
        ("x" * (LONGEST_BODY + 1), "x", "at most 5,000"),
        ("Hello", " ", "Type the title"),
        ("Hello", "x" * (LONGEST_TITLE + 1), "at most 80"),
        ("Hello", "For {patient_name}", "takes no fields"),
    ],
)
def test_a_wrong_wording_is_refused_in_words(body: str, title: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        drafted(body, title).accept()


def test_an_unknown_field_is_answered_with_the_list_of_fields() -> None:
    with pytest.raises(Refused) as refused:
        drafted("Dear {name}").accept()

    for field in LETTER_FIELDS:
        assert field.name in str(refused.value)


def test_the_letter_to_the_practitioner_has_no_template() -> None:
    draft = TemplateDraft(LetterKind.RECOMMENDATION, ENGLISH, "Advice", "Dear {patient_name}")

    with pytest.raises(Refused, match="takes its words from the review"):
        draft.accept()


def test_empty_lines_stay_and_what_steers_does_not() -> None:
    template = drafted("Hello\tMaría  \n\n\n{patient_name}\n").accept()

    assert template.body == "Hello María\n\n\n{patient_name}"
    assert template.is_own


def test_a_value_of_several_lines_makes_a_point_of_each() -> None:
    body = "Call:\n- {crisis_lines} ({practice_name})"

    filled = fill(body, {"crisis_lines": "911\n988", "practice_name": "Riverbend"})

    assert filled == "Call:\n- 911 (Riverbend)\n- 988 (Riverbend)"


def test_braces_in_a_name_are_no_field() -> None:
    assert fill("Dear {patient_name}", {"patient_name": "{x} {patient_mrn}"}) == (
        "Dear {x} {patient_mrn}"
    )


def test_what_is_missing_is_named_and_a_form_leaves_it_blank() -> None:
    body = "On {appointment_date} call {practice_phone}."

    typed = "type it for this letter."
    told = [each.message for each in missing_problems(body, {"appointment_date": " "})]

    assert told == [
        f"The letter needs the day of the appointment. {typed.capitalize()}",
        f"The letter needs the practice's phone. Record it in Settings, Practice, or {typed}",
    ]
    assert "On [The day of the appointment] call" in shown_text(drafted(body).accept(), {})
    assert fill(body, {}) == "On [appointment_date] call [practice_phone]."
    assert fill(body, {}, blank=BLANK).count(BLANK) == 2


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", PATIENT_KINDS)
def test_every_shipped_wording_uses_fields_that_exist(kind: LetterKind, language: Language) -> None:
    template = shipped(kind, language)

    assert not template.is_own
    assert set(field_names(template.body)) <= set(example_values(language))
    assert "[" not in fill(template.body, example_values(language))


@pytest.mark.parametrize("kind", PATIENT_KINDS)
def test_both_languages_say_the_same_fields(kind: LetterKind) -> None:
    english, spanish = (shipped(kind, language).body for language in Language)

    assert sorted(field_names(english)) == sorted(field_names(spanish))
    assert english.count("\n#") == spanish.count("\n#")
    assert english.count("\n- ") == spanish.count("\n- ")


@pytest.mark.parametrize("language", Language)
def test_every_field_has_a_value_or_is_empty(language: Language) -> None:
    values = letter_values(facts(), language)

    assert set(values) == {field.name for field in LETTER_FIELDS}


def test_values_read_in_the_language_of_the_letter() -> None:
    given = {"appointment_date": "12/7/2026", "appointment_time": "2:30 pm"}

    english, spanish = (said_values(facts(), each, given) for each in Language)

    assert english["appointment_date"] == "Monday, Dec 7, 2026"
    assert english["appointment_time"] == "2:30 PM"
    assert spanish["appointment_date"] == "lunes 7 de diciembre de 2026"
    assert spanish["appointment_time"] == "2:30 p. m."
    assert spanish["patient_birth_date"] == "5 de abril de 1971"
    assert spanish["reply_by"] == "4 de diciembre de 2026"
    assert "911" in spanish["crisis_lines"]
    assert time_in(time(0, 5), SPANISH) == "12:05 a. m."


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"appointment_date": "soon"}, "is not a date"),
        ({"appointment_time": "noonish"}, "no time of day"),
        ({"weather": "fair"}, "no field weather"),
        ({"patient_mrn": "x" * (LONGEST_VALUE + 1)}, "at most 200"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused(given: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_given(given, ENGLISH, today=TODAY)


def test_an_empty_value_leaves_what_the_records_say() -> None:
    assert said_values(facts(), ENGLISH, {"patient_mrn": " "})["patient_mrn"] == "100245"


def test_attempts_are_those_since_the_patient_was_reached() -> None:
    def contact(day: int, outcome: ContactOutcome) -> Contact:
        return a_contact(made_on=date(2026, 11, day), outcome=outcome)

    made = [
        contact(2, ContactOutcome.NO_ANSWER),
        contact(5, ContactOutcome.REACHED),
        contact(12, ContactOutcome.LEFT_MESSAGE),
        contact(12, ContactOutcome.NO_ANSWER),
        contact(17, ContactOutcome.NO_ANSWER),
    ]

    days = attempts_since_reached(made)

    assert days == (date(2026, 11, 12), date(2026, 11, 17))
    values = letter_values(facts(attempts=days), ENGLISH)
    assert (values["first_attempt"], values["second_attempt"]) == ("Nov 12, 2026", "Nov 17, 2026")
    assert letter_values(facts(attempts=days[:1]), ENGLISH)["second_attempt"] == ""


@pytest.mark.parametrize(
    ("kind", "given", "named"),
    [
        (APPOINTED, {"appointment_date": "11/20/2026"}, []),
        (APPOINTED, {"appointment_date": "11/19/2026"}, ["appointment_date"]),
        (APPOINTED, {"appointment_date": "nonsense"}, []),
        (MISSED, {"appointment_date": "11/20/2026"}, []),
        (MISSED, {"appointment_date": "11/21/2026"}, ["appointment_date"]),
        (LetterKind.UNABLE_TO_REACH, {"reply_by": "11/19/2026"}, ["reply_by"]),
        (LetterKind.UNABLE_TO_REACH, {"first_attempt": "11/21/2026"}, ["first_attempt"]),
        (
            LetterKind.UNABLE_TO_REACH,
            {"first_attempt": "11/12/2026", "second_attempt": "11/12/2026"},
            ["second_attempt"],
        ),
        (
            LetterKind.UNABLE_TO_REACH,
            {"first_attempt": "11/12/2026", "second_attempt": "11/13/2026"},
            [],
        ),
    ],
)
def test_a_letter_names_no_day_that_cannot_be(
    kind: LetterKind, given: dict[str, str], named: list[str]
) -> None:
    found = [problem.field for problem in day_problems(kind, given, today=TODAY)]

    assert found == named
