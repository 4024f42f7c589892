"""Scoring answers without any clinic: for forms of others, and for trials of the rules."""

from __future__ import annotations

import json
import sys
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Mapping, Sequence
from typing import Any

from cocm_desktop.actions.instruments import load_instruments
from cocm_desktop.commands import typed
from cocm_desktop.commands.console import say_json
from cocm_desktop.commands.parser import Call
from cocm_desktop.domain.instrument import Instrument, InstrumentId
from cocm_desktop.errors import Problem, Refused

Fields = dict[str, Any]


def declare_score(parser: ArgumentParser) -> None:
    parser.description = (
        "Score an instrument's answers and write JSON. Without arguments, score every line of "
        'the input: {"instrument": "PHQ-9", "answers": [1, 2, null, …]}.'
    )
    parser.add_argument("instrument", nargs="?", metavar="INSTRUMENT", help="PHQ-9 or GAD-7")
    parser.add_argument(
        "answers",
        nargs="?",
        metavar="ANSWERS",
        help="in order, between commas; nothing or - where none was given",
    )
    for name in ("instrument", "answers"):  # as measure has them; a list may begin with a dash
        parser.add_argument(f"--{name}", dest=f"{name}_named", metavar=name.upper(), help=SUPPRESS)
    parser.add_argument("--list", action="store_true", help="list the instruments instead")
    parser.set_defaults(outside=score)


def score(call: Call) -> None:
    known, options = load_instruments(), call.options
    name = options.instrument_named or options.instrument
    given = options.answers_named or options.answers
    if options.list:
        say_json([_described(instrument) for instrument in known.values()])
    elif name is None:
        _score_lines(known)
    elif given is None:
        raise Refused(Problem("answers", "Give the answers in order, between commas."))
    else:
        answers = typed.answers(given)
        say_json(scored_fields(typed.instrument(known, name), answers), indent=None)


def scored_fields(instrument: Instrument, answers: Sequence[int | None]) -> Fields:
    """Give what the answers come to: no total where one is missing, never a risk."""
    scored = instrument.score(answers)
    return {
        "instrument": instrument.id,
        "version": instrument.version,
        "answers": scored.answers,
        "answered": scored.answered,
        "complete": scored.is_complete,
        "total": scored.total,
        "band": scored.band.name if scored.band else None,
        "critical": [{"item": item, "answer": answer} for item, answer in scored.critical],
    }


def _score_lines(known: Mapping[InstrumentId, Instrument]) -> None:
    for number, line in enumerate(sys.stdin, start=1):
        if line.strip():
            try:
                say_json(_score_line(known, line), indent=None)
            except Refused as refusal:
                words = f"Line {number}: {refusal}"
                raise Refused(Problem("line", words)) from None


def _score_line(known: Mapping[InstrumentId, Instrument], line: str) -> Fields:
    try:
        content = json.loads(line)
    except (ValueError, RecursionError):
        content = None
    name, answers = _named(content)
    return scored_fields(typed.instrument(known, name), answers)


def _named(content: Any) -> tuple[str, list[int | None]]:
    if isinstance(content, dict):
        name, answers = content.get("instrument"), content.get("answers")
        if isinstance(name, str) and isinstance(answers, list):
            return name, answers
    words = 'This is not {"instrument": "PHQ-9", "answers": [1, 2, null, …]}.'
    raise Refused(Problem("line", words))


def _described(instrument: Instrument) -> Fields:
    return {
        "instrument": instrument.id,
        "version": instrument.version,
        "title": instrument.title,
        "items": [
            {"item": item.number, "words": item.words, "critical_from": item.critical_from}
            for item in instrument.items
        ],
        "options": [
            {"value": option.value, "words": option.words} for option in instrument.options
        ],
        "bands": [
            {"name": band.name, "lowest": band.lowest, "highest": band.highest}
            for band in instrument.bands
        ],
        "positive_from": instrument.positive_from,
        "remission_below": instrument.remission_below,
    }
