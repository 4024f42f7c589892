"""Everything on file about one patient, read table by table for a copy of the record.

A new table with a patient's data belongs into `PARENTS`, or into `LEFT_OUT` with the reason.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any, Final

from sqlalchemy import RowMapping, select
from sqlalchemy import Table as SchemaTable
from sqlalchemy.orm import Session

from cocm_desktop.domain.patient_record import Entry
from cocm_desktop.storage.records import grouped
from cocm_desktop.storage.tables import SCHEMA, StaffTable
from cocm_desktop.storage.tables_charges import PayerTable

PATIENT, EPISODE = "patient", "episode"
_TOPS = frozenset({PATIENT, EPISODE})
_OF_PATIENT = (PATIENT, "patient_id")
_OF_EPISODE = (EPISODE, "episode_id")
PARENTS: Final[Mapping[str, tuple[str, str]]] = {
    "patient_coverage": _OF_PATIENT,
    "eligibility_check": ("patient_coverage", "coverage_id"),
    "episode": _OF_PATIENT,
    "consent": _OF_EPISODE,
    "later_consent": _OF_EPISODE,
    "episode_phase": _OF_EPISODE,
    "diagnosis": _OF_EPISODE,
    "diagnosis_state": ("diagnosis", "diagnosis_id"),
    "primary_diagnosis": ("diagnosis", "diagnosis_id"),
    "history_note": _OF_PATIENT,
    "allergies": _OF_PATIENT,
    "medication": _OF_PATIENT,
    "dose": ("medication", "medication_id"),
    "intake": ("medication", "medication_id"),
    "medication_stop": ("medication", "medication_id"),
    "past_trial": _OF_PATIENT,
    "measure": _OF_EPISODE,
    "safety_task": _OF_PATIENT,
    "practitioner_told": ("safety_task", "task_id"),
    "safety_closing": ("safety_task", "task_id"),
    "contact": _OF_EPISODE,
    "intervention": _OF_EPISODE,
    "goal": _OF_EPISODE,
    "goal_state": ("goal", "goal_id"),
    "plan": _OF_EPISODE,
    "discussion_flag": _OF_EPISODE,
    "case_review": _OF_EPISODE,
    "recommendation": ("case_review", "review_id"),
    "recommendation_step": ("recommendation", "recommendation_id"),
    "referral_out": _OF_EPISODE,
    "referral_result": ("referral_out", "referral_id"),
    "letter": _OF_PATIENT,
    "letter_sending": ("letter", "letter_id"),
    "task": _OF_PATIENT,
    "task_delay": ("task", "task_id"),
    "task_done": ("task", "task_id"),
    "flag": _OF_PATIENT,
    "visit": _OF_PATIENT,
    "other_service": _OF_PATIENT,
    "stay": _OF_PATIENT,
    "death": _OF_PATIENT,
    "time_entry": _OF_PATIENT,
    "service_line": _OF_EPISODE,
    "month_payer": _OF_PATIENT,
    "month_approval": _OF_PATIENT,
    "superbill": _OF_PATIENT,
    "bill_step": ("superbill", "superbill_id"),
    "filed_claim": ("superbill", "superbill_id"),
    "claim_answer": ("superbill", "superbill_id"),
    "remittance_claim": ("superbill", "superbill_id"),
    "disclosure": _OF_PATIENT,
    "amendment": _OF_PATIENT,
    "restriction": _OF_PATIENT,
}
"""Each table of the record with the table it belongs to, and the column that leads there."""
LEFT_OUT: Final[Mapping[str, str]] = {
    "sealed_note": "psychotherapy notes are no part of what is given out (45 CFR 164.501, 164.524)",
    "part2_record": "read by itself: its words go along only under a valid consent",
    "retention_hold": "why the practice keeps a record, not what is in it",
    "due_delay": "the team's own reminders",
    "agenda_case": "how a meeting was run",
    "agenda_choice": "how a meeting was run",
    "case_time": "how a meeting was run; its minutes are in the time log",
    "printed_page": "which page was printed when",
    "timer": "time that was not saved; what was saved is in the time log",
    "timer_segment": "time that was not saved; what was saved is in the time log",
    "patient_merge": "which records were joined; what was joined is here",
    "merge_undo": "which records were joined; what was joined is here",
    "moved_record": "which records were joined; what was joined is here",
}
UNSAID: Final = frozenset(
    {
        "id",
        "patient_id",
        "device",
        "version",
        "voided_at",
        "voided_by",
        "void_reason",
        "recorded_at",
        "recorded_by",
        "sha256",
        "import_batch_id",
        "source_id",
        "run_id",
    }
)
"""Columns that say how a record is kept, not what it says."""
_PEOPLE: Final = frozenset({"signed_by"})
"""Columns with a staff member's id that lead nowhere by the schema."""


