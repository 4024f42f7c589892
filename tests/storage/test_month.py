"""Consents and superbills of before the billing month was kept, brought up to date."""

from __future__ import annotations

import json
from pathlib import Path

from cocm_desktop.storage.engine import WRITE, open_engine
from cocm_desktop.storage.migrations import upgrade
from tests.storage.test_time import fill

LINES = [{"code": "99492", "units": 1}, {"code": "99494", "units": 2}]


def test_what_was_kept_before_says_the_same_and_more(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "clinic.db", bytes(range(32)), create=True)
    upgrade(engine, to=2)
    content = json.dumps({"format": 1, "superbill": {"lines": LINES}})
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = 1")
        fill(connection, "staff", id="staff")
        fill(connection, "patient", id="patient", import_batch_id=None)
        of_staff = {"care_manager_id": "staff", "treating_practitioner_id": "staff"}
        fill(connection, "episode", id="episode", patient_id="patient", **of_staff)
        fill(connection, "consent", id="consent", episode_id="episode", obtained_by="staff")
        whose = {"patient_id": "patient", "episode_id": "episode"}
        fill(connection, "superbill", id="bill", month="2026-01", content=content, **whose)

    upgrade(engine)

    with engine.connect() as connection:
        consent = connection.exec_driver_sql(
            "SELECT practitioner_id, to_specialists, to_cost_share, may_stop, withdrawn_on "
            "FROM consent"
        ).all()
        bill = connection.exec_driver_sql(
            "SELECT codes, account_number, content FROM superbill"
        ).all()
    assert consent == [("staff", 1, 1, 1, None)]
    assert bill == [("99492*1 99494*2", "", content)]
    engine.dispose()
