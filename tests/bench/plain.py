"""The same rows in a file without encryption, read by a statement written by hand.

What it takes to read them so is what the machine can do; ours is told as a multiple of it.
"""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

from cocm_desktop.actions.registry import Registry
from cocm_desktop.actions.workspace import Workspace

REGISTRY = """
WITH latest AS (
  SELECT * FROM episode e WHERE voided_at IS NULL AND id = (
    SELECT id FROM episode WHERE patient_id = e.patient_id AND voided_at IS NULL
    ORDER BY closed_on IS NOT NULL, closed_on DESC, id DESC LIMIT 1)
)
SELECT p.id, p.last_name, p.first_name, p.preferred_name, p.mrn, p.born_on, p.phone,
  e.id, e.status, e.care_manager_id, s.name, e.referred_on, c.given_on, e.enrolled_on, e.closed_on,
  (SELECT group_concat(score, ' ') FROM (
    SELECT taken_on || ':' || total || ':' || coalesce(critical, '') AS score FROM measure
    WHERE episode_id = e.id AND instrument_id = 'PHQ-9' AND voided_at IS NULL
      AND taken_on <= :today AND total IS NOT NULL ORDER BY taken_on, id)),
  (SELECT group_concat(score, ' ') FROM (
    SELECT taken_on || ':' || total || ':' || coalesce(critical, '') AS score FROM measure
    WHERE episode_id = e.id AND instrument_id = 'GAD-7' AND voided_at IS NULL
      AND taken_on <= :today AND total IS NOT NULL ORDER BY taken_on, id)),
  (SELECT max(made_on) FROM contact WHERE episode_id = e.id AND voided_at IS NULL
    AND made_on <= :today AND outcome = 'REACHED' AND kind IN ('PHONE', 'IN_PERSON', 'VIDEO')),
  (SELECT max(made_on) FROM contact WHERE episode_id = e.id AND voided_at IS NULL
    AND made_on <= :today),
  (SELECT next_contact_on FROM contact WHERE episode_id = e.id AND voided_at IS NULL
    AND made_on <= :today ORDER BY made_on DESC, id DESC LIMIT 1),
  (SELECT sum(t.seconds) FROM time_entry t
    WHERE t.patient_id = p.id AND t.voided_at IS NULL AND t.worked_on BETWEEN :month AND :today
      AND t.activity <> 'CLERICAL' AND t.role = 'CARE_MANAGER'
      AND t.signed_at IS NOT NULL AND t.billed_as = '' AND t.worked_on >= c.given_on
      AND (e.closed_on IS NULL OR t.worked_on <= e.closed_on)),
  (SELECT max(t.worked_on) FROM time_entry t
    WHERE t.patient_id = p.id AND t.voided_at IS NULL AND t.worked_on < :month
      AND t.activity <> 'CLERICAL' AND t.role = 'CARE_MANAGER'
      AND t.signed_at IS NOT NULL AND t.billed_as = '' AND t.worked_on >= c.given_on),
  (SELECT max(k.answer) FROM safety_task k WHERE k.patient_id = p.id
    AND NOT EXISTS (SELECT 1 FROM safety_closing WHERE task_id = k.id)),
  (SELECT question FROM discussion_flag WHERE episode_id = e.id AND voided_at IS NULL
    ORDER BY id DESC LIMIT 1)
FROM patient p
LEFT JOIN latest e ON e.patient_id = p.id
LEFT JOIN consent c ON c.episode_id = e.id AND c.voided_at IS NULL
LEFT JOIN staff s ON s.id = e.care_manager_id
WHERE p.voided_at IS NULL
ORDER BY p.last_name, p.first_name, p.born_on, p.id
"""


def plain_copy(workspace: Workspace, file: Path) -> sqlite3.Connection:
    """Copy every table, row and index into a file that anybody can read; invented people only."""
    copy = sqlite3.connect(file, isolation_level=None)
    copy.execute("PRAGMA cache_size = -65536")
    copy.execute("BEGIN")
    assert workspace.clinic
    with workspace.clinic.database.outside_transactions() as source:
        made = source.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL "
            "AND type IN ('table', 'index') ORDER BY type DESC"
        ).fetchall()
        for kind, name, sql in made:
            copy.execute(sql)
            if kind == "table":
                rows = source.execute(f'SELECT * FROM "{name}"').fetchall()
                if rows:
                    marks = ", ".join("?" * len(rows[0]))
                    copy.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)
    copy.execute("COMMIT")
    copy.execute("ANALYZE")
    return copy


def read_by_hand(copy: sqlite3.Connection, today: date) -> list[tuple[Any, ...]]:
    days = {"today": today.isoformat(), "month": today.replace(day=1).isoformat()}
    return copy.execute(REGISTRY, days).fetchall()


def require_same(registry: Registry, by_hand: list[tuple[Any, ...]]) -> None:
    """See that both read the same: the comparison would be worth nothing otherwise."""
    ours = [
        (
            row.patient_id,
            row.phq9.last.total if row.phq9.last else None,
            len(row.gad7.scores),
            row.last_contact_on and row.last_contact_on.isoformat(),
            row.planned_on and row.planned_on.isoformat(),
            row.seconds_this_month,
            row.safety_answer,
            row.question,
        )
        for row in registry.rows
    ]
    theirs = [
        (
            row[0],
            int(row[15].split()[-1].split(":")[1]) if row[15] else None,
            len(row[16].split()) if row[16] else 0,
            row[17],
            row[19],
            row[20] or 0,
            row[22],
            row[23] or "",
        )
        for row in by_hand
    ]
    assert ours == theirs
