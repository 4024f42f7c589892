"""Filters that people build: what they let through, in words, as text and as JSON."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from cocm_desktop.domain.filter_field import (
    BY_KEY,
    FIELDS,
    WITHOUT_VALUE,
    Field,
    Kind,
    Operator,
)
from cocm_desktop.domain.filter_text import read_filter
from cocm_desktop.domain.row_filter import (
    MOST_CONDITIONS,
    NO_FILTER,
    Condition,
    Match,
    RowFilter,
    choices_of,
    from_json,
    read_content,
)
from cocm_desktop.errors import Refused
from tests.builders import TODAY, a_caseload, a_row, a_row_not_enrolled

ROWS = [
    a_row(18, 14, 12, last_name="High", last_contact_on=TODAY - timedelta(days=20)),
    a_row(18, 4, last_name="Low", last_contact_on=TODAY - timedelta(days=2)),
    a_row_not_enrolled(last_name="Young"),
]


def found(text: str) -> list[str]:
    return [row.last_name for row in read_filter(text).apply(ROWS)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("phq9>=12", ["High"]),
        ("phq9<=12", ["High", "Low"]),
        ("phq9=4", ["Low"]),
        ("phq9 empty", ["Young"]),
        ("phq9 recorded", ["High", "Low"]),
        ("no-contact>=14", ["High"]),
        ("last-contact older 14", ["High"]),
        ("last-contact within 14", ["Low"]),
        ("last-contact < t-10", ["High"]),
        ("last-contact >= t-10", ["Low"]),
        ("last-contact ahead 9", []),
        ("last-contact empty", ["Young"]),
        ("change<=-10", ["Low"]),
        ("name~hig", ["High"]),
        ("care-manager empty", ["Young"]),
        ("open", ["High", "Low"]),
        ("not open", ["Young"]),
        ("status=Not enrolled", ["Young"]),
        ("status!=not enrolled", ["High", "Low"]),
        ("phq9>=12 or not open", ["High", "Young"]),
        ("phq9>=12 and last-contact older 30", []),
    ],
)
def test_a_filter_lets_through_whom_it_says(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_filter_reads_as_people_say_it() -> None:
    words = read_filter("phq9>=10 and no-contact>=14 and last-review older 30").words

    assert words == (
        "PHQ-9 is at least 10 and no contact for 14 days and Last review was 30 days ago or more"
    )


VALUES = {Kind.NUMBER: "7", Kind.TEXT: "a", Kind.CHOICE: "Active", Kind.DAY: "3"}


@pytest.mark.parametrize("field", FIELDS, ids=list(BY_KEY))
def test_every_question_that_a_field_offers_can_be_asked_and_kept(field: Field) -> None:
    for operator in field.operators:
        is_date = operator in {Operator.BEFORE, Operator.SINCE}
        value = "t-7" if is_date else VALUES.get(field.kind, "")
        condition = Condition(field, operator, "" if operator in WITHOUT_VALUE else value)
        asked = RowFilter((condition,)).accept()

        kept = from_json(json.dumps(asked.content()))

        assert kept == asked
        assert kept.words
        assert {row.key for row in kept.apply(a_caseload())} <= {r.key for r in a_caseload()}


@pytest.mark.parametrize(
    "text",
    [
        "phq9",
        "phq9>=ten",
        "nothing=1",
        "phq9~1",
        "name>=A",
        "last-contact older -3",
        "last-contact < soon",
        "phq9>=",
        "phq9>=1 and gad7>=1 or weeks>=1",
        "{not json",
        '{"conditions": [["unknown", "is", "1"]]}',
        "name=" + "x" * 81,
        " and ".join(["phq9>=1"] * (MOST_CONDITIONS + 1)),
    ],
)
def test_what_cannot_be_asked_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_filter(text)


def test_a_condition_of_another_release_is_left_out_with_a_note() -> None:
    content = {
        "match": "any",
        "conditions": [["moon", "is", "full"], ["phq9", "at-least", "10"], "x", ["phq9", "is"]],
    }

    read, notes = read_content(content)

    assert read == RowFilter((Condition(BY_KEY["phq9"], Operator.AT_LEAST, "10"),), match=Match.ANY)
    assert notes[0] == "The condition on “moon” is not known to this release."
    assert len(notes) == 3


def test_what_is_no_filter_at_all_is_named() -> None:
    assert read_content("text") == (NO_FILTER, ("The filter cannot be read.",))
    assert read_content(None) == (NO_FILTER, ())


def test_choices_are_those_of_the_field_or_of_the_rows() -> None:
    rows = a_caseload()

    managers = choices_of(BY_KEY["care-manager"], rows)

    assert managers == tuple(sorted({row.care_manager for row in rows}))
    assert choices_of(BY_KEY["status"], rows)[0] == "Not enrolled"
    assert choices_of(BY_KEY["phq9"], rows) == ()


def test_without_conditions_everybody_passes() -> None:
    assert NO_FILTER.apply(ROWS) == ROWS
    assert not NO_FILTER
