"""Where sittings begin and end in the audit, and what was not as before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from cocm_desktop.actions import sitting_log
from cocm_desktop.actions.audit import read_audit
from cocm_desktop.actions.session import NewClinic, Place, create_clinic, lock, unlock
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.audit_query import AuditQuery
from cocm_desktop.domain.recovery_code import generate
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.storage.clinic_keys import KeyTools
from tests.conftest import EVENING, PRACTICE
from tests.storage.clinics import CHEAP, SharesInMemory

PASSWORD = "violet tractor ozone hymn"


@dataclass
class Clock:
    at: datetime = EVENING

    def __call__(self, zone: ZoneInfo | None) -> datetime:
        return self.at.astimezone(zone)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def place(tmp_path: Path, clock: Clock) -> Place:
    place = Place(tmp_path / "clinic", clock, KeyTools(CHEAP, SharesInMemory()))
    owner = StaffDraft("M. Bell", frozenset({Role.CARE_MANAGER}), sign_in="mbell")
    lock(create_clinic(place, NewClinic(PRACTICE, owner, PASSWORD), generate(bytes(range(18)))))
    return place


def opened(place: Place) -> Workspace:
    return unlock(place, "mbell", PASSWORD)


def told(workspace: Workspace) -> list[str]:
    """Give the codes from the oldest on, without that the audit is read."""
    query = AuditQuery(is_descending=False)
    codes = [entry.code for entry in read_audit(workspace, query).entries]
    return [code for code in codes if code != "audit.viewed"]


def test_a_sitting_begins_and_ends_and_says_how_the_file_is_encrypted(place: Place) -> None:
    lock(opened(place))
    workspace = opened(place)

    codes = told(workspace)
    began = read_audit(workspace, AuditQuery(code="session.began")).entries[0]
    lock(workspace)
    assert codes == [
        "clinic.created", "session.ended", "session.began", "session.ended", "session.began",
    ]  # fmt: skip
    [encryption, *_] = began.changes
    assert encryption.field == "encryption"
    assert str(encryption.after).startswith("SQLCipher 4.")


def test_a_sitting_without_an_end_is_told_at_the_next(place: Place) -> None:
    killed = opened(place)
    assert killed.clinic is not None
    killed.clinic.close()

    workspace = opened(place)

    assert told(workspace)[-2:] == ["session.recovered", "session.began"]
    lock(workspace)


def test_a_clock_that_was_set_back_is_told(place: Place, clock: Clock) -> None:
    clock.at = EVENING - timedelta(days=1)

    workspace = opened(place)

    assert told(workspace)[-2:] == ["clock.set_back", "session.began"]
    lock(workspace)


def test_another_program_and_another_key_store_are_told(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitting_log, "loaded_back_end", lambda: "keyring.backends.one")
    lock(opened(place))
    monkeypatch.setattr(sitting_log, "loaded_back_end", lambda: "keyring.backends.two")
    monkeypatch.setattr(sitting_log, "cipher_of", lambda _connection: "SQLCipher 9")
    monkeypatch.setattr(sitting_log, "__version__", "9.9")

    workspace = opened(place)

    assert told(workspace)[-4:] == [
        "program.updated", "encryption.changed", "key_store.changed", "session.began",
    ]  # fmt: skip
    lock(workspace)


def test_without_the_clinics_folder_nothing_begins(workspace: Workspace) -> None:
    sitting_log.note_opening(workspace)

    with workspace.database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM audit_entry")) == 0
