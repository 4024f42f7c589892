"""Diagnoses of an episode: which is primary, which a paper names, what a draft must say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cocm_desktop.actions.codes import load_codes
from cocm_desktop.domain.diagnosis import (
    DiagnosisDraft,
    DiagnosisStatus,
    ListedDiagnosis,
    StatusDraft,
    on_paper,
    with_primary,
)
from cocm_desktop.domain.ids import DiagnosisId, EpisodeId
from cocm_desktop.errors import Refused
from tests.builders import a_diagnosis

TODAY = date(2026, 11, 30)
EPISODE = EpisodeId("e")


def listed(number: int, **changes: Any) -> ListedDiagnosis:
    diagnosis = a_diagnosis(id=DiagnosisId(f"d{number}"), code=f"F41.{number}")
    return replace(ListedDiagnosis(diagnosis, status_on=diagnosis.noted_on), **changes)


def a_draft(**changes: Any) -> DiagnosisDraft:
    return replace(DiagnosisDraft(EPISODE, "f331", date(2026, 11, 2)), **changes)


def test_the_first_recorded_is_primary_until_another_is_chosen() -> None:
    pair = (listed(2), listed(1))

    assert [(each.id, each.is_primary) for each in with_primary(pair, None)] == [
        ("d1", True),
        ("d2", False),
    ]
    assert [(each.id, each.is_primary) for each in with_primary(pair, "d2")] == [
        ("d2", True),
        ("d1", False),
    ]


def test_a_primary_diagnosis_that_is_ruled_out_gives_way() -> None:
    pair = (listed(1), listed(2, status=DiagnosisStatus.RULED_OUT))

    first, second = with_primary(pair, "d2")

    assert (first.id, first.is_primary) == ("d1", True)
    assert not second.is_primary


def test_nothing_current_means_nothing_primary() -> None:
    [only] = with_primary([listed(1, status=DiagnosisStatus.RESOLVED)], "d1")

    assert not only.is_primary


def test_a_paper_names_what_was_treated_in_its_time() -> None:
    settled = date(2026, 11, 10)
    every = (
        listed(1),
        listed(2, status=DiagnosisStatus.CONFIRMED),
        listed(3, status=DiagnosisStatus.RULED_OUT, status_on=settled),
        listed(4, status=DiagnosisStatus.RESOLVED, status_on=settled),
    )

    assert [each.code for each in on_paper(every, since=date(2026, 11, 1))] == [
        "F41.1",
        "F41.2",
        "F41.4",
    ]
    assert [each.code for each in on_paper(every, since=settled)] == ["F41.1", "F41.2"]


def test_the_words_of_a_status_tell_when_it_changed() -> None:
    assert listed(1).status_words == "Working"
    resolved = listed(1, status=DiagnosisStatus.RESOLVED, status_on=date(2026, 11, 20))
    assert resolved.status_words == "Resolved, Nov 20, 2026"


def test_a_code_of_the_list_brings_its_title_and_another_keeps_its_own() -> None:
    accepted = a_draft(title="Something else").accept(load_codes(), (), today=TODAY)
    other = a_draft(code="e119", title="  Type 2\ndiabetes ").accept(load_codes(), (), today=TODAY)

    assert accepted.words == "F33.1 Major depressive disorder, recurrent, moderate"
    assert other.words == "E11.9 Type 2 diabetes"
    assert accepted.status_on == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        pytest.param({"code": " "}, "code", "Type a code", id="none"),
        pytest.param({"code": "sad"}, "code", "sad is not shaped", id="no shape"),
        pytest.param({"code": "F41.1"}, "code", "on the list already", id="twice"),
        pytest.param({"title": "x" * 201}, "title", "at most 200", id="long title"),
        pytest.param({"onset": "x" * 81}, "onset", "at most 80", id="long onset"),
        pytest.param({"noted_on": None}, "noted_on", "Type the day", id="no day"),
        pytest.param({"noted_on": date(2026, 12, 1)}, "noted_on", "future", id="tomorrow"),
        pytest.param(
            {"status": DiagnosisStatus.RULED_OUT, "is_primary": True},
            "is_primary",
            "Only a working or confirmed",
            id="primary but ruled out",
        ),
    ],
)
def test_a_draft_that_cannot_be_kept_says_why(
    changes: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(Refused) as refusal:
        a_draft(**changes).accept(load_codes(), (listed(1),), today=TODAY)

    [problem] = refusal.value.problems
    assert problem.field == field
    assert words in problem.message


@pytest.mark.parametrize(
    ("status", "day", "words"),
    [
        (DiagnosisStatus.WORKING, TODAY, "working already"),
        (DiagnosisStatus.RESOLVED, None, "Type the day"),
        (DiagnosisStatus.RESOLVED, date(2026, 12, 1), "future"),
        (DiagnosisStatus.RESOLVED, date(2020, 1, 1), "It stands as it is since"),
    ],
)
def test_a_status_that_cannot_be_says_why(
    status: DiagnosisStatus, day: date | None, words: str
) -> None:
    [problem] = StatusDraft(DiagnosisId("d1"), status, day).problems(listed(1), today=TODAY)

    assert words in problem.message


def test_a_status_may_change_from_the_day_of_the_last_one() -> None:
    known = listed(1)
    draft = StatusDraft(DiagnosisId("d1"), DiagnosisStatus.CONFIRMED, known.diagnosis.noted_on)

    assert list(draft.problems(known, today=TODAY)) == []
