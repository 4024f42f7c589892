"""Whether every acknowledged save is on the disk once and whole, and no other in part."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cocm_desktop.actions.backup import check_clinic
from cocm_desktop.actions.session import lock
from cocm_desktop.domain.ids import new_id
from tests.drills.clinic import opened

MEASURE, CONTACT = "measure", "contact"
# What belongs to a save besides its row: each of these must be there once, or none of them.
PARTS = {
    MEASURE: {
        "row": "SELECT id FROM measure",
        "audit entry": "SELECT object_id FROM audit_entry WHERE code = 'measure.recorded'",
        "safety task": "SELECT measure_id FROM safety_task",
        "audit entry of the safety task": (
            "SELECT t.measure_id FROM audit_entry a JOIN safety_task t ON t.id = a.object_id "
            "WHERE a.code = 'safety.raised'"
        ),
    },
    CONTACT: {
        "row": "SELECT id FROM contact",
        "audit entry": "SELECT object_id FROM audit_entry WHERE code = 'contact.recorded'",
        "time entry": "SELECT contact_id FROM time_entry",
        "audit entry of the time": (
            "SELECT t.contact_id FROM audit_entry a JOIN time_entry t ON t.id = a.object_id "
            "WHERE a.code = 'time.recorded'"
        ),
        "question": "SELECT question FROM discussion_flag",
    },
}


@dataclass(frozen=True, slots=True)
class Save:
    """One save that a cycle plans: a measure with an item 9, or a contact with minutes."""

    id: str
    kind: str
    mrn: str

    @classmethod
    def number(cls, number: int, mrn: str) -> Save:
        return cls(new_id(), MEASURE if number % 2 else CONTACT, mrn)

    @property
    def line(self) -> bytes:
        """Write it as the batch takes it. A contact's note and question say its own id."""
        content: dict[str, Any] = {"command": self.kind, "patient": self.mrn, "id": self.id}
        if self.kind == MEASURE:
            content |= {"instrument": "PHQ-9", "answers": [2, 2, None, 1, 1, 1, 0, 0, 1]}
        else:
            content |= {"kind": "phone", "minutes": 7, "note": self.id, "question": self.id}
        return f"{json.dumps(content)}\n".encode()


def count_wrong(
    folder: Path, planned: Sequence[Save], acknowledged: Sequence[str]
) -> tuple[int, list[str]]:
    """Open the clinic, check the whole file, and compare it with what was planned and promised.

    Gives how many saves are there, and a sentence for everything that is not as it should be.
    """
    workspace = opened(folder)
    try:
        findings = list(check_clinic(workspace).findings)
        assert workspace.clinic
        with workspace.clinic.database.outside_transactions() as connection:
            found = {
                kind: {part: _ids(connection.execute, sql) for part, sql in parts.items()}
                for kind, parts in PARTS.items()
            }
    finally:
        lock(workspace)
    promised = Counter(acknowledged)
    findings += [f"{each} was acknowledged twice" for each, n in promised.items() if n > 1]
    findings += _foreign(found, {save.id for save in planned})
    for save in planned:
        findings += _wrong_with(save, found[save.kind], promised=save.id in promised)
    return sum(len(parts["row"]) for parts in found.values()), findings


def _ids(execute: Callable[[str], Any], sql: str) -> Counter[str]:
    return Counter(record_id for (record_id,) in execute(sql))


def _foreign(found: dict[str, dict[str, Counter[str]]], planned: set[str]) -> Iterator[str]:
    for kind, parts in found.items():
        yield from (f"{kind} {each} was never planned" for each in parts["row"].keys() - planned)


def _wrong_with(save: Save, parts: dict[str, Counter[str]], *, promised: bool) -> Iterator[str]:
    counts = {part: ids[save.id] for part, ids in parts.items()}
    if promised and not counts["row"]:
        yield f"{save.kind} {save.id} was acknowledged and is lost"
    for part, count in counts.items():
        if count != counts["row"]:
            yield f"{save.kind} {save.id} has {count} of: {part}; its row is there {counts['row']}×"
    if counts["row"] > 1:
        yield f"{save.kind} {save.id} is there {counts['row']} times"
