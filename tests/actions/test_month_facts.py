"""What the file says of a month: where care began, which episode is billed, what proves it."""

from __future__ import annotations

from datetime import date, time

import pytest

from cocm_desktop.actions.consent import read_consents, record_consent, withdraw_consent
from cocm_desktop.actions.episode import close_episode, enroll
from cocm_desktop.actions.month_facts import month_case
from cocm_desktop.actions.superbill import read_superbill
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from cocm_desktop.domain.billing.month_case import facts_of
from cocm_desktop.domain.consent import ConsentDraft, ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.time_entry import Activity
from tests.actions.work import phq9, reviewed, worked
from tests.conftest import CARE_MANAGER, PRACTITIONER

NOVEMBER = ServiceMonth(2026, 11)


def facts(workspace: Workspace, patient_id: PatientId) -> PatientMonth:
    return facts_of(month_case(workspace, patient_id, NOVEMBER))


def closed(workspace: Workspace, episode_id: EpisodeId, day: date) -> None:
    close_episode(workspace, CloseDraft(episode_id, day, CloseReason.GRADUATED))


def enrolled(
    workspace: Workspace,
    patient_id: PatientId,
    day: date,
    practitioner_id: StaffId | None = PRACTITIONER.id,
) -> EpisodeId:
    draft = EnrollDraft(
        patient_id=patient_id,
        care_manager_id=CARE_MANAGER.id,
        consented_on=day,
        consent_method=ConsentMethod.VERBAL,
        enrolled_on=day,
        treating_practitioner_id=practitioner_id,
        diagnosis_code="F41.1",
    )
    return EpisodeId(enroll(workspace, draft).record_id)


def test_care_that_goes_on_in_another_episode_began_in_the_first(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 10, 5), minutes=40)
    closed(workspace, maria, date(2026, 10, 20))
    again = enrolled(workspace, maria_patient, date(2026, 11, 3))
    worked(workspace, again, date(2026, 11, 4), minutes=40)

    found = facts(workspace, maria_patient)

    assert found.episode.started_on == date(2026, 10, 5)
    assert found.episode.service_months == (ServiceMonth(2026, 10),)


def test_clerical_work_does_not_begin_the_care(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 10, 2), minutes=5, activity=Activity.CLERICAL)
    worked(workspace, maria, date(2026, 11, 4), minutes=40)

    assert facts(workspace, maria_patient).episode.started_on == date(2026, 11, 4)


def test_a_month_after_a_withdrawal_was_not_served(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    [consent] = read_consents(workspace, maria)
    withdraw_consent(workspace, consent.id, withdrawn_on=date(2026, 10, 3))
    worked(workspace, maria, date(2026, 10, 5), minutes=40)
    again = ConsentDraft(maria, date(2026, 11, 1), ConsentMethod.WRITTEN, PRACTITIONER.id)
    record_consent(workspace, again)
    worked(workspace, maria, date(2026, 11, 4), minutes=40)

    found = facts(workspace, maria_patient)

    assert found.episode.service_months == ()
    assert found.episode.started_on == date(2026, 11, 4)


@pytest.fixture
def again(workspace: Workspace, maria: EpisodeId, maria_patient: PatientId) -> EpisodeId:
    """Give the second episode of a month, reviewed, scored and closed in the first of them."""
    worked(workspace, maria, date(2026, 11, 2), minutes=20)
    phq9(workspace, maria, date(2026, 11, 2), 14)
    reviewed(workspace, [maria], date(2026, 11, 3))
    closed(workspace, maria, date(2026, 11, 10))
    episode_id = enrolled(workspace, maria_patient, date(2026, 11, 10))
    worked(workspace, episode_id, date(2026, 11, 10), minutes=5)
    return episode_id


def test_the_later_of_two_episodes_is_billed_whatever_is_recorded_last(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, again: EpisodeId
) -> None:
    worked(workspace, maria, date(2026, 11, 10), minutes=7)

    case = month_case(workspace, maria_patient, NOVEMBER)

    assert case.episode.id == again
    assert [other.id for other in case.others] == [maria]


@pytest.mark.usefixtures("again")
def test_a_month_is_proven_by_the_records_of_all_its_episodes(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    proofs = facts(workspace, maria_patient).proofs

    assert proofs.reviews == (date(2026, 11, 3),)
    assert [each.taken_on for each in proofs.measures] == [date(2026, 11, 2)]


def test_the_night_after_the_clocks_were_set_back_counts_whole(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 11, 1), minutes=30, started_at=time(23, 30))
    worked(workspace, maria, date(2026, 11, 2), minutes=20, started_at=time(0, 10))

    bill = read_superbill(workspace, maria_patient, NOVEMBER)

    assert bill.minutes == 50


def test_a_consent_that_names_nobody_is_to_who_treated_the_patient_then(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    first = enrolled(workspace, maria_patient, date(2026, 11, 1), practitioner_id=None)
    worked(workspace, first, date(2026, 11, 2), minutes=20)
    closed(workspace, first, date(2026, 11, 5))
    second = enrolled(workspace, maria_patient, date(2026, 11, 6))
    worked(workspace, second, date(2026, 11, 7), minutes=20)

    found = facts(workspace, maria_patient).consents

    assert [each.practitioner_npi for each in found] == ["", PRACTITIONER.npi]
