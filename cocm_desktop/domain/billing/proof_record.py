"""Consents, visits, services and stays of one patient, as a list to look through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from cocm_desktop.domain.billing.outside_care import (
    BilledBeside,
    Death,
    OutsideCare,
    Stay,
    Visit,
)
from cocm_desktop.domain.consent import Consent
from cocm_desktop.domain.episode import Episode
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.wording import long_date

Fact = Consent | Visit | BilledBeside | Stay | Death | Episode


@dataclass(frozen=True, slots=True)
class ProofRecord:
    """One record: what it is, its day, and the rest in words."""

    kind: str
    day: date
    words: str
    fact: Fact


def proof_records(
    consents: Sequence[Consent],
    outside: OutsideCare,
    titles: Mapping[StaffId, str],
    *,
    episodes: Sequence[Episode] = (),
) -> tuple[ProofRecord, ...]:
    """Give every record, newest first; of `episodes` a death. `titles` name people."""
    found = [
        *(_of_consent(each, titles) for each in consents),
        *(_of_visit(each, titles) for each in outside.visits),
        *(_of_service(each, titles) for each in outside.services),
        *map(_of_stay, outside.stays),
        *_of_death(outside.death),
        *chain.from_iterable(map(_of_closing, episodes)),
    ]
    return tuple(sorted(found, key=lambda each: each.day, reverse=True))


def _of_consent(consent: Consent, titles: Mapping[StaffId, str]) -> ProofRecord:
    by = titles.get(consent.practitioner_id) if consent.practitioner_id else None
    until = consent.withdrawn_on
    parts = (
        consent.method.value,
        f"for {by}" if by else "",
        f"withdrawn on {long_date(until)}" if until else "",
    )
    return ProofRecord("Consent", consent.given_on, ", ".join(filter(None, parts)), consent)


def _of_visit(visit: Visit, titles: Mapping[StaffId, str]) -> ProofRecord:
    if not visit.code:
        return ProofRecord("Seen", visit.made_on, "Last seen on that day", visit)
    parts = (
        visit.code,
        _by(visit.practitioner_id, titles),
        "face to face" if visit.is_face_to_face else "not face to face",
        "" if visit.is_about_cocm else "collaborative care was not discussed",
    )
    return ProofRecord("Visit", visit.made_on, ", ".join(filter(None, parts)), visit)


def _of_service(service: BilledBeside, titles: Mapping[StaffId, str]) -> ProofRecord:
    words = f"{service.code}, {_by(service.practitioner_id, titles)}"
    return ProofRecord("Other service", service.served_on, words, service)


def _of_stay(stay: Stay) -> ProofRecord:
    until = f"until {long_date(stay.last_on)}" if stay.last_on else "goes on"
    words = ", ".join(filter(None, (stay.place, until)))
    return ProofRecord("Stay", stay.first_on, words, stay)


def _of_death(death: Death | None) -> Iterator[ProofRecord]:
    if death is not None:
        yield ProofRecord("Death", death.died_on, "The patient died on that day", death)


def _of_closing(episode: Episode) -> Iterator[ProofRecord]:
    if episode.died_on is not None:
        words = "The episode was closed because the patient died"
        yield ProofRecord("Death", episode.died_on, words, episode)


def _by(staff_id: StaffId | None, titles: Mapping[StaffId, str]) -> str:
    return titles.get(staff_id, "somebody else") if staff_id else "somebody else"
