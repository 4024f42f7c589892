"""Keying a reply from paper: the right patient, and the lines as they were meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.case_review import (
    RecommendationKind,
    RecommendationOwner,
    RecommendationUrgency,
)
from cocm_desktop.domain.ids import EpisodeId, PatientId, RecommendationId, StaffId
from cocm_desktop.domain.reply_keying import (
    MARK_WORDS,
    MARKS,
    ReplyDraft,
    ReplyLine,
    ReplyPage,
    line_words,
    next_open,
    page_of,
    read_line,
)
from cocm_desktop.errors import Refused
from tests.builders import TODAY

GIVEN = RecommendationId("given")


def a_page(number: int, **changes: Any) -> ReplyPage:
    page = ReplyPage(
        number=number,
        episode_id=EpisodeId(f"e{number}"),
        patient_id=PatientId(f"p{number}"),
        name=f"Patient {number}",
        mrn=f"M-10{number}",
        born_on=date(1950 + number, 3, 4),
        age=76 - number,
    )
    return replace(page, **changes)


PAGES = tuple(map(a_page, (1, 2, 3)))


@pytest.mark.parametrize("identity", ["M-102", " m 102 ", "m-102", "1952"])
def test_number_and_mrn_or_year_of_birth_find_the_page(identity: str) -> None:
    assert page_of(PAGES, 2, identity).number == 2


@pytest.mark.parametrize(
    ("number", "identity", "field", "words"),
    [
        (4, "1952", "number", "1 to 3"),
        (None, "1952", "number", "1 to 3"),
        (2, " ", "identity", "Type the MRN"),
        (2, "M-103", "identity", "Nothing was recorded"),
        (2, "1953", "identity", "Nothing was recorded"),
        (2, "52", "identity", "Nothing was recorded"),
    ],
)
def test_a_reply_for_another_patient_is_refused(
    number: int | None, identity: str, field: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        page_of(PAGES, number, identity)

    assert [problem.field for problem in refusal.value.problems] == [field]


def test_a_patient_without_mrn_is_known_by_the_year_alone() -> None:
    page = a_page(1, mrn="")

    assert page.fits("1951")
    assert not page.fits("")


@pytest.mark.parametrize(
    ("recorded", "after", "number"), [((), 1, 2), ((2,), 1, 3), ((), 3, 1), ((1, 2, 3), 0, None)]
)
def test_the_next_page_is_the_next_without_a_review(
    recorded: tuple[int, ...], after: int, number: int | None
) -> None:
    pages = [a_page(n, recorded_on=TODAY if n in recorded else None) for n in (1, 2, 3)]

    found = next_open(pages, after=after)

    assert (found.number if found else None) == number


@pytest.mark.parametrize(
    ("typed", "kind", "words"),
    [
        ("d Raise to 100 mg", RecommendationKind.DOSE, "Raise to 100 mg"),
        ("  D   Raise to 100 mg ", RecommendationKind.DOSE, "Raise to 100 mg"),
        ("c", RecommendationKind.CONTINUE, "Continue as is"),
        ("c until January", RecommendationKind.CONTINUE, "until January"),
        ("x", RecommendationKind.STEP_DOWN, "Close the episode"),
        ("m", RecommendationKind.MEDICATION, ""),
        ("Raise to 100 mg", None, "Raise to 100 mg"),
    ],
)
def test_a_line_begins_with_the_letter_of_its_kind(
    typed: str, kind: RecommendationKind | None, words: str
) -> None:
    read = read_line(typed, GIVEN)

    assert read is not None
    assert (read.kind, read.words, read.id) == (kind, words, GIVEN)


@pytest.mark.parametrize("typed", ["", "  ", "\u200b", "—"])
def test_a_line_that_says_nothing_is_none(typed: str) -> None:
    assert read_line(typed, GIVEN) is None
    assert line_words(typed) == ""


def test_each_line_says_how_it_is_understood() -> None:
    assert line_words("D raise") == "dose"
    assert line_words("raise") == "no letter yet"


def test_every_kind_has_a_letter_and_every_letter_one_mark() -> None:
    assert {mark.kind for mark in MARKS} == set(RecommendationKind)
    assert len({mark.letter for mark in MARKS}) == len(MARKS)
    assert MARK_WORDS.replace("\xa0", " ").startswith("c continue · m medication")


def a_reply(*lines: str, **changes: Any) -> ReplyDraft:
    draft = ReplyDraft(EpisodeId("e1"), StaffId("chen"), TODAY, tuple(map(ReplyLine, lines)))
    return replace(draft, **changes)


def test_one_owner_urgency_and_recheck_hold_for_every_line() -> None:
    draft = a_reply(
        "d Raise to 100 mg",
        "",
        "l TSH",
        owner=RecommendationOwner.BOTH,
        urgency=RecommendationUrgency.THIS_WEEK,
        recheck_weeks=4,
        minutes=8,
        impression="Partial response",
    )

    review = draft.review()

    assert [given.words for given in review.recommendations] == ["Raise to 100 mg", "TSH"]
    for given_ in review.recommendations:
        assert (given_.owner, given_.urgency) == (draft.owner, draft.urgency)
        assert given_.recheck_on == TODAY + timedelta(weeks=4)
    assert (review.id, review.minutes, review.impression) == (draft.id, 8, "Partial response")
    accepted = review.accept(today=TODAY, started_on=None)
    assert [r.id for r in accepted.recommendations] == [draft.lines[0].id, draft.lines[2].id]


def test_without_weeks_nothing_is_rechecked() -> None:
    [given_] = a_reply("c").review().recommendations

    assert given_.recheck_on is None


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (a_reply("c", "raise"), ["line1"]),
        (a_reply("m"), ["line0"]),
        (a_reply("c", recheck_weeks=53), ["recheck"]),
        (a_reply("c", recheck_weeks=-1), ["recheck"]),
        (a_reply("m", "raise", recheck_weeks=53), ["recheck", "line0", "line1"]),
    ],
)
def test_a_line_that_is_not_understood_is_named(draft: ReplyDraft, fields: list[str]) -> None:
    with pytest.raises(Refused) as refusal:
        draft.review()

    assert [problem.field for problem in refusal.value.problems] == fields


@given(st.text(max_size=80))
def test_no_line_is_lost_nor_made_up(typed: str) -> None:
    read = read_line(typed, GIVEN)

    assert (read is None) == (line_words(typed) == "")
    if read is not None and read.kind is None:
        assert read.words == typed.strip()
