"""What patients may ask about their records: the rules without any file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cocm_desktop.domain.accounting import years_before
from cocm_desktop.domain.attestation import Attestation
from cocm_desktop.domain.ids import PatientId, RestrictionId
from cocm_desktop.domain.patient_copy import CopyRequest
from cocm_desktop.domain.patient_record import label_of, plain_value, value_words
from cocm_desktop.domain.privacy import (
    Amendment,
    AmendmentAnswer,
    AmendmentDraft,
    Decision,
    DisclosureDraft,
    Purpose,
    Restriction,
    RestrictionDraft,
    restriction_mark,
)
from cocm_desktop.domain.retention import RetentionHoldDraft
from cocm_desktop.errors import Refused
from tests.conftest import EVENING

TODAY = date(2026, 11, 30)
WHO = PatientId("1")
TOO_LONG = "x" * 4_001
HELD = Restriction(
    RestrictionId("1"), WHO, TODAY, "Nothing to my\nemployer.", Decision.ACCEPTED, TODAY
)


def test_words_that_are_too_long_are_refused_everywhere() -> None:
    given = DisclosureDraft(
        WHO, TODAY, "x" * 201, TOO_LONG, Purpose.SAFETY, address="x" * 201, authority="x" * 201
    )
    fields = [each.field for each in given.problems(today=TODAY)]
    assert fields == ["recipient", "what", "address", "authority"]
    for refused in (
        lambda: AmendmentDraft(WHO, TODAY, TOO_LONG).accept(today=TODAY),
        lambda: AmendmentDraft(WHO, None, "x").accept(today=TODAY),
        lambda: RestrictionDraft(WHO, None, TOO_LONG).accept(today=TODAY),
        lambda: AmendmentAnswer(Decision.DENIED, "No.", TOO_LONG).apply_to(
            Amendment(AmendmentDraft(WHO, TODAY, "x").id, WHO, TODAY, "x"), today=TODAY
        ),
        lambda: RetentionHoldDraft(WHO, TOO_LONG).accept(today=TODAY),
        lambda: CopyRequest(WHO, "x", address="x" * 201).require(has_part2=False),
    ):
        with pytest.raises(Refused):
            refused()


def test_a_restriction_stops_by_purpose_and_day() -> None:
    assert HELD.stops(Purpose.TREATMENT, TODAY)
    assert not HELD.stops(Purpose.TO_PATIENT, TODAY)
    assert not replace(HELD, ended_on=TODAY).stops(Purpose.TREATMENT, TODAY)
    assert not replace(HELD, decision=Decision.DENIED).stops(Purpose.TREATMENT, TODAY)
    paid = replace(HELD, is_paid_in_full=True)
    assert paid.stops(Purpose.PAYMENT, TODAY)
    assert not paid.stops(Purpose.TREATMENT, TODAY)


def test_the_banner_says_what_binds_the_practice() -> None:
    paid = replace(HELD, is_paid_in_full=True)

    assert restriction_mark([replace(HELD, decision=Decision.OPEN)], TODAY) == ""
    assert restriction_mark([paid], TODAY) == "Restriction: nothing to the payer (paid in full)"
    assert restriction_mark([paid, HELD], TODAY) == "Restriction: Nothing to my employer."


def test_purposes_that_use_a_record_against_the_patient_are_proceedings() -> None:
    found = {each for each in Purpose if each.is_proceeding}

    assert found == {Purpose.COURT, Purpose.LAW_ENFORCEMENT}


def test_years_before_a_leap_day_end_on_the_28th() -> None:
    assert years_before(date(2028, 2, 29), 6) == date(2022, 2, 28)
    assert years_before(date(2028, 2, 29), 4) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("seconds", 1_230, "20 min 30 s"),
        ("seconds", 1_200, "20 min"),
        ("paid_cents", 12_345, "$123.45"),
        ("is_active", False, "no"),
        ("words", None, ""),
        ("answers", (0, None), "0, —"),
        ("told_at", EVENING, "Nov 30, 2026 8:00 PM"),
        ("parts", {"words": "x", "more": ""}, "In words: x"),
    ],
)
def test_values_are_written_as_a_person_reads_them(name: str, value: object, words: str) -> None:
    assert value_words(name, value) == words


def test_labels_and_plain_values() -> None:
    assert label_of("is_face_to_face") == "Face to face"
    assert plain_value({"a": (Purpose.COURT, TODAY)}) == {
        "a": ["a court or an administrative proceeding", "2026-11-30"]
    }


def test_an_attestation_that_failed_says_what_to_do() -> None:
    found = Attestation("desk", holds=False, algorithm=(), proof=(), ways_in=(),
                        last_locked_at=None, as_of=EVENING)  # fmt: skip

    assert "FAILED. Stop working on this computer" in found.words
