"""An older file is noticed when it is unlocked, and what stands on paper is found in the audit."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from cocm_desktop.actions.anchors import (
    check_anchor,
    check_audit,
    check_recent,
    current_anchor,
    keep_anchor,
    last_checked_on,
    require_newest,
    write_checkpoint,
)
from cocm_desktop.actions.backup import back_up
from cocm_desktop.actions.session import (
    NewClinic,
    Place,
    create_clinic,
    lock,
    new_recovery_code,
    unlock,
)
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import Refused, RolledBack
from cocm_desktop.storage import anchors
from cocm_desktop.storage.audit_chain import head
from cocm_desktop.storage.clinic_keys import KeyTools
from cocm_desktop.storage.key_rotation import rotate_data_key
from cocm_desktop.storage.restore import restore
from cocm_desktop.storage.tables import AuditChangeTable, AuditEntryTable
from cocm_desktop.storage.tables_trust import BackupPlaceTable
from tests.conftest import PRACTICE
from tests.storage.clinics import CHEAP, SharesInMemory

PASSWORD = "violet tractor ozone hymn"
CODE = new_recovery_code()
OWNER = StaffDraft("Ruth Ames", frozenset({Role.CARE_MANAGER}), sign_in="ruth")
BILLER = StaffDraft("Kim Wong", frozenset({Role.BILLER}), sign_in="kim")
REASON = "The newer disk burned; there is no backup after this one"


def clock(zone: ZoneInfo | None) -> datetime:
    return datetime(2026, 11, 30, 20, tzinfo=UTC).astimezone(zone)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A clinic of which this computer has seen newer entries than its file now holds."""
    tools = KeyTools(CHEAP, SharesInMemory(), lambda: tmp_path / "state")
    made = Place(tmp_path / "clinic", clock, tools)
    workspace = create_clinic(made, NewClinic(PRACTICE, OWNER, PASSWORD), CODE)
    add_staff(workspace, BILLER, password=PASSWORD)
    lock(workspace)
    return made


@pytest.fixture
def older(place: Place) -> Place:
    """Yesterday's file lies where today's was."""
    yesterday = place.folder.with_name("yesterday")
    shutil.copytree(place.folder, yesterday)
    workspace = unlock(place, "ruth", PASSWORD)
    add_staff(workspace, StaffDraft("Ann Lee", frozenset({Role.BILLER})))
    lock(workspace)
    put_back(yesterday, place.folder)
    return place


def put_back(older: Path, folder: Path) -> None:
    for file in older.glob("*.db"):
        shutil.copy(file, folder / file.name)


def codes(workspace: Workspace) -> list[str]:
    with workspace.database.read() as session:
        return list(session.scalars(select(AuditEntryTable.code).order_by(AuditEntryTable.seq)))


def test_the_newest_file_opens_without_a_question(place: Place) -> None:
    for _ in range(2):
        workspace = unlock(place, "ruth", PASSWORD)
        assert require_newest(workspace, everywhere=True) == ()
        lock(workspace)


def test_an_older_file_is_noticed_and_left_as_it_is(older: Place) -> None:
    before = (older.folder / "clinic.db").read_bytes()

    for _ in range(2):
        with pytest.raises(RolledBack, match=r"\d newer entr.* seen on") as told:
            unlock(older, "ruth", PASSWORD)

    assert "Nov 30, 2026" in str(told.value)
    assert (older.folder / "clinic.db").read_bytes() == before


