"""Brief interventions of an episode."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import EpisodeId, InterventionId, StaffId, new_id
from cocm_desktop.domain.wording import minutes_of
from cocm_desktop.errors import Problem, Refused

LONGEST_NOTE = 400
LONGEST_MINUTES = 240


class InterventionKind(Enum):
    """Source: AIMS Center, evidence-based brief interventions used in collaborative care."""

    BEHAVIORAL_ACTIVATION = "Behavioral activation"
    PROBLEM_SOLVING = "Problem-solving treatment"
    MOTIVATIONAL_INTERVIEWING = "Motivational interviewing"
    COGNITIVE_BEHAVIORAL = "Cognitive behavioral skills"
    RELAXATION = "Relaxation and breathing"
    SLEEP = "Sleep habits"
    DISTRESS_TOLERANCE = "Distress tolerance"
    PSYCHOEDUCATION = "Education about the illness"
    MEDICATION_SUPPORT = "Support with medication"
    OTHER = "Other"


@dataclass(frozen=True, slots=True)
class Intervention:
    """One session of an intervention. `homework` is what was agreed until the next.

    `seconds` is how long it took, where somebody noted it; billing counts only time entries.
    """

    id: InterventionId
    episode_id: EpisodeId
    staff_id: StaffId
    given_on: date
    kind: InterventionKind
    note: str = ""
    homework: str = ""
    seconds: int | None = None

    @property
    def minutes(self) -> int | None:
        return None if self.seconds is None else minutes_of(self.seconds)


@dataclass(frozen=True, slots=True)
class InterventionDraft:
    episode_id: EpisodeId
    given_on: date | None
    kind: InterventionKind | None
    note: str = ""
    homework: str = ""
    seconds: int | None = None
    id: InterventionId = field(default_factory=lambda: InterventionId(new_id()))

    def problems(self, *, today: date) -> Iterator[Problem]:
        if self.given_on is None:
            yield Problem("given_on", "Type the day of the session.")
        elif self.given_on > today:
            yield Problem("given_on", "A session cannot be dated in the future.")
        if self.kind is None:
            yield Problem("kind", "Choose the intervention.")
        if self.kind is InterventionKind.OTHER and not self.note.strip():
            yield Problem("note", "Say in a few words what was done.")
        if self.seconds is not None and not 0 < minutes_of(self.seconds) <= LONGEST_MINUTES:
            words = f"A session takes 1 to {LONGEST_MINUTES} minutes; leave it empty if not known."
            yield Problem("minutes", words)
        for name, words in (("note", self.note), ("homework", self.homework)):
            if len(words) > LONGEST_NOTE:
                yield Problem(name, f"The {name} has at most {LONGEST_NOTE} characters.")

    def accept(self, *, staff_id: StaffId, today: date) -> Intervention:
        problems = tuple(self.problems(today=today))
        if problems or self.given_on is None or self.kind is None:
            raise Refused(*problems)
        return Intervention(
            id=self.id,
            episode_id=self.episode_id,
            staff_id=staff_id,
            given_on=self.given_on,
            kind=self.kind,
            note=self.note.strip(),
            homework=self.homework.strip(),
            seconds=self.seconds,
        )


def sessions_by_kind(interventions: tuple[Intervention, ...]) -> dict[InterventionKind, int]:
    """Count the sessions of each kind, the most frequent first."""
    kinds = [intervention.kind for intervention in interventions]
    counted = {kind: kinds.count(kind) for kind in InterventionKind if kind in kinds}
    return dict(sorted(counted.items(), key=lambda item: -item[1]))
