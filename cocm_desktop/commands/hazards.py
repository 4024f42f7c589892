"""The log of what could harm a patient."""

from __future__ import annotations

from argparse import ArgumentParser

from cocm_desktop.commands.console import say_json, say_table
from cocm_desktop.commands.parser import Call, json_option
from cocm_desktop.domain.hazard import Hazard
from cocm_desktop.errors import Problem, Refused

HEADS = ("id", "severity", "before", "after", "hazard", "controls", "tests")


def declare_hazards(parser: ArgumentParser) -> None:
    parser.add_argument("--id", metavar="H1", help="only this hazard")
    json_option(parser)
    parser.set_defaults(outside=show)


def show(call: Call) -> None:
    """List every hazard with its severity, its likelihood before and after, and its controls."""
    from cocm_desktop.actions.hazards import read_hazards

    wanted = call.options.id
    found = [each for each in read_hazards() if wanted in {None, each.id}]
    if not found:
        raise Refused(Problem("id", f"There is no hazard {wanted}. Without --id all are listed."))
    if call.options.json:
        say_json([_fields(each) for each in found])
    else:
        say_table(HEADS, [_row(each) for each in found])


def _row(hazard: Hazard) -> tuple[str, ...]:
    return (
        hazard.id,
        str(hazard.severity),
        str(hazard.likelihood_before),
        str(hazard.likelihood_after),
        hazard.hazard,
        str(len(hazard.controls)),
        str(len(hazard.tests)),
    )


def _fields(hazard: Hazard) -> dict[str, object]:
    return {
        "id": hazard.id,
        "hazard": hazard.hazard,
        "causes": hazard.causes,
        "effect": hazard.effect,
        "severity": hazard.severity,
        "likelihood_before": hazard.likelihood_before,
        "controls": [
            {"kind": each.kind.value, "words": each.words, "file": each.file}
            for each in hazard.controls
        ],
        "tests": hazard.tests,
        "likelihood_after": hazard.likelihood_after,
        "residual": hazard.residual,
        "accepted_by": hazard.accepted_by,
        "accepted_on": hazard.accepted_on.isoformat(),
    }
