"""Merging two records of one patient, and taking it back."""

from __future__ import annotations

from dataclasses import replace

from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.patient_merge import MergeDraft, MergePreview, PatientMerge, merged
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import patient_merge as merges

TOUCHES = (
    Topic.PATIENT
    | Topic.EPISODE
    | Topic.MEASURE
    | Topic.SAFETY
    | Topic.TREATMENT
    | Topic.TASK
    | Topic.BILLING
)


def preview_merge(workspace: Workspace, survivor_id: str, other_id: str) -> MergePreview:
    """Set two records side by side and say what a merge would do. Nothing is stored."""
    workspace.require(Permission.MERGE_PATIENTS)
    with workspace.database.read() as session:
        survivor, other = merges.side_of(session, survivor_id), merges.side_of(session, other_id)
        keeps = bool(survivor.allergies)
        return MergePreview(survivor, other, merges.moving(session, other, keeps_allergies=keeps))


def merge_patients(workspace: Workspace, draft: MergeDraft) -> Change:
    """Move everything of the other record to the surviving one, all of it or nothing.

    The other record keeps its details and is no longer listed. Merging twice is once.
    """
    workspace.require(Permission.MERGE_PATIENTS)
    workspace.require_proof()
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        if merges.exists(session, draft.id):
            return Change(TOUCHES, draft.id)
        preview = preview_merge(workspace, draft.survivor_id, draft.other_id)
        if problems := tuple(draft.problems(preview)):
            raise Refused(*problems)
        after = merged(preview.survivor.patient, preview.other.patient, draft.take)
        changes = merges.merge(
            session, stamp, merge_id=draft.id, after=after, other_id=draft.other_id
        )
        note = audit.changed("patient.merged", draft.id, changes, patient_id=draft.survivor_id)
        audit.write(session, stamp, note)
        gone = [FieldChange("merged_into", None, draft.survivor_id)]
        away = audit.changed("patient.merged_away", draft.id, gone, patient_id=draft.other_id)
        audit.write(session, stamp, away)
    return Change(TOUCHES, draft.id)


def undo_merge(workspace: Workspace, merge_id: str, *, reason: str) -> Change:
    """Make two records of one again: every record goes back to where it was."""
    workspace.require(Permission.MERGE_PATIENTS)
    workspace.require_proof()
    reason = needed_reason(reason)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        merge = _local(workspace, merges.get(session, merge_id))
        _refuse_undo(workspace, merge)
        changes = merges.undo(session, stamp, merge_id=merge_id, reason=reason)
        code = "patient.merge_undone"
        note = audit.changed(code, merge_id, changes, patient_id=merge.survivor_id)
        audit.write(session, stamp, replace(note, reason=reason))
        back = [FieldChange("merged_into", merge.survivor_id, None)]
        away = audit.changed(code, merge_id, back, patient_id=merge.other_id)
        audit.write(session, stamp, replace(away, reason=reason))
    return Change(TOUCHES, merge_id)


def read_merges(workspace: Workspace) -> tuple[PatientMerge, ...]:
    """Give every merge, the newest first, those that were undone too."""
    workspace.require(Permission.MERGE_PATIENTS)
    with workspace.database.read() as session:
        return tuple(_local(workspace, merge) for merge in merges.everything(session))


def refuse_merged_away(workspace: Workspace, named: str, *, field: str = "patient") -> None:
    """Point to the surviving record where somebody looks for one that was merged into it."""
    with workspace.database.read() as session:
        for merge in merges.everything(session):
            is_it = named == merge.other_id or named.casefold() == merge.other_mrn.casefold()
            if is_it and named and merge.undone_at is None:
                now_at = patients.merged_into(session)[merge.other_id]
                survivor = patients.get(session, now_at)
                told = replace(_local(workspace, merge), survivor=_named(survivor))
                raise Refused(Problem(field, told.pointer))


def _named(survivor: Patient) -> str:
    return f"{survivor.name}, MRN {survivor.mrn}" if survivor.mrn else survivor.name


def _local(workspace: Workspace, merge: PatientMerge) -> PatientMerge:
    zone = workspace.now().tzinfo
    undone_at = merge.undone_at and merge.undone_at.astimezone(zone)
    return replace(merge, merged_at=merge.merged_at.astimezone(zone), undone_at=undone_at)


def _refuse_undo(workspace: Workspace, merge: PatientMerge) -> None:
    problem = merge.undo_problem(workspace.today())
    if problem:
        raise Refused(problem)
    with workspace.database.read() as session:
        if merge.survivor_id in patients.merged_into(session):
            words = "The surviving record was itself merged into another since. Undo that first."
            raise Refused(Problem("merge_id", words))
        holder = patients.find_by_mrn(session, merge.other_mrn) if merge.other_mrn else None
        if holder is not None and not merges.gives_back_mrn(session, merge.id, holder):
            words = f"{holder.name} has the MRN {merge.other_mrn} now. Change that MRN first."
            raise Refused(Problem("mrn", words))
        if bills := merges.billed_since(session, merge.id):
            words = (
                f"Superbill {bills[0]} was issued since, with time that would go back to the "
                "other record. Void it first."
            )
            raise Refused(Problem("superbills", words))
