"""Time of before signatures: brought up to date, and counted as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from cocm_desktop.storage.engine import WRITE, open_engine
from cocm_desktop.storage.migrations import upgrade

OLD = (
    ("one", None, "REGISTRY_AND_CARE_PLAN"),
    ("three", None, "CLERICAL"),
    ("two", "contact", "CONTACT"),
)


def fill(connection: Connection, table: str, **values: Any) -> None:
    """Insert a row of a table of whatever schema: what is not said is an empty word, or the day."""
    columns = connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
    row = {name: values.get(name, _usual(name, kind)) for _, name, kind, *_rest in columns}
    marks = ", ".join("?" for _ in row)
    names = ", ".join(row)
    connection.exec_driver_sql(
        f"INSERT INTO {table} ({names}) VALUES ({marks})",
        tuple(row.values()),
    )


def _usual(name: str, kind: str) -> Any:
    if name.startswith("void") or name in {"closed_on", "close_reason", "corrects", "mrn"}:
        return None if name != "mrn" else "1"
    if kind in {"DATE", "DATETIME"}:
        return "2026-01-05" if kind == "DATE" else "2026-01-05 10:00:00"
    return 1 if kind in {"INTEGER", "BOOLEAN"} else None if kind == "TIME" else ""


def test_time_of_before_is_signed_by_whoever_recorded_it(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "clinic.db", bytes(range(32)), create=True)
    upgrade(engine, to=2)
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = 1")
        fill(connection, "staff", id="staff")
        fill(connection, "patient", id="patient", import_batch_id=None)
        of_staff = {"care_manager_id": "staff", "treating_practitioner_id": None}
        fill(connection, "episode", id="episode", patient_id="patient", **of_staff)
        fill(connection, "contact", id="contact", episode_id="episode", staff_id="staff")
        whose = {"patient_id": "patient", "episode_id": "episode", "staff_id": "staff"}
        for name, contact, activity in OLD:
            more = {"contact_id": contact, "activity": activity, "recorded_by": "staff"}
            fill(connection, "time_entry", id=name, role="CARE_MANAGER", **whose, **more)

    upgrade(engine)

    with engine.connect() as connection:
        found = connection.exec_driver_sql(
            "SELECT activity, source, billed_as, signed_at, signed_by, manual_reason "
            "FROM time_entry ORDER BY id"
        ).all()
    engine.dispose()
    signed = ("2026-01-05 10:00:00", "staff", None)
    assert [tuple(row) for row in found] == [
        ("CARE_PLAN", "MANUAL", "", *signed),
        ("CLERICAL", "MANUAL", "", *signed),
        ("CONTACT", "CONTACT", "", *signed),
    ]
