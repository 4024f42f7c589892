"""A patient's history, and what Part 2 programs let the practice know."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say_json, say_table
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    json_option,
    member_of,
    patient_option,
    slug,
    slugs,
)
from cocm_desktop.domain.background import (
    PART2_NOTICE,
    HistoryKind,
    HistoryNote,
    HistoryNoteDraft,
    Part2ConsentDraft,
    Part2RecordDraft,
    ShownRecord,
)
from cocm_desktop.domain.wording import NOTHING, short_date

if TYPE_CHECKING:
    from datetime import date

    from cocm_desktop.actions.workspace import Workspace

NOTE_HEADS = ("id", "part", "noted", "holds", "words")
RECORD_HEADS = ("id", "received", "consent", "program", "words")


def declare_history(parser: ArgumentParser) -> None:
    group = Group(parser)
    noted = group.add("note", "record one part of the history, in place of what was known")
    patient_option(noted)
    noted.add_argument("kind", choices=slugs(HistoryKind))
    noted.add_argument("words", metavar="TEXT", help="a sentence or two")
    noted.add_argument("--on", metavar="DATE", default="today")
    id_option(noted)
    noted.set_defaults(work=note)
    _list_and_void(group, "list the history; with --all what was known before, too", of_notes=True)


def declare_part2(parser: ArgumentParser) -> None:
    group = Group(parser)
    added = group.add("add", "record what a Part 2 program let the practice know")
    patient_option(added)
    added.add_argument("--program", metavar="TEXT", required=True, help="who keeps the record")
    added.add_argument("--words", metavar="TEXT", required=True)
    added.add_argument("--received", metavar="DATE", default="today")
    _consent_options(added)
    id_option(added)
    added.set_defaults(work=add)
    consent = group.add("consent", "set the days of a record's consent; one not given is empty")
    consent.add_argument("record", metavar="ID")
    patient_option(consent)
    _consent_options(consent)
    consent.set_defaults(work=change_consent)
    _list_and_void(group, "list records; words only under a consent that is valid", of_notes=False)


def _list_and_void(group: Group, words: str, *, of_notes: bool) -> None:
    listed = group.add("list", words)
    patient_option(listed)
    if of_notes:
        listed.add_argument("--all", action="store_true", help="older notes, too")
    json_option(listed)
    listed.set_defaults(work=show_history if of_notes else show_records)
    voided = group.add("void", "withdraw one, keeping it")
    voided.add_argument("record", metavar="ID")
    voided.add_argument("--reason", metavar="TEXT", required=True)
    voided.set_defaults(work=void_note if of_notes else void_record)


def _consent_options(parser: ArgumentParser) -> None:
    parser.add_argument("--consent", metavar="DATE", help="the day on which it was given")
    parser.add_argument("--until", metavar="DATE", help="its last day; none without an end")
    parser.add_argument("--revoked", metavar="DATE", help="the day from which it holds no more")


def note(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.background import note_history

    draft = HistoryNoteDraft(
        patient_id=typed.patient(workspace, options.patient).id,
        kind=member_of(HistoryKind, options.kind),
        words=options.words,
        noted_on=typed.day("on", options.on, today=workspace.today(), past=True),
        **id_given(options),
    )
    ack(note_history(workspace, draft).record_id)


def add(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.background import record_part2

    draft = Part2RecordDraft(
        patient_id=typed.patient(workspace, options.patient).id,
        program=options.program,
        words=options.words,
        received_on=typed.day("received", options.received, today=workspace.today(), past=True),
        consent=_consent(workspace, options),
        **id_given(options),
    )
    ack(record_part2(workspace, draft).record_id)


def change_consent(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.background import change_part2_consent, read_background

    records = read_background(workspace, typed.patient(workspace, options.patient).id).records
    version = next((each.version for each in records if each.id == options.record), 1)
    consent = _consent(workspace, options)
    ack(change_part2_consent(workspace, options.record, consent, version=version).record_id)


def void_note(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.background import void_history_note

    ack(void_history_note(workspace, options.record, reason=options.reason).record_id)


def void_record(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.background import void_part2

    ack(void_part2(workspace, options.record, reason=options.reason).record_id)


def show_history(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.background import read_background

    found = read_background(workspace, typed.patient(workspace, options.patient).id)
    holding = {each.id for each in found.history}
    notes = found.notes if options.all else found.history
    if options.json:
        say_json([_note_fields(each, holds=each.id in holding) for each in notes])
        return
    rows = [
        (
            each.id,
            each.kind.value,
            short_date(each.noted_on),
            "yes" if each.id in holding else "no",
            each.words,
        )
        for each in notes
    ]
    say_table(NOTE_HEADS, rows)


def show_records(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.background import read_background

    records = read_background(workspace, typed.patient(workspace, options.patient).id).records
    if options.json:
        say_json([_record_fields(each) for each in records])
        return
    rows = [
        (
            each.id,
            short_date(each.received_on),
            each.consent_words,
            each.program or NOTHING,
            f"{each.words} {PART2_NOTICE}" if each.is_open else NOTHING,
        )
        for each in records
    ]
    say_table(RECORD_HEADS, rows)


def _consent(workspace: Workspace, options: Namespace) -> Part2ConsentDraft:
    today = workspace.today()
    return Part2ConsentDraft(
        typed.day_or_none("consent", options.consent, today=today),
        typed.day_or_none("until", options.until, today=today),
        typed.day_or_none("revoked", options.revoked, today=today),
    )


def _note_fields(each: HistoryNote, *, holds: bool) -> dict[str, object]:
    return {
        "id": each.id,
        "kind": slug(each.kind),
        "noted_on": each.noted_on.isoformat(),
        "holds": holds,
        "words": each.words,
    }


def _record_fields(each: ShownRecord) -> dict[str, object]:
    return {
        "id": each.id,
        "received_on": each.received_on.isoformat(),
        "consent": slug(each.consent),
        "consent_on": _day(each.days.consent_on),
        "consent_ends_on": _day(each.days.consent_ends_on),
        "revoked_on": _day(each.days.revoked_on),
        "program": each.program if each.is_open else None,
        "words": each.words if each.is_open else None,
        "notice": PART2_NOTICE if each.is_open else None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
