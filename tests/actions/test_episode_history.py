"""Earlier episodes stay readable, each with a baseline and a course of its own."""

from __future__ import annotations

from datetime import date

import pytest

from cocm_desktop.actions.episode import close_episode, enroll
from cocm_desktop.actions.episode_history import read_episodes
from cocm_desktop.actions.episode_phase import change_course, read_course
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.settings import change_setting
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.clinical_settings import SettingDraft
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft
from cocm_desktop.domain.episode_phase import PaceDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.instrument import GAD7, PHQ9, InstrumentId
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused
from tests.actions.work import as_role, call, phq9, rows_stored
from tests.conftest import CARE_MANAGER


def again(workspace: Workspace, first: EpisodeId, patient_id: PatientId) -> EpisodeId:
    close_episode(
        workspace, CloseDraft(first, date(2026, 10, 25), CloseReason.GRADUATED, version=1)
    )
    day = date(2026, 11, 2)
    draft = EnrollDraft(patient_id, CARE_MANAGER.id, day, ConsentMethod.VERBAL, enrolled_on=day)
    return EpisodeId(enroll(workspace, draft).record_id)


def test_every_episode_is_read_with_its_own_course(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    phq9(workspace, maria, date(2026, 10, 1), 18)
    phq9(workspace, maria, date(2026, 10, 20), 4)
    call(workspace, maria, date(2026, 10, 20), minutes=25)
    second = again(workspace, maria, maria_patient)
    phq9(workspace, second, date(2026, 11, 3), 14)

    history = read_episodes(workspace, maria_patient)

    now, before = history.records
    assert (now.episode.id, before.episode.id) == (second, maria)
    assert [now.course.baseline.total if now.course.baseline else None, before.seconds] == [
        14,
        1500,
    ]
    assert (len(before.measures), len(before.contacts), before.reviews) == (2, 1, ())
    assert before.verdicts[0].words == "Bao/NYS target v1: reached"
    assert now.verdicts[0].words == "Bao/NYS target v1: cannot be said yet"
    assert before.phases[-1].reason == "Graduated"
    assert history.staff_names[now.episode.care_manager_id] == CARE_MANAGER.title
    assert now.consent is not None
    assert now.diagnoses == ()


def test_a_patient_who_never_was_enrolled_has_no_episode(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    assert read_episodes(workspace, maria_patient).records == ()


def test_the_front_desk_reads_no_episode(workspace: Workspace, maria_patient: PatientId) -> None:
    with pytest.raises(Refused, match="open a patient's chart"):
        read_episodes(as_role(workspace, Role.FRONT_DESK), maria_patient)


def test_scale_target_and_pace_are_chosen_at_once(workspace: Workspace, maria: EpisodeId) -> None:
    choices = read_course(workspace, maria)
    draft = PaceDraft(maria, 3, 8, choices.episode.version)

    change_course(workspace, draft, instrument_id=GAD7)

    assert (choices.scales[:2], choices.highest_total, choices.fixed_words) == (
        (PHQ9, GAD7), 27, "",
    )  # fmt: skip
    [row] = read_registry(workspace).rows
    assert (row.primary_instrument.id, row.interval_weeks, row.target_below) == (GAD7, 3, 8)


def test_a_target_that_does_not_fit_the_new_scale_leaves_the_old_one(
    workspace: Workspace, maria: EpisodeId
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="between 1 and 21"):
        change_course(workspace, PaceDraft(maria, 3, 25, 1), instrument_id=GAD7)

    assert rows_stored(workspace) == before
    assert read_course(workspace, maria).episode.primary_instrument_id == PHQ9


def test_after_the_baseline_the_scale_is_fixed_and_the_pace_is_not(
    workspace: Workspace, maria: EpisodeId
) -> None:
    phq9(workspace, maria, date(2026, 10, 1), 18)

    choices = read_course(workspace, maria)
    change_course(workspace, PaceDraft(maria, 8, None, 1), instrument_id=PHQ9)

    assert choices.fixed_words == (
        "The episode has its baseline on PHQ-9. The scale is fixed from then on."
    )
    assert read_course(workspace, maria).episode.interval_weeks == 8
    with pytest.raises(Refused, match="The scale is fixed"):
        change_course(workspace, PaceDraft(maria, 8, None, 2), instrument_id=GAD7)


def test_only_scales_that_fall_with_health_judge_an_episode(
    workspace: Workspace, maria: EpisodeId
) -> None:
    scales = read_course(workspace, maria).scales

    assert InstrumentId("PCL-5") in scales
    assert InstrumentId("WHO-5") not in scales
    assert len(scales) == len(set(scales))


def test_the_target_is_the_patients_own_or_the_practices_or_bao_nys(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    def target() -> str:
        history = read_episodes(workspace, maria_patient)
        return history.records[0].target_words(history.settings)

    first = target()
    change_setting(workspace, SettingDraft("target_below", "8", date(2026, 11, 30)))
    second = target()
    change_course(workspace, PaceDraft(maria, None, 5, 1), instrument_id=PHQ9)

    assert (first, second, target()) == (
        "Bao/NYS v1: below 10 or half of baseline",
        "Below 8, the practice's",
        "Below 5, the patient's own",
    )