def test_only_an_administrator_goes_on_with_an_older_file(older: Place) -> None:
    with pytest.raises(RolledBack, match="not an administrator"):
        unlock(replace(older, accept_older=REASON), "kim", PASSWORD)
    with pytest.raises(RolledBack, match="Say why"):
        unlock(replace(older, accept_older=" . "), "ruth", PASSWORD)

    workspace = unlock(replace(older, accept_older=REASON), "ruth", PASSWORD)

    with workspace.database.read() as session:
        entry = session.scalars(
            select(AuditEntryTable).where(AuditEntryTable.code == anchors.ACCEPTED_CODE)
        ).one()
        change = session.scalars(
            select(AuditChangeTable).where(AuditChangeTable.seq == entry.seq)
        ).one()
    assert entry.reason == REASON
    assert (change.before or "").startswith("A:")
    lock(workspace)
    again = unlock(older, "kim", PASSWORD)
    assert check_audit(again).is_whole
    lock(again)


def test_a_newer_backup_and_the_key_store_tell_of_an_older_file(
    place: Place, tmp_path: Path
) -> None:
    yesterday = tmp_path / "yesterday"
    shutil.copytree(place.folder, yesterday)
    workspace = unlock(place, "ruth", PASSWORD)
    add_staff(workspace, StaffDraft("Ann Lee", frozenset({Role.BILLER})))
    keep_anchor(workspace, everywhere=True)
    back_up(workspace)
    lock(workspace)
    shutil.rmtree(tmp_path / "state")
    put_back(yesterday, place.folder)

    with pytest.raises(RolledBack, match="the backup"):
        unlock(place, "ruth", PASSWORD)
    shutil.rmtree(place.folder / "backups")
    with pytest.raises(RolledBack, match="key store"):
        unlock(replace(place, looks_everywhere=True), "ruth", PASSWORD)
    lock(unlock(place, "ruth", PASSWORD))


def test_a_text_file_in_the_second_place_is_a_witness_too(place: Place, tmp_path: Path) -> None:
    second = tmp_path / "second"
    second.mkdir()
    workspace = unlock(place, "ruth", PASSWORD)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        session.add(
            BackupPlaceTable(
                id="place", folder=str(second), remind_days=7, recorded_at=stamp.at,
                recorded_by=stamp.staff.id, device=stamp.device,
            )
        )  # fmt: skip
    for _ in range(2):
        keep_anchor(workspace, everywhere=True)
    assert workspace.clinic is not None
    assert len((second / anchors.LOG_NAME).read_text().splitlines()) == 1

    (found,) = anchors.in_log(workspace.clinic, second)

    assert head(workspace.database).mac.startswith(found.head.mac)
    assert require_newest(workspace, everywhere=True) == ()
    log = second / anchors.LOG_NAME
    log.write_text(log.read_text().replace(f"A:{found.head.seq}", f"A:{found.head.seq + 5}"))
    with pytest.raises(RolledBack, match="5 newer entries were"):
        require_newest(workspace, everywhere=True)
    lock(workspace)


def test_a_new_key_and_a_restore_elsewhere_keep_the_chain_whole(
    place: Place, tmp_path: Path
) -> None:
    workspace = unlock(place, "ruth", PASSWORD)
    assert workspace.clinic is not None
    rotate_data_key(workspace.clinic)
    made = back_up(workspace)
    lock(workspace)
    restored = replace(place, folder=tmp_path / "restored")
    restore(made.path, restored.door())

    for each in (place, restored):
        workspace = unlock(each, "ruth", PASSWORD)
        assert check_audit(workspace).words == ""
        lock(workspace)


def test_another_entry_in_the_place_of_one_that_was_seen_is_told(place: Place) -> None:
    workspace = unlock(place, "ruth", PASSWORD)
    assert workspace.clinic is not None
    with workspace.database.write() as session:
        session.execute(text("DROP TRIGGER tr_audit_entry_no_update"))
        session.execute(text("UPDATE audit_entry SET mac = replace(mac, 'a', 'b')"))

    with pytest.raises(RolledBack, match="was rewritten: entry"):
        require_newest(workspace)

    workspace.clinic.close()


def test_a_note_of_this_computer_that_was_changed_is_none(older: Place, tmp_path: Path) -> None:
    (note,) = (tmp_path / "state" / "anchors").iterdir()
    note.write_text(note.read_text().replace('"seq": ', '"seq": 1'))

    lock(unlock(older, "ruth", PASSWORD))


