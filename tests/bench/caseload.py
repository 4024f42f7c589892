"""A clinic as large as a benchmark wants it, written in bulk into a real encrypted file.

The figures of a row do not matter, their number and size do: so much as years of work leave.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from cocm_desktop.actions.sample.courses import gad7_answers, phq9_answers
from cocm_desktop.actions.session import (
    NewClinic,
    Place,
    create_clinic,
    lock,
    new_recovery_code,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.contact import ContactKind, ContactOutcome
from cocm_desktop.domain.diagnosis import DiagnosisSource, DiagnosisStatus
from cocm_desktop.domain.episode import CloseReason, EpisodeStatus
from cocm_desktop.domain.measure import MeasureMode
from cocm_desktop.domain.patient import Sex
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.domain.time_entry import Activity, TimeSource
from cocm_desktop.storage.audit_chain import head
from cocm_desktop.storage.table_base import Table
from tests.bench.seals import sealed
from tests.builders import a_practice
from tests.builders.people import NAMES, id_of

PASSWORD = "violet tractor ozone hymn"
SIGN_IN = "mbell"
NOW = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
TODAY = NOW.date()
CONTACTS, MEASURES = 30, 15
CARE_MANAGERS = 20
DAYS_BETWEEN_CONTACTS, DAYS_BETWEEN_MEASURES = 14, 28
CLOSED_EVERY, ITEM_9_EVERY, QUESTION_EVERY = 10, 20, 12
NOTE = (
    "Reached by phone. Mood somewhat better, sleeps six hours, went for two walks. Behavioral "
    "activation continued; next step: call her sister on Sunday. Takes sertraline daily. "
)
Rows = dict[str, list[dict[str, Any]]]


def clock(zone: ZoneInfo | None) -> datetime:
    return NOW.astimezone(zone or UTC)


def caseload_at(folder: Path, patients: int) -> Path:
    """Give the folder of such a clinic, made if it is not there yet."""
    if not folder.exists():
        lock(make_caseload(folder, patients))
    return folder


def make_caseload(folder: Path, patients: int) -> Workspace:
    """Make a clinic with so many patients and leave it open. The password costs what it costs."""
    roles = frozenset({Role.CARE_MANAGER, Role.BILLER})
    new = NewClinic(a_practice(), StaffDraft("M. Bell", roles, SIGN_IN, "LCSW"), PASSWORD)
    workspace = create_clinic(Place(folder, clock), new, new_recovery_code())
    with workspace.database.write() as session:
        _write(session, workspace, patients)
    return workspace


def managers(workspace: Workspace) -> list[str]:
    """Give the care managers whose caseloads these are: twenty, of whom one signs in."""
    return [workspace.staff.id, *(id_of(f"manager {n}") for n in range(1, CARE_MANAGERS))]


def _write(session: Session, workspace: Workspace, patients: int) -> None:
    rows: Rows = {
        name: []
        for name in (
            *("patient", "episode", "consent", "diagnosis", "contact", "time_entry", "measure"),
            *("safety_task", "discussion_flag"),
        )
    }
    rows["staff"] = [_manager(workspace, staff_id) for staff_id in managers(workspace)[1:]]
    for number in range(patients):
        manager_id = managers(workspace)[number % CARE_MANAGERS]
        Person(number, workspace, rows, manager_id).write()
    _audit(rows, workspace)
    for name in ("staff", *(name for name in rows if name != "staff")):
        content = rows[name]
        if content:
            session.connection().execute(Table.metadata.tables[name].insert(), content)


@dataclass(frozen=True, slots=True)
class Person:
    """One patient with an episode of some fourteen months."""

    number: int
    workspace: Workspace
    rows: Rows
    manager_id: str

    @property
    def is_closed(self) -> bool:
        return self.number % CLOSED_EVERY == CLOSED_EVERY - 1

    @property
    def patient_id(self) -> str:
        return id_of(f"patient {self.number}")

    @property
    def episode_id(self) -> str:
        return id_of(f"episode {self.number}")

    @property
    def first_day(self) -> date:
        return TODAY - timedelta(days=DAYS_BETWEEN_CONTACTS * CONTACTS + self.number % 14)

    def write(self) -> None:
        random = Random(self.number)
        self._patient(random)
        self._episode()
        for visit in range(CONTACTS):
            self._contact(visit, random)
        for form in range(MEASURES):
            self._measure(form, random)
        if self.number % QUESTION_EVERY == 0:
            self._add("discussion_flag", "flag", question="Switch to sertraline?")

    def _patient(self, random: Random) -> None:
        last_name, first_name = NAMES[self.number % len(NAMES)]
        self.rows["patient"].append(
            {
                **self._recorded(self.patient_id),
                "mrn": f"{500_000 + self.number}",
                "last_name": f"{last_name} {chr(65 + self.number % 26)}{self.number // 26:03}",
                "first_name": first_name,
                "middle_name": "",
                "preferred_name": "",
                "born_on": date(1940, 1, 1) + timedelta(days=random.randrange(24_000)),
                "sex": random.choice(list(Sex)),
                "phone": f"845-555-{self.number:04}",
                "email": f"patient{self.number}@example.org",
                "address": f"{self.number} Orchard Lane",
                "city": "Kingston",
                "state": "NY",
                "postal_code": "12401",
                "language": "English",
                "payer": "Hudson Health Plan",
                "member_id": f"HHP{self.number:07}",
                "group_number": "77",
                "treating_practitioner": "A. Osei, MD",
                "import_batch_id": None,
                "version": 1,
            }
        )

    def _episode(self) -> None:
        staff, closed = self.manager_id, self.is_closed
        self.rows["episode"].append(
            {
                **self._recorded(self.episode_id),
                "patient_id": self.patient_id,
                "status": EpisodeStatus.CLOSED if closed else EpisodeStatus.ACTIVE,
                "care_manager_id": staff,
                "treating_practitioner_id": None,
                "referred_on": self.first_day - timedelta(days=5),
                "enrolled_on": self.first_day,
                "closed_on": TODAY if closed else None,
                "close_reason": CloseReason.GRADUATED if closed else None,
                "close_note": "",
                "primary_instrument_id": "PHQ-9",
                "version": 1,
            }
        )
        self._add(
            *("consent", "consent"),
            given_on=self.first_day,
            method=ConsentMethod.VERBAL,
            obtained_by=staff,
            to_specialists=True,
            to_cost_share=True,
            may_stop=True,
        )
        self._add(
            *("diagnosis", "diagnosis"),
            code="F33.1",
            title="Major depressive disorder, recurrent, moderate",
            noted_on=self.first_day,
            status=DiagnosisStatus.WORKING,
            onset="",
            source=DiagnosisSource.TYPED,
        )

    def _contact(self, visit: int, random: Random) -> None:
        day = self.first_day + timedelta(days=DAYS_BETWEEN_CONTACTS * visit)
        contact_id = self._add(
            *("contact", f"contact {visit}"),
            staff_id=self.manager_id,
            made_on=day,
            kind=random.choice(list(ContactKind)),
            outcome=random.choice(list(ContactOutcome)),
            note=NOTE,
            next_contact_on=day + timedelta(days=DAYS_BETWEEN_CONTACTS),
        )
        self._add(
            *("time_entry", f"time {visit}"),
            patient_id=self.patient_id,
            staff_id=self.manager_id,
            contact_id=contact_id,
            worked_on=day,
            started_at=None,
            seconds=60 * random.randint(10, 45),
            activity=Activity.CONTACT,
            role=Role.CARE_MANAGER,
            note="",
            source=TimeSource.CONTACT,
            billed_as="",
            signed_at=NOW,
            signed_by=self.manager_id,
        )

    def _measure(self, form: int, random: Random) -> None:
        day = self.first_day + timedelta(days=DAYS_BETWEEN_MEASURES * form)
        is_phq9 = form % 2 == 0
        total = max(0, 19 - form + random.randint(-3, 3))
        item_9 = int(is_phq9 and form == 0 and self.number % ITEM_9_EVERY == 0)
        answers = (
            phq9_answers(max(total, item_9), item_9, random=random)
            if is_phq9
            else gad7_answers(min(total, 21), random)
        )
        measure_id = self._add(
            *("measure", f"measure {form}"),
            instrument_id="PHQ-9" if is_phq9 else "GAD-7",
            instrument_version=1,
            taken_on=day,
            answers=answers,
            total=sum(answers),
            total_only=False,
            is_complete=True,
            critical=answers[8] if is_phq9 else None,
            difficulty=1,
            mode=MeasureMode.PHONE,
            language="",
            administered_by=self.manager_id,
        )
        if item_9:
            self.rows["safety_task"].append(
                {
                    **self._recorded(id_of(f"task {self.number}"), voidable=False),
                    "patient_id": self.patient_id,
                    "episode_id": self.episode_id,
                    "measure_id": measure_id,
                    "instrument": "PHQ-9",
                    "item": 9,
                    "answer": item_9,
                    "answered_on": day,
                    "reason": "",
                }
            )

    def _add(self, table: str, name: str, **columns: Any) -> str:
        record_id = id_of(f"{name} of {self.number}")
        row = {**self._recorded(record_id), "episode_id": self.episode_id, **columns}
        self.rows[table].append(row)
        return record_id

    def _recorded(self, record_id: str, *, voidable: bool = True) -> dict[str, Any]:
        columns = {
            "id": record_id,
            "recorded_at": NOW,
            "recorded_by": self.manager_id,
            "device": "bench",
        }
        voided = dict.fromkeys(("voided_at", "voided_by", "void_reason"))
        return {**columns, **voided} if voidable else columns


def _manager(workspace: Workspace, staff_id: str) -> dict[str, Any]:
    return {
        "id": staff_id,
        "recorded_at": NOW,
        "recorded_by": workspace.staff.id,
        "device": "bench",
        "sign_in": "",
        "name": f"Manager {staff_id[:4]}",
        "credentials": "RN",
        "roles": frozenset({Role.CARE_MANAGER}),
        "npi": "",
        "taxonomy": "",
        "bills_incident_to": False,
        "full_time_percent": 100,
        "active": True,
        "version": 1,
    }


def _audit(rows: Rows, workspace: Workspace) -> None:
    """Add the audit entry that each record would have brought."""
    last = 1
    patient_of = {row["id"]: row["patient_id"] for row in rows["episode"]}
    entries = []
    for name, row in _all(rows):
        last += 1
        entries.append(
            {
                "seq": last,
                "id": id_of(f"audit {last}"),
                "at": NOW,
                "local_offset": -18_000,
                "ticks_ms": 0,
                "clock_ok": True,
                "is_emergency": False,
                "os_account": "",
                "staff_id": workspace.staff.id,
                "staff_name": workspace.staff.name,
                "roles": "CARE_MANAGER",
                "device": "bench",
                "app_version": "0.0",
                "session_id": workspace.sitting.id,
                "code": f"{name}.recorded",
                "action": "C",
                "outcome": 0,
                "patient_id": row.get("patient_id") or patient_of.get(row.get("episode_id", "")),
                "object_type": name,
                "object_id": row["id"],
            }
        )
    rows["audit_entry"] = list(sealed(entries, workspace, before=head(workspace.database).mac))


def _all(rows: Rows) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, content in rows.items():
        yield from ((name, row) for row in content)
