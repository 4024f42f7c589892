"""A practice in memory in which weeks of case reviews can be played, by the real actions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cocm_desktop.actions.episode import enroll
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.scoring import load_instruments
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import EnrollDraft
from cocm_desktop.domain.ids import PatientId, StaffId
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage.database import Database
from cocm_desktop.storage.engine import WRITE, memory_engine
from cocm_desktop.storage.table_base import Table
from tests.conftest import CARE_MANAGER, PRACTICE, PRACTITIONER

FIRST_DAY = date(2026, 9, 7)
ZONE = ZoneInfo("America/Denver")
ANN = CARE_MANAGER
BEN = replace(CARE_MANAGER, id=StaffId("00000000-0000-7000-8000-0000000000b1"), name="B. Brown")
COLE = replace(
    CARE_MANAGER,
    id=StaffId("00000000-0000-7000-8000-0000000000c1"),
    name="C. Cole",
    roles=frozenset({Role.PSYCHIATRIC_CONSULTANT}),
)
NAMES = ("Abel", "Baker", "Clark", "Dale", "Evans", "Ford", "Grant")
_INSTRUMENTS = load_instruments()


class Day:
    """A clock that stands at noon of a day, and is put forward by hand."""

    def __init__(self) -> None:
        self.on = FIRST_DAY

    def now(self) -> datetime:
        return datetime.combine(self.on, time(12), tzinfo=ZONE)

    def go_on(self, days: int) -> None:
        self.on += timedelta(days=days)


def manager_of(number: int) -> StaffMember:
    """Give whose patient the patient of a number is: five of Ann's, two of Ben's."""
    return BEN if number % 3 == 1 else ANN


def enrolled_on(number: int) -> date:
    """Give the day on which the patient of a number was enrolled, before the story begins."""
    return FIRST_DAY - timedelta(days=3 * number)


@contextmanager
def small_clinic(day: Day) -> Iterator[tuple[Workspace, tuple[str, ...]]]:
    """Give a practice with seven enrolled patients whom nobody has reviewed, and their episodes."""
    engine = memory_engine()
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        Table.metadata.create_all(connection)
    database = Database(engine)
    stamp = Stamp(day.now(), CARE_MANAGER, "story", "session")
    with database.write() as session:
        practices.add(session, PRACTICE, stamp)
        for member in (ANN, BEN, COLE, PRACTITIONER):
            staff_members.add(session, member, stamp)
    workspace = Workspace(database, CARE_MANAGER, day.now, _INSTRUMENTS, "story")
    try:
        yield workspace, tuple(_enrolled(workspace, number) for number in range(len(NAMES)))
    finally:
        database.close()


def _enrolled(workspace: Workspace, number: int) -> str:
    patient = PatientDraft(NAMES[number], "Pat", date(1970, 1, 2), mrn=str(100 + number))
    patient_id = PatientId(add_patient(workspace, patient).record_id)
    draft = EnrollDraft(
        patient_id=patient_id,
        care_manager_id=manager_of(number).id,
        consented_on=enrolled_on(number),
        consent_method=ConsentMethod.VERBAL,
        enrolled_on=enrolled_on(number),
        treating_practitioner_id=PRACTITIONER.id,
    )
    return enroll(workspace, draft).record_id
