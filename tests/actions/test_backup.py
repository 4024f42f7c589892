"""Backups, checks and keys, by whoever may, over a real encrypted file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from cocm_desktop.actions.backup import (
    back_up,
    back_up_if_due,
    begin_backup,
    check_backups,
    check_clinic,
    finish_backup,
    read_backups,
    read_status,
)
from cocm_desktop.actions.backup_place import (
    choose_backup_place,
    copy_to_backup_place,
    give_up_backup_place,
    read_backup_place,
)
from cocm_desktop.actions.keys import rotate_key
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.practice import read_practice
from cocm_desktop.actions.recovery import replace_recovery_code, require_recovery_code
from cocm_desktop.actions.restore import (
    Secret,
    describe_backup,
    find_backups,
    restore_backup,
    restore_over,
    sign_ins_in,
    try_secret,
)
from cocm_desktop.actions.restore_drill import try_newest_backup
from cocm_desktop.actions.session import (
    lock,
    new_recovery_code,
    recover,
    unlock,
)
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.backup_place import BackupPlaceDraft
from cocm_desktop.domain.backup_plan import Age, Cause
from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import Refused, Unavailable, WrongSecret
from cocm_desktop.storage.backup import sha256_of
from tests.actions.clinics import CODE, PASSWORD, make, place_at
from tests.conftest import PRACTICE
from tests.storage.clinics import flip


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Workspace]:
    workspace = make(place_at(tmp_path / "clinic"))
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


# ------------------------------------------------------------------ when due, drills, second place


def later(workspace: Workspace, **span: float) -> Workspace:
    now = workspace.now() + timedelta(**span)
    assert workspace.clinic is not None
    return replace(workspace, now=lambda: now, clinic=replace(workspace.clinic, now=lambda: now))


def change_something(workspace: Workspace) -> None:
    add_patient(workspace, PatientDraft("Quill", "Ada", date(1961, 2, 3), mrn=new_id()[-6:]))


def test_a_backup_is_made_by_itself_only_when_something_is_new(opened: Workspace) -> None:
    first = back_up_if_due(opened)
    idle = back_up_if_due(later(opened, hours=2))
    change_something(opened)
    soon = back_up_if_due(later(opened, minutes=29))
    half_an_hour_on = back_up_if_due(later(opened, minutes=31))
    closing = back_up_if_due(later(opened, minutes=32), cause=Cause.CLOSING)

    assert first is not None
    assert (idle, soon, closing) == (None, None, None)
    assert half_an_hour_on is not None
    assert half_an_hour_on.label == "auto"
    assert half_an_hour_on.head.seq > first.head.seq


def test_on_closing_no_interval_is_waited_for(opened: Workspace) -> None:
    back_up(opened)
    change_something(opened)

    made = back_up_if_due(opened, cause=Cause.CLOSING)

    assert made is not None
    assert made.path.name.endswith("_closing.cocmbak")


def test_old_backups_go_and_that_is_audited(opened: Workspace) -> None:
    for day in range(8):
        for turn in range(2):
            change_something(opened)
            back_up_if_due(later(opened, days=day, hours=turn))

    assert len(read_backups(opened)) == 10
    assert "backup.thinned" in audited(opened)


def test_the_status_says_what_is_to_be_done(opened: Workspace) -> None:
    before = read_status(opened)
    back_up(opened)
    change_something(opened)
    after = read_status(later(opened, hours=25))

    assert (before.newest_at, before.age, before.is_drill_due) == (None, Age.LATE, True)
    assert after.newest_at == opened.now()
    assert (after.age, after.is_changed) == (Age.AGING, True)


def test_a_drill_restores_the_newest_backup_and_is_audited(opened: Workspace) -> None:
    back_up(opened)

    drill = try_newest_backup(opened)

    assert drill.findings == ()
    assert not read_status(opened).is_drill_due
    assert opened.clinic is not None
    assert not list(opened.clinic.path.glob("restore-drill*"))


def test_a_drill_finds_a_harmed_backup(opened: Workspace) -> None:
    flip(back_up(opened).path, 40_000)

    drill = try_newest_backup(opened)

    assert drill.findings
    assert read_status(opened).is_drill_due
    assert audited(opened)[-1] == "backup.tried"


def test_a_drill_without_a_backup_says_what_to_do(opened: Workspace) -> None:
    with pytest.raises(Unavailable, match="Make a backup first"):
        try_newest_backup(opened)


def test_a_backup_is_copied_to_the_second_place(opened: Workspace, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    choose_backup_place(opened, BackupPlaceDraft(str(stick)))
    before = read_status(opened)
    made = back_up(opened)
    after = read_status(opened)

    assert (before.is_copy_due, after.is_copy_due) == (True, False)
    assert (stick / made.path.name).read_bytes() == made.path.read_bytes()
    assert copy_to_backup_place(opened) == stick / made.path.name


def test_a_second_place_that_is_away_does_not_stop_a_backup(
    opened: Workspace, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    choose_backup_place(opened, BackupPlaceDraft(str(stick)))
    stick.rmdir()

    ended = finish_backup(begin_backup(opened))

    assert ended.copy is None
    assert "is not there now" in ended.trouble
    assert not read_status(opened).is_place_there
    with pytest.raises(Unavailable, match="cannot be reached"):
        copy_to_backup_place(opened)


def test_a_second_place_is_another_and_then_none(opened: Workspace, tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        choose_backup_place(opened, BackupPlaceDraft(str(tmp_path / name)))
    place = read_backup_place(opened)
    give_up_backup_place(opened)

    assert place is not None
    assert place.folder == str(tmp_path / "second")
    assert read_backup_place(opened) is None
    with pytest.raises(Refused, match="Choose one first"):
        copy_to_backup_place(opened)


def test_a_folder_that_is_not_there_is_no_second_place(opened: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not there"):
        choose_backup_place(opened, BackupPlaceDraft(str(tmp_path / "nowhere")))

    assert read_backup_place(opened) is None


def test_a_harmed_backup_is_listed_with_what_is_wrong(opened: Workspace) -> None:
    good, bad = back_up(opened), back_up(opened)
    flip(bad.path, 40_000)

    [bad_line, good_line] = sorted(check_backups(opened), key=lambda line: not line.trouble)

    assert (bad_line.path, good_line.path) == (bad.path, good.path)
    assert "damaged" in bad_line.trouble
    assert good_line.backup == good


def test_a_new_key_comes_after_a_backup(opened: Workspace) -> None:
    change_something(opened)
    rotate_key(opened)

    assert audited(opened)[-2:] == ["backup.made", "key.rotated"]
    assert read_backups(opened)[0].label == "before-new-key"


# ---------------------------------------------------------------------------------------- restore


def test_a_restore_over_a_clinic_is_audited_at_the_next_sign_in(
    opened: Workspace, tmp_path: Path
) -> None:
    made = back_up(opened, tmp_path / "stick")
    change_something(opened)
    lock(opened)
    place = place_at(tmp_path / "clinic")

    done = restore_over(place, made.path, Secret("lortiz", PASSWORD))

    workspace = unlock(replace(place, accept_older="The restore was meant."), "lortiz", PASSWORD)
    assert "clinic.restored" in audited(workspace)
    assert "patient.added" not in audited(workspace)
    assert done.kept is not None
    assert [each.label for each in find_backups(tmp_path / "clinic")] == ["before-restore"]
    lock(workspace)
    lock(unlock(place, "lortiz", PASSWORD))


def test_only_an_administrator_puts_a_backup_in_the_place_of_a_clinic_that_opens(
    opened: Workspace, tmp_path: Path
) -> None:
    desk = StaffDraft("Dee Lane", frozenset({Role.FRONT_DESK}), "dlane")
    other = "umbrella tuesday granite fox"
    opened.sitting.proved_at = opened.now()
    add_staff(opened, desk, password=other)
    made = back_up(opened, tmp_path / "stick")
    change_something(opened)
    lock(opened)
    place = place_at(tmp_path / "clinic")

    with pytest.raises(Refused, match="only for an administrator"):
        restore_over(place, made.path, Secret("dlane", other))

    workspace = unlock(place, "lortiz", PASSWORD)
    assert "patient.added" in audited(workspace)
    assert not list(place.folder.glob("*.before-restore"))
    lock(workspace)


def test_a_wrong_password_restores_nothing(opened: Workspace, tmp_path: Path) -> None:
    made = back_up(opened)
    lock(opened)
    place, empty = place_at(tmp_path / "clinic"), place_at(tmp_path / "empty")

    for where in (place, empty):
        with pytest.raises(WrongSecret):
            restore_over(where, made.path, Secret("lortiz", PASSWORD + "!"))
    with pytest.raises(Refused, match="sign-in name"):
        try_secret(place, made.path, Secret())

    assert not empty.folder.exists()
    assert not list(place.folder.glob("*.before-restore"))


def test_the_recovery_code_restores_on_a_bare_computer(opened: Workspace, tmp_path: Path) -> None:
    made = back_up(opened, tmp_path / "stick")
    bare = place_at(tmp_path / "bare")

    done = restore_over(bare, made.path, Secret(code=CODE))

    assert done.kept is None
    assert sign_ins_in(bare, made.path) == ("lortiz",)
    new = "umbrella tuesday granite fox"
    workspace = recover(bare, CODE, sign_in="lortiz", password=new)
    assert "clinic.restored" in audited(workspace)
    lock(workspace)
