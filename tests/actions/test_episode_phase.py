from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from cocm_desktop.actions.episode import (
    change_phase,
    close_episode,
    enroll,
    read_latest_episode,
)
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft, EpisodeStatus
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused
from cocm_desktop.storage.tables import AuditChangeTable, AuditEntryTable
from tests.actions.work import as_role


@pytest.mark.parametrize("status", [EpisodeStatus.RELAPSE_PREVENTION, EpisodeStatus.ON_HOLD])
def test_a_started_episode_moves_on_and_back(
    workspace: Workspace, maria: EpisodeId, status: EpisodeStatus
) -> None:
    change_phase(workspace, maria, status, version=1)
    assert read_registry(workspace).rows[0].status is status

    change_phase(workspace, maria, EpisodeStatus.ACTIVE, version=2)

    assert read_registry(workspace).rows[0].status is EpisodeStatus.ACTIVE


def test_moving_is_told_field_by_field_in_the_audit(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    change_phase(workspace, maria, EpisodeStatus.ON_HOLD, version=1)

    with workspace.database.read() as session:
        entry = session.scalars(
            select(AuditEntryTable).where(AuditEntryTable.code == "episode.moved")
        ).one()
        [change] = session.scalars(
            select(AuditChangeTable).where(AuditChangeTable.seq == entry.seq)
        )
    assert entry.patient_id == maria_patient
    assert (change.field, change.before, change.after) == ("status", "ACTIVE", "ON_HOLD")


@pytest.mark.parametrize("status", [EpisodeStatus.CONSENTED, EpisodeStatus.CLOSED])
def test_no_episode_is_moved_back_to_consent_or_to_its_close(
    workspace: Workspace, maria: EpisodeId, status: EpisodeStatus
) -> None:
    with pytest.raises(Refused, match="An episode that is active cannot become"):
        change_phase(workspace, maria, status, version=1)

    assert read_registry(workspace).rows[0].status is EpisodeStatus.ACTIVE


def test_an_episode_that_has_not_begun_or_is_over_stays(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    close_episode(workspace, CloseDraft(maria, date(2026, 11, 30), CloseReason.GRADUATED))
    with pytest.raises(Refused, match="closed cannot become on hold"):
        change_phase(workspace, maria, EpisodeStatus.ON_HOLD, version=2)

    draft = EnrollDraft(maria_patient, workspace.staff.id, date(2026, 11, 30), ConsentMethod.VERBAL)
    again = enroll(workspace, draft).record_id
    with pytest.raises(Refused, match="consented cannot become on hold"):
        change_phase(workspace, again, EpisodeStatus.ON_HOLD, version=1)

    assert read_latest_episode(workspace, maria_patient).status is EpisodeStatus.CONSENTED


def test_a_change_made_elsewhere_is_not_overwritten(workspace: Workspace, maria: EpisodeId) -> None:
    with pytest.raises(Refused, match="changed on another screen"):
        change_phase(workspace, maria, EpisodeStatus.ON_HOLD, version=7)

    assert read_registry(workspace).rows[0].status is EpisodeStatus.ACTIVE


def test_only_who_may_enroll_moves_an_episode(workspace: Workspace, maria: EpisodeId) -> None:
    with pytest.raises(Refused, match="may not"):
        change_phase(
            replace(as_role(workspace, Role.FRONT_DESK)), maria, EpisodeStatus.ON_HOLD, version=1
        )

    assert read_registry(workspace).rows[0].status is EpisodeStatus.ACTIVE
