"""What could harm a patient through this program, and what stands against it.

The method is that of ISO 14971: a design that makes the harm impossible comes before an alarm, an
alarm before a label, a label before training.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Final

SEVERE: Final = 4
"""From here on a hazard needs an automated test: harm that lasts, or death."""

SEVERITIES: Final = {
    1: "no harm",
    2: "nuisance or delay",
    3: "harm that passes",
    4: "harm that lasts, or a breach of confidence",
    5: "death or grave harm",
}


class ControlKind(Enum):
    """In the order in which they are worth something; the value is the word for people."""

    DESIGN = "design"
    ALARM = "alarm"
    LABEL = "label"
    TRAINING = "training"


@dataclass(frozen=True, slots=True)
class Control:
    """What stands against a hazard, and the file in which it is done."""

    kind: ControlKind
    words: str
    file: str


@dataclass(frozen=True, slots=True)
class Hazard:
    """One line of the log. Likelihoods are judged, not measured: before the controls and after."""

    id: str
    hazard: str
    causes: tuple[str, ...]
    effect: str
    severity: int
    likelihood_before: int
    controls: tuple[Control, ...]
    tests: tuple[str, ...]
    likelihood_after: int
    residual: str
    accepted_by: str
    accepted_on: date

    @property
    def is_severe(self) -> bool:
        return self.severity >= SEVERE


def hazards_of(content: Sequence[Mapping[str, Any]]) -> tuple[Hazard, ...]:
    """Read the log; what does not fit is a fault of the program's own file."""
    return tuple(_hazard(each) for each in content)


def _hazard(given: Mapping[str, Any]) -> Hazard:
    controls = tuple(
        Control(ControlKind(kind), words, file) for kind, words, file in given["controls"]
    )
    return Hazard(
        id=given["id"],
        hazard=given["hazard"],
        causes=tuple(given["causes"]),
        effect=given["effect"],
        severity=given["severity"],
        likelihood_before=given["likelihood_before"],
        controls=tuple(sorted(controls, key=lambda each: list(ControlKind).index(each.kind))),
        tests=tuple(given["tests"]),
        likelihood_after=given["likelihood_after"],
        residual=given["residual"],
        accepted_by=given["accepted_by"],
        accepted_on=date.fromisoformat(given["accepted_on"]),
    )


_HEAD: Final = """# What could harm a patient

CoCM Desktop keeps a list of what could go wrong for a patient because of it, and of what stands
against each. The practice's own risks are not in it: what happens away from this computer only the
practice can know. Severity runs from 1 (no harm) to 5 (death or grave harm), likelihood from 1
(hardly ever) to 5 (nearly always); both are judged by the makers, not measured. Whatever has
severity 4 or 5 is also tried by tests that run before each release; `cocm hazards --json` names
them.

Not in the list because the program does not do it: it diagnoses nothing, chooses no treatment,
watches nobody and alerts nobody outside this computer. A 0 on item 9 does not rule out risk.
"""


def as_help_page(hazards: Sequence[Hazard]) -> str:
    """Write the log as the page of the help."""
    parts = [_HEAD]
    for hazard in hazards:
        controls = [f"- {each.words} *({each.kind.value})*" for each in hazard.controls]
        scale = (
            f"Severity {hazard.severity} ({SEVERITIES[hazard.severity]}). Likelihood "
            f"{hazard.likelihood_before} before, {hazard.likelihood_after} with what stands "
            f"against it."
        )
        parts.append(
            "\n".join(
                [
                    f"## {hazard.id} {hazard.hazard}\n",
                    f"{hazard.effect} It comes from: {'; '.join(hazard.causes)}.\n",
                    *controls,
                    f"\n{scale} What is left: {hazard.residual}\n",
                ]
            )
        )
    return "\n".join(parts)
