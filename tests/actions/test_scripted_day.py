"""A day at the practice, and every entry that it leaves in the audit: no more, no less."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cocm_desktop.actions.anchors import check_audit
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
from cocm_desktop.actions.locking import lock_because, note_return
from cocm_desktop.actions.looking import note_search
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.patient_summary import print_patient_summary
from cocm_desktop.actions.proof import prove
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.safety import close_safety_task, read_open_safety_tasks
from cocm_desktop.actions.session import NewClinic, Place, create_clinic, lock, unlock
from cocm_desktop.actions.settings import change_setting
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.workspace import Workspace
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
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import WrongSecret
from cocm_desktop.storage.clinic_keys import KeyTools
from tests.actions.work import phq9
from tests.conftest import EVENING, PRACTICE
from tests.storage.clinics import CHEAP, SharesInMemory

PASSWORD, OTHER = "violet tractor ozone hymn", "amber ladder quiet moss"


@dataclass
class Clock:
    at: datetime = EVENING

    def __call__(self, zone: ZoneInfo | None) -> datetime:
        return self.at.astimezone(zone)


def test_a_day_leaves_exactly_its_entries(tmp_path: Path) -> None:
    clock = Clock()
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
    _evening(workspace := unlock(place, "mbell", PASSWORD), tmp_path)

    page = read_audit(workspace, AuditQuery())
    told = Counter(entry.code for entry in page.entries)
    emergency = [entry.code for entry in page.entries if entry.is_emergency]
    lock(workspace)
    assert told == EXPECTED
    assert emergency == ["emergency.ended", "chart.viewed", "emergency.taken"]
    assert {entry.patient_id for entry in page.entries if entry.patient_id} == {patient}


EXPECTED = Counter(
    {
        # the evening before
        "clinic.created": 1, "staff.added": 1, "clinic.locked": 1,
        # the morning
        "password.was_wrong": 1, "session.began": 4, "patient.added": 1, "episode.enrolled": 1,
        "measure.recorded": 1, "safety.raised": 1, "safety_list.viewed": 1, "safety.closed": 1,
        "registry.viewed": 1, "patient.searched": 1, "chart.viewed": 2, "list.printed": 1,
        "patient_summary.printed": 1, "password.proved": 1, "list.exported": 1,
        "clinic.auto_locked": 1,
        # back again, and somebody else
        "clinic.unlocked": 1, "clinic.handed_over": 1, "emergency.taken": 1, "emergency.ended": 1,
        "session.ended": 1,
        # the evening
        "emergency.reviewed": 1, "setting.changed": 1, "backup.made": 1, "clinic.checked": 1,
        "audit.checked": 1, "audit.exported": 1, "audit.reviewed": 1, "audit.viewed": 1,
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
