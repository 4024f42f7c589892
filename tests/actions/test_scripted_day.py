"""A day at the practice, and every entry that it leaves in the audit: no more, no less."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from cocm_desktop.actions import sitting_log
from cocm_desktop.actions.anchors import check_audit, write_checkpoint
from cocm_desktop.actions.audit import read_audit
from cocm_desktop.actions.audit_export import export_audit
from cocm_desktop.actions.audit_month import sign_audit_month
from cocm_desktop.actions.backup import back_up, check_clinic
from cocm_desktop.actions.caseload_list import export_list, print_list
from cocm_desktop.actions.chart_page import read_chart_page
from cocm_desktop.actions.emergency import (
    end_emergency_access,
    read_emergencies,
    review_emergency,
    take_emergency_access,
)
from cocm_desktop.actions.episode import enroll
from cocm_desktop.actions.keys import rotate_key
from cocm_desktop.actions.locking import lock_because, note_return
from cocm_desktop.actions.looking import note_search
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.patient_summary import print_patient_summary
from cocm_desktop.actions.proof import prove
from cocm_desktop.actions.recovery import replace_recovery_code
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.restore import Secret, restore_over
from cocm_desktop.actions.restore_drill import try_newest_backup
from cocm_desktop.actions.safety import close_safety_task, read_open_safety_tasks
from cocm_desktop.actions.sealed_note import (
    open_sealed_note,
    read_sealed_notes,
    write_sealed_note,
)
from cocm_desktop.actions.session import NewClinic, Place, create_clinic, lock, recover, unlock
from cocm_desktop.actions.settings import change_setting
from cocm_desktop.actions.staff import (
    add_staff,
    change_password,
    deactivate_staff,
    reactivate_staff,
    read_staff,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.audit_entry import AuditEntry
from cocm_desktop.domain.audit_query import AuditQuery
from cocm_desktop.domain.audit_review import AuditReviewDraft
from cocm_desktop.domain.caseload_list import ListChoice
from cocm_desktop.domain.clinical_settings import SettingDraft
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import EnrollDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.lock import LockCause
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.recovery_code import generate
from cocm_desktop.domain.safety import SafetyClosingDraft
from cocm_desktop.domain.sealed_note import SealedNoteDraft
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import Unavailable, WrongSecret
from cocm_desktop.storage import audit, throttle
from cocm_desktop.storage.clinic_keys import KeyTools
from tests.actions.test_day_of_records import EXPECTED as RECORDS
from tests.actions.work import phq9
from tests.conftest import EVENING, PRACTICE
from tests.storage.clinics import CHEAP, SharesInMemory
from tests.test_audit_codes import WANTED

PASSWORD, OTHER = "violet tractor ozone hymn", "amber ladder quiet moss"
NEW, CODE = "copper meadow ladder quartz", generate(bytes(range(18)))


@dataclass
class Clock:
    at: datetime = EVENING

    def __call__(self, zone: ZoneInfo | None) -> datetime:
        return self.at.astimezone(zone)


def test_a_day_leaves_exactly_its_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(sitting_log, "loaded_back_end", lambda: "keyring.backends.one")
    place = Place(tmp_path / "clinic", clock, KeyTools(CHEAP, SharesInMemory()))
    workspace = _first_evening(place)
    clock.at += timedelta(days=1)
    with suppress(WrongSecret):
        unlock(place, "mbell", OTHER)

    patient = _morning(workspace := unlock(place, "mbell", PASSWORD), tmp_path)
    lock_because(workspace, LockCause.IDLE)
    note_return(workspace := unlock(place, "mbell", PASSWORD))
    lock_because(workspace, LockCause.SWITCH)
    _emergency(unlock(place, "tyoung", OTHER), patient)
    _evening(unlock(place, "mbell", PASSWORD), tmp_path)
    _keys(unlock(place, "mbell", PASSWORD), patient)
    _harm(place, monkeypatch)
    clock.at -= timedelta(days=2)
    entries = _noted(recover(place, CODE, sign_in="mbell", password=PASSWORD))
    clock.at += timedelta(days=3)
    restored = _noted(_restored(place, tmp_path))

    told = Counter(entry.code for entry in entries)
    emergency = [entry.code for entry in entries if entry.is_emergency]
    assert told == EXPECTED
    assert emergency == ["emergency.ended", "chart.viewed", "emergency.taken"]
    assert {entry.patient_id for entry in entries if entry.patient_id} == {patient}
    newest = [entry.code for entry in restored[: len(AFTER_RESTORING)]]
    assert newest == AFTER_RESTORING


AFTER_RESTORING = [
    "audit.viewed", "clinic.restored", "session.began", "key_store.changed", "encryption.changed",
    "program.updated", "session.recovered", "audit.older_accepted",
]  # fmt: skip
BROUGHT_UP_TO_DATE = "clinic.upgraded"
"""Told where the files of older versions are opened: tests/old_files."""


def test_two_days_tell_everything_that_an_audit_should_tell() -> None:
    wanted = {code for codes in WANTED.values() for code in codes}
    told = {*EXPECTED, *RECORDS, *AFTER_RESTORING, BROUGHT_UP_TO_DATE}

    assert wanted - told == set()


EXPECTED = Counter(
    {
        # the evening before
        "clinic.created": 1, "staff.added": 1, "clinic.locked": 1,
        # the morning
        "password.was_wrong": 2, "session.began": 7, "patient.added": 1, "episode.enrolled": 1,
        "measure.recorded": 1, "safety.raised": 1, "safety_list.viewed": 1, "safety.closed": 1,
        "registry.viewed": 1, "patient.searched": 1, "chart.viewed": 2, "list.printed": 1,
        "patient_summary.printed": 1, "password.proved": 1, "list.exported": 1,
        "clinic.auto_locked": 1,
        # back again, and somebody else
        "clinic.unlocked": 1, "clinic.handed_over": 1, "emergency.taken": 1, "emergency.ended": 1,
        "session.ended": 3,
        # the evening
        "emergency.reviewed": 1, "setting.changed": 1, "backup.made": 2, "clinic.checked": 1,
        "audit.checked": 1, "audit.exported": 1, "audit.reviewed": 1, "audit.viewed": 1,
        "audit.checkpoint": 1, "backup.failed": 1,
        # notes under a key of their own, other secrets, a colleague who left and came back
        "sealed_key.made": 1, "sealed_note.listed": 1, "sealed_note.read": 1,
        "sealed_note.written": 1, "password.changed": 1, "recovery_code.replaced": 1,
        "key.rotated": 1, "backup.tried": 1, "staff.deactivated": 1, "staff.reactivated": 1,
        "password.given": 1,
        # after the program was killed, and another one came
        "session.recovered": 1, "password.paused": 1, "key_file.mended": 1, "program.updated": 1,
        "encryption.changed": 1, "key_store.changed": 1,
        # by the recovery code, with the clock set back
        "clock.set_back": 1, "password.recovered": 1,
    }
)  # fmt: skip


def _first_evening(place: Place) -> Workspace:
    owner = StaffDraft("M. Bell", frozenset({Role.CARE_MANAGER}), sign_in="mbell")
    workspace = create_clinic(place, NewClinic(PRACTICE, owner, PASSWORD), generate(bytes(18)))
    young = StaffDraft("T. Young", frozenset({Role.FRONT_DESK}), sign_in="tyoung")
    add_staff(workspace, young, password=OTHER)
    lock_because(workspace, LockCause.BY_HAND)
    return workspace


def _morning(workspace: Workspace, folder: Path) -> PatientId:
    draft = PatientDraft("Alvarez", "María", date(1971, 4, 5), mrn="100200")
    patient = PatientId(add_patient(workspace, draft).record_id)
    enrolling = EnrollDraft(
        patient_id=patient,
        care_manager_id=workspace.staff.id,
        consented_on=date(2026, 10, 1),
        consent_method=ConsentMethod.VERBAL,
        enrolled_on=date(2026, 10, 1),
        referred_on=date(2026, 9, 28),
        diagnosis_code="F33.1",
    )
    phq9(workspace, EpisodeId(enroll(workspace, enrolling).record_id), date(2026, 11, 12), 9, 1)
    [(task, _)] = read_open_safety_tasks(workspace)
    close_safety_task(workspace, SafetyClosingDraft(task.id, "C-SSRS", "plan", "A. Smith"))
    read_registry(workspace)
    note_search(workspace, "alva", found=1)
    read_chart_page(workspace, patient)
    chosen = ListChoice((patient,), ("patient",), "Open", "by name")
    print_list(workspace, chosen)
    print_patient_summary(workspace, patient)
    prove(workspace, PASSWORD)
    export_list(workspace, chosen, folder / "list.csv")
    return patient


def _emergency(workspace: Workspace, patient: PatientId) -> None:
    take_emergency_access(workspace, "Patient phoned about pills, nobody else is here")
    read_chart_page(workspace, patient)
    end_emergency_access(workspace)
    lock(workspace)


def _evening(workspace: Workspace, folder: Path) -> None:
    [listed] = read_emergencies(workspace)
    review_emergency(workspace, listed.access.id, words="Needed.", version=listed.access.version)
    change_setting(workspace, SettingDraft("stale_days", "45", workspace.today()))
    back_up(workspace, folder / "backups")
    check_clinic(workspace)
    check_audit(workspace)
    export_audit(workspace, AuditQuery(), folder / "audit.csv")
    sign_audit_month(workspace, AuditReviewDraft(ServiceMonth(2026, 11), "Nothing unusual"))
    write_checkpoint(workspace)
    with suppress(Unavailable):
        back_up(workspace, folder / "audit.csv")
    lock(workspace)


def _keys(workspace: Workspace, patient: PatientId) -> None:
    read_sealed_notes(workspace, patient)
    note = SealedNoteDraft(patient, "A dream.", workspace.today(), is_confirmed=True)
    write_sealed_note(workspace, note)
    open_sealed_note(workspace, note.id)
    change_password(workspace, old=PASSWORD, new=NEW)
    replace_recovery_code(workspace, CODE)
    rotate_key(workspace)
    try_newest_backup(workspace)
    young = next(each for each in read_staff(workspace) if each.sign_in == "tyoung")
    deactivate_staff(workspace, young.id, version=young.version)
    reactivate_staff(workspace, young.id, version=young.version + 1, password=OTHER)
    assert workspace.clinic
    workspace.clinic.close()


def _harm(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sitting before was killed; now the keys are damaged, and the program is another one."""
    (place.folder / "keys.json").write_bytes(b"")
    ticks = count(10**18, 10**15)
    computer = SimpleNamespace(monotonic_ns=lambda: next(ticks))
    monkeypatch.setattr(throttle, "time", computer)
    for _ in range(4):
        with suppress(WrongSecret):
            unlock(place, "mbell", OTHER)
    monkeypatch.setattr(sitting_log, "loaded_back_end", lambda: "keyring.backends.two")
    monkeypatch.setattr(sitting_log, "cipher_of", lambda _connection: "SQLCipher 9")
    for module in (audit, sitting_log):
        monkeypatch.setattr(module, "__version__", "9.9")
    lock(unlock(place, "mbell", NEW))


def _restored(place: Place, folder: Path) -> Workspace:
    [backup] = (folder / "backups").iterdir()
    restore_over(place, backup, Secret("mbell", PASSWORD))
    return unlock(place, "mbell", PASSWORD)


def _noted(workspace: Workspace) -> tuple[AuditEntry, ...]:
    """Read the audit, the newest entry first, and lock."""
    page = read_audit(workspace, AuditQuery())
    lock(workspace)
    return page.entries
