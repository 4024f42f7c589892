"""Rates, localities and diagnosis codes: loading the public files, and what is loaded."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.parser import Group, json_option
from cocm_desktop.domain.billing.billing_table import LoadedTable, TableChoices, TableKind
from cocm_desktop.domain.described import written
from cocm_desktop.domain.wording import long_date, short_date

if TYPE_CHECKING:
    from cocm_desktop.actions.table_loading import CheckedTable
    from cocm_desktop.actions.workspace import Workspace

HEADS = ("id", "name", "file", "valid", "rows", "loaded", "by")
FACTORS = {"qualifying": True, "other": False}


def declare_rates(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "list the years that have rates, with their files")
    json_option(listed)
    listed.set_defaults(work=list_rates)
    places = group.add("localities", "list the localities that are loaded")
    json_option(places)
    places.set_defaults(work=list_localities)
    loaded = group.add("import", "load a relative value file of Medicare (PPRRVU…csv)")
    _file_options(loaded, TableKind.RATES)
    loaded.add_argument("--factor", choices=FACTORS, help="whose factor, where no name says it")
    indices = group.add("import-localities", "load the geographic indices (GPCI…csv)")
    _file_options(indices, TableKind.LOCALITIES)
    _withdraw_option(group)


def declare_codes(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "say which releases of diagnosis codes are loaded")
    json_option(listed)
    listed.set_defaults(work=list_codes)
    loaded = group.add("import", "load a release of ICD-10-CM, such as icd10cm_codes_2027.txt")
    _file_options(loaded, TableKind.DIAGNOSES)
    _withdraw_option(group)


def _file_options(parser: ArgumentParser, kind: TableKind) -> None:
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--from", dest="first", metavar="DATE", help="its first day of service")
    parser.add_argument("--to", dest="last", metavar="DATE", help="its last day of service")
    parser.add_argument("--preview", action="store_true", help="say how it reads; load nothing")
    json_option(parser)
    parser.set_defaults(work=partial(load, kind=kind))


def _withdraw_option(group: Group) -> None:
    withdrawn = group.add("withdraw", "use a table that was loaded no more")
    withdrawn.add_argument("table", metavar="ID", help="as list shows it")
    withdrawn.add_argument("--reason", metavar="TEXT", required=True)
    withdrawn.set_defaults(work=withdraw)


def list_rates(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.table_loading import read_table_list

    read = read_table_list(workspace)
    loaded = [each for each in read.loaded if each.table.kind is not TableKind.DIAGNOSES]
    if options.json:
        years = [
            {
                "year": each.year,
                "is_loaded": each.is_loaded,
                "factors": each.factor_words,
                "source": each.source_words,
                "localities": each.locality_words,
            }
            for each in read.years
        ]
        say_json({"years": years, "loaded": [_fields(each) for each in loaded]})
        return
    rows = [(str(y.year), y.factor_words, y.source_words, y.locality_words) for y in read.years]
    say_table(("year", "conversion factor", "file", "localities"), rows)
    _say_loaded(workspace, loaded)


def list_localities(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.table_loading import find_localities

    found = find_localities(workspace)
    if options.json:
        say_json([written(each) for each in found])
        return
    rows = [
        (each.key, each.state, each.name, str(each.work), str(each.expense), str(each.malpractice))
        for each in found
    ]
    say_table(("key", "state", "name", "work", "expense", "malpractice"), rows)
    if not found:
        say("No localities are loaded: amounts are national.")


def list_codes(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.table_loading import read_table_list

    read = read_table_list(workspace)
    loaded = [each for each in read.loaded if each.table.kind is TableKind.DIAGNOSES]
    if options.json:
        content = {
            "release": written(read.codes.release),
            "until": written(read.codes.checked_until),
            "is_stale": read.is_code_release_stale,
            "loaded": [_fields(each) for each in loaded],
        }
        say_json(content)
        return
    words = f"ICD-10-CM, release of {long_date(read.codes.release)}"
    say(f"{words}, good for days of service to {long_date(read.codes.checked_until)}.")
    if read.is_code_release_stale:
        say("Today lies behind it. Load the newer release: cocm codes import.")
    _say_loaded(workspace, loaded)


def load(workspace: Workspace, options: Namespace, *, kind: TableKind) -> None:
    from cocm_desktop.actions.table_loading import check_table, load_table

    today = workspace.today()
    choices = TableChoices(
        first=typed.day_or_none("from", options.first, today=today),
        last=typed.day_or_none("to", options.last, today=today),
        is_qualifying=FACTORS.get(getattr(options, "factor", None) or ""),
    )
    checked = check_table(workspace, options.file, kind, choices=choices)
    if not options.preview:
        ack(load_table(workspace, checked.preview).record_id)
    if options.json:
        say_json(_preview_fields(checked))
        return
    _say_preview(checked)


def withdraw(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.table_loading import withdraw_table

    ack(withdraw_table(workspace, options.table, reason=options.reason).record_id)


def _say_preview(checked: CheckedTable) -> None:
    say(checked.preview.title)
    for words in checked.preview.remarks:
        say(words)
    say_table(("row", "reads"), checked.preview.samples[:20])
    for problem in checked.problems:
        say(f"It cannot be loaded: {problem.message}")


def _say_loaded(workspace: Workspace, loaded: list[LoadedTable]) -> None:
    zone = workspace.now().tzinfo
    rows = [
        (
            each.table.id,
            each.table.name,
            each.table.file_name,
            each.table.valid_words,
            f"{each.table.row_count:,}",
            short_date(each.loaded_at.astimezone(zone).date()),
            each.loaded_by,
        )
        for each in loaded
    ]
    say_table(HEADS, rows)


def _fields(each: LoadedTable) -> dict[str, Any]:
    table = each.table
    return {
        "id": table.id,
        "kind": written(table.kind),
        "name": table.name,
        "first": written(table.valid.first),
        "last": written(table.valid.last),
        "is_qualifying": table.is_qualifying,
        "file_name": table.file_name,
        "sha256": table.sha256,
        "rows": table.row_count,
        "loaded_at": written(each.loaded_at),
        "loaded_by": each.loaded_by,
    }


def _preview_fields(checked: CheckedTable) -> dict[str, Any]:
    preview = checked.preview
    return {
        "kind": written(preview.kind),
        "name": preview.name,
        "first": written(preview.valid.first),
        "last": written(preview.valid.last),
        "is_qualifying": preview.is_qualifying,
        "file_name": preview.file_name,
        "sha256": preview.sha256,
        "rows": preview.row_count,
        "remarks": list(preview.remarks),
        "samples": [{"row": row, "reads": reads} for row, reads in preview.samples],
        "problems": [problem.message for problem in checked.problems],
    }
