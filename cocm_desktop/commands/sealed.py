"""Sealed notes: their words come from the input, never from the arguments."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.parser import Group, id_given, id_option, json_option, patient_option
from cocm_desktop.domain.sealed_note import LONGEST_SEALED_NOTE, SealedNoteDraft
from cocm_desktop.domain.wording import NOTHING, short_date
from cocm_desktop.errors import Problem, Refused

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace
    from cocm_desktop.domain.ids import StaffId

HEADS = ("id", "written", "author")


def declare_sealed(parser: ArgumentParser) -> None:
    group = Group(parser)
    written = group.add("write", "seal the note that comes on the input")
    patient_option(written)
    written.add_argument("--on", metavar="DATE", default="today")
    confirmed = "keep it though it seems to hold what belongs in the record"
    written.add_argument("--confirm", action="store_true", help=confirmed)
    id_option(written)
    written.set_defaults(work=write)
    listed = group.add("list", "list a patient's sealed notes, without their words")
    patient_option(listed)
    json_option(listed)
    listed.set_defaults(work=show)
    opened = group.add("read", "write the words of one note to the output")
    opened.add_argument("note", metavar="ID")
    opened.add_argument("--reason", metavar="TEXT", default="", help="for another's note")
    opened.set_defaults(work=read)
    voided = group.add("void", "withdraw a note of one's own, keeping it")
    voided.add_argument("note", metavar="ID")
    voided.add_argument("--reason", metavar="TEXT", required=True)
    voided.set_defaults(work=void)
    let = group.add("let", "let a colleague open the sealed notes")
    let.add_argument("staff", metavar="NAME")
    let.set_defaults(work=give)
    keep = group.add("keep-from", "take the key of the sealed notes from somebody")
    keep.add_argument("staff", metavar="NAME")
    keep.add_argument("--reason", metavar="TEXT", required=True)
    keep.set_defaults(work=take)


def write(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.sealed_note import write_sealed_note

    draft = SealedNoteDraft(
        patient_id=typed.patient(workspace, options.patient).id,
        words=_input(),
        written_on=typed.day("on", options.on, today=workspace.today(), past=True),
        is_confirmed=options.confirm,
        **id_given(options),
    )
    ack(write_sealed_note(workspace, draft).record_id)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.sealed_note import read_sealed_notes

    found = read_sealed_notes(workspace, typed.patient(workspace, options.patient).id)
    names = [found.authors.get(note.author_id, NOTHING) for note in found.notes]
    if options.json:
        say_json(
            [
                {"id": note.id, "written_on": note.written_on.isoformat(), "author": name}
                for note, name in zip(found.notes, names, strict=True)
            ]
        )
        return
    rows = [
        (note.id, short_date(note.written_on), name)
        for note, name in zip(found.notes, names, strict=True)
    ]
    say_table(HEADS, rows)


def read(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.sealed_note import open_sealed_note

    say(open_sealed_note(workspace, options.note, reason=options.reason))


def void(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.sealed_note import void_sealed_note

    ack(void_sealed_note(workspace, options.note, reason=options.reason).record_id)


def give(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.sealed_note import let_open_sealed_notes

    ack(let_open_sealed_notes(workspace, _staff(workspace, options)).record_id)


def take(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.sealed_note import keep_from_sealed_notes

    change = keep_from_sealed_notes(workspace, _staff(workspace, options), reason=options.reason)
    ack(change.record_id)


def _staff(workspace: Workspace, options: Namespace) -> StaffId:
    from cocm_desktop.actions.staff import read_staff

    return typed.staff_member(read_staff(workspace), options.staff, field="staff").id


def _input() -> str:
    if sys.stdin is None:
        raise Refused(Problem("words", "The note comes on the input, and there is none."))
    words = sys.stdin.read(LONGEST_SEALED_NOTE + 1)
    if any("\ud800" <= letter <= "\udfff" for letter in words):
        raise Refused(Problem("words", "The input holds characters that no record can hold."))
    return words
