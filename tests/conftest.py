"""Shared fixtures: a practice in memory, its people, and an evening in Denver."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine, create_engine
from typing_extensions import override

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

from cocm_desktop.actions.episode import enroll
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.scoring import load_instruments
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import EnrollDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.patient import PatientDraft, Sex
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.sitting import Sitting
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage import engine as engines
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage.database import Database
from cocm_desktop.storage.engine import WRITE, memory_engine
from cocm_desktop.storage.table_base import Table

EVENING = datetime(2026, 11, 30, 20, 0, tzinfo=ZoneInfo("America/Denver"))
"""The last evening of a month: in UTC it is December already."""

CARE_MANAGER = StaffMember(
    StaffId("00000000-0000-7000-8000-000000000001"),
    "mbell",
    "M. Bell",
    "LCSW",
    frozenset({Role.CARE_MANAGER, Role.ADMINISTRATOR}),
)
PRACTITIONER = StaffMember(
    StaffId("00000000-0000-7000-8000-000000000002"),
    "",
    "A. Smith",
    "MD",
    frozenset({Role.TREATING_PRACTITIONER}),
    npi="1234567893",
)
PRACTICE = Practice(name="Riverbend Family Medicine", time_zone="America/Denver", npi="1245319599")


class JustProved(Sitting):
    """A sitting in which the password was typed a moment ago, whatever the test's clock says."""

    @override
    def is_proved(self, now: datetime) -> bool:
        return True


LONGEST = frozenset(
    {
        "test_processes.py",
        "test_sample_clinic.py",
        "test_stories.py",
        "test_sample.py",
        "test_every_instrument.py",
        "test_score_oracle.py",
        "test_sample_made.py",
        "test_drills.py",
        "test_fault_drills.py",
        "test_restore.py",
        "test_old_files.py",
        "test_critical_answers.py",
    }
)
"""Files that take ten seconds and more with few tests. They begin: what ends last runs alone."""


def pytest_configure() -> None:
    """Keep what the tests write in memory, where there is room: each save waits for the disk.

    Python looks for garbage less often: nothing here runs for long.
    """
    gc.set_threshold(50_000, 50, 100)
    memory = Path("/dev/shm")
    if memory.is_dir() and shutil.disk_usage(memory).free > 4 << 30:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """Let every engine of the tests know what SQLAlchemy has compiled for another one.

    A program opens one file and compiles each statement once; the tests open thousands.
    """
    first: list[Engine] = []

    def create(*names: Any, **options: Any) -> Engine:
        engine = create_engine(*names, **options, query_cache_size=3000)
        first.append(engine)
        engine.dialect = engine.pool._dialect = first[0].dialect
        engine._compiled_cache = first[0]._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "create_engine", create)
        yield


@pytest.fixture(scope="session", autouse=True)
def empty_tables() -> Iterator[Any]:
    """Give the driver's connection to an empty file, made once: to copy is quicker than to make.

    Where a test makes a file of its own, the statements that made this one are said again.
    """
    engine = memory_engine()
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        Table.metadata.create_all(connection)
    kept = engine.raw_connection()
    made: Any = kept.driver_connection
    statements = [
        sql for (sql,) in made.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    ]

    def say_again(connection: Connection, *, checkfirst: bool = True) -> None:
        for statement in statements:
            connection.exec_driver_sql(statement)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Table.metadata, "create_all", say_again)
        yield made
    kept.close()
    engine.dispose()


@pytest.fixture(scope="session")
def memory() -> Engine:
    """Keep what SQLAlchemy learns of a statement: it would compile it anew for each engine."""
    return memory_engine()


@pytest.fixture
def database(memory: Engine, empty_tables: Any) -> Iterator[Database]:
    """Give an empty file of this test alone."""
    memory.dispose()
    connection = memory.raw_connection()
    empty_tables.backup(connection.driver_connection)
    connection.close()
    database = Database(memory)
    yield database
    database.close()


class Story:
    """What the fixtures tell one after the other, remembered as whole files.

    A chapter is copied from the last test that told it as long as nobody else has written since
    the chapter before; otherwise it is told anew.
    """

    def __init__(self) -> None:
        self._chapters: dict[str, tuple[Any, str]] = {}
        self._now: Any = None
        self._changes = -1

    def begin(self, driver_connection: Any) -> None:
        self._now, self._changes = driver_connection, driver_connection.total_changes

    def tell(self, chapter: str, action: Callable[[], str]) -> str:
        """Bring the file to the end of the chapter and give the id that it made."""
        if self._now.total_changes != self._changes:
            return action()
        if chapter not in self._chapters:
            made, copy = action(), memory_engine().raw_connection().driver_connection
            self._now.backup(copy)
            self._chapters[chapter] = copy, made
        else:
            self._chapters[chapter][0].backup(self._now)
        self._changes = self._now.total_changes
        return self._chapters[chapter][1]


@pytest.fixture(scope="session")
def story() -> Story:
    return Story()


@pytest.fixture
def workspace(database: Database, memory: Engine, story: Story) -> Workspace:
    """Give a care manager and administrator on the last evening of November 2026."""

    def open_practice() -> str:
        stamp = Stamp(EVENING, CARE_MANAGER, "test computer", "session")
        with database.write() as session:
            practices.add(session, PRACTICE, stamp)
            staff_members.add(session, CARE_MANAGER, stamp)
            staff_members.add(session, PRACTITIONER, stamp)
        return ""

    connection = memory.raw_connection()
    story.begin(connection.driver_connection)
    connection.close()
    story.tell("practice", open_practice)
    return Workspace(
        database=database,
        staff=CARE_MANAGER,
        now=lambda: EVENING,
        instruments=load_instruments(),
        device="test computer",
        sitting=JustProved(),
    )


@pytest.fixture
def maria_patient(workspace: Workspace, story: Story) -> PatientId:
    """Give a patient who is on file but not enrolled."""
    draft = PatientDraft("Alvarez", "María", date(1971, 4, 5), mrn="100200", sex=Sex.FEMALE)
    return PatientId(story.tell("patient", lambda: add_patient(workspace, draft).record_id))


@pytest.fixture
def maria(workspace: Workspace, maria_patient: PatientId, story: Story) -> EpisodeId:
    """Give an open episode, enrolled on October 1, 2026."""
    draft = EnrollDraft(
        patient_id=maria_patient,
        care_manager_id=CARE_MANAGER.id,
        consented_on=date(2026, 10, 1),
        consent_method=ConsentMethod.VERBAL,
        enrolled_on=date(2026, 10, 1),
        referred_on=date(2026, 9, 28),
        treating_practitioner_id=PRACTITIONER.id,
        diagnosis_code="F33.1",
    )
    return EpisodeId(story.tell("episode", lambda: enroll(workspace, draft).record_id))
