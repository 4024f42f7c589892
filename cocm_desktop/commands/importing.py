"""Taking in a patient list: a look first, then all of it or nothing, and a way back."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cocm_desktop.commands.console import ack, say, say_json, say_table, tell
from cocm_desktop.commands.parser import (
    id_option,
    json_option,
    member_of,
    slug,
    slugs,
    whole_number,
)
from cocm_desktop.domain.ids import ImportBatchId
from cocm_desktop.domain.import_preview import ImportPreview, RowState
from cocm_desktop.domain.patient_list import Mapping, PatientField
from cocm_desktop.domain.wording import NOTHING, long_moment, short_date
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def declare_import(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, nargs="?", help="CSV, XLSX, XLS or ODS")
    parser.add_argument("--preview", action="store_true", help="only tell what would be done")
    parser.add_argument(
        "--map",
        metavar="FIELD=COLUMN",
        action="append",
        default=[],
        help="the column, by header or as #3, of a field; =COLUMN leaves it out; fields: "
        + ", ".join(slugs(PatientField)),
    )
    parser.add_argument(
        "--include",
        metavar="LINE",
        action="append",
        default=[],
        type=whole_number,
        help="add the possible duplicate on this line all the same; may be repeated",
    )
    parser.add_argument("--list", action="store_true", help="list the imports that were done")
    parser.add_argument("--undo", metavar="ID", help="withdraw the patients of an import")
    parser.add_argument("--reason", metavar="TEXT", default="", help="why it is undone")
    json_option(parser)
    id_option(parser)
    parser.set_defaults(work=import_list)


def import_list(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.importing import import_patients, undo_import

    wanted = [bool(options.file), bool(options.undo), options.list]
    if wanted.count(True) != 1:
        words = "Name the file to import, or the import to undo, or ask for the list."
        raise Refused(Problem("arguments", words))
    if options.json and not (options.preview or options.list):
        raise Refused(Problem("json", "--json goes with --preview or with --list."))
    if options.list:
        _say_imports(workspace, options)
    elif options.undo:
        ack(undo_import(workspace, options.undo, reason=options.reason).record_id)
    else:
        preview = _preview(workspace, options)
        _say_preview(preview, options)
        if not options.preview:
            include = frozenset(options.include)
            ack(import_patients(workspace, preview, include=include).record_id)


def _preview(workspace: Workspace, options: Namespace) -> ImportPreview:
    from cocm_desktop.actions.importing import preview_import, preview_list

    preview = preview_import(workspace, options.file)
    if options.map:
        mapping = _mapped(preview, options.map)
        preview = preview_list(workspace, preview.patient_list, mapping)
    return replace(preview, id=ImportBatchId(options.id)) if options.id else preview


def _mapped(preview: ImportPreview, pairs: Sequence[str]) -> Mapping:
    """Change the guessed mapping as typed: a field that is given a column leaves any other."""
    columns = preview.patient_list.columns
    mapping = list(preview.mapping)
    for pair in pairs:
        name, equals, column = pair.partition("=")
        if not equals or (name and name not in slugs(PatientField)):
            words = f"“{pair}” names no field. Write for example mrn=Chart, or =Notes."
            raise Refused(Problem("map", words))
        field = member_of(PatientField, name) if name else None
        if field in mapping and field is not None:
            mapping[mapping.index(field)] = None
        mapping[_column(columns, column)] = field
    return tuple(mapping)


def _column(columns: Sequence[str], named: str) -> int:
    """Find a column by number or header; headers differ, a second Phone is Phone (2)."""
    found = {column.casefold(): number for number, column in enumerate(columns)}
    found |= {f"#{number + 1}": number for number in range(len(columns))}
    wanted = named.strip().casefold()
    if wanted not in found:
        words = f"No column is called “{named}”. Columns may be given as #1, #2, …"
        raise Refused(Problem("map", words))
    return found[wanted]


def _say_preview(preview: ImportPreview, options: Namespace) -> None:
    """Tell what becomes of the rows; new ones are only counted."""
    for notice in preview.notices:
        tell(notice)
    if options.json:
        say_json(_preview_fields(preview))
        return
    for column, field in zip(preview.patient_list.columns, preview.mapping, strict=True):
        say(f"{column} → {field.value if field else 'left out'}")
    lines = [
        (
            str(row.line),
            row.state.value,
            row.name or NOTHING,
            short_date(row.born_on) if row.born_on else NOTHING,
            row.mrn or NOTHING,
            " ".join(row.remarks),
        )
        for row in preview.rows
        if row.state is not RowState.NEW or row.notes
    ]
    say_table(("line", "state", "patient", "born", "MRN", "why"), lines)
    say(", ".join(f"{state.value}: {count}" for state, count in preview.counts.items()) + ".")


def _preview_fields(preview: ImportPreview) -> dict[str, object]:
    return {
        "file": preview.patient_list.file_name,
        "sha256": preview.patient_list.sha256,
        "mapping": {
            column: slug(field) if field else None
            for column, field in zip(preview.patient_list.columns, preview.mapping, strict=True)
        },
        "counts": {slug(state): count for state, count in preview.counts.items()},
        "rows": [
            {
                "line": row.line,
                "state": slug(row.state),
                "name": row.name,
                "born_on": row.born_on.isoformat() if row.born_on else None,
                "mrn": row.mrn,
                "remarks": list(row.remarks),
            }
            for row in preview.rows
        ],
    }


def _say_imports(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.importing import read_imports

    batches = read_imports(workspace)
    if options.json:
        content = [
            {
                "id": batch.id,
                "file": batch.file_name,
                "sha256": batch.sha256,
                "rows_added": batch.rows_added,
                "rows_known": batch.rows_known,
                "rows_rejected": batch.rows_rejected,
                "imported_at": batch.imported_at.isoformat(),
                "undone_at": batch.undone_at.isoformat() if batch.undone_at else None,
            }
            for batch in batches
        ]
        say_json(content)
        return
    lines = [
        (
            long_moment(batch.imported_at),
            batch.file_name,
            batch.words,
            "undone" if batch.undone_at else "",
            batch.id,
        )
        for batch in batches
    ]
    say_table(("imported", "file", "what", "state", "id"), lines)
