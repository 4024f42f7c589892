from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from coverage import Coverage
from sqlcipher3.dbapi2 import connect

from cocm_desktop.actions.registry import Registry, read_registry
from cocm_desktop.actions.sample.clinic import fill
from cocm_desktop.actions.sample.team import OWNER, PRACTICE
from cocm_desktop.actions.scoring import load_instruments
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage.data_lock import DataLock
from cocm_desktop.storage.database import Database
from cocm_desktop.storage.engine import WRITE, memory_engine
from cocm_desktop.storage.table_base import Table

ZONE = ZoneInfo(PRACTICE.time_zone)
NOW = datetime(2026, 11, 20, 8, 4, tzinfo=ZONE)
AS_OF = NOW.date()


def empty_clinic(now: datetime = NOW) -> Workspace:
    engine = memory_engine()
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        Table.metadata.create_all(connection)
    database, owner = Database(engine), OWNER.accept()
    stamp = Stamp(now, owner, "test computer", "session")
    with database.write() as session:
        practices.add(session, PRACTICE, stamp)
        staff_members.add(session, owner, stamp)
    return Workspace(database, owner, lambda: now, load_instruments(), "test computer")


@pytest.fixture(scope="package")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The whole sample clinic, told once for all the tests that only look, in every process.

    Coverage rests meanwhile: it would take most of the time, and other tests tell the story too.
    """
    told = tmp_path_factory.getbasetemp().parent / "sample clinic.db"
    lock = DataLock(told.with_suffix(".lock"), lambda: NOW)
    lock.acquire(wait_seconds=300)
    workspace = empty_clinic()
    with workspace.database.outside_transactions() as story, closing(connect(told)) as file:
        is_told = bool(file.execute("PRAGMA user_version").fetchone()[0])
        if is_told:
            file.backup(story)
    if not is_told:
        _tell(workspace)
        with workspace.database.outside_transactions() as story, closing(connect(told)) as file:
            story.backup(file)
            file.execute("PRAGMA user_version = 1")
    lock.release()
    yield workspace
    workspace.database.close()


def _tell(workspace: Workspace) -> None:
    counting = Coverage.current()
    if counting:
        counting.stop()
    fill(workspace, AS_OF)
    if counting:
        counting.start()


@pytest.fixture(scope="package")
def registry(clinic: Workspace) -> Registry:
    return read_registry(clinic)
