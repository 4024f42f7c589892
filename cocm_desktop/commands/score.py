"""Scoring answers without any clinic: for forms of others, and for trials of the rules."""

from __future__ import annotations

import json
import sys
from argparse import SUPPRESS, ArgumentParser
from collections.abc import Sequence
from typing import Any

from cocm_desktop.actions.scoring import load_instruments
from cocm_desktop.commands import typed
from cocm_desktop.commands.console import say_json, tell
from cocm_desktop.commands.instrument_fields import instrument_fields
from cocm_desktop.commands.parser import Call, member_of, slugs
from cocm_desktop.domain.form_score import FormScore, score_form
from cocm_desktop.domain.instrument import Instrument, Scale
from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.domain.patient import Sex
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Problem, Refused

Fields = dict[str, Any]
SEXES = {name: member_of(Sex, name) for name in slugs(Sex)}


def declare_score(parser: ArgumentParser) -> None:
    parser.description = (
        "Score an instrument's answers and write JSON. Without arguments, score every line of "
        'the input: {"instrument": "PHQ-9", "answers": [1, 2, null, …]}.'
    )
    parser.add_argument("instrument", nargs="?", metavar="INSTRUMENT", help="see --list")
    parser.add_argument(
        "answers",
        nargs="?",
        metavar="ANSWERS",
        help="in order, between commas; nothing or - where none was given",
    )
    parser.add_argument("--sex", choices=SEXES, help="for cut-offs that depend on it")
    for name in ("instrument", "answers"):  # as measure has them; a list may begin with a dash
        parser.add_argument(f"--{name}", dest=f"{name}_named", metavar=name.upper(), help=SUPPRESS)
    parser.add_argument("--list", action="store_true", help="list the instruments instead")
    parser.set_defaults(outside=score)


def score(call: Call) -> None:
    known, options = load_instruments(), call.options
    name = options.instrument_named or options.instrument
    given = options.answers_named or options.answers
    if options.list:
        say_json([instrument_fields(instrument) for instrument in known.values()])
    elif name is None:
        _score_lines(known)
    elif given is None:
        raise Refused(Problem("answers", "Give the answers in order, between commas."))
    else:
        sex = SEXES[options.sex] if options.sex else None
        say_json(scored_fields(known.named(name), typed.answers(given), sex), indent=None)


def scored_fields(
    instrument: Instrument, answers: Sequence[int | None], sex: Sex | None = None
) -> Fields:
    """Give what the answers come to: no total where one is missing, never a risk of our own."""
    return form_fields(score_form(instrument, answers, sex))


def form_fields(form: FormScore) -> Fields:
    scored, total, triage = form.scored, form.total, form.instrument.triage
    band = form.instrument.band_of(total) if total is not None else None
    return {
        "instrument": form.instrument.id,
        "version": form.instrument.version,
        "answers": scored.answers,
        "answered": scored.answered,
        "asked": scored.asked,
        "complete": scored.is_complete,
        "total": total,
        "band": band.name if band else None,
        "band_confirmed": band.confirmed if band else None,
        "estimate": scored.estimate,
        "critical": [{"item": item, "answer": answer} for item, answer in scored.critical],
        "subscales": [_subscale(scale, value) for scale, value in form.subscales],
        "cut_offs": [
            {
                "purpose": verdict.cut_off.purpose.value,
                "name": verdict.cut_off.name,
                "scale": verdict.cut_off.scale,
                "met": verdict.is_met,
                "confirmed": verdict.cut_off.confirmed,
            }
            for verdict in form.verdicts
        ],
        "published_triage": form.triage
        and triage
        and {
            "words": form.triage.name or None,
            "final": form.triage.is_final,
            "source": triage.source,
            "confirmed": triage.confirmed,
        },
    }


def _subscale(scale: Scale, value: int | None) -> Fields:
    band = scale.band_of(value) if value is not None else None
    return {
        "id": scale.id,
        "name": scale.name,
        "value": value,
        "highest": scale.highest,
        "band": band.name if band else None,
        "confirmed": scale.confirmed,
    }


def _score_lines(known: Catalogue) -> None:
    """Score every line; one that is refused is told with its number, and the rest goes on."""
    done, refused = 0, 0
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            say_json(_score_line(known, line), indent=None)
            done += 1
        except Refused as refusal:
            refused += 1
            for problem in refusal.problems:
                tell(f"Line {number}: {problem.message}")
    if refused:
        words = f"{count_of(refused, 'line')} refused, {done} scored."
        raise Refused(Problem("lines", words))


def _score_line(known: Catalogue, line: str) -> Fields:
    try:
        content = json.loads(line)
    except (ValueError, RecursionError):
        content = None
    name, answers, sex = _named(content)
    return scored_fields(known.named(name), answers, sex)


def _named(content: Any) -> tuple[str, list[int | None], Sex | None]:
    if isinstance(content, dict):
        name, answers = content.get("instrument"), content.get("answers")
        sex = content.get("sex")
        is_known = sex is None or (isinstance(sex, str) and sex in SEXES)
        if isinstance(name, str) and isinstance(answers, list) and is_known:
            return name, answers, SEXES[sex] if sex else None
    words = 'This is not {"instrument": "PHQ-9", "answers": [1, 2, null, …]}.'
    raise Refused(Problem("line", words))
