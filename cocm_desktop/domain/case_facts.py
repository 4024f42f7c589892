"""What a case sheet says of diagnosis and therapy, beside scores, medication and contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.allergies import NOT_RECORDED
from cocm_desktop.domain.background import HistoryNote, ShownRecord
from cocm_desktop.domain.diagnosis import ListedDiagnosis
from cocm_desktop.domain.goal import Goal
from cocm_desktop.domain.intervention import Intervention
from cocm_desktop.domain.medication import PastTrial
from cocm_desktop.domain.screen_result import ScreenResult
from cocm_desktop.domain.wording import long_date

NO_SCREENER = "No C-SSRS recorded"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """The primary diagnosis stands first; sessions and goals are oldest first.

    `history` has the note of each kind that holds; `part2` what may be read today of the records
    of Part 2 programs. `safety_plan_on` is the day of the safety plan that holds; `screener` says
    what the newest safety screener came to, by its own printed triage.
    """

    diagnoses: tuple[ListedDiagnosis, ...] = ()
    screens: tuple[ScreenResult, ...] = ()
    past_trials: tuple[PastTrial, ...] = ()
    allergies: str = NOT_RECORDED
    interventions: tuple[Intervention, ...] = ()
    goals: tuple[Goal, ...] = ()
    history: tuple[HistoryNote, ...] = ()
    part2: tuple[ShownRecord, ...] = ()
    safety_plan_on: date | None = None
    screener: str = ""

    @property
    def settled_diagnoses(self) -> tuple[ListedDiagnosis, ...]:
        """Those ruled out or resolved."""
        return tuple(each for each in self.diagnoses if not each.status.is_current)

    @property
    def open_goals(self) -> tuple[Goal, ...]:
        return tuple(each for each in self.goals if not each.state.is_settled)

    @property
    def safety_words(self) -> str:
        """Say what stands beside an open safety task: the screener, and the plan."""
        planned = self.safety_plan_on
        plan = f"Safety plan of {long_date(planned)}" if planned else "No safety plan on file"
        return f"{plan}. {self.screener or NO_SCREENER}."
