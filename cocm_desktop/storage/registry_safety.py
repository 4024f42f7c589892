"""Sub-queries of the registry about safety tasks: what is open, what was closed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, String, cast, func, select

from cocm_desktop.storage.tables import EpisodeTable, PatientTable
from cocm_desktop.storage.tables_safety import SafetyClosingTable, SafetyTaskTable

_BETWEEN, _WITHIN = "\x1e", "\x1f"
_NONE: dict[str, Any] = {"safety_answer": None}


def safety_columns() -> tuple[ColumnElement[Any], ...]:
    return (
        _safety_open().label("safety_open"),
        _safety_closed_on().label("safety_closed_on"),
    )


def read_safety(written: str | None) -> dict[str, Any]:
    """Read what `_safety_open` wrote: the gravest answer, its question and day, the oldest day."""
    return _read(written) if written else _NONE


@lru_cache(maxsize=1 << 10)
def _read(written: str) -> dict[str, Any]:
    tasks = [part.split(_WITHIN) for part in written.split(_BETWEEN)]
    tasks.sort(key=lambda task: task[2])
    answer, item, answered_on, instrument = max(tasks, key=lambda task: int(task[0]))
    return {
        "safety_answer": int(answer),
        "safety_item": int(item),
        "safety_instrument": instrument,
        "safety_since": date.fromisoformat(tasks[0][2]),
        "safety_answered_on": date.fromisoformat(answered_on),
    }


def _safety_open() -> ScalarSelect[str]:
    """Write every task not closed yet, from whatever episode: it outlives them."""
    task, closing = SafetyTaskTable, SafetyClosingTable
    parts = (cast(task.answer, String), cast(task.item, String), cast(task.answered_on, String))
    written = parts[0] + _WITHIN + parts[1] + _WITHIN + parts[2] + _WITHIN + task.instrument
    return (
        select(func.aggregate_strings(written, _BETWEEN))
        .where(
            task.patient_id == PatientTable.id,
            ~select(closing.id).where(closing.task_id == task.id).exists(),
        )
        .correlate(PatientTable)
        .scalar_subquery()
    )


def _safety_closed_on() -> ScalarSelect[date]:
    """Find the last day on which a task of this episode was closed."""
    task, closing = SafetyTaskTable, SafetyClosingTable
    return (
        select(func.max(closing.closed_on))
        .join(task, task.id == closing.task_id)
        .where(task.patient_id == PatientTable.id, task.episode_id == EpisodeTable.id)
        .correlate(PatientTable, EpisodeTable)
        .scalar_subquery()
    )
