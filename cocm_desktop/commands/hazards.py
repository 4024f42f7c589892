"""The log of what could harm a patient."""

from __future__ import annotations

from argparse import ArgumentParser

from cocm_desktop.commands.console import say_json, say_table
from cocm_desktop.commands.parser import Call, json_option
from cocm_desktop.errors import Problem, Refused


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
    if not call.options.json:
        heads = ("id", "severity", "before", "after", "hazard", "controls", "tests")
        say_table(
            heads,
            [
                (
                    each.id,
                    str(each.severity),
                    str(each.likelihood_before),
                    str(each.likelihood_after),
                    each.hazard,
                    str(len(each.controls)),
                    str(len(each.tests)),
                )
                for each in found
            ],
        )
        return
    say_json(
        [
            {
                "id": each.id,
                "hazard": each.hazard,
                "causes": each.causes,
                "effect": each.effect,
                "severity": each.severity,
                "likelihood_before": each.likelihood_before,
                "controls": [
                    {"kind": c.kind.value, "words": c.words, "file": c.file} for c in each.controls
                ],
                "tests": each.tests,
                "likelihood_after": each.likelihood_after,
                "residual": each.residual,
                "accepted_by": each.accepted_by,
                "accepted_on": each.accepted_on.isoformat(),
            }
            for each in found
        ]
    )
