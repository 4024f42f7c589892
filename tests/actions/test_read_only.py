"""Signing in to a clinic that can only be read: everything is shown, nothing is stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from cocm_desktop.actions.anchors import look_at_file
from cocm_desktop.actions.locking import lock_because
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.session import lock, unlock
from cocm_desktop.domain.lock import LockCause
from cocm_desktop.errors import Unavailable
from cocm_desktop.storage import clinic_folder
from tests.actions.clinics import OWNER, PASSWORD, make, place_at
from tests.builders import a_patient_draft


def test_a_write_protected_clinic_is_read_and_locked_without_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = place_at(tmp_path / "clinic")
    workspace = make(place)
    add_patient(workspace, a_patient_draft())
    lock(workspace)
    before = (place.folder / "clinic.db").read_bytes()
    # Rights do not bind the account that runs the tests on some computers.
    monkeypatch.setattr(clinic_folder, "may_be_written", lambda _folder, _database: False)

    workspace = unlock(place, OWNER.sign_in, PASSWORD)
    registry = read_registry(workspace)
    with pytest.raises(Unavailable, match="open for reading only"):
        add_patient(workspace, a_patient_draft(mrn="other"))
    look = look_at_file(workspace)
    assert workspace.clinic is not None
    notices = workspace.clinic.notices
    lock_because(workspace, LockCause.IDLE)

    assert registry.today == workspace.today()
    assert not look.broken
    assert "Nothing can be saved" in notices[0]
    assert (place.folder / "clinic.db").read_bytes() == before
