"""Backups, checks and keys, by whoever may, over a real encrypted file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from cocm_desktop.actions.backup import back_up, check_clinic, describe_backup, restore_backup
from cocm_desktop.actions.keys import rotate_key
from cocm_desktop.actions.practice import read_practice
from cocm_desktop.actions.recovery import replace_recovery_code, require_recovery_code
from cocm_desktop.actions.session import (
    NewClinic,
    Place,
    create_clinic,
    lock,
    new_recovery_code,
    unlock,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import Refused, Unavailable, WrongSecret
from cocm_desktop.storage.backup import sha256_of
from cocm_desktop.storage.clinic_keys import KeyTools
from tests.conftest import PRACTICE
from tests.storage.clinics import CHEAP, SharesInMemory

PASSWORD = "violet tractor ozone hymn"
MOMENT = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
OWNER = StaffDraft("Lena Ortiz", frozenset({Role.CARE_MANAGER}), "lortiz", "LCSW")
CODE = new_recovery_code()


def place_at(folder: Path) -> Place:
    def clock(zone: ZoneInfo | None) -> datetime:
        return MOMENT.astimezone(zone or UTC)

    return Place(folder, clock, KeyTools(CHEAP, SharesInMemory()))


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    place = place_at(tmp_path / "clinic")
    workspace = create_clinic(place, NewClinic(PRACTICE, OWNER, PASSWORD), CODE)
    yield workspace
    lock(workspace)


def as_biller(workspace: Workspace) -> Workspace:
    return replace(workspace, staff=replace(workspace.staff, roles=frozenset({Role.BILLER})))


def audited(workspace: Workspace) -> list[str]:
    with workspace.database.read() as session:
        return list(session.scalars(text("SELECT code FROM audit_entry ORDER BY seq")))


def test_a_backup_becomes_the_same_clinic_elsewhere(opened: Workspace, tmp_path: Path) -> None:
    made = back_up(as_biller(opened), tmp_path / "usb stick")
    elsewhere = place_at(tmp_path / "another computer")

    assert describe_backup(made.path) == made
    assert restore_backup(elsewhere, made.path) == made

    workspace = unlock(elsewhere, "lortiz", PASSWORD)
    assert read_practice(workspace).name == PRACTICE.name
    lock(workspace)


def test_a_backup_is_audited_with_what_it_is(opened: Workspace) -> None:
    made = back_up(opened)

    assert audited(opened)[-1] == "backup.made"
    with opened.database.read() as session:
        assert session.scalar(
            text("SELECT sha256 FROM audit_entry WHERE code = 'backup.made'")
        ) == sha256_of(made.path)


def test_a_check_of_a_good_clinic_is_audited(opened: Workspace) -> None:
    assert check_clinic(opened).findings == ()
    assert audited(opened)[-1] == "clinic.checked"


def test_a_check_does_not_write_to_a_damaged_file(opened: Workspace, tmp_path: Path) -> None:
    (tmp_path / "clinic" / "clinic-0007.db").write_bytes(b"stray")

    assert check_clinic(opened).findings
    assert "clinic.checked" not in audited(opened)


def test_an_administrator_rotates_the_key_without_anybodys_password(
    opened: Workspace, tmp_path: Path
) -> None:
    rotate_key(opened)

    assert audited(opened)[-1] == "key.rotated"
    lock(opened)
    lock(unlock(place_at(tmp_path / "clinic"), "lortiz", PASSWORD))


def test_a_replaced_recovery_code_is_the_only_one(opened: Workspace) -> None:
    other = new_recovery_code()

    replace_recovery_code(opened, other)

    require_recovery_code(opened, other)
    with pytest.raises(WrongSecret):
        require_recovery_code(opened, CODE)
    assert audited(opened)[-1] == "recovery_code.replaced"


@pytest.mark.parametrize(
    "act",
    [rotate_key, lambda workspace: replace_recovery_code(workspace, new_recovery_code())],
    ids=["rotate the key", "replace the recovery code"],
)
def test_only_an_administrator_touches_the_keys(
    opened: Workspace, act: Callable[[Workspace], object]
) -> None:
    before = audited(opened)
    clinic = opened.clinic
    assert clinic is not None
    keys = (clinic.path / "keys.json").read_bytes()

    with pytest.raises(Refused, match="administrator"):
        act(as_biller(opened))

    assert audited(opened) == before
    assert (clinic.path / "keys.json").read_bytes() == keys


def use_code(workspace: Workspace) -> None:
    require_recovery_code(workspace, RecoveryCode(CODE.groups))


@pytest.mark.parametrize("act", [back_up, check_clinic, rotate_key, use_code])
def test_a_workspace_without_a_folder_has_no_keys_and_no_backup(
    workspace: Workspace, act: Callable[[Workspace], object]
) -> None:
    with pytest.raises(Unavailable, match="Unlock the clinic again"):
        act(workspace)
