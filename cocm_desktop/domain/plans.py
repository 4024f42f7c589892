"""Plans that are written with the patient: care plan, safety plan, relapse prevention plan.

A plan is never changed: a newer one takes its place, and the older ones stay readable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import EpisodeId, PlanId, new_id
from cocm_desktop.errors import Problem, Refused

LONGEST_FIELD = 1_000


@dataclass(frozen=True, slots=True)
class PlanField:
    """One part of a plan. `lines` is how many lines a printed form leaves for it."""

    name: str
    title: str
    hint: str
    lines: int = 3
    is_needed: bool = False


class PlanKind(Enum):
    CARE_PLAN = "Care plan"
    SAFETY_PLAN = "Safety plan"
    RELAPSE_PREVENTION_PLAN = "Relapse prevention plan"

    @property
    def fields(self) -> tuple[PlanField, ...]:
        return FIELDS[self]

    @property
    def shows_crisis_lines(self) -> bool:
        """Whether the patient keeps it, and so has to find there whom to call."""
        return self is not PlanKind.CARE_PLAN


# Source of the safety plan's parts: Stanley and Brown 2012, doi 10.1016/j.cbpra.2011.01.001, in
# words of our own. Source of the relapse plan's: clinical rules 2.5. The care plan's: 99492, an
# individual plan with problems, targets and interventions.
FIELDS: Mapping[PlanKind, tuple[PlanField, ...]] = {
    PlanKind.CARE_PLAN: (
        PlanField(
            "problems", "Problems", "What the team treats, most important first", 3, is_needed=True
        ),
        PlanField("targets", "Treatment targets", "Such as PHQ-9 below 5 in 12 weeks", 2),
        PlanField("interventions", "Interventions", "Brief therapy, skills, homework", 3),
        PlanField("medication", "Medication plan", "What is taken, what may change", 2),
        PlanField("follow_up", "Follow-up", "Who calls whom, how often", 2),
    ),
    PlanKind.SAFETY_PLAN: (
        PlanField(
            "warning_signs",
            "Warning signs",
            "How I notice that a crisis may come",
            3,
            is_needed=True,
        ),
        PlanField("coping", "What I can do by myself", "To take my mind off it", 3, is_needed=True),
        PlanField("places", "People and places that distract me", "Names and where", 3),
        PlanField("helpers", "People I can ask for help", "Name and phone number", 3),
        PlanField(
            "professionals", "Professionals I can call", "Name and phone number", 3, is_needed=True
        ),
        PlanField("safer_home", "Making my surroundings safer", "Medicines, weapons, keys", 2),
        PlanField("reasons", "What is worth living for", "The most important to me", 2),
    ),
    PlanKind.RELAPSE_PREVENTION_PLAN: (
        PlanField("medication", "Medicines to go on with", "Name, dose, until when", 3),
        PlanField("treatments", "Other treatment", "Therapy, groups", 2),
        PlanField("warning_signs", "My warning signs", "What I notice first", 3, is_needed=True),
        PlanField(
            "helps", "What makes me feel better", "Steps that keep me on track", 3, is_needed=True
        ),
        PlanField("stress", "How I keep stress low", "What I can leave out or ask for", 2),
        PlanField(
            "contacts", "Whom to call", "Practitioner, care manager, others", 3, is_needed=True
        ),
        PlanField("appointments", "Next appointments", "Day and with whom", 2),
        PlanField("self_score", "Checking on myself", "PHQ-9 how often; call at which score", 2),
    ),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """`parts` hold the text of each field by its name; a field left empty has none."""

    id: PlanId
    episode_id: EpisodeId
    kind: PlanKind
    written_on: date
    parts: Mapping[str, str]

    def part(self, name: str) -> str:
        return self.parts.get(name, "")


@dataclass(frozen=True, slots=True)
class PlanDraft:
    episode_id: EpisodeId
    kind: PlanKind
    written_on: date | None
    parts: Mapping[str, str]
    id: PlanId = field(default_factory=lambda: PlanId(new_id()))

    def problems(self, *, today: date) -> Iterator[Problem]:
        known = {part.name for part in self.kind.fields}
        for name in self.parts:
            if name not in known:
                yield Problem(name, f"The {self.kind.value.lower()} has no part {name}.")
        for part in self.kind.fields:
            words = self.parts.get(part.name, "")
            if part.is_needed and not words.strip():
                yield Problem(part.name, f"Fill in: {part.title}.")
            if len(words) > LONGEST_FIELD:
                yield Problem(part.name, f"{part.title} has at most {LONGEST_FIELD} characters.")
        if self.written_on is None:
            yield Problem("written_on", "Type the day on which the plan was written.")
        elif self.written_on > today:
            yield Problem("written_on", "A plan cannot be dated in the future.")

    def accept(self, *, today: date) -> Plan:
        problems = tuple(self.problems(today=today))
        if problems or self.written_on is None:
            raise Refused(*problems)
        parts = {name: words.strip() for name, words in self.parts.items() if words.strip()}
        return Plan(self.id, self.episode_id, self.kind, self.written_on, parts)


def newest(plans: Sequence[Plan], kind: PlanKind) -> Plan | None:
    """Give the plan of a kind that holds: of those given, oldest first, the last."""
    of_kind = [plan for plan in plans if plan.kind is kind]
    return of_kind[-1] if of_kind else None
