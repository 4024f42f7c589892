"""History notes and Part 2 records: what holds, and what may be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cocm_desktop.domain.background import (
    LONGEST_NOTE,
    HistoryKind,
    HistoryNote,
    HistoryNoteDraft,
    Part2Consent,
    Part2ConsentDraft,
    Part2Record,
    Part2RecordDraft,
    has_open,
    holding,
    part2_mark,
)
from cocm_desktop.domain.ids import HistoryNoteId, Part2RecordId, PatientId
from cocm_desktop.errors import Refused

TODAY = date(2026, 11, 20)
BORN = date(1971, 4, 5)
PATIENT = PatientId("p")
RECORD = Part2Record(Part2RecordId("r"), PATIENT, "Elm House", "Methadone 80 mg.", TODAY)
GIVEN = TODAY - timedelta(days=30)


def a_note(kind: HistoryKind, words: str) -> HistoryNote:
    return HistoryNote(HistoryNoteId(words), PATIENT, kind, words, TODAY)


def test_the_newest_note_of_a_kind_holds_in_the_order_of_the_kinds() -> None:
    notes = [
        a_note(HistoryKind.SOCIAL, "alone"),
        a_note(HistoryKind.PSYCHIATRIC, "none"),
        a_note(HistoryKind.SOCIAL, "with a sister"),
    ]

    assert [note.words for note in holding(notes)] == ["none", "with a sister"]


@pytest.mark.parametrize(
    ("record", "consent", "words"),
    [
        (RECORD, Part2Consent.NONE, "no consent on file"),
        (
            replace(RECORD, consent_on=GIVEN),
            Part2Consent.VALID,
            "consent of Oct 21, 2026",
        ),
        (
            replace(RECORD, consent_on=GIVEN, consent_ends_on=TODAY),
            Part2Consent.VALID,
            "consent of Oct 21, 2026, until Nov 20, 2026",
        ),
        (
            replace(RECORD, consent_on=GIVEN, consent_ends_on=TODAY - timedelta(days=1)),
            Part2Consent.EXPIRED,
            "consent expired on Nov 19, 2026",
        ),
        (
            replace(RECORD, consent_on=GIVEN, revoked_on=TODAY),
            Part2Consent.REVOKED,
            "consent revoked on Nov 20, 2026",
        ),
    ],
)
def test_words_are_shown_under_a_valid_consent_and_never_else(
    record: Part2Record, consent: Part2Consent, words: str
) -> None:
    shown = record.shown_on(TODAY)

    assert (shown.consent, shown.consent_words) == (consent, words)
    assert words in shown.sentence
    assert words in part2_mark([shown])
    is_valid = consent is Part2Consent.VALID
    assert has_open([shown]) is is_valid
    for each in ("Methadone", "Elm House"):
        assert (each in repr(shown)) is is_valid
        assert (each in shown.sentence) is is_valid


def test_without_a_record_there_is_no_mark() -> None:
    assert part2_mark([]) == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": None}, "kind"),
        ({"words": " \u3164 "}, "words"),
        ({"words": "x" * (LONGEST_NOTE + 1)}, "words"),
        ({"noted_on": None}, "noted_on"),
        ({"noted_on": TODAY + timedelta(days=1)}, "noted_on"),
        ({"noted_on": BORN - timedelta(days=1)}, "noted_on"),
    ],
)
def test_a_wrong_note_is_refused(changes: dict[str, Any], field: str) -> None:
    draft = HistoryNoteDraft(PATIENT, HistoryKind.FAMILY, "Mother: depression.", TODAY)

    with pytest.raises(Refused) as refused:
        replace(draft, **changes).accept(today=TODAY, born_on=BORN)

    assert [problem.field for problem in refused.value.problems] == [field]


def consent(
    given: int | None = None, until: int | None = None, revoked: int | None = None
) -> Part2ConsentDraft:
    """Give the days as numbers of days from today."""
    days = (None if n is None else TODAY + timedelta(days=n) for n in (given, until, revoked))
    return Part2ConsentDraft(*days)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"program": ""}, "program"),
        ({"program": "x" * 121}, "program"),
        ({"words": ""}, "words"),
        ({"received_on": None}, "received_on"),
        ({"consent": consent(1)}, "consent_on"),
        ({"consent": consent(None, 9)}, "consent_ends_on"),
        ({"consent": consent(-3, -4)}, "consent_ends_on"),
        ({"consent": consent(-3, None, -4)}, "revoked_on"),
        ({"consent": consent(-3, None, 1)}, "revoked_on"),
    ],
)
def test_a_wrong_record_is_refused(changes: dict[str, Any], field: str) -> None:
    draft = Part2RecordDraft(PATIENT, "Elm House", "Methadone 80 mg.", TODAY, consent(-3, 300))

    with pytest.raises(Refused) as refused:
        replace(draft, **changes).accept(today=TODAY, born_on=BORN)

    assert [problem.field for problem in refused.value.problems] == [field]
    assert draft.accept(today=TODAY, born_on=BORN).consent_ends_on == TODAY + timedelta(days=300)
