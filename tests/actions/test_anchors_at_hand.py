"""Anchors where something is missing: no folder, no key store, a file that is not readable."""

from __future__ import annotations

from pathlib import Path

import pytest

from cocm_desktop.actions.anchors import (
    FileLook,
    check_audit,
    keep_anchor,
    look_at_file,
    require_newest,
)
from cocm_desktop.actions.session import Place, lock, unlock
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.errors import Unavailable
from cocm_desktop.storage import anchors
from cocm_desktop.storage.device_share import AskedOnce
from tests.actions.test_anchors import PASSWORD, place

__all__ = ["place"]


class LockedStore:
    """A key store that nobody unlocks."""

    def __init__(self) -> None:
        self.asked = 0

    def fetch(self, vault_id: str) -> bytes | None:
        self.asked += 1
        raise Unavailable(f"The key store is locked, also for {vault_id}.")

    def keep(self, vault_id: str, share: bytes) -> None:
        self.asked += len(vault_id) * len(share)
        raise Unavailable("The key store is locked.")


def test_without_a_folder_there_is_nothing_to_compare(workspace: Workspace) -> None:
    keep_anchor(workspace)

    assert require_newest(workspace) == ()
    assert look_at_file(workspace) == FileLook()
    assert check_audit(workspace).is_whole


def test_a_key_store_that_failed_is_not_asked_again() -> None:
    store = LockedStore()
    once = AskedOnce(store)

    for _ in range(2):
        with pytest.raises(Unavailable):
            once.fetch("clinic")
        with pytest.raises(Unavailable):
            once.keep("clinic", b"")

    assert store.asked == 1


def test_what_cannot_be_kept_or_read_is_left_out(place: Place, tmp_path: Path) -> None:
    workspace = unlock(place, "ruth", PASSWORD)
    clinic = workspace.clinic
    assert clinic is not None
    (tmp_path / "file").write_text("in the way of a folder")
    backups = clinic.path / "backups"
    backups.mkdir()
    (backups / "2030.cocmbak").write_text("no backup")

    anchors.keep(clinic, tmp_path / "file", store=LockedStore(), logs=[tmp_path / "nowhere"])

    assert list(anchors.in_key_store(clinic, LockedStore())) == []
    assert list(anchors.in_log(clinic, tmp_path / "nowhere")) == []
    assert list(anchors.kept_here(clinic, None)) == []
    assert require_newest(workspace) == ()
    lock(workspace)
    keep_anchor(workspace)
