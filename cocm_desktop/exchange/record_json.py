"""A patient's whole record as JSON, for another program: every value under its own name."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from cocm_desktop import __version__
from cocm_desktop.domain.background import PART2_NOTICE
from cocm_desktop.domain.patient_record import Entry, PatientRecord, plain_value

FORMAT: Final = "CoCM Desktop patient record"
VERSION: Final = 1


def record_json(record: PatientRecord) -> bytes:
    """Write the record: an object for each kind of record, documented in the help."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "program": f"CoCM Desktop {__version__}",
        "made_at": record.made_at.isoformat(),
        "notice": PART2_NOTICE if record.has_part2 else None,
        "patient": _entry(record.patient),
        "records": _by_kind(record.entries),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _by_kind(entries: Iterable[Entry]) -> dict[str, list[dict[str, Any]]]:
    kinds: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        kinds.setdefault(entry.kind, []).append(_entry(entry))
    return kinds


def _entry(entry: Entry) -> dict[str, Any]:
    values = {name: plain_value(value) for name, value in entry.values.items()}
    made: dict[str, Any] = {"id": entry.id, **values}
    if entry.recorded_at is not None:
        made["recorded_at"] = entry.recorded_at.isoformat()
        made["recorded_by"] = entry.recorded_by
    return made | _by_kind(entry.parts)
