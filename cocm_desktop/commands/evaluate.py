"""Evaluating one patient's month from facts that are in no database."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cocm_desktop.actions.billing_tables import load_tables
from cocm_desktop.actions.month_input import month_from, month_in, month_of
from cocm_desktop.commands.console import say_json
from cocm_desktop.commands.parser import Call
from cocm_desktop.domain.billing.check import Check
from cocm_desktop.domain.billing.claim_checks import BilledLine
from cocm_desktop.domain.billing.evaluation import MonthResult, evaluate_month
from cocm_desktop.domain.billing.evaluation_facts import FORMAT, PatientMonth
from cocm_desktop.domain.described import example_of, schema_of, written
from cocm_desktop.errors import Problem, Refused, Unavailable

RESULT_FORMAT = "cocm month result 1"
Fields = dict[str, Any]


def declare_evaluate(parser: ArgumentParser) -> None:
    parser.description = (
        "Evaluate the facts of one patient's month and write codes, blocks, warnings, time left "
        "out, the day of service and amounts as JSON. Nothing is stored and no clinic is needed."
    )
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="the facts as JSON; - or nothing: the input"
    )
    parser.add_argument("--each-line", action="store_true", help="evaluate every line by itself")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--schema", action="store_true", help="write the facts' JSON Schema")
    instead.add_argument("--example", action="store_true", help="write facts with every field")
    instead.add_argument("--rule-sets", action="store_true", help="write the payers' rule sets")
    parser.set_defaults(outside=evaluate)


def evaluate(call: Call) -> None:
    options = call.options
    if options.schema:
        head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": FORMAT}
        say_json({**head, **schema_of(PatientMonth)})
    elif options.example:
        say_json(example_of(PatientMonth))
    elif options.rule_sets:
        say_json(written(load_tables().rule_sets.all()))
    elif options.each_line:
        _evaluate_lines(options.file)
    else:
        named = _named(options.file)
        say_month(month_in(named) if named else month_from(sys.stdin.buffer))


def say_month(facts: PatientMonth, *, indent: int | None = 1) -> None:
    say_json(result_fields(evaluate_month(facts, load_tables())), indent=indent)


def result_fields(result: MonthResult) -> Fields:
    """Write a result as JSON. The names are a promise: see the help page."""
    split = result.split
    return {
        "format": RESULT_FORMAT,
        "kind": written(result.kind),
        "minutes": result.time.minutes,
        "seconds": result.time.seconds,
        "counted": [{"id": each.id, "seconds": each.seconds} for each in result.time.counted],
        "excluded": [
            {
                "id": each.id,
                "seconds": each.seconds,
                "reason": written(each.reason),
                "words": each.reason.value,
            }
            for each in result.time.dropped
        ],
        "reached": [{"code": each.code, "units": each.units} for each in result.reached],
        "lines": _lines(result.lines),
        "unbilled_minutes": result.unbilled_minutes,
        "served_on": written(result.served_on),
        "allowed_cents": result.allowed_cents,
        "charge_cents": result.charge_cents,
        "medicare": split
        and {
            "patient_cents": split.patient,
            "sequestered_cents": split.sequestered,
            "paid_cents": split.paid,
        },
        "blocks": [_check(each) for each in result.blocks],
        "warnings": [_check(each) for each in result.warnings],
        "alternative": _lines(result.alternative),
        "versions": written(result.versions),
    }


def _evaluate_lines(file: str | None) -> None:
    named = _named(file)
    try:
        lines = sys.stdin.buffer if named is None else named.open("rb")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Unavailable(f"The file cannot be read: {reason}.") from error
    with lines:
        _evaluate_each(lines)


def _evaluate_each(lines: Iterable[bytes]) -> None:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                say_month(month_of(line), indent=None)
            except Refused as refusal:
                raise Refused(Problem("line", f"Line {number}: {refusal}")) from None


def _named(file: str | None) -> Path | None:
    return None if file in {None, "-"} else Path(file or "")


def _check(check: Check) -> Fields:
    return {"id": check.id.value, "words": check.words, "code": check.code or None}


def _lines(lines: tuple[BilledLine, ...]) -> list[Fields]:
    return [written(line) for line in lines]
