"""Instruments: which there are, what one is, and adding one of the clinic's own."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cocm_desktop.commands.console import ack, say, say_json, say_table
from cocm_desktop.commands.instrument_fields import instrument_fields
from cocm_desktop.commands.parser import Group, json_option
from cocm_desktop.domain.form_score import NOT_CONFIRMED
from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.instrument_pack import PackChoices, PackPreview
from cocm_desktop.domain.item_numbers import read_numbers

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def declare_instrument(parser: ArgumentParser) -> None:
    group = Group(parser)
    listed = group.add("list", "list the instruments that can be recorded")
    json_option(listed)
    listed.set_defaults(work=list_all)
    shown = group.add("show", "show an instrument: its items, its rules, its sources")
    shown.add_argument("name", metavar="NAME")
    json_option(shown)
    shown.set_defaults(work=show)
    for name, words in (
        ("preview", "read a definition or a FHIR Questionnaire, and say how it would be scored"),
        ("add", "add a definition or a FHIR Questionnaire to the clinic"),
    ):
        read = group.add(name, words)
        read.add_argument("file", metavar="FILE", type=Path)
        read.add_argument("--as", dest="own_id", metavar="NAME", default="", help="its name here")
        for option, what in (
            ("--not-scored", "questions that do not count"),
            ("--critical", "questions that open a safety task"),
            ("--not-critical", "questions that do not, though they were taken for it"),
        ):
            read.add_argument(option, metavar="LIST", default="", help=f"{what}: 3,10")
        read.add_argument("--bands", metavar="LIST", default="", help="0-4 Minimal,5-9 Mild")
        json_option(read)
        read.set_defaults(work=preview if name == "preview" else add)
    retired = group.add("retire", "offer an instrument of the clinic no more")
    retired.add_argument("name", metavar="NAME")
    retired.add_argument("--reason", metavar="TEXT", required=True)
    retired.set_defaults(work=retire)


def list_all(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.instruments import read_instruments, read_packs

    known, packs = read_instruments(workspace), read_packs(workspace)
    own = {pack.instrument_id for pack in packs}
    if options.json:
        say_json([{**instrument_fields(each), "own": each.id in own} for each in known.values()])
        return
    rows = [
        (each.id, str(each.version), str(len(each.items)), _reach(each), _of(each, own), each.title)
        for each in known.values()
    ]
    say_table(("name", "version", "items", "total", "from", "title"), rows)


def _reach(instrument: Instrument) -> str:
    total = instrument.total
    return f"{total.lowest}–{total.highest}" if total else "none"


def _of(instrument: Instrument, own: Collection[str]) -> str:
    if instrument.id in own:
        return "clinic"
    return "program" if instrument.has_wording else "numbers only"


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.instruments import read_instruments

    instrument = read_instruments(workspace).named(options.name)
    if options.json:
        say_json(instrument_fields(instrument))
        return
    say(f"{instrument.id}, version {instrument.version}: {instrument.title}")
    say(f"{instrument.respondent}, {instrument.recall}, ages {instrument.ages.words}")
    for item in instrument.items:
        answers = ", ".join(f"{option.value} {option.words}" for option in item.options)
        say(f"{item.label}. {item.shown_words} [{answers}]")
    for cut_off in instrument.cut_offs:
        mark = "" if cut_off.confirmed else f" ({NOT_CONFIRMED})"
        say(f"{cut_off.purpose.value}: {cut_off.name}{mark}. {cut_off.source}")
    for words in (instrument.note, instrument.source, instrument.licence):
        if words:
            say(words)


def preview(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.instruments import preview_pack, problems_of

    read = preview_pack(workspace, options.file, _choices(options))
    problems = [problem.message for problem in problems_of(workspace, read)]
    if options.json:
        content = {
            **instrument_fields(read.instrument),
            "kind": read.kind.value,
            "rules": read.rule_words,
            "bands_and_cut_offs": read.band_words,
            "examples": [{"answers": e.answers, "result": e.result} for e in read.examples],
            "remarks": read.remarks,
            "not_understood": read.not_understood,
            "problems": problems,
        }
        say_json(content)
        return
    _say_preview(read, problems)


def add(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.instruments import add_pack, preview_pack

    read = preview_pack(workspace, options.file, _choices(options))
    changed = add_pack(workspace, read)
    ack(changed.record_id)
    if not options.json:
        _say_preview(read, ())


def retire(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.instruments import read_instruments, retire_pack

    instrument = read_instruments(workspace).named(options.name)
    ack(retire_pack(workspace, instrument.id, reason=options.reason).record_id)


def _say_preview(read: PackPreview, problems: Sequence[str]) -> None:
    instrument = read.instrument
    say(f"{instrument.id}, version {instrument.version}: {instrument.title} ({read.kind.value})")
    for item in instrument.items:
        values = ", ".join(f"{option.value} {option.words}" for option in item.options)
        say(f"{item.number}. {item.shown_words} [{values}]")
    for title, lines in (
        ("How it is scored", read.rule_words),
        ("What results are called", read.band_words),
        ("Examples", [f"{each.answers}: {each.result}" for each in read.examples]),
        ("How the file was read", read.remarks),
        ("Not understood, and left out", read.not_understood),
        ("It cannot be added", problems),
    ):
        if lines:
            say(f"{title}:")
            for line in lines:
                say(f"- {line}")


def _choices(options: Namespace) -> PackChoices:
    return PackChoices(
        instrument_id=options.own_id,
        not_scored=read_numbers("not_scored", options.not_scored),
        critical=read_numbers("critical", options.critical),
        not_critical=read_numbers("not_critical", options.not_critical),
        bands=options.bands,
    )
