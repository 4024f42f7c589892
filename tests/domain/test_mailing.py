"""Mail: who can be reached by it, and where labels stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cocm_desktop.domain.flag import Flag, FlagKind
from cocm_desktop.domain.ids import FlagId, PatientId
from cocm_desktop.domain.mailing import (
    LabelPlace,
    Mailing,
    can_be_mailed,
    label_places,
    letter_notices,
)
from cocm_desktop.domain.patient import Reach
from cocm_desktop.errors import Refused
from tests.builders import TODAY, a_patient

HOUSE = Reach(address="8 Orchard Lane", city="Kingston")


def a_mark(kind: FlagKind, reason: str) -> Flag:
    return Flag(FlagId(kind.name), a_patient().id, kind, "", reason)


@pytest.mark.parametrize(
    ("reach", "reaches"),
    [
        (HOUSE, True),
        (Reach(address="8 Orchard Lane", postal_code="12401"), True),
        (Reach(address="8 Orchard Lane", state="NY"), False),
        (Reach(city="Kingston", state="NY", postal_code="12401"), False),
        (Reach(), False),
    ],
)
def test_mail_needs_a_street_and_a_town(reach: Reach, *, reaches: bool) -> None:
    assert can_be_mailed(reach) is reaches


def test_whoever_is_left_out_is_named_with_the_reason() -> None:
    reached = a_patient()
    homeless = replace(reached, id=PatientId("b"), last_name="Chen", reach=Reach())
    gone = replace(reached, id=PatientId("c"), last_name="Ortiz")

    mailing = Mailing.of([homeless, reached, gone], frozenset({gone.id}))

    assert mailing.addressed == (reached,)
    assert mailing.left_out_words == (
        "No address on file, so left out: 1 patient (CHEN, María). "
        "Recorded as died, so left out: 1 patient (ORTIZ, María)."
    )
    assert Mailing.of([reached]).left_out_words == ""


def test_marks_about_mail_are_read_before_it_goes_out() -> None:
    reached = a_patient()
    room = a_mark(FlagKind.SAFE_CONTACT, "Shares a mailbox")
    ride = a_mark(FlagKind.TRANSPORT, "No car")

    mailing = Mailing.of([reached], marks={reached.id: (ride, room)})

    assert mailing.notice_words == (
        "Read before mailing: ALVAREZ, María: Ask before speaking freely (Shares a mailbox)."
    )


def test_a_letter_says_what_to_know_before_it_leaves() -> None:
    child = replace(a_patient(), reach=Reach(), born_on=TODAY.replace(year=TODAY.year - 14))
    of_age = replace(child, reach=HOUSE, born_on=TODAY.replace(year=TODAY.year - 18))
    marks = [a_mark(FlagKind.NO_VOICEMAIL, "Shared phone")]

    said = list(letter_notices(child, marks, today=TODAY))

    assert said == [
        "Marked: No voicemail (Shared phone).",
        "The patient is 14: make sure who may receive the letter.",
        "No address is on file: the letter can be handed over, not mailed.",
    ]
    assert list(letter_notices(of_age, (), today=TODAY)) == []


def test_nobody_is_no_paper() -> None:
    with pytest.raises(Refused, match="Nobody was chosen"):
        Mailing(()).require_somebody()


def test_labels_go_on_from_a_sheet_that_was_begun() -> None:
    places = list(label_places(4, start=29))

    assert places == [
        LabelPlace(0, 9, 1),
        LabelPlace(0, 9, 2),
        LabelPlace(1, 0, 0),
        LabelPlace(1, 0, 1),
    ]
