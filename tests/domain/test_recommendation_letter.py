"""What the letter to the practitioner says, and what it leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cocm_desktop.domain.background import PART2_NOTICE, Part2Record
from cocm_desktop.domain.case_review import CaseReview
from cocm_desktop.domain.recommendation_letter import (
    EHR_WIDTH,
    Heading,
    LetterChoice,
    LetterFacts,
    ehr_text,
    passages_of,
    recommendation_letter,
)
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.errors import Refused
from tests.builders import (
    TODAY,
    a_care_manager,
    a_case_review,
    a_chart,
    a_course,
    a_medication,
    a_part2_record,
    a_patient,
    a_row,
)

NOTHING_MORE = LetterChoice()
PROTECTED = "Naltrexone 50 mg."
BEFORE, AFTER = TODAY - timedelta(days=30), TODAY + timedelta(days=30)


def letter_body(
    chart: Chart, choice: LetterChoice = NOTHING_MORE, review: CaseReview | None = None
) -> str:
    facts = LetterFacts(chart, review or a_case_review(), a_care_manager())
    return recommendation_letter(facts, choice).body


def headings(body: str) -> list[Heading | None]:
    return [each.heading for each in passages_of(body)]


@pytest.mark.parametrize(
    ("days", "is_told"),
    [
        ({}, False),
        ({"consent_on": BEFORE}, True),
        ({"consent_on": BEFORE, "consent_ends_on": TODAY - timedelta(days=1)}, False),
        ({"consent_on": BEFORE, "consent_ends_on": AFTER, "revoked_on": TODAY}, False),
    ],
)
def test_protected_words_go_out_only_when_asked_and_under_a_valid_consent(
    days: dict[str, date], *, is_told: bool
) -> None:
    empty = {"consent_on": None, "consent_ends_on": None, "revoked_on": None}
    record: Part2Record = a_part2_record(PROTECTED, **{**empty, **days})
    chart = a_chart()
    chart = replace(chart, facts=replace(chart.facts, part2=(record.shown_on(TODAY),)))

    unasked = letter_body(chart)
    asked = letter_body(chart, LetterChoice(with_part2=True))

    assert PROTECTED not in unasked
    assert (PROTECTED in asked, PART2_NOTICE in asked) == (is_told, is_told)
    assert (Heading.PART2 in headings(asked)) is is_told


def test_without_a_score_the_letter_says_so() -> None:
    nothing = a_course(enrolled_on=None)
    row = a_row(phq9=nothing, enrolled_on=None)
    chart = replace(a_chart(), row=row, medications=(), care_manager=None)

    body = letter_body(chart)

    assert "No PHQ-9 yet" in body
    assert "Takes" not in body
    assert "of treatment" not in body
    assert "(care manager)" not in body


def test_one_score_has_no_change() -> None:
    body = letter_body(replace(a_chart(), row=a_row(18)))

    assert "PHQ-9 18" in body
    assert "at the start" not in body


def test_many_medicines_are_counted_beyond_six() -> None:
    taken = tuple(a_medication(f"medicine{n}", ("5 mg", BEFORE)) for n in range(9))

    body = letter_body(replace(a_chart(), medications=taken))

    assert body.count(" 5 mg") == 6
    assert "; 3 more in the chart" in body


def test_a_review_of_an_earlier_episode_tells_nothing_of_where_treatment_stands() -> None:
    earlier = replace(a_case_review(), episode_id=type(a_case_review().episode_id)("earlier"))

    assert Heading.STANDING not in headings(letter_body(a_chart(), review=earlier))


def test_an_impression_in_capitals_is_no_heading() -> None:
    review = a_case_review(impression="RECOMMENDATIONS\n\nHOW TO READ THIS")

    body = letter_body(a_chart(), review=review)

    assert headings(body).count(Heading.ADVICE) == 1
    assert "RECOMMENDATIONS HOW TO READ THIS" in body


def test_a_letter_goes_to_who_is_named() -> None:
    facts = LetterFacts(a_chart(), a_case_review(), a_care_manager())

    named = recommendation_letter(facts, LetterChoice(recipient=" Dr. Lee "))

    assert named.recipient == "Dr. Lee"


def test_nothing_is_written_about_attendance() -> None:
    facts = LetterFacts(a_chart(), a_case_review(discussed=False), a_care_manager())

    with pytest.raises(Refused):
        recommendation_letter(facts, LetterChoice())


def test_text_for_another_system_has_plain_signs_in_narrow_lines() -> None:
    body = "It’s “better” – or so… · −4\n1. " + "word " * 40

    text = ehr_text("Title", body, a_patient())

    assert 'It\'s "better" - or so... - -4' in text
    assert all(len(line) <= EHR_WIDTH for line in text.splitlines())
    assert "\n   word" in text
