"""A practice in memory with one open episode: the real actions, fast enough for thousands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from cocm_desktop.actions.episode import enroll
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.scoring import load_instruments
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import EnrollDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage.database import Database
from cocm_desktop.storage.engine import WRITE, memory_engine
from cocm_desktop.storage.table_base import Table
from tests.conftest import CARE_MANAGER, EVENING, PRACTICE

MRN = "100200"
_INSTRUMENTS = load_instruments()


@dataclass(frozen=True, slots=True)
class Enrolled:
    workspace: Workspace
    patient_id: PatientId
    episode_id: EpisodeId


@contextmanager
def enrolled() -> Iterator[Enrolled]:
    """Give one enrolled patient in an empty practice, and forget it all at the end."""
    engine = memory_engine()
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        Table.metadata.create_all(connection)
    database = Database(engine)
    stamp = Stamp(EVENING, CARE_MANAGER, "drill", "session")
    with database.write() as session:
        practices.add(session, PRACTICE, stamp)
        staff_members.add(session, CARE_MANAGER, stamp)
    workspace = Workspace(database, CARE_MANAGER, lambda: EVENING, _INSTRUMENTS, "drill")
    patient = PatientDraft("Alvarez", "María", date(1971, 4, 5), mrn=MRN)
    patient_id = PatientId(add_patient(workspace, patient).record_id)
    draft = EnrollDraft(
        patient_id=patient_id,
        care_manager_id=CARE_MANAGER.id,
        consented_on=date(2026, 9, 1),
        consent_method=ConsentMethod.VERBAL,
        enrolled_on=date(2026, 9, 1),
    )
    try:
        yield Enrolled(workspace, patient_id, EpisodeId(enroll(workspace, draft).record_id))
    finally:
        database.close()
