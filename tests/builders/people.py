"""Made-up people and where they work, on one fixed day: `TODAY` is a Friday."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from cocm_desktop.domain.consent import Consent, ConsentMethod
from cocm_desktop.domain.diagnosis import Diagnosis
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft, Episode, EpisodeStatus
from cocm_desktop.domain.ids import (
    ConsentId,
    DiagnosisId,
    EpisodeId,
    PatientId,
    StaffId,
)
from cocm_desktop.domain.patient import Coverage, Patient, PatientDraft, Reach, Sex
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role, StaffDraft, StaffMember

TIME_ZONE = "America/New_York"
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 8, 4, tzinfo=ZoneInfo(TIME_ZONE))
THIS_MONTH = ServiceMonth(2026, 11)
ENROLLED_ON = date(2026, 9, 4)  # eleven weeks before TODAY
CONSENTED_ON = date(2026, 9, 1)
REFERRED_ON = date(2026, 8, 28)

# Family name, given name: accents, hyphens, apostrophes, one letter, one long, other letters.
NAMES = (
    ("Alvarez", "María"),
    ("García-López", "José"),
    ("O’Brien", "Siobhán"),
    ("Nguyễn", "Thị Hương"),
    ("Müller", "Jürgen"),
    ("Wójcik", "Łukasz"),
    ("Ng", "K."),
    ("Smith", "John"),
    ("Washington-Featherstonehaugh", "Bartholomew Alexander"),
    ("Şahin", "Iş\u0131l"),
    ("D’Angelo", "Chloë"),
    ("Björnsdóttir", "Þóra"),
)


def id_of(name: str) -> str:
    """Give the same UUID version 7 for the same name on every run."""
    value = int.from_bytes(hashlib.sha256(name.encode()).digest()[:16])
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


MARIA = PatientId(id_of("patient Alvarez"))
MARIAS_EPISODE = EpisodeId(id_of("episode Alvarez"))
BELL = StaffId(id_of("staff M. Bell"))
OSEI = StaffId(id_of("staff A. Osei"))
CHEN = StaffId(id_of("staff L. Chen"))


def a_practice(**changes: Any) -> Practice:
    practice = Practice(
        name="Riverbend Family Medicine",
        time_zone=TIME_ZONE,
        address="120 Mill Street",
        city="Kingston",
        state="NY",
        postal_code="12401-0042",
        phone="845-555-0142",
        npi="1234567893",
        ein="12-3456789",
    )
    return replace(practice, **changes)


def a_staff_member(role: Role = Role.CARE_MANAGER, **changes: Any) -> StaffMember:
    name = str(changes.get("name", "M. Bell"))
    member = StaffMember(
        id=StaffId(id_of(f"staff {name}")),
        sign_in=name.casefold().replace(". ", ""),
        name=name,
        credentials="",
        roles=frozenset({role}),
    )
    return replace(member, **changes)


def a_care_manager(**changes: Any) -> StaffMember:
    return a_staff_member(**{"name": "M. Bell", "credentials": "LCSW", **changes})


def a_practitioner(**changes: Any) -> StaffMember:
    given = {"name": "A. Osei", "credentials": "MD", "npi": "1245319599", **changes}
    return a_staff_member(Role.TREATING_PRACTITIONER, **given)


def a_consultant(**changes: Any) -> StaffMember:
    given = {"name": "L. Chen", "credentials": "MD", **changes}
    return a_staff_member(Role.PSYCHIATRIC_CONSULTANT, **given)


def a_biller(**changes: Any) -> StaffMember:
    return a_staff_member(Role.BILLER, **{"name": "R. Haddad", **changes})


def a_front_desk_person(**changes: Any) -> StaffMember:
    return a_staff_member(Role.FRONT_DESK, **{"name": "T. Young", **changes})


def an_administrator(**changes: Any) -> StaffMember:
    return a_staff_member(Role.ADMINISTRATOR, **{"name": "P. Ruiz", **changes})


def a_staff_draft(**changes: Any) -> StaffDraft:
    draft = StaffDraft(
        id=BELL,
        name="M. Bell",
        roles=frozenset({Role.CARE_MANAGER}),
        sign_in="mbell",
        credentials="LCSW",
    )
    return replace(draft, **changes)


def a_patient(**changes: Any) -> Patient:
    patient = Patient(
        id=MARIA,
        last_name="Alvarez",
        first_name="María",
        born_on=date(1971, 4, 5),
        mrn="100245",
        sex=Sex.FEMALE,
        reach=Reach(
            phone="(555) 712-4709",
            email="maria@example.org",
            address="8 Orchard Lane, Apt 3",
            city="Kingston",
            state="NY",
            postal_code="12401",
            language="Spanish",
        ),
        coverage=Coverage(payer="Hudson Health Plan", member_id="HHP0012345", group_number="77"),
        treating_practitioner="A. Osei, MD",
    )
    return replace(patient, **changes)


def a_patient_draft(**changes: Any) -> PatientDraft:
    draft = PatientDraft(
        id=MARIA,
        last_name="Alvarez",
        first_name="María",
        born_on=date(1971, 4, 5),
        mrn="100245",
        sex=Sex.FEMALE,
    )
    return replace(draft, **changes)


def an_episode(**changes: Any) -> Episode:
    episode = Episode(
        id=MARIAS_EPISODE,
        patient_id=MARIA,
        status=EpisodeStatus.ACTIVE,
        care_manager_id=BELL,
        treating_practitioner_id=OSEI,
        referred_on=REFERRED_ON,
        enrolled_on=ENROLLED_ON,
    )
    return replace(episode, **changes)


def a_closed_episode(**changes: Any) -> Episode:
    closing = {
        "status": EpisodeStatus.CLOSED,
        "closed_on": date(2026, 11, 10),
        "close_reason": CloseReason.GRADUATED,
    }
    return an_episode(**{**closing, **changes})


def an_enroll_draft(**changes: Any) -> EnrollDraft:
    draft = EnrollDraft(
        id=MARIAS_EPISODE,
        patient_id=MARIA,
        care_manager_id=BELL,
        consented_on=CONSENTED_ON,
        consent_method=ConsentMethod.VERBAL,
        enrolled_on=ENROLLED_ON,
        referred_on=REFERRED_ON,
        treating_practitioner_id=OSEI,
        diagnosis_code="F33.1",
    )
    return replace(draft, **changes)


def a_close_draft(**changes: Any) -> CloseDraft:
    draft = CloseDraft(
        episode_id=MARIAS_EPISODE, closed_on=TODAY, reason=CloseReason.GRADUATED, note=""
    )
    return replace(draft, **changes)


def a_consent(**changes: Any) -> Consent:
    consent = Consent(
        id=ConsentId(id_of("consent Alvarez")),
        episode_id=MARIAS_EPISODE,
        given_on=CONSENTED_ON,
        method=ConsentMethod.VERBAL,
        obtained_by=BELL,
    )
    return replace(consent, **changes)


def a_diagnosis(**changes: Any) -> Diagnosis:
    diagnosis = Diagnosis(
        id=DiagnosisId(id_of("diagnosis Alvarez")),
        episode_id=MARIAS_EPISODE,
        code="F33.1",
        title="Major depressive disorder, recurrent, moderate",
        noted_on=ENROLLED_ON,
    )
    return replace(diagnosis, **changes)
