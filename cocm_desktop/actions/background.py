"""Recording a patient's history, and what Part 2 programs let the practice know."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.background import (
    HistoryNote,
    HistoryNoteDraft,
    Part2ConsentDraft,
    Part2RecordDraft,
    ShownRecord,
    holding,
)
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Refused
from cocm_desktop.storage import audit, background
from cocm_desktop.storage import patient as patients

TOUCHES = Topic.TREATMENT


@dataclass(frozen=True, slots=True)
class Background:
    """A patient's history with the notes that no longer hold, and what may be read of records."""

    notes: tuple[HistoryNote, ...]
    records: tuple[ShownRecord, ...]

    @property
    def history(self) -> tuple[HistoryNote, ...]:
        return holding(self.notes)


def read_background(workspace: Workspace, patient_id: str) -> Background:
    workspace.require(Permission.SEE_CHART)
    look_at_chart(workspace, patient_id, ChartPart.NOTES, ChartPart.PART_2)
    today = workspace.today()
    with workspace.database.read() as session:
        records = background.records_of_patients(session, [patient_id], today=today)
        return Background(
            notes=background.notes_of(session, patient_id, until=today),
            records=records.get(PatientId(patient_id), ()),
        )


def note_history(workspace: Workspace, draft: HistoryNoteDraft) -> Change:
    """Record one part of the history, in place of what was known of it; the older note is kept."""
    workspace.require(Permission.RECORD_TREATMENT)
    with workspace.database.write() as session:
        if not background.note_exists(session, draft.id):
            patient = patients.get(session, draft.patient_id)
            note = draft.accept(today=workspace.today(), born_on=patient.born_on)
            background.add_note(session, note, workspace.stamp())
            told = audit.created("history_note.recorded", note.id, patient.id)
            audit.write(session, workspace.stamp(), told)
    return Change(TOUCHES, draft.id)


def void_history_note(workspace: Workspace, note_id: str, *, reason: str) -> Change:
    """Withdraw a note, keeping it; the one before it holds again."""
    workspace.require(Permission.VOID_RECORD)
    reason, stamp = needed_reason(reason), workspace.stamp()
    with workspace.database.write() as session:
        patient_id = background.void_note(session, note_id, stamp, reason=reason)
        told = audit.voided("history_note.voided", note_id, reason=reason, patient_id=patient_id)
        audit.write(session, stamp, told)
    return Change(TOUCHES, note_id)


def record_part2(workspace: Workspace, draft: Part2RecordDraft) -> Change:
    """Record what a Part 2 program let the practice know, with the consent as it stands."""
    workspace.require(Permission.RECORD_TREATMENT)
    with workspace.database.write() as session:
        if not background.record_exists(session, draft.id):
            patient = patients.get(session, draft.patient_id)
            record = draft.accept(today=workspace.today(), born_on=patient.born_on)
            background.add_record(session, record, workspace.stamp())
            told = audit.created("part2_record.recorded", record.id, patient.id)
            audit.write(session, workspace.stamp(), told)
    return Change(TOUCHES, draft.id)


def change_part2_consent(
    workspace: Workspace, record_id: str, consent: Part2ConsentDraft, *, version: int
) -> Change:
    """Set the days of a record's consent: given, valid until, revoked."""
    workspace.require(Permission.RECORD_TREATMENT)
    with workspace.database.write() as session:
        record = background.get_record(session, record_id)
        patient = patients.get(session, record.patient_id)
        problems = consent.problems(today=workspace.today(), born_on=patient.born_on)
        if found := tuple(problems):
            raise Refused(*found)
        changes = background.change_consent(session, record_id, consent, version=version)
        if changes:
            told = audit.changed(
                "part2_record.consent", record_id, changes, patient_id=record.patient_id
            )
            audit.write(session, workspace.stamp(), told)
    return Change(TOUCHES, record_id)


def void_part2(workspace: Workspace, record_id: str, *, reason: str) -> Change:
    """Withdraw a record, keeping it: nothing shows its words any more."""
    workspace.require(Permission.VOID_RECORD)
    reason, stamp = needed_reason(reason), workspace.stamp()
    with workspace.database.write() as session:
        patient_id = background.void_record(session, record_id, stamp, reason=reason)
        told = audit.voided("part2_record.voided", record_id, reason=reason, patient_id=patient_id)
        audit.write(session, stamp, told)
    return Change(TOUCHES, record_id)
