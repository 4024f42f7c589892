"""Every file that an earlier program made opens with this one, and nothing in it is lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, text

from cocm_desktop.actions.backup import check_clinic, restore_backup
from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.patient import read_patients
from cocm_desktop.actions.session import Place, lock, recover, unlock
from cocm_desktop.domain import recovery_code
from cocm_desktop.errors import OlderFile
from cocm_desktop.storage.engine import WRITE, memory_engine
from cocm_desktop.storage.migrations import SCHEMA, create_schema
from tests.builders import phq9

KEPT = sorted(Path(__file__).parent.glob("*.cocmbak"))


def later(zone: ZoneInfo | None) -> datetime:
    return datetime(2030, 1, 2, 15, 0, tzinfo=UTC).astimezone(zone or UTC)


def columns_and_all(connection: Connection) -> set[tuple[object, ...]]:
    """Every index and trigger by name, and every table with its columns."""
    names = connection.execute(text("SELECT type, name, tbl_name FROM sqlite_master")).all()
    found: set[tuple[object, ...]] = {tuple(row) for row in names}
    for kind, table, _ in names:
        if kind == "table":
            columns = connection.execute(text(f"PRAGMA table_info({table})"))
            found |= {(table, *column[1:]) for column in columns}
    return found


def newest_schema() -> set[tuple[object, ...]]:
    with memory_engine().connect().execution_options(**WRITE) as connection:
        create_schema(connection)
        return columns_and_all(connection)


@pytest.mark.parametrize("file", KEPT, ids=[file.stem for file in KEPT])
def test_a_kept_file_opens_and_is_brought_up_to_date(file: Path, tmp_path: Path) -> None:
    holds = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    place = Place(tmp_path / "clinic", later)
    restore_backup(place, file)

    workspace = unlock(place, holds["sign_in"], holds["password"], upgrade=True)

    with workspace.database.read() as session:
        schema = columns_and_all(session.connection())
        told = text("SELECT count(*) FROM audit_entry WHERE code = 'clinic.upgraded'")
        is_told = session.connection().execute(told).scalar_one()
    assert schema == newest_schema()
    assert is_told == (file.stem != f"schema-{SCHEMA:04}")
    assert [patient.last_name for patient in read_patients(workspace)] == holds["patients"]
    report = check_clinic(workspace)
    assert report.findings == ()
    assert report.chain is not None
    assert report.chain.head.mac, "the first write after the upgrade seals what was there before"
    kept = {table: report.rows.get(table, 0) for table in holds["rows"]}
    assert {table: rows for table, rows in kept.items() if rows < holds["rows"][table]} == {}
    lock(workspace)
    code = recovery_code.parse(holds["recovery_code"])
    place.door().unlock_with_recovery_code(code).close()


def test_an_older_file_is_no_dead_end_for_who_has_only_the_recovery_code(tmp_path: Path) -> None:
    place = Place(tmp_path / "clinic", later)
    restore_backup(place, KEPT[0])
    holds = json.loads(KEPT[0].with_suffix(".json").read_text(encoding="utf-8"))
    code = recovery_code.parse(holds["recovery_code"])
    new = "orbit lemon carpet whistle"
    with pytest.raises(OlderFile):
        recover(place, code, sign_in="lortiz", password=new)

    workspace = recover(place, code, sign_in="lortiz", password=new, upgrade=True)

    assert check_clinic(workspace).findings == ()
    lock(workspace)
    lock(unlock(place, "lortiz", new))


def test_measures_of_the_first_schema_keep_their_scores(tmp_path: Path) -> None:
    place = Place(tmp_path / "clinic", later)
    restore_backup(place, KEPT[0])

    workspace = unlock(place, "lortiz", "violet tractor ozone hymn", upgrade=True)

    charts = [read_chart(workspace, patient.id) for patient in read_patients(workspace)]
    totals = sorted(m.total for chart in charts for m in chart.measures_of(phq9()) if m.total)
    assert totals == [9, 10, 11, 16, 17, 18]
    for measure in (measure for chart in charts for measure in chart.measures):
        assert (measure.is_complete, measure.total_only, measure.corrects) == (True, False, None)
        assert measure.administered_by == measure.recorded_by == workspace.staff.id
    lock(workspace)


def test_the_newest_schema_has_a_kept_file() -> None:
    assert f"schema-{SCHEMA:04}" in [file.stem for file in KEPT]
