"""Printing and exporting the registry as it is shown."""

from __future__ import annotations

import hashlib
from pathlib import Path

from cocm_desktop.actions.afterwards import telling_of_the_file
from cocm_desktop.actions.papers import Made, Paper, noted
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.release import Release, account_for, require_release
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.caseload_list import CaseloadList, ListChoice
from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.privacy import Purpose
from cocm_desktop.domain.registry_columns import BY_KEY
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.safe_file import write_whole
from cocm_desktop.exchange.table_file import table_csv
from cocm_desktop.printing.caseload_list import list_pdf
from cocm_desktop.storage import audit


def read_list(workspace: Workspace, choice: ListChoice) -> CaseloadList:
    """Read the patients chosen as they are on file now; refuse if one of them is not."""
    registry = read_registry(workspace)
    rows = {row.patient_id: row for row in registry.rows}
    missing = [each for each in choice.patient_ids if each not in rows]
    if missing or not choice.patient_ids:
        words = "The list has changed in the meantime. Nothing was made: look at it again."
        raise Refused(Problem("patients", words if missing else "There is nobody in this list."))
    return CaseloadList(
        rows=tuple(rows[each] for each in choice.patient_ids),
        columns=tuple(BY_KEY[key] for key in choice.column_keys if key in BY_KEY),
        filter_words=choice.filter_words,
        order_words=choice.order_words,
        practice=registry.practice,
        prepared_by=workspace.staff,
        as_of=workspace.now(),
    )


def print_list(workspace: Workspace, choice: ListChoice) -> Paper:
    """Make the PDF of the list and note in the audit that it was made."""
    workspace.require(Permission.PRINT_PACKET)
    made = read_list(workspace, choice)
    require_release(workspace, choice.patient_ids, Purpose.OPERATIONS)
    content, pages = list_pdf(made)
    return noted(
        workspace,
        Made("list.printed", choice.patient_ids),
        content,
        pages=pages,
        as_of=made.as_of,
    )


def export_list(workspace: Workspace, choice: ListChoice, file: Path) -> int:
    """Write the list as CSV, and note in the audit that it left; give how many patients."""
    workspace.require(Permission.EXPORT_LIST)
    workspace.require_proof()
    if not file.name:
        raise Refused(Problem("file", "Name the file, not only its folder."))
    made = read_list(workspace, choice)
    require_release(workspace, choice.patient_ids, Purpose.OPERATIONS)
    content = table_csv(
        [column.title for column in made.columns],
        [[column.export(row) for column in made.columns] for row in made.rows],
    )
    digest = hashlib.sha256(content).hexdigest()
    with telling_of_the_file() as told, workspace.database.write() as session:
        size = len(content)
        note = audit.Note(
            "list.exported", audit.Action.EXECUTE, new_id(), sha256=digest, bytes=size
        )
        of = choice.patient_ids
        audit.write_for_each(session, workspace.stamp(), note, patient_ids=of)
        release = Release(
            choice.patient_ids,
            Purpose.OPERATIONS,
            recipient=f"a file, by {workspace.staff.name}",
            what="Line in a list of patients (CSV)",
            sha256=digest,
        )
        account_for(workspace, release)
        write_whole(file, content)
        told.is_done = True
    return len(made.rows)
