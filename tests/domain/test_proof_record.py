"""Consents, visits, services and stays as a list to look through."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cocm_desktop.domain.billing.outside_care import (
    BilledBeside,
    Death,
    OutsideCare,
    Stay,
    Visit,
)
from cocm_desktop.domain.billing.proof_record import proof_records
from cocm_desktop.domain.consent import Consent, ConsentMethod
from cocm_desktop.domain.ids import ConsentId, DeathId, OtherServiceId, StayId, VisitId
from tests.builders import MARIA, MARIAS_EPISODE
from tests.conftest import PRACTITIONER

DAY = date(2026, 11, 5)
TITLES = {PRACTITIONER.id: PRACTITIONER.title}
CONSENT = Consent(
    ConsentId("1"), MARIAS_EPISODE, DAY, ConsentMethod.VERBAL, PRACTITIONER.id, PRACTITIONER.id
)
VISIT = Visit(VisitId("1"), MARIA, DAY, "99214", PRACTITIONER.id)


def said(outside: OutsideCare, *consents: Consent) -> list[str]:
    return [f"{each.kind}: {each.words}" for each in proof_records(consents, outside, TITLES)]


def test_consents_say_how_for_whom_and_until_when() -> None:
    withdrawn = replace(CONSENT, practitioner_id=None, withdrawn_on=date(2026, 11, 20))

    assert said(OutsideCare(), CONSENT) == [f"Consent: Verbal, for {PRACTITIONER.title}"]
    assert said(OutsideCare(), withdrawn) == ["Consent: Verbal, withdrawn on Nov 20, 2026"]


def test_visits_say_what_does_for_a_beginning() -> None:
    seen = replace(VISIT, code="", practitioner_id=None)
    elsewhere = replace(VISIT, practitioner_id=None, is_face_to_face=False, is_about_cocm=False)

    assert said(OutsideCare(visits=(VISIT, seen, elsewhere))) == [
        f"Visit: 99214, {PRACTITIONER.title}, face to face",
        "Seen: Last seen on that day",
        "Visit: 99214, somebody else, not face to face, collaborative care was not discussed",
    ]


def test_the_newest_comes_first() -> None:
    outside = OutsideCare(
        visits=(VISIT,),
        services=(BilledBeside(OtherServiceId("1"), MARIA, "96127", date(2026, 11, 7)),),
        stays=(
            Stay(StayId("1"), MARIA, date(2026, 11, 8), date(2026, 11, 9), "General Hospital"),
            Stay(StayId("2"), MARIA, date(2026, 11, 10)),
        ),
        death=Death(DeathId("1"), MARIA, date(2026, 11, 11)),
    )

    assert said(outside) == [
        "Death: The patient died on that day",
        "Stay: goes on",
        "Stay: General Hospital, until Nov 9, 2026",
        "Other service: 96127, somebody else",
        f"Visit: 99214, {PRACTITIONER.title}, face to face",
    ]
