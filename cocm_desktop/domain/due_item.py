"""One thing that is due for a patient, with the rule it comes from and that rule's inputs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cocm_desktop.domain.clinical_settings import BY_NAME, ClinicalSettings
from cocm_desktop.domain.follow_up import Due, NextDue, Urgency

if TYPE_CHECKING:
    from cocm_desktop.domain.registry import RegistryRow


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule is called, which settings decide it, and whose rule it is."""

    id: str
    title: str
    settings: tuple[str, ...]
    source: str = ""

    @property
    def is_of_review(self) -> bool:
        """Whether it puts the patient on the agenda of the caseload review."""
        return self.id.startswith("R")

    def threshold(self, settings: ClinicalSettings) -> str:
        """Write the settings that decide the rule, each with its value."""
        return "; ".join(BY_NAME[name].words(settings) for name in self.settings)

    @property
    def cited(self) -> str:
        """Where the rule comes from: its own source, or those of its settings."""
        named = dict.fromkeys(BY_NAME[name].source for name in self.settings)
        return self.source or "; ".join(named)


F_CONTACT = Rule(
    "F1",
    "Contact due",
    (
        "first_contact_days",
        "active_interval_weeks",
        "active_weeks",
        "settled_interval_weeks",
        "relapse_prevention_interval_weeks",
    ),
)
F_MEASURE = Rule("F2", "Measure due", ("measure_days",))
F_FIRST = Rule("F3", "First follow-up", ("first_follow_up_days",))
F_STALE = Rule("F4", "Stale score", ("stale_days",))
F_NO_CONTACT = Rule("F5", "No contact", ("no_contact_days",))
F_LONG = Rule("F6", "Long without contact", ("long_no_contact_days",))
F_INACTIVE = Rule("F7", "Inactive: closing proposed", ("inactive_days",))
R_SAFETY = Rule(
    "R0",
    "Safety open",
    ("safety_escalation_days",),
    "AIMS and SCOPE protocols for item 9: the same day",
)
R_SAFETY_CLOSED = Rule(
    "R13",
    "Safety closed since the last review",
    (),
    "SCOPE protocol for item 9: on the consultant's packet until one review later",
)
R_NEW = Rule(
    "R1",
    "Not yet reviewed",
    ("meeting_days",),
    "SCOPE: overdue without a review since the initial assessment; AIMS: new patients first",
)
R_MONTHLY = Rule("R2", "Review due", ("review_days",))
R_PREVENTION = Rule("R3", "Review due in prevention", ("relapse_prevention_review_days",))
R_NON_RESPONSE = Rule("R4", "No response by week 8", ("non_response_week", "consultation_week"))
R_CONSULTATION = Rule("R5", "No recommendation", ("consultation_from_days", "consultation_days"))
R_PLATEAU = Rule("R6", "Plateau", ("plateau_weeks",))
R_WORSE = Rule("R7", "Worse", ("worse_points",))
R_FOLLOW_THROUGH = Rule("R8", "Recommendation not acted on", ("follow_through_days",))
R_QUESTION = Rule("R9", "Question", (), "AIMS and SCOPE: the care manager's flag for the review")
R_STEP_DOWN = Rule("R10", "Ready to step down", ("sustained_days",))
R_LONG = Rule("R11", "Long episode", ("long_episode_weeks",))
R_RELAPSE = Rule("R12", "Relapse in prevention", ("relapse_from",))
R_RECHECK = Rule(
    "R14", "Recheck", (), "The consultant's own words: look at the patient again on this day"
)
RULES: tuple[Rule, ...] = (
    R_SAFETY,
    R_SAFETY_CLOSED,
    R_NEW,
    R_MONTHLY,
    R_PREVENTION,
    R_NON_RESPONSE,
    R_CONSULTATION,
    R_PLATEAU,
    R_WORSE,
    R_FOLLOW_THROUGH,
    R_QUESTION,
    R_STEP_DOWN,
    R_LONG,
    R_RELAPSE,
    R_RECHECK,
    F_CONTACT,
    F_MEASURE,
    F_FIRST,
    F_STALE,
    F_NO_CONTACT,
    F_LONG,
    F_INACTIVE,
)

SAID_FIRST: dict[Rule, int] = {
    rule: place
    for place, rule in enumerate(
        (
            R_SAFETY,
            R_SAFETY_CLOSED,
            R_NON_RESPONSE,
            R_CONSULTATION,
            R_PLATEAU,
            R_RELAPSE,
            R_WORSE,
            R_NEW,
            R_QUESTION,
            R_FOLLOW_THROUGH,
            R_RECHECK,
            R_MONTHLY,
            R_PREVENTION,
            R_STEP_DOWN,
            F_INACTIVE,
            F_LONG,
            F_NO_CONTACT,
            F_FIRST,
            F_CONTACT,
            F_MEASURE,
            F_STALE,
            R_LONG,
        )
    )
}
"""The place of each rule where only one can be said: safety, the agenda, then the follow-up."""


@dataclass(frozen=True, slots=True)
class DueItem:
    """`opened_on` is the day from which the rule holds, `due_on` that by which to act.

    `words` name the inputs, `short` says the same in the width of a column. `proposed_on` is the
    day on which closing is proposed: it is never done by itself.
    """

    rule: Rule
    opened_on: date
    due_on: date
    words: str
    short: str
    settings: ClinicalSettings
    proposed_on: date | None = None

    def is_open_on(self, day: date) -> bool:
        return self.opened_on <= day

    def urgency(self, day: date) -> Urgency:
        return self._due.urgency(day)

    def due_words(self, day: date) -> str:
        """Write when it is due: Overdue 3 d, Today, Nov 30."""
        return self._due.words(day)

    @property
    def threshold(self) -> str:
        return self.rule.threshold(self.settings)

    @property
    def why(self) -> str:
        """Answer "why is this here?": the inputs, the threshold, the source."""
        parts = (
            f"{self.rule.id}: {self.words}",
            f"Setting: {self.threshold}" if self.threshold else "",
            f"Source: {self.rule.cited}",
        )
        return ". ".join(part for part in parts if part) + "."

    @property
    def _due(self) -> NextDue:
        return NextDue(self.due_on, what=Due.CONTACT)


@dataclass(frozen=True, slots=True)
class Days:
    """From when a rule holds, and by when to act."""

    opened_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Said:
    """The words of an item, and the same in the width of a column."""

    words: str
    short: str


def item(row: RegistryRow, rule: Rule, *, on: Days | date, said: Said) -> DueItem:
    """Give an item of a patient, with the thresholds as the practice has set them."""
    days = on if isinstance(on, Days) else Days(on, on)
    return DueItem(rule, days.opened_on, days.due_on, said.words, said.short, row.settings)
