"""Visits, services, stays, deaths, and consent given again or withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from cocm_desktop.actions.consent import read_consents, record_consent, withdraw_consent
from cocm_desktop.actions.episode import close_episode
from cocm_desktop.actions.episode_phase import refer
from cocm_desktop.actions.outside_care import (
    read_outside_care,
    record_death,
    record_other_service,
    record_stay,
    record_visit,
    void_outside_care,
)
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.proof_record import read_proof_records
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.superbill import read_superbill
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.outside_care import (
    Death,
    DeathDraft,
    OtherServiceDraft,
    StayDraft,
    Visit,
    VisitDraft,
)
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.consent import ConsentDraft, ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason
from cocm_desktop.domain.episode_phase import ReferralDraft
from cocm_desktop.domain.ids import ConsentId, EpisodeId, PatientId, StaffId
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import Refused
from tests.actions.billing import NOVEMBER, on_record
from tests.actions.work import rows_stored, worked
from tests.builders import a_patient_draft
from tests.conftest import CARE_MANAGER, PRACTITIONER

TOMORROW = date(2026, 12, 1)
NOBODY = PatientId("00000000-0000-7000-8000-00000000ffff")
Record = Callable[[Workspace, PatientId], Change]


def test_what_happened_is_kept_in_order_and_can_be_withdrawn(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    later = VisitDraft(maria_patient, date(2026, 9, 28), "99214", PRACTITIONER.id)
    for draft in (later, VisitDraft(maria_patient, date(2026, 3, 3)), later):
        record_visit(workspace, draft)
    record_stay(workspace, StayDraft(maria_patient, date(2026, 11, 4), place=" City  Hospital "))
    record_death(workspace, DeathDraft(maria_patient, date(2026, 11, 20)))

    found = read_outside_care(workspace, maria_patient)
    assert [each.code for each in found.visits] == ["", "99214"]
    assert found.last_seen_on(date(2026, 11, 1)) == date(2026, 3, 3)
    assert found.last_seen_on(date(2026, 3, 2)) is None
    assert [each.place for each in found.stays] == ["City Hospital"]
    assert found.death
    assert found.death.died_on == date(2026, 11, 20)

    void_outside_care(workspace, Visit, later.id, reason="Another patient's")

    assert [each.code for each in read_outside_care(workspace, maria_patient).visits] == [""]


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (lambda w, p: record_visit(w, VisitDraft(p, None)), "Type the date of the visit"),
        (lambda w, p: record_visit(w, VisitDraft(p, TOMORROW)), "visit cannot be"),
        (lambda w, p: record_visit(w, VisitDraft(p, date(1971, 4, 4))), "before the patient's"),
        (
            lambda w, p: record_visit(w, VisitDraft(p, date(2026, 9, 1), "9921", PRACTITIONER.id)),
            "five characters",
        ),
        (
            lambda w, p: record_visit(w, VisitDraft(p, date(2026, 9, 1), "99214")),
            "Choose who made the visit",
        ),
        (
            lambda w, p: record_other_service(w, OtherServiceDraft(p, "", date(2026, 11, 1))),
            "such as 99214",
        ),
        (lambda w, p: record_other_service(w, OtherServiceDraft(p, "96127", None)), "Type the"),
        (
            lambda w, p: record_stay(w, StayDraft(p, date(2026, 11, 4), date(2026, 11, 3))),
            "cannot end before",
        ),
        (lambda w, p: record_stay(w, StayDraft(p, date(2026, 11, 4), TOMORROW)), "has ended"),
        (
            lambda w, p: record_stay(w, StayDraft(p, date(2026, 11, 4), place="x" * 121)),
            "at most 120",
        ),
        (lambda w, p: record_death(w, DeathDraft(p, TOMORROW)), "death cannot be"),
        (lambda w, _p: record_death(w, DeathDraft(NOBODY, date(2026, 11, 1))), "not on file"),
    ],
)
def test_what_cannot_be_is_refused(
    workspace: Workspace, maria_patient: PatientId, record: Record, words: str
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused, match=words):
        record(workspace, maria_patient)

    assert rows_stored(workspace) == before


def test_nothing_is_billed_after_death(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    on_record(workspace, maria_patient, maria)
    worked(workspace, maria, date(2026, 11, 5), minutes=40)
    worked(workspace, maria, date(2026, 11, 22), minutes=50)
    record_death(workspace, DeathDraft(maria_patient, date(2026, 11, 20)))

    bill = read_superbill(workspace, maria_patient, NOVEMBER)

    assert bill.result
    assert (bill.minutes, bill.service_on) == (40, date(2026, 11, 20))
    assert CheckId.W26 in {check.id for check in bill.result.checks}


def test_the_day_of_death_is_one_fact(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    day = date(2026, 11, 20)
    death = DeathDraft(maria_patient, day)
    record_death(workspace, death)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="Void it first"):
        record_death(workspace, DeathDraft(maria_patient, date(2026, 11, 21)))
    with pytest.raises(Refused, match="died on Nov 20, 2026, as is on file"):
        close_episode(workspace, CloseDraft(maria, date(2026, 11, 21), CloseReason.DIED))
    assert rows_stored(workspace) == before

    close_episode(workspace, CloseDraft(maria, day, CloseReason.DIED))
    void_outside_care(workspace, Death, death.id, reason="The closing says it")
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="Take the closing back"):
        record_death(workspace, DeathDraft(maria_patient, day))

    assert rows_stored(workspace) == before
    kinds = [each.kind for each in read_proof_records(workspace, maria_patient, maria)]
    assert kinds == ["Death", "Consent"]


def another_practitioner(workspace: Workspace) -> StaffId:
    roles = frozenset({Role.TREATING_PRACTITIONER})
    draft = StaffDraft("B. Jones", roles, credentials="NP", npi="1876543210")
    return StaffId(add_staff(workspace, draft).record_id)


def test_time_counts_only_while_a_consent_for_who_bills_holds(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    on_record(workspace, maria_patient, maria)
    for day in (5, 12, 24):
        worked(workspace, maria, date(2026, 11, day), minutes=20)
    [first] = read_consents(workspace, maria)

    withdraw_consent(workspace, first.id, withdrawn_on=date(2026, 11, 10))
    record_consent(
        workspace,
        ConsentDraft(
            maria, date(2026, 11, 11), ConsentMethod.VERBAL, another_practitioner(workspace)
        ),
    )

    assert first.practitioner_id == PRACTITIONER.id
    assert read_superbill(workspace, maria_patient, NOVEMBER).minutes == 20

    again = ConsentDraft(maria, date(2026, 11, 20), ConsentMethod.WRITTEN, PRACTITIONER.id)
    record_consent(workspace, again)
    record_consent(workspace, again)

    assert read_superbill(workspace, maria_patient, NOVEMBER).minutes == 40
    assert len(read_consents(workspace, maria)) == 3


@pytest.mark.parametrize(
    ("given_on", "practitioner_id", "told", "words"),
    [
        (None, PRACTITIONER.id, True, "Type the date"),
        (TOMORROW, PRACTITIONER.id, True, "future"),
        (date(1971, 4, 4), PRACTITIONER.id, True, "before the patient's birth"),
        (date(2026, 11, 1), None, True, "Choose the practitioner"),
        (date(2026, 11, 1), StaffId(str(NOBODY)), True, "Choose the practitioner"),
        (date(2026, 11, 1), PRACTITIONER.id, False, "3 left"),
    ],
)
def test_a_consent_that_cannot_be_is_refused(
    workspace: Workspace,
    maria: EpisodeId,
    given_on: date | None,
    practitioner_id: StaffId | None,
    *,
    told: bool,
    words: str,
) -> None:
    statements = ConsentDraft(maria, None, ConsentMethod.VERBAL, None).told if told else frozenset()
    draft = ConsentDraft(maria, given_on, ConsentMethod.VERBAL, practitioner_id, statements)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match=words):
        record_consent(workspace, draft)

    assert rows_stored(workspace) == before


def test_consent_is_first_given_with_the_enrollment(workspace: Workspace) -> None:
    patient_id = PatientId(add_patient(workspace, a_patient_draft()).record_id)
    referral = ReferralDraft(patient_id, CARE_MANAGER.id, date(2026, 11, 1))
    referred = EpisodeId(refer(workspace, referral).record_id)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="has not consented yet"):
        record_consent(
            workspace,
            ConsentDraft(referred, date(2026, 11, 2), ConsentMethod.VERBAL, PRACTITIONER.id),
        )

    assert rows_stored(workspace) == before


@pytest.mark.parametrize(
    ("withdrawn_on", "words"),
    [
        (None, "Type the last day"),
        (date(2026, 9, 30), "was given on Oct 1, 2026"),
        (TOMORROW, "future"),
    ],
)
def test_a_withdrawal_that_cannot_be_is_refused(
    workspace: Workspace, maria: EpisodeId, withdrawn_on: date | None, words: str
) -> None:
    [consent] = read_consents(workspace, maria)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match=words):
        withdraw_consent(workspace, consent.id, withdrawn_on=withdrawn_on)
    with pytest.raises(Refused, match="not on file"):
        withdraw_consent(workspace, ConsentId(str(NOBODY)), withdrawn_on=withdrawn_on)

    assert (rows_stored(workspace), read_consents(workspace, maria)) == (before, (consent,))
