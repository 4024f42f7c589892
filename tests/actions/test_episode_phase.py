"""The life of an episode: referred, consented, active, relapse prevention, on hold, closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.episode import close_episode, enroll, start_treatment
from cocm_desktop.actions.episode_phase import (
    change_pace,
    change_phase,
    choose_primary,
    read_phases,
    refer,
)
from cocm_desktop.actions.plan import write_plan
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft, EpisodeStatus
from cocm_desktop.domain.episode_phase import PaceDraft, PhaseDraft, ReferralDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.instrument import GAD7, PHQ9, InstrumentId
from cocm_desktop.domain.plans import PlanDraft, PlanKind
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.errors import Refused
from cocm_desktop.storage.tables import AuditChangeTable, AuditEntryTable
from tests.actions.work import gad7, phq9, rows_stored
from tests.conftest import CARE_MANAGER, PRACTITIONER

REFERRED, CONSENTED = EpisodeStatus.REFERRED, EpisodeStatus.CONSENTED
ACTIVE, HOLD = EpisodeStatus.ACTIVE, EpisodeStatus.ON_HOLD
PREVENTION, CLOSED = EpisodeStatus.RELAPSE_PREVENTION, EpisodeStatus.CLOSED
PLAN = {"warning_signs": "Sleep", "helps": "Walks", "contacts": "The practice"}


def row(workspace: Workspace) -> RegistryRow:
    [only] = read_registry(workspace).rows
    return only


def write_prevention_plan(workspace: Workspace, episode_id: EpisodeId, on: date) -> None:
    kind = PlanKind.RELAPSE_PREVENTION_PLAN
    write_plan(workspace, PlanDraft(episode_id, kind, on, PLAN))


def move(
    workspace: Workspace, episode_id: EpisodeId, status: EpisodeStatus, on: date, version: int
) -> None:
    change_phase(workspace, PhaseDraft(episode_id, status, on, "In hospital", version))


def test_an_episode_goes_from_referral_to_closing_and_every_change_is_kept(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    referral = ReferralDraft(maria_patient, CARE_MANAGER.id, date(2026, 8, 28), PRACTITIONER.id)
    episode_id = EpisodeId(refer(workspace, referral).record_id)
    assert (row(workspace).status, row(workspace).is_open) == (REFERRED, False)

    consent = EnrollDraft(maria_patient, CARE_MANAGER.id, date(2026, 9, 1), ConsentMethod.WRITTEN)
    enrolled_id = enroll(workspace, consent).record_id
    start_treatment(workspace, episode_id, enrolled_on=date(2026, 9, 4), version=2)
    write_prevention_plan(workspace, episode_id, date(2026, 10, 1))
    move(workspace, episode_id, PREVENTION, date(2026, 10, 2), 3)
    move(workspace, episode_id, HOLD, date(2026, 10, 20), 4)
    move(workspace, episode_id, PREVENTION, date(2026, 11, 2), 5)
    closing = CloseDraft(episode_id, date(2026, 11, 20), CloseReason.GRADUATED, version=6)
    close_episode(workspace, closing)

    assert enrolled_id == episode_id
    phases = read_phases(workspace, episode_id)
    assert [(p.from_status, p.to_status, p.changed_on.isoformat()) for p in phases] == [
        (None, REFERRED, "2026-08-28"),
        (REFERRED, CONSENTED, "2026-09-01"),
        (CONSENTED, ACTIVE, "2026-09-04"),
        (ACTIVE, PREVENTION, "2026-10-02"),
        (PREVENTION, HOLD, "2026-10-20"),
        (HOLD, PREVENTION, "2026-11-02"),
        (PREVENTION, CLOSED, "2026-11-20"),
    ]
    assert [phases[4].reason, phases[6].reason] == ["In hospital", "Graduated"]
    last = row(workspace)
    assert (last.referred_on, last.consented_on, last.enrolled_on) == (
        date(2026, 8, 28),
        date(2026, 9, 1),
        date(2026, 9, 4),
    )
    assert read_chart(workspace, maria_patient).phases == phases


def test_consent_and_start_on_one_day_are_two_phases_in_their_order(
    workspace: Workspace, maria: EpisodeId
) -> None:
    phases = read_phases(workspace, maria)

    assert [phase.to_status for phase in phases] == [CONSENTED, ACTIVE]
    assert phases[0].changed_on == phases[1].changed_on


def test_relapse_prevention_needs_its_plan(workspace: Workspace, maria: EpisodeId) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="Write the relapse prevention plan"):
        move(workspace, maria, PREVENTION, date(2026, 11, 20), 1)

    assert rows_stored(workspace) == before
    assert row(workspace).status is ACTIVE


def test_two_screens_do_not_move_an_episode_twice(workspace: Workspace, maria: EpisodeId) -> None:
    move(workspace, maria, HOLD, date(2026, 11, 20), 1)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="changed on another screen"):
        move(workspace, maria, ACTIVE, date(2026, 11, 21), 1)

    assert rows_stored(workspace) == before


def test_a_new_episode_has_a_baseline_of_its_own(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    phq9(workspace, maria, date(2026, 10, 1), 18)
    phq9(workspace, maria, date(2026, 10, 20), 4)
    close_episode(
        workspace, CloseDraft(maria, date(2026, 10, 25), CloseReason.GRADUATED, version=1)
    )
    again = EnrollDraft(
        maria_patient,
        CARE_MANAGER.id,
        date(2026, 11, 2),
        ConsentMethod.VERBAL,
        enrolled_on=date(2026, 11, 2),
    )
    second = EpisodeId(enroll(workspace, again).record_id)
    phq9(workspace, second, date(2026, 11, 3), 14)

    course = row(workspace).primary
    assert course.baseline is not None
    assert (course.baseline.total, len(course.scores)) == (14, 1)


def test_a_patient_is_referred_once_at_a_time(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    draft = ReferralDraft(maria_patient, CARE_MANAGER.id, date(2026, 11, 2))
    assert refer(workspace, draft) == refer(workspace, draft)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="referred already"):
        refer(workspace, replace(draft, id=EpisodeId("00000000-0000-7000-8000-00000000aaaa")))

    assert rows_stored(workspace) == before
    assert before["episode"] == 1


def test_an_enrolled_patient_is_not_referred_and_nor_is_one_of_before_the_closing(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    draft = ReferralDraft(maria_patient, CARE_MANAGER.id, date(2026, 10, 30))
    with pytest.raises(Refused, match="enrolled already"):
        refer(workspace, draft)
    close_episode(workspace, CloseDraft(maria, date(2026, 11, 2), CloseReason.MOVED, version=1))

    with pytest.raises(Refused, match="closed on Nov 2, 2026"):
        refer(workspace, draft)
    refer(workspace, replace(draft, referred_on=date(2026, 11, 2)))

    assert row(workspace).status is REFERRED


def test_a_referral_is_of_an_active_care_manager(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    with pytest.raises(Refused, match="active care manager"):
        refer(workspace, ReferralDraft(maria_patient, StaffId("nobody"), date(2026, 11, 2)))

    assert rows_stored(workspace)["episode"] == 0


def test_a_retried_enrollment_of_a_referred_patient_is_one(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    refer(workspace, ReferralDraft(maria_patient, CARE_MANAGER.id, date(2026, 11, 2)))
    draft = EnrollDraft(maria_patient, CARE_MANAGER.id, date(2026, 11, 3), ConsentMethod.VERBAL)

    assert enroll(workspace, draft) == enroll(workspace, draft)

    stored = rows_stored(workspace)
    assert (stored["episode"], stored["consent"], stored["episode_phase"]) == (1, 1, 2)


def test_a_referral_that_leads_nowhere_closes_with_a_reason_of_its_own(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    draft = ReferralDraft(maria_patient, CARE_MANAGER.id, date(2026, 11, 2))
    episode_id = EpisodeId(refer(workspace, draft).record_id)
    closing = CloseDraft(episode_id, date(2026, 11, 9), CloseReason.GRADUATED, version=1)
    with pytest.raises(Refused, match="An episode that is referred is not closed as: Graduated"):
        close_episode(workspace, closing)

    close_episode(workspace, replace(closing, reason=CloseReason.DECLINED))

    assert row(workspace).status is CLOSED


def test_a_patient_has_a_pace_and_a_target_of_their_own(
    workspace: Workspace, maria: EpisodeId
) -> None:
    change_pace(workspace, PaceDraft(maria, 3, 5, version=1))

    assert (row(workspace).interval_weeks, row(workspace).target_below) == (3, 5)
    change_pace(workspace, PaceDraft(maria, None, None, version=2))
    assert (row(workspace).interval_weeks, row(workspace).target_below) == (None, None)


def test_a_pace_that_does_not_fit_is_not_stored(workspace: Workspace, maria: EpisodeId) -> None:
    with pytest.raises(Refused, match="Choose 1, 2, 3, 4, 6, 8 weeks"):
        change_pace(workspace, PaceDraft(maria, 5, None, version=1))
    with pytest.raises(Refused, match="between 1 and 27"):
        change_pace(workspace, PaceDraft(maria, None, 28, version=1))

    assert row(workspace).interval_weeks is None


def test_the_primary_scale_may_be_chosen_until_there_is_a_baseline(
    workspace: Workspace, maria: EpisodeId
) -> None:
    phq9(workspace, maria, date(2026, 9, 30), 6)  # a screening before the assessment
    choose_primary(workspace, maria, instrument_id=GAD7, version=1)
    gad7(workspace, maria, date(2026, 10, 2), 15)

    with pytest.raises(Refused, match="has its baseline on GAD-7"):
        choose_primary(workspace, maria, instrument_id=PHQ9, version=2)

    assert row(workspace).primary_instrument.id == GAD7


def test_choosing_another_scale_forgets_the_target_on_the_old_one(
    workspace: Workspace, maria: EpisodeId
) -> None:
    change_pace(workspace, PaceDraft(maria, 2, 5, version=1))

    choose_primary(workspace, maria, instrument_id="PCL-5", version=2)

    assert (row(workspace).target_below, row(workspace).interval_weeks) == (None, 2)
    assert row(workspace).primary_instrument.id == "PCL-5"


@pytest.mark.parametrize("instrument_id", ["WHO-5", "C-SSRS", "no such scale"])
def test_not_every_instrument_can_judge_an_episode(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, instrument_id: str
) -> None:
    with pytest.raises(Refused):
        choose_primary(workspace, maria, instrument_id=instrument_id, version=1)
    close_episode(workspace, CloseDraft(maria, date(2026, 11, 2), CloseReason.MOVED, version=1))
    draft = EnrollDraft(
        maria_patient,
        CARE_MANAGER.id,
        date(2026, 11, 3),
        ConsentMethod.VERBAL,
        primary_instrument_id=InstrumentId(instrument_id),
    )
    with pytest.raises(Refused):
        enroll(workspace, draft)

    assert rows_stored(workspace)["episode"] == 1


def test_nothing_changes_on_a_closed_episode(workspace: Workspace, maria: EpisodeId) -> None:
    close_episode(workspace, CloseDraft(maria, date(2026, 11, 2), CloseReason.MOVED, version=1))
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="closed already"):
        change_pace(workspace, PaceDraft(maria, 2, None, version=2))
    with pytest.raises(Refused, match="closed already"):
        choose_primary(workspace, maria, instrument_id=GAD7, version=2)
    with pytest.raises(Refused, match="closed cannot become active"):
        move(workspace, maria, ACTIVE, date(2026, 11, 20), 2)

    assert rows_stored(workspace) == before


def test_moving_is_told_field_by_field_in_the_audit(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    move(workspace, maria, HOLD, date(2026, 11, 20), 1)

    with workspace.database.read() as session:
        entry = session.scalars(
            select(AuditEntryTable).where(AuditEntryTable.code == "episode.moved")
        ).one()
        [change] = session.scalars(
            select(AuditChangeTable).where(AuditChangeTable.seq == entry.seq)
        )
    assert entry.patient_id == maria_patient
    assert (change.field, change.before, change.after) == ("status", "ACTIVE", "ON_HOLD")


def test_an_episode_that_has_not_begun_has_no_phases_yet(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    draft = EnrollDraft(maria_patient, CARE_MANAGER.id, date(2026, 11, 2), ConsentMethod.VERBAL)
    episode_id = EpisodeId(enroll(workspace, draft).record_id)

    with pytest.raises(Refused, match="consented cannot become on hold"):
        move(workspace, episode_id, HOLD, date(2026, 11, 20), 1)

    assert row(workspace).status is CONSENTED


def test_a_referral_waits_and_then_goes_on_to_consent(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    draft = ReferralDraft(maria_patient, CARE_MANAGER.id, date(2026, 11, 2))
    episode_id = EpisodeId(refer(workspace, draft).record_id)
    waits = PhaseDraft(episode_id, EpisodeStatus.WAIT_LISTED, date(2026, 11, 4), "No place free")
    change_phase(workspace, waits)
    assert (row(workspace).status, row(workspace).is_open) == (EpisodeStatus.WAIT_LISTED, False)

    consent = EnrollDraft(maria_patient, CARE_MANAGER.id, date(2026, 11, 9), ConsentMethod.VERBAL)
    enroll(workspace, consent)

    phases = read_phases(workspace, episode_id)
    assert [phase.to_status for phase in phases] == [
        REFERRED, EpisodeStatus.WAIT_LISTED, CONSENTED,
    ]  # fmt: skip
    assert phases[1].reason == "No place free"


def test_a_patient_on_the_wait_list_is_not_referred_again(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    draft = ReferralDraft(maria_patient, CARE_MANAGER.id, date(2026, 11, 2))
    episode_id = EpisodeId(refer(workspace, draft).record_id)
    change_phase(
        workspace, PhaseDraft(episode_id, EpisodeStatus.WAIT_LISTED, date(2026, 11, 4), "Full")
    )
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="referred already"):
        refer(workspace, ReferralDraft(maria_patient, CARE_MANAGER.id, date(2026, 11, 5)))

    assert rows_stored(workspace) == before


def test_an_episode_does_not_close_before_its_last_phase(
    workspace: Workspace, maria: EpisodeId
) -> None:
    move(workspace, maria, HOLD, date(2026, 11, 20), 1)
    before = rows_stored(workspace)
    closing = CloseDraft(maria, date(2026, 11, 19), CloseReason.WITHDREW, version=2)

    with pytest.raises(Refused, match="The episode has a record of Nov 20, 2026"):
        close_episode(workspace, closing)

    assert rows_stored(workspace) == before
