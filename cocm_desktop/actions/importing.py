"""Importing a patient list: look first, then all of it or nothing, and a way back."""

from __future__ import annotations

import hashlib
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

from cocm_desktop.actions.afterwards import telling_of_the_file
from cocm_desktop.actions.backup import back_up_before
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.backup_plan import Cause
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.column_guess import guess_mapping
from cocm_desktop.domain.duplicate import Duplicate
from cocm_desktop.domain.ids import ImportBatchId
from cocm_desktop.domain.import_preview import ImportBatch, ImportPreview, PreviewRow, RowState
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.patient_list import Mapping, PatientList, mapping_problems
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange import patient_list as patient_lists
from cocm_desktop.exchange.duplicates import possible_duplicates
from cocm_desktop.exchange.left_out import left_out_list
from cocm_desktop.exchange.preview import sorted_rows
from cocm_desktop.exchange.safe_file import write_whole
from cocm_desktop.storage import audit
from cocm_desktop.storage import import_batch as import_batches
from cocm_desktop.storage import patient as patients

TOUCHES = Topic.PATIENT


def preview_import(
    workspace: Workspace, path: Path, mapping: Mapping | None = None
) -> ImportPreview:
    """Read a file and tell what an import would do. Nothing is stored.

    Without a mapping the one of the last import with these columns is taken, or else a guess.
    """
    workspace.require(Permission.IMPORT_PATIENTS)
    return preview_list(workspace, patient_lists.read_patient_list(path), mapping)


def preview_list(
    workspace: Workspace, patient_list: PatientList, mapping: Mapping | None = None
) -> ImportPreview:
    """Tell what an import of a list that was read before would do with this mapping."""
    workspace.require(Permission.IMPORT_PATIENTS)
    with workspace.database.read() as session:
        known = import_batches.mapping_of(session, patient_list.fingerprint)
    remembered = mapping is None and patient_list.has_header and known is not None
    if mapping is None:
        guess = guess_mapping(patient_list, today=workspace.today())
        mapping = known if remembered and known is not None else guess
    if len(mapping) != len(patient_list.columns):
        raise Refused(Problem("mapping", "The mapping does not fit the columns of this file."))
    return ImportPreview(
        patient_list=patient_list,
        mapping=mapping,
        rows=_rows(workspace, patient_list, mapping),
        problems=tuple(mapping_problems(mapping)),
        is_remembered=remembered,
    )


def import_patients(
    workspace: Workspace, preview: ImportPreview, *, include: AbstractSet[int] = frozenset()
) -> Change:
    """Add the new patients of a preview, all of them or none. Importing twice is once.

    `include` holds the lines of the possible duplicates that a person chose to add all the same.
    The record id of the change is the batch's: it undoes the import.
    """
    workspace.require(Permission.IMPORT_PATIENTS)
    if preview.problems:
        raise Refused(*preview.problems)
    back_up_before(workspace, Cause.BEFORE_IMPORT)
    drafts = preview.drafts(include)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        if done := import_batches.find(session, preview.id):
            _refuse_undone(done)
            return Change(TOUCHES, preview.id)
        _refuse_stale(workspace, preview)
        batch = _batch(workspace, preview, drafts)
        import_batches.add(session, batch, stamp)
        session.flush()
        for draft in drafts:
            patient = draft.accept(today=workspace.today())
            patients.add(session, patient, stamp, batch_id=batch.id)
        _remember_mapping(workspace, preview)
        audit.write(session, stamp, _note(preview, batch))
    return Change(TOUCHES, preview.id)


def undo_import(workspace: Workspace, batch_id: str, *, reason: str) -> Change:
    """Withdraw every patient of an import, as long as nobody works with any of them."""
    workspace.require(Permission.IMPORT_PATIENTS)
    reason = needed_reason(reason)
    batch, stamp = ImportBatchId(batch_id), workspace.stamp()
    with workspace.database.write() as session:
        import_batches.void_import(session, batch, stamp, reason=reason)
        if in_use := patients.in_use_of_batch(session, batch):
            have = "has" if in_use == 1 else "have"
            words = (
                f"{count_of(in_use, 'patient')} of this import {have} been enrolled or changed "
                "since. Nothing was undone."
            )
            raise Refused(Problem("batch_id", words))
        patients.void_batch(session, batch, stamp, reason=reason)
        audit.write(session, stamp, audit.voided("import.undone", batch, reason=reason))
    return Change(TOUCHES, batch)


