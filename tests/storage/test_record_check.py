"""Records that are not as the audit tells are named, and records that are raise no alarm."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from cocm_desktop.actions.contact import record_contact, void_contact
from cocm_desktop.actions.patient import change_patient, read_patient
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.contact import ContactDraft, ContactKind
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.storage.record_check import unlike_the_audit
from tests.conftest import EVENING


@pytest.fixture
def recorded(workspace: Workspace, maria: EpisodeId, maria_patient: PatientId) -> Workspace:
    contact = ContactDraft(maria, EVENING.date(), ContactKind.PHONE, minutes=5)
    record_contact(workspace, contact)
    void_contact(workspace, contact.id, reason="Of another patient")
    patient = read_patient(workspace, maria_patient)
    draft = PatientDraft(
        "Renamed", patient.first_name, patient.born_on, patient.mrn, id=maria_patient
    )
    change_patient(workspace, draft, version=patient.version)
    return workspace


def found(workspace: Workspace) -> list[str]:
    with workspace.database.outside_transactions() as connection:
        return list(unlike_the_audit(connection))


def test_records_that_are_as_the_audit_tells_raise_no_alarm(recorded: Workspace) -> None:
    assert found(recorded) == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE contact SET voided_at = NULL", "1 record of contact that the audit says was"),
        ("DELETE FROM time_entry", "1 record of time entry that the audit tells of cannot"),
        ("UPDATE patient SET last_name = 'Alvarez'", "The field last_name of a patient is not"),
    ],
)
def test_what_was_put_back_is_named(recorded: Workspace, statement: str, words: str) -> None:
    with recorded.database.write() as session:
        session.execute(text("PRAGMA defer_foreign_keys = 1"))
        session.execute(text(statement))

        findings = list(unlike_the_audit(session.connection().connection.driver_connection))

        assert findings
        assert findings[0].startswith(words)
        session.rollback()
