"""A story recorded through the actions, event by event, and the facts that the program makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from functools import cache
from typing import Any

from cocm_desktop.actions.consent import read_consents, record_consent, withdraw_consent
from cocm_desktop.actions.contact import record_contact
from cocm_desktop.actions.coverage import record_coverage, void_coverage
from cocm_desktop.actions.episode import close_episode, enroll
from cocm_desktop.actions.meeting import record_meeting
from cocm_desktop.actions.month_facts import month_case
from cocm_desktop.actions.outside_care import (
    record_death,
    record_other_service,
    record_stay,
    record_visit,
    void_outside_care,
)
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.payer import add_payer
from cocm_desktop.actions.plan import write_plan
from cocm_desktop.actions.scoring import load_instruments
from cocm_desktop.actions.time_entry import correct_time, record_time, void_time
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.coverage_draft import CoverageDraft
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from cocm_desktop.domain.billing.month_case import facts_of
from cocm_desktop.domain.billing.outside_care import (
    BilledBeside,
    Death,
    DeathDraft,
    OtherServiceDraft,
    Stay,
    StayDraft,
    Visit,
    VisitDraft,
)
from cocm_desktop.domain.billing.payer import ClaimFiling
from cocm_desktop.domain.billing.payer_draft import PayerDraft
from cocm_desktop.domain.consent import ConsentDraft, ConsentMethod
from cocm_desktop.domain.contact import ContactDraft, ContactKind, ContactOutcome
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId, PayerId, StaffId
from cocm_desktop.domain.meeting import MeetingDraft, Share
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.plans import PlanDraft, PlanKind
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.sitting import Sitting
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.domain.time_entry import TimeEntryDraft
from cocm_desktop.errors import Refused
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage.database import Database
from cocm_desktop.storage.engine import WRITE, memory_engine
from cocm_desktop.storage.table_base import Table
from tests.actions.work import as_member, gad7, phq9, reviewed
from tests.billing.stories import PATIENTS, PAYERS, Event
from tests.conftest import CARE_MANAGER, EVENING, PRACTICE, PRACTITIONER

NPIS = {"P1": PRACTITIONER.npi, "P2": "1245319599", None: ""}
KINDS: dict[str, Any] = {"visit": Visit, "service": BilledBeside, "stay": Stay, "death": Death}


def _member(number: int, name: str, role: Role, npi: str = "") -> StaffMember:
    staff_id = StaffId(f"00000000-0000-7000-8000-0000000000{number}")
    return StaffMember(staff_id, "", name, "MD" if npi else "", frozenset({role}), npi=npi)


STAFF = {
    "CM1": CARE_MANAGER,
    "P1": PRACTITIONER,
    "CM2": _member(13, "C. Two", Role.CARE_MANAGER),
    "P2": _member(14, "P. Two", Role.TREATING_PRACTITIONER, "1245319599"),
    "C1": _member(15, "L. Consult", Role.PSYCHIATRIC_CONSULTANT),
    "L1": _member(16, "B. Bills", Role.BILLER),
}


@cache
def _with_tables() -> Any:
    """Give a file with its tables, made once: to copy is quicker than to make."""
    engine = memory_engine()
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        Table.metadata.create_all(connection)
    return engine.raw_connection().driver_connection


@contextmanager
def empty_clinic(today: date) -> Iterator[Workspace]:
    """Give a clinic without patients, in memory, on the evening of a day."""
    engine = memory_engine()
    connection = engine.raw_connection()
    _with_tables().backup(connection.driver_connection)
    connection.close()
    database = Database(engine)
    now = datetime.combine(today, time(20), tzinfo=EVENING.tzinfo)
    proved = Sitting(proved_at=now)
    place = Workspace(
        database, CARE_MANAGER, lambda: now, load_instruments(), "test computer", sitting=proved
    )
    with database.write() as session:
        practices.add(session, PRACTICE, place.stamp())
        for member in STAFF.values():
            staff_members.add(session, member, place.stamp())
    try:
        yield place
    finally:
        database.close()


class Clinic:
    """What was recorded, by the names of a story; what is refused is no part of it."""

    def __init__(self, place: Workspace) -> None:
        self.place = place
        self.patients = [
            PatientId(
                add_patient(
                    place, PatientDraft(f"Patient{chr(65 + number)}", "Ann", date(1971, 4, 5))
                ).record_id
            )
            for number in range(PATIENTS)
        ]
        filings = {"Medicare": ClaimFiling.MEDICARE_B, "State": ClaimFiling.MEDICAID}
        self.payers = {
            name: PayerId(
                add_payer(
                    place, PayerDraft(name, rules, filings.get(name, ClaimFiling.COMMERCIAL))
                ).record_id
            )
            for name, rules in PAYERS.items()
        }
        self.episodes: dict[tuple[int, int], EpisodeId] = {}
        self.recorded: dict[str, tuple[Event, str]] = {}

    def record(self, events: list[Event]) -> list[Event]:
        """Record what can be recorded; give the events that were."""
        return [event for event in events if self._record(event)]

    def facts(self, patient: int, month: ServiceMonth) -> PatientMonth | None:
        try:
            return facts_of(month_case(self.place, self.patients[patient], month))
        except Refused:
            return None

    def _record(self, event: Event) -> bool:
        deed: Callable[[Event], str] = getattr(self, f"_{event['kind']}")
        try:
            record_id = deed(event)
        except (Refused, KeyError):
            return False
        self.recorded[event["name"]] = (event, record_id)
        return True

    def _of(self, event: Event) -> EpisodeId:
        return self.episodes[event["patient"], event["episode"]]

    def _enroll(self, event: Event) -> str:
        by = event["practitioner"]
        draft = EnrollDraft(
            patient_id=self.patients[event["patient"]],
            care_manager_id=STAFF[event["manager"]].id,
            consented_on=event["day"],
            consent_method=ConsentMethod.VERBAL,
            enrolled_on=event["day"],
            treating_practitioner_id=STAFF[by].id if by else None,
            diagnosis_code=event["diagnosis"],
        )
        made = EpisodeId(enroll(self.place, draft).record_id)
        self.episodes[event["patient"], event["episode"]] = made
        return made

    def _close(self, event: Event) -> str:
        draft = CloseDraft(self._of(event), event["day"], CloseReason.GRADUATED)
        return close_episode(self.place, draft).record_id

    def _withdraw(self, event: Event) -> str:
        [first, *_] = read_consents(self.place, self._of(event))
        return withdraw_consent(self.place, first.id, withdrawn_on=event["day"]).record_id

    def _consent(self, event: Event) -> str:
        by = STAFF[event["practitioner"]].id
        draft = ConsentDraft(self._of(event), event["day"], ConsentMethod.WRITTEN, by)
        return record_consent(self.place, draft).record_id

    def _time(self, event: Event) -> str:
        draft = TimeEntryDraft(
            self._of(event),
            event["day"],
            event["minutes"],
            event["activity"],
            started_at=_clock(event["starts"]),
            billed_as=event["billed_as"],
            is_signed=event["is_signed"],
            is_confirmed=True,
        )
        return record_time(self._as(event), draft).record_id

    def _contact(self, event: Event) -> str:
        draft = ContactDraft(
            self._of(event),
            event["day"],
            ContactKind.PHONE,
            ContactOutcome.REACHED if event["reached"] else ContactOutcome.NO_ANSWER,
            minutes=event["minutes"],
            started_at=_clock(event["starts"]),
            is_confirmed=True,
        )
        record_contact(self._as(event), draft)
        return draft.time_entry_id

    def _void_time(self, event: Event) -> str:
        _, entry_id = self.recorded[event["of"]]
        return void_time(self.place, entry_id, reason="Typed twice").record_id

    def _correct(self, event: Event) -> str:
        old, entry_id = self.recorded[event["of"]]
        draft = TimeEntryDraft(
            self._of(old),
            old["day"],
            event["minutes"],
            old["activity"],
            started_at=_clock(old["starts"]),
            billed_as=old["billed_as"],
            is_confirmed=True,
        )
        return correct_time(self._as(old), entry_id, draft, reason="Typed wrong").record_id

    def _meeting(self, event: Event) -> str:
        last = {patient: made for (patient, _), made in self.episodes.items()}
        shares = tuple(Share(last[patient]) for patient in event["patients"])
        draft = MeetingDraft(
            event["day"],
            event["minutes"],
            tuple(STAFF[name].id for name in event["staff"]),
            shares,
            started_at=_clock(event["starts"]),
            is_confirmed=True,
        )
        return record_meeting(self.place, draft).record_id

    def _measure(self, event: Event) -> str:
        record = phq9 if event["scale"] == "PHQ-9" else gad7
        record(self.place, self._of(event), event["day"], 9)
        return ""

    def _plan(self, event: Event) -> str:
        draft = PlanDraft(
            self._of(event), PlanKind.CARE_PLAN, event["day"], {"problems": "Depression"}
        )
        return write_plan(self.place, draft).record_id

    def _review(self, event: Event) -> str:
        reviewed(self.place, [self._of(event)], event["day"])
        return ""

    def _visit(self, event: Event) -> str:
        by = STAFF[event["by"]].id if event["by"] else None
        patient = self.patients[event["patient"]]
        draft = VisitDraft(
            patient, event["day"], event["code"], by, is_about_cocm=event["is_about"]
        )
        return record_visit(self.place, draft).record_id

    def _service(self, event: Event) -> str:
        by = STAFF[event["by"]].id if event["by"] else None
        patient = self.patients[event["patient"]]
        draft = OtherServiceDraft(patient, event["code"], event["day"], by)
        return record_other_service(self.place, draft).record_id

    def _stay(self, event: Event) -> str:
        patient = self.patients[event["patient"]]
        return record_stay(self.place, StayDraft(patient, event["day"], event["last"])).record_id

    def _death(self, event: Event) -> str:
        patient = self.patients[event["patient"]]
        return record_death(self.place, DeathDraft(patient, event["day"])).record_id

    def _void_outside(self, event: Event) -> str:
        old, fact_id = self.recorded[event["of"]]
        kind = KINDS[old["kind"]]
        return void_outside_care(self.place, kind, fact_id, reason="Never was").record_id

    def _coverage(self, event: Event) -> str:
        draft = CoverageDraft(
            self.patients[event["patient"]],
            self.payers[event["payer"]],
            "1EG4TE5MK73",
            first_on=event["first"],
            last_on=event["last"],
            rank=event["rank"],
        )
        return record_coverage(self.place, draft).record_id

    def _void_coverage(self, event: Event) -> str:
        _, coverage_id = self.recorded[event["of"]]
        return void_coverage(self.place, coverage_id, reason="Never was").record_id

    def _as(self, event: Event) -> Workspace:
        return as_member(replace(self.place), STAFF[event["staff"]])


def _clock(minutes: int | None) -> time | None:
    return None if minutes is None else time(minutes // 60, minutes % 60)