def read_imports(workspace: Workspace) -> tuple[ImportBatch, ...]:
    """Give all imports, the newest first, those that were undone too."""
    workspace.require(Permission.IMPORT_PATIENTS)
    zone = workspace.now().tzinfo
    with workspace.database.read() as session:
        return tuple(
            replace(
                batch,
                imported_at=batch.imported_at.astimezone(zone),
                undone_at=batch.undone_at and batch.undone_at.astimezone(zone),
            )
            for batch in import_batches.everything(session)
        )


def find_duplicates(workspace: Workspace, draft: PatientDraft) -> tuple[Duplicate, ...]:
    """Give everybody on file who is or may be the patient being typed, the likeliest first."""
    workspace.require(Permission.SEE_PATIENT_LIST)
    with workspace.database.read() as session:
        keys = [key for key in patients.keys(session) if key.id != draft.id]
    return tuple(possible_duplicates(draft, keys))


def patient_list_template() -> bytes:
    """Give a CSV file with the columns that are understood, to be filled."""
    return patient_lists.template()


def write_template(file: Path) -> None:
    """Write the template to a file: whole, or not at all."""
    write_whole(file, patient_lists.template())


def write_left_out(
    workspace: Workspace, preview: ImportPreview, file: Path, *, include: AbstractSet[int]
) -> None:
    """Write the rows that were left out, with the reasons, and note in the audit that it was."""
    workspace.require(Permission.IMPORT_PATIENTS)
    content = left_out_list(preview.left_out(include))
    with telling_of_the_file() as told, workspace.database.write() as session:
        digest = hashlib.sha256(content).hexdigest()
        note = audit.Note("import.listed", audit.Action.EXECUTE, preview.id, sha256=digest)
        audit.write(session, workspace.stamp(), note)
        write_whole(file, content)
        told.is_done = True


def _rows(
    workspace: Workspace, patient_list: PatientList, mapping: Mapping
) -> tuple[PreviewRow, ...]:
    with workspace.database.read() as session:
        keys = patients.keys(session)
    return tuple(sorted_rows(patient_list, mapping, keys, today=workspace.today()))


def _refuse_undone(batch: ImportBatch) -> None:
    if batch.undone_at is not None:
        words = "This import was undone. Open the file again to import it once more."
        raise Refused(Problem("preview", words))


def _refuse_stale(workspace: Workspace, preview: ImportPreview) -> None:
    """Compare once more inside the transaction: somebody may have added a patient meanwhile."""
    now = _rows(workspace, preview.patient_list, preview.mapping)
    if [row.state for row in now] != [row.state for row in preview.rows]:
        words = (
            "The patients on file have changed since this preview. Nothing was imported. "
            "Look at the preview again."
        )
        raise Refused(Problem("preview", words))


def _remember_mapping(workspace: Workspace, preview: ImportPreview) -> None:
    fingerprint, mapping = preview.patient_list.fingerprint, preview.mapping
    with workspace.database.write() as session:
        known = import_batches.mapping_of(session, fingerprint)
        if preview.patient_list.has_header and known != mapping:
            import_batches.remember_mapping(
                session, workspace.stamp(), fingerprint=fingerprint, mapping=mapping
            )


def _batch(
    workspace: Workspace, preview: ImportPreview, drafts: tuple[PatientDraft, ...]
) -> ImportBatch:
    counts = preview.counts
    return ImportBatch(
        id=preview.id,
        file_name=preview.patient_list.file_name,
        sha256=preview.patient_list.sha256,
        rows_added=len(drafts),
        rows_known=len(preview.rows) - len(drafts) - counts[RowState.REJECTED],
        rows_rejected=counts[RowState.REJECTED],
        imported_at=workspace.now(),
        imported_by=workspace.staff.name,
    )


def _note(preview: ImportPreview, batch: ImportBatch) -> audit.Note:
    """Tell the audit what came of the file: its digest and counts, never a name."""
    counts = {
        "rows": len(preview.rows),
        "added": batch.rows_added,
        **{state.name.lower(): count for state, count in preview.counts.items()},
    }
    counts["passed_over"] = batch.rows_added - counts["new"]
    return audit.Note(
        "import.done",
        audit.Action.EXECUTE,
        batch.id,
        sha256=batch.sha256,
        changes=[FieldChange(name, None, str(count)) for name, count in counts.items()],
    )
