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
from cocm_desktop.storage.clinic_keys import KeyTools
from tests.drills.clinic import PASSWORD, QUICK, opened

MEASURE, CONTACT, PATIENT = "measure", "contact", "patient"
EPISODE, TIME, MEETING = "episode", "time", "meeting"
PLANNED = "Planned"
"""The last name of every patient whom a trial adds."""
_PLANNED_EPISODES = (
    "SELECT e.id FROM episode e JOIN patient p ON p.id = e.patient_id "
    f"WHERE p.last_name = '{PLANNED}'"
)
_LOOSE = "contact_id IS NULL AND meeting_id IS NULL"
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
    PATIENT: {
        "row": f"SELECT id FROM patient WHERE last_name = '{PLANNED}'",
        "audit entry": "SELECT object_id FROM audit_entry WHERE code = 'patient.added'",
    },
    EPISODE: {
        "row": f"SELECT id FROM consent WHERE episode_id IN ({_PLANNED_EPISODES})",
        "episode": (
            f"SELECT c.id FROM ({_PLANNED_EPISODES}) e LEFT JOIN consent c ON c.episode_id = e.id"
        ),
        "audit entry": (
            "SELECT c.id FROM audit_entry a JOIN consent c ON c.episode_id = a.object_id "
            "WHERE a.code = 'episode.enrolled'"
        ),
    },
    TIME: {
        "row": f"SELECT id FROM time_entry WHERE {_LOOSE}",
        "audit entry": (
            "SELECT t.id FROM audit_entry a JOIN time_entry t ON t.id = a.object_id "
            f"WHERE a.code = 'time.recorded' AND {_LOOSE}"
        ),
    },
    MEETING: {
        "row": "SELECT id FROM meeting",
        "audit entry": "SELECT object_id FROM audit_entry WHERE code = 'meeting.recorded'",
        "time entry": "SELECT meeting_id FROM time_entry",
        "audit entry of the time": (
            "SELECT t.meeting_id FROM audit_entry a JOIN time_entry t ON t.id = a.object_id "
            "WHERE a.code = 'time.recorded'"
        ),
    },
}
KINDS = (CONTACT, MEASURE, PATIENT, EPISODE, TIME, MEETING)
TYPES = (
    "measures, safety tasks, contacts, time entries, questions, patients, episodes, consents, "
    "meetings"
)


@dataclass(frozen=True, slots=True)
class Save:
    """One save that a cycle plans: a measure with an item 9, a contact with minutes, or others."""

    id: str
    kind: str
    mrn: str

    @classmethod
    def number(cls, number: int, mrn: str) -> Save:
        return cls(new_id(), MEASURE if number % 2 else CONTACT, mrn)

    @property
    def line(self) -> bytes:
        """Write it as the batch takes it. A contact's note and question say its own id."""
        content = {"command": self.kind, "patient": self.mrn, "id": self.id, **self._rest()}
        if self.kind == PATIENT:
            del content["patient"]
        return f"{json.dumps(content)}\n".encode()

    def _rest(self) -> dict[str, Any]:
        if self.kind == MEASURE:
            return {"instrument": "PHQ-9", "answers": [2, 2, None, 1, 1, 1, 0, 0, 1]}
        if self.kind == CONTACT:
            return {"kind": "phone", "minutes": 7, "note": self.id, "question": self.id}
        if self.kind == PATIENT:
            names = {"last_name": PLANNED, "first_name": self.mrn, "mrn": self.mrn}
            return {"command": "patient add", "born": "1970-01-02", **names}
        if self.kind == EPISODE:
            return {"command": "enroll", "consented": "2026-11-02", "enrolled": "2026-11-02"}
        if self.kind == TIME:
            how = {"activity": "registry", "why": "no-timer", "note": "Caseload"}
            return {"command": "time add", "minutes": 5, "confirm": True, **how}
        return {"command": "meeting add", "minutes": 6, "note": self.id, "confirm": True}


def planned(count: int, mrns: Sequence[str]) -> list[Save]:
    """Plan saves of every kind in turn. An episode is that of the patient added before it."""
    saves: list[Save] = []
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        mrn = mrns[number % len(mrns)]
        record_id = new_id()
        if kind == PATIENT:
            mrn = f"P{record_id[-10:]}"
        elif kind == EPISODE:
            mrn = saves[-1].mrn
        saves.append(Save(record_id, kind, mrn))
    return saves


def count_wrong(
    folder: Path,
    planned: Sequence[Save],
    acknowledged: Sequence[str],
    *,
    tools: KeyTools = QUICK,
    password: str = PASSWORD,
) -> tuple[int, list[str]]:
    """Open the clinic, check the whole file, and compare it with what was planned and promised.

    Gives how many saves are there, and a sentence for everything that is not as it should be.
    """
    workspace = opened(folder, tools, password)
    try:
        findings = list(check_clinic(workspace).findings)
        assert workspace.clinic
        with workspace.clinic.database.outside_transactions() as connection:
            found = {
                kind: {part: _ids(connection.execute, sql) for part, sql in parts.items()}
                for kind, parts in PARTS.items()
            }
            consents = dict(connection.execute("SELECT episode_id, id FROM consent").fetchall())
    finally:
        lock(workspace)
    # An enrollment is planned as its consent, and acknowledged as its episode.
    ids = {save.id for save in planned}
    promised = Counter(each if each in ids else consents.get(each, each) for each in acknowledged)
    findings += [f"{each} was acknowledged twice" for each, n in promised.items() if n > 1]
    findings += [f"{each} was acknowledged and is nowhere" for each in promised.keys() - ids]
    findings += _foreign(found, ids)
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
