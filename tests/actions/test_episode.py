from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.episode import close_episode, enroll, start_treatment
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft, EpisodeStatus
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.errors import Refused
from tests.actions.work import call, phq9, rows_stored
from tests.conftest import CARE_MANAGER, PRACTITIONER


def consented(patient_id: PatientId, on: date = date(2026, 11, 2)) -> EnrollDraft:
    return EnrollDraft(patient_id, CARE_MANAGER.id, on, ConsentMethod.WRITTEN)


def closing(episode_id: EpisodeId, on: date = date(2026, 11, 20), version: int = 1) -> CloseDraft:
    return CloseDraft(episode_id, on, CloseReason.GRADUATED, version=version)


def test_a_patient_on_file_is_not_enrolled(workspace: Workspace, maria_patient: PatientId) -> None:
    [row] = read_registry(workspace).rows

    assert (row.status, row.episode_id, row.status_words) == (None, None, "Not enrolled")
    assert read_chart(workspace, maria_patient).episode is None


def test_enrolling_stores_episode_consent_and_diagnosis(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    chart = read_chart(workspace, maria_patient)

    assert chart.episode is not None
    assert chart.consent is not None
    assert (chart.episode.status, chart.episode.enrolled_on) == (
        EpisodeStatus.ACTIVE,
        date(2026, 10, 1),
    )
    assert (chart.consent.given_on, chart.consent.method) == (
        date(2026, 10, 1),
        ConsentMethod.VERBAL,
    )
    assert [diagnosis.code for diagnosis in chart.diagnoses] == ["F33.1"]
    assert chart.treating_practitioner == PRACTITIONER


def test_consent_without_an_assessment_waits_for_treatment_to_start(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    episode_id = enroll(workspace, consented(maria_patient)).record_id
    [row] = read_registry(workspace).rows
    assert (row.status, row.weeks) == (EpisodeStatus.CONSENTED, None)

    start_treatment(workspace, episode_id, enrolled_on=date(2026, 11, 9), version=1)

    [row] = read_registry(workspace).rows
    assert (row.status, row.weeks) == (EpisodeStatus.ACTIVE, 3)


@pytest.mark.parametrize(
    ("enrolled_on", "words"),
    [
        pytest.param(date(2026, 12, 1), "future", id="tomorrow"),
        pytest.param(date(2026, 11, 1), "consented on Nov 2, 2026", id="before consent"),
    ],
)
def test_treatment_cannot_start_on(
    workspace: Workspace, maria_patient: PatientId, enrolled_on: date, words: str
) -> None:
    episode_id = enroll(workspace, consented(maria_patient)).record_id
    before = rows_stored(workspace)

    with pytest.raises(Refused, match=words):
        start_treatment(workspace, episode_id, enrolled_on=enrolled_on, version=1)

    assert rows_stored(workspace) == before


def test_treatment_starts_once(workspace: Workspace, maria: EpisodeId) -> None:
    with pytest.raises(Refused, match="The episode is active"):
        start_treatment(workspace, maria, enrolled_on=date(2026, 11, 9), version=1)


def test_a_patient_is_enrolled_once_at_a_time(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="enrolled already"):
        enroll(workspace, consented(maria_patient))

    assert rows_stored(workspace) == before


def test_a_retried_enrollment_is_one(workspace: Workspace, maria_patient: PatientId) -> None:
    draft = consented(maria_patient)

    first, second = enroll(workspace, draft), enroll(workspace, draft)

    assert first == second
    assert rows_stored(workspace)["episode"] == 1


def test_only_a_care_manager_carries_a_caseload(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    with pytest.raises(Refused, match="active care manager"):
        enroll(workspace, replace(consented(maria_patient), care_manager_id=PRACTITIONER.id))
    with pytest.raises(Refused, match="active care manager"):
        enroll(workspace, replace(consented(maria_patient), care_manager_id=StaffId("nobody")))

    assert rows_stored(workspace)["episode"] == 0


def test_a_closed_episode_leaves_the_open_ones(workspace: Workspace, maria: EpisodeId) -> None:
    close_episode(workspace, closing(maria))

    [row] = read_registry(workspace).rows
    assert (row.is_open, row.status, row.closed_on) == (
        False,
        EpisodeStatus.CLOSED,
        date(2026, 11, 20),
    )


def test_closing_needs_a_reason_and_a_day(workspace: Workspace, maria: EpisodeId) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused) as refusal:
        close_episode(workspace, CloseDraft(maria, None, None))

    assert [problem.field for problem in refusal.value.problems] == ["reason", "closed_on"]
    assert rows_stored(workspace) == before


def test_no_episode_closes_before_its_last_record(workspace: Workspace, maria: EpisodeId) -> None:
    call(workspace, maria, date(2026, 11, 10))
    phq9(workspace, maria, date(2026, 11, 24), 12)

    with pytest.raises(Refused, match="record of Nov 24, 2026"):
        close_episode(workspace, closing(maria))


def test_an_episode_closes_once(workspace: Workspace, maria: EpisodeId) -> None:
    close_episode(workspace, closing(maria))

    with pytest.raises(Refused, match="closed already"):
        close_episode(workspace, closing(maria, version=2))


def test_two_screens_do_not_overwrite_each_other(workspace: Workspace, maria: EpisodeId) -> None:
    with pytest.raises(Refused, match="changed on another screen"):
        close_episode(workspace, closing(maria, version=7))

    [row] = read_registry(workspace).rows
    assert row.is_open


def test_after_closing_the_patient_may_be_enrolled_anew(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    phq9(workspace, maria, date(2026, 11, 3), 18)
    close_episode(workspace, closing(maria))

    with pytest.raises(Refused, match="closed on Nov 20, 2026"):
        enroll(workspace, consented(maria_patient, date(2026, 11, 19)))
    enroll(workspace, replace(consented(maria_patient, date(2026, 11, 21))))

    [row] = read_registry(workspace).rows
    assert (row.status, row.consented_on) == (EpisodeStatus.CONSENTED, date(2026, 11, 21))
    assert row.phq9.scores == ()
