from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cocm_desktop.actions.patient import add_patient, change_patient, read_patient
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.patient import PatientDraft, Sex
from cocm_desktop.errors import Refused
from tests.actions.work import rows_stored


def john(mrn: str = "100300") -> PatientDraft:
    return PatientDraft("O'Neil", "John", date(1960, 2, 29), mrn=mrn, sex=Sex.MALE)


def test_a_patient_is_kept_as_typed(workspace: Workspace) -> None:
    draft = replace(john(), last_name=" Nguyễn-O’Neil ", first_name="Bảo  ")

    patient = read_patient(workspace, add_patient(workspace, draft).record_id)

    assert (patient.last_name, patient.first_name, patient.mrn) == (
        "Nguyễn-O’Neil",
        "Bảo",
        "100300",
    )


def test_an_mrn_belongs_to_one_patient(workspace: Workspace, maria_patient: PatientId) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="Another patient has the MRN 100200"):
        add_patient(workspace, john(mrn=" 100200 "))

    assert rows_stored(workspace) == before


def test_patients_without_an_mrn_do_not_collide(workspace: Workspace) -> None:
    add_patient(workspace, john(mrn=""))
    add_patient(workspace, john(mrn=""))

    assert rows_stored(workspace)["patient"] == 2


def test_a_retried_patient_is_one(workspace: Workspace) -> None:
    draft = john()

    add_patient(workspace, draft)
    add_patient(workspace, draft)

    assert rows_stored(workspace)["patient"] == 1


def test_details_change_by_version(workspace: Workspace, maria_patient: PatientId) -> None:
    draft = replace(john(mrn="100200"), id=maria_patient)

    change_patient(workspace, draft, version=1)

    assert read_patient(workspace, maria_patient).last_name == "O'Neil"
    with pytest.raises(Refused, match="changed on another screen"):
        change_patient(workspace, replace(draft, first_name="Jo"), version=1)


def test_a_changed_mrn_must_be_free(workspace: Workspace, maria_patient: PatientId) -> None:
    other = john()
    add_patient(workspace, other)

    with pytest.raises(Refused, match="Another patient has the MRN"):
        change_patient(workspace, replace(other, mrn="100200"), version=1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"last_name": " "}, "last_name", id="no family name"),
        pytest.param({"first_name": "UNK"}, "first_name", id="a placeholder"),
        pytest.param({"born_on": None}, "born_on", id="no birth date"),
        pytest.param({"born_on": date(2026, 12, 1)}, "born_on", id="born tomorrow"),
        pytest.param({"born_on": date(1880, 1, 1)}, "born_on", id="too old"),
    ],
)
def test_a_wrong_patient_is_refused_and_nothing_is_stored(
    workspace: Workspace, changes: dict[str, Any], field: str
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused) as refusal:
        add_patient(workspace, replace(john(), **changes))

    assert [problem.field for problem in refusal.value.problems] == [field]
    assert rows_stored(workspace) == before
