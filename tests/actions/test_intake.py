"""What the front desk takes in: referral and consent, and nothing that only clinicians say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cocm_desktop.actions.episode import enroll, start_treatment
from cocm_desktop.actions.episode_phase import refer
from cocm_desktop.actions.listing import read_listing
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import EnrollDraft
from cocm_desktop.domain.episode_phase import ReferralDraft
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.instrument import GAD7
from cocm_desktop.domain.listed_patient import Program
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused
from tests.actions.work import as_role, rows_stored
from tests.conftest import CARE_MANAGER

CONSENTED_ON = date(2026, 11, 24)


@pytest.fixture
def front_desk(workspace: Workspace) -> Workspace:
    return as_role(workspace, Role.FRONT_DESK)


def consent(patient_id: PatientId) -> EnrollDraft:
    return EnrollDraft(patient_id, CARE_MANAGER.id, CONSENTED_ON, ConsentMethod.VERBAL)


def program(workspace: Workspace) -> Program:
    [listed] = read_listing(workspace)
    return listed.program


def test_the_front_desk_refers_and_records_consent_and_a_care_manager_starts(
    workspace: Workspace, front_desk: Workspace, maria_patient: PatientId
) -> None:
    seen = [program(front_desk)]

    refer(front_desk, ReferralDraft(maria_patient, CARE_MANAGER.id, date(2026, 11, 23)))
    seen.append(program(front_desk))
    changed = enroll(front_desk, consent(maria_patient))
    seen.append(program(front_desk))
    start_treatment(workspace, changed.record_id, enrolled_on=date(2026, 11, 30), version=2)

    assert seen == [Program.NONE, Program.REFERRED, Program.CONSENTED]
    assert program(front_desk) is Program.ENROLLED


@pytest.mark.parametrize(
    "clinical",
    [
        pytest.param({"enrolled_on": date(2026, 11, 24)}, id="initial assessment"),
        pytest.param({"diagnosis_code": "F33.1"}, id="diagnosis"),
        pytest.param({"primary_instrument_id": GAD7}, id="primary scale"),
    ],
)
def test_what_clinicians_say_is_refused_and_nothing_is_stored(
    front_desk: Workspace, maria_patient: PatientId, clinical: dict[str, Any]
) -> None:
    stored = rows_stored(front_desk)

    with pytest.raises(Refused, match="As front desk you may not start treatment"):
        enroll(front_desk, replace(consent(maria_patient), **clinical))

    assert rows_stored(front_desk) == stored


def test_the_front_desk_does_not_start_treatment(
    front_desk: Workspace, maria_patient: PatientId
) -> None:
    changed = enroll(front_desk, consent(maria_patient))
    stored = rows_stored(front_desk)

    with pytest.raises(Refused, match="may not start treatment"):
        start_treatment(front_desk, changed.record_id, enrolled_on=CONSENTED_ON, version=1)

    assert rows_stored(front_desk) == stored
