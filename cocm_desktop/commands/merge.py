"""Merging two records of one patient: look, do, undo, list."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.parser import Group, json_option
from cocm_desktop.domain.patient_merge import (
    FIELDS,
    MergeDraft,
    MergePreview,
    PatientMerge,
    field_words,
)
from cocm_desktop.domain.wording import long_date

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def declare_merge(parser: ArgumentParser) -> None:
    group = Group(parser)
    looked = group.add("preview", "set two records side by side; nothing is stored")
    _two(looked)
    json_option(looked)
    looked.set_defaults(work=preview)
    done = group.add("do", "merge one record into another; it can be undone for 30 days")
    _two(done)
    done.add_argument(
        "--take",
        metavar="FIELDS",
        default="",
        help=f"fields to take from the other record, between commas: {', '.join(FIELDS)}",
    )
    done.add_argument("--confirm", metavar="MRN", required=True, help="the surviving MRN")
    done.add_argument(
        "--same-person",
        action="store_true",
        help="say that it is one patient although the dates of birth differ",
    )
    done.set_defaults(work=merge)
    undone = group.add("undo", "bring every record back to where it was")
    undone.add_argument("merge", metavar="ID", help="as merge list shows it")
    undone.add_argument("--reason", metavar="TEXT", required=True)
    undone.set_defaults(work=undo)
    listed = group.add("list", "list merges, those that were undone too")
    json_option(listed)
    listed.set_defaults(work=show)


def _two(parser: ArgumentParser) -> None:
    parser.add_argument("--patient", metavar="MRN", required=True, help="the record that stays")
    parser.add_argument("--other", metavar="MRN", required=True, help="the record that goes")


def preview(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.merge import preview_merge

    survivor = typed.patient(workspace, options.patient)
    other = typed.patient(workspace, options.other)
    found = preview_merge(workspace, survivor.id, other.id)
    if options.json:
        say_json(_fields(found))
        return
    lines = [
        (FIELDS[name], field_words(survivor, name) or "—", field_words(other, name) or "—")
        for name in found.differing
    ]
    say_table(("field", "stays", "other record"), lines)
    for moving in found.moving:
        say(f"Moves: {moving.words}")
    for words in (*found.notes, *(problem.message for problem in found.problems)):
        say(words)


def merge(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.merge import merge_patients

    draft = MergeDraft(
        survivor_id=typed.patient(workspace, options.patient).id,
        other_id=typed.patient(workspace, options.other).id,
        take=frozenset(name for part in options.take.split(",") if (name := part.strip())),
        typed=options.confirm,
        is_birth_confirmed=options.same_person,
    )
    ack(merge_patients(workspace, draft).record_id)


def undo(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.merge import undo_merge

    ack(undo_merge(workspace, options.merge, reason=options.reason).record_id)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.merge import read_merges

    merges = read_merges(workspace)
    if options.json:
        say_json([_merge_fields(each) for each in merges])
        return
    lines = [
        (each.id, long_date(each.merged_at.date()), each.survivor, each.other, _stands(each))
        for each in merges
    ]
    say_table(("id", "merged", "stays", "other record", "state"), lines)


def _stands(each: PatientMerge) -> str:
    if each.undone_at is not None:
        return f"undone {long_date(each.undone_at.date())}"
    return f"can be undone until {long_date(each.undo_until)}"


def _fields(found: MergePreview) -> dict[str, Any]:
    survivor, other = found.survivor.patient, found.other.patient
    return {
        "patient_id": survivor.id,
        "other_id": other.id,
        "differing": {
            name: {"stays": field_words(survivor, name), "other": field_words(other, name)}
            for name in found.differing
        },
        "offered": sorted(found.offered),
        "moving": {moving.plural: moving.count for moving in found.moving},
        "notes": list(found.notes),
        "problems": [problem.message for problem in found.problems],
    }


def _merge_fields(each: PatientMerge) -> dict[str, Any]:
    return {
        "id": each.id,
        "patient_id": each.survivor_id,
        "other_id": each.other_id,
        "patient": each.survivor,
        "other": each.other,
        "other_mrn": each.other_mrn,
        "merged_at": each.merged_at.isoformat(),
        "merged_by": each.merged_by,
        "moved": each.moved,
        "undo_until": each.undo_until.isoformat(),
        "undone_at": each.undone_at.isoformat() if each.undone_at else None,
    }