def record_of(session: Session, patient_id: str, zone: tzinfo | None) -> tuple[Entry, ...]:
    """Give the patient first, then every other record that was not withdrawn, oldest first."""
    reader = _Reader(session, _names(session), zone)
    [(_, patient)] = reader.rows(PATIENT, "id", [patient_id])
    found = {PATIENT: [(patient_id, patient)]}
    for kind, (parent, column) in PARENTS.items():
        owners = [entry.id for _, entry in found[parent]]
        found[kind] = reader.rows(kind, column, owners)
    parts: dict[str, tuple[Entry, ...]] = {}
    for kind in reversed(tuple(PARENTS)):
        found[kind] = [
            (owner, replace(entry, parts=parts.get(entry.id, ()))) for owner, entry in found[kind]
        ]
        if PARENTS[kind][0] not in _TOPS:
            for owner, entries in grouped(found[kind]).items():
                parts[owner] = (*entries, *parts.get(owner, ()))
    tops = (kind for kind, (parent, _) in PARENTS.items() if parent in _TOPS)
    return (patient, *(entry for kind in tops for _, entry in found[kind]))


@dataclass(frozen=True, slots=True)
class _Reader:
    """`names` are those of staff members and payers, by id."""

    session: Session
    names: Mapping[str, str]
    zone: tzinfo | None

    def rows(self, kind: str, column: str, owners: Collection[str]) -> list[tuple[str, Entry]]:
        """Give each row that was not withdrawn, with the id of what it belongs to."""
        table = SCHEMA.tables[kind]
        if not owners:
            return []
        chosen = select(table).where(table.c[column].in_(owners)).order_by(table.c.id)
        if "voided_at" in table.c:
            chosen = chosen.where(table.c.voided_at.is_(None))
        rows = self.session.execute(chosen).mappings()
        return [(row[column], self._entry(table, row)) for row in rows]

    def _entry(self, table: SchemaTable, row: RowMapping) -> Entry:
        values = {}
        for column in table.columns:
            value = row[column.name]
            if column.name in UNSAID:
                continue
            if column.foreign_keys or column.name in _PEOPLE:
                if value is None or value in self.names:
                    values[column.name.removesuffix("_id")] = self.names.get(value or "")
                continue
            values[column.name] = self._local(value)
        made = row.get("recorded_at")
        by = self.names.get(row.get("recorded_by") or "", "")
        return Entry(table.name, row["id"], values, self._local(made), by)

    def _local(self, value: Any) -> Any:
        return value.astimezone(self.zone) if isinstance(value, datetime) else value


def _names(session: Session) -> dict[str, str]:
    """Give the name of every staff member and payer by id."""
    people = session.execute(select(StaffTable.id, StaffTable.name, StaffTable.credentials))
    names = {row.id: ", ".join(filter(None, (row.name, row.credentials))) for row in people}
    payers = session.execute(select(PayerTable.id, PayerTable.name))
    return names | {row.id: row.name for row in payers}