def test_a_restore_permits_the_older_file_it_put_there_once(older: Place) -> None:
    other = replace(older, folder=older.folder.with_name("yesterday"))
    with other.door().unlock("ruth", PASSWORD) as clinic:
        anchors.permit_older(
            older.folder,
            vault_id=clinic.keys.vault_id,
            audit_key=clinic.database.audit_key,
            head=head(clinic.database),
            reason="Restored from a backup",
        )

    workspace = unlock(older, "kim", PASSWORD)

    assert anchors.ACCEPTED_CODE in codes(workspace)
    assert not (older.folder / anchors.PERMIT_NAME).exists()
    lock(workspace)


def test_a_permit_for_another_file_or_of_another_hand_counts_for_nothing(older: Place) -> None:
    with pytest.raises(RolledBack) as first:
        unlock(older, "ruth", PASSWORD)
    (older.folder / anchors.PERMIT_NAME).write_text('{"seq": 3, "mac": "", "seal": "00"}')

    with pytest.raises(RolledBack) as second:
        unlock(older, "ruth", PASSWORD)

    assert str(second.value) == str(first.value)


def test_what_stands_on_paper_is_found_or_not(place: Place) -> None:
    workspace = unlock(place, "ruth", PASSWORD)
    printed = current_anchor(workspace)
    add_staff(workspace, StaffDraft("Ann Lee", frozenset({Role.BILLER})))

    held = check_anchor(workspace, printed.lower())
    last = head(workspace.database).seq
    newer = check_anchor(workspace, f"A:{last + 3}-00000000")
    other = check_anchor(workspace, f"{last}-00000000")

    assert held.is_held
    assert held.words.endswith("as it was written; 1 entry came after it.")
    assert not newer.is_held
    assert "3 entries up to" in newer.words
    assert not other.is_held
    assert "rewritten" in other.words
    with pytest.raises(Refused, match="foot of the page"):
        check_anchor(workspace, "sixteen")
    lock(workspace)


def test_a_check_of_the_audit_is_noted_with_its_result(place: Place) -> None:
    workspace = unlock(place, "ruth", PASSWORD)
    assert last_checked_on(workspace) is None
    assert write_checkpoint(workspace)
    assert not write_checkpoint(workspace)

    whole = check_audit(workspace)
    with workspace.database.write() as session:
        session.execute(text("DROP TRIGGER tr_audit_entry_no_update"))
        session.execute(text("UPDATE audit_entry SET reason = 'x' WHERE seq = 2"))
    broken = check_audit(workspace)

    assert whole.is_whole
    assert broken.first_bad == 2
    assert check_recent(workspace).first_bad == 2
    assert last_checked_on(workspace) == workspace.today()
    assert check_anchor(workspace, current_anchor(workspace)).words == broken.words
    with workspace.database.read() as session:
        checks = session.execute(
            select(AuditEntryTable.outcome, AuditEntryTable.reason)
            .where(AuditEntryTable.code == "audit.checked")
            .order_by(AuditEntryTable.seq)
        ).all()
    assert [tuple(each) for each in checks] == [(0, None), (8, broken.words)]
    assert workspace.clinic is not None
    workspace.clinic.close()


def test_rows_that_are_gone_since_the_last_checkpoint_are_told(place: Place) -> None:
    workspace = unlock(place, "ruth", PASSWORD)
    write_checkpoint(workspace)
    with workspace.database.write() as session:
        session.execute(text("DELETE FROM staff WHERE name = 'Kim Wong'"))

    report = check_audit(workspace)

    assert report.is_whole
    assert report.words.startswith(
        "The table staff had 2 rows at the last checkpoint and has 1. "
        "1 record of staff that the audit tells of cannot be found, the first in entry "
    )
    lock(workspace)
