"""What is prescribed, planned and practiced in one episode of the sample clinic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random

from cocm_desktop.actions.medication import (
    add_medication,
    add_past_trial,
    change_dose,
    stop_medication,
)
from cocm_desktop.actions.plan import write_plan
from cocm_desktop.actions.sample import care_notes as notes
from cocm_desktop.actions.sample.calendar import working_day
from cocm_desktop.actions.sample.event import Deed
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.sample.past import tell_past
from cocm_desktop.actions.sample.pen import Pen
from cocm_desktop.actions.sample.treatment import SLOW_SHAPES, WEEK, Span
from cocm_desktop.actions.treatment import (
    note_goal,
    note_referral_out,
    record_goal,
    record_intervention,
    record_referral_out,
)
from cocm_desktop.domain.goal import GoalDraft, GoalState
from cocm_desktop.domain.ids import (
    DoseId,
    GoalId,
    InterventionId,
    MedicationId,
    PastTrialId,
    PatientId,
    PlanId,
    ReferralOutId,
)
from cocm_desktop.domain.intervention import InterventionDraft
from cocm_desktop.domain.medication import DoseDraft, MedicationDraft, PastTrialDraft, StopDraft
from cocm_desktop.domain.plans import PlanDraft, PlanKind
from cocm_desktop.domain.referral_out import ReferralOutDraft, ReferralResult

CHANCE_OF_SESSION, CHANCE_OF_SECOND_GOAL, CHANCE_OF_DROPPED = 0.28, 0.3, 0.1
WEEKS_AT_DOSE = (5, 11)
UNTIL_GOAL = 6 * WEEK
UNTIL_RESULT = timedelta(days=9)


@dataclass(slots=True)
class Care:
    """Everything of an episode besides contacts, scores and reviews."""

    span: Span
    pen: Pen
    patient_id: PatientId
    random: Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(f"care {self.pen.episode_id}")  # noqa: S311  a story, not a secret

    @property
    def _last(self) -> str:
        return self.span.part.last

    def tell(self, met: Sequence[date]) -> None:
        """Write it down; `met` are the days on which the patient was reached."""
        self._write_care_plan()
        self._set_goals(met)
        self._practice(met)
        if self.span.name == "now":
            tell_past(self.span, self.pen, self.patient_id)
            self._prescribe()
            self._note_other_medicines()
            self._write_safety_plan()
            self._refer_out()

    def _write(self, day: date, minute: int, deed: Deed) -> None:
        """Write down what happened on a day, if the story gets that far."""
        if day <= self.span.last_on and day < self.pen.book.as_of:
            at = self.pen.book.at(day, 16, minute)
            self.pen.book.write(at, self.pen.care_manager, deed)

    def _id(self, what: str, day: date) -> str:
        return sample_id(f"{self.pen.episode_id} {what}", day)

    def _write_care_plan(self) -> None:
        part, day = self.span.part, self.span.enrolled_on
        drug = f"{part.drug} {self.span.dose(day)} daily; look at the dose in week 5."
        self._write_plan(
            PlanKind.CARE_PLAN,
            day,
            {
                "problems": f"{notes.PROBLEMS.get(part.code[:3], part.code)}; {part.life}.",
                "targets": f"{part.primary} at most half of the baseline in 12 weeks, then lower.",
                "interventions": self.random.choice(notes.CARE_PLAN_WORK),
                "medication": drug[:1].upper() + drug[1:] if part.drug else "None for now.",
                "follow_up": "Weekly calls in month 1, then every other week; Wednesday review.",
            },
        )

    def _write_safety_plan(self) -> None:
        part, day = self.span.part, self.span.enrolled_on
        if any(part.item9) or part.open9:
            self._write_plan(PlanKind.SAFETY_PLAN, day, notes.SAFETY_PLAN)

    def _write_plan(self, kind: PlanKind, day: date, parts: dict[str, str]) -> None:
        plan_id = PlanId(self._id(kind.name, day))
        draft = PlanDraft(self.pen.episode_id, kind, day, parts, id=plan_id)
        self._write(day, 40, partial(write_plan, draft=draft))

    def _set_goals(self, met: Sequence[date]) -> None:
        number = 2 if self.random.random() < CHANCE_OF_SECOND_GOAL else 1
        goals = self.random.sample(notes.GOALS, number)
        if self.random.random() < CHANCE_OF_DROPPED:
            goals.append(notes.GOAL_DROPPED)
        later = [day for day in met if day - self.span.enrolled_on >= UNTIL_GOAL]
        for which, (words, measured_by) in enumerate(goals):
            set_on, day = self.span.enrolled_on, later[:1]
            goal_id = GoalId(self._id(f"goal {which}", set_on))
            draft = GoalDraft(
                self.pen.episode_id, words, set_on, measured_by=measured_by, id=goal_id
            )
            self._write(set_on, 42 + which, partial(record_goal, draft=draft))
            state = self._state_of(words)
            if day and state:
                deed = partial(note_goal, goal_id=goal_id, state=state, noted_on=day[0])
                self._write(day[0], 42 + which, deed)

    def _state_of(self, words: str) -> GoalState | None:
        """Say what became of a goal after some weeks; None where it is as open as before."""
        if words == notes.GOAL_DROPPED[0]:
            return GoalState.DROPPED
        going = "slow" if self.span.shape in SLOW_SHAPES else "good"
        return self.random.choice((*notes.GOAL_STATES[going], None))

    def _practice(self, met: Sequence[date]) -> None:
        """Record sessions of a few brief interventions, most of them of one kind."""
        usual = self.random.sample(notes.KINDS, 3)
        for day in met:
            if self.random.random() > CHANCE_OF_SESSION:
                continue
            kind, homework = self.random.choice((usual[0], *usual))
            draft = InterventionDraft(
                self.pen.episode_id,
                day,
                kind,
                homework=homework,
                seconds=self.random.choice((10, 15, 15, 20, 25)) * 60,
                id=InterventionId(self._id("session", day)),
            )
            self._write(day, 45, partial(record_intervention, draft=draft))

    def _prescribe(self) -> None:
        span, day = self.span, self.span.enrolled_on
        if span.part.drug:
            name = MedicationId(self._id("medicine", day))
            self._add_medicine(name, span.part.drug, f"{span.dose(day)} daily", is_for_mind=True)
            taken = span.dose(day)
            for weeks in WEEKS_AT_DOSE:
                on = working_day(day + weeks * WEEK + timedelta(days=2))
                if (dose := span.dose(on)) != taken:
                    dose_id = DoseId(self._id("dose", on))
                    change = DoseDraft(name, f"{dose} daily", on, id=dose_id)
                    self._write(on, 47, partial(change_dose, draft=change))
                taken = dose
        for which, trial in enumerate(notes.PAST_TRIALS.get(self._last, ())):
            trial_id = PastTrialId(self._id(f"trial {which}", day))
            tried = PastTrialDraft(self.patient_id, *trial, id=trial_id)
            self._write(day, 48, partial(add_past_trial, draft=tried))

    def _note_other_medicines(self) -> None:
        day = self.span.enrolled_on
        for name, dose, is_for_mind, stopped_week in notes.OTHER_MEDICINES.get(self._last, ()):
            medicine = MedicationId(self._id(name, day))
            self._add_medicine(medicine, name, dose, is_for_mind=is_for_mind)
            if stopped_week:
                on = working_day(day + stopped_week * WEEK)
                draft = StopDraft(medicine, on, notes.STOPPED, "Little")
                self._write(on, 49, partial(stop_medication, draft=draft))

    def _add_medicine(
        self, medicine: MedicationId, name: str, dose: str, *, is_for_mind: bool
    ) -> None:
        day = self.span.enrolled_on
        before = timedelta(days=0 if is_for_mind else self.random.randint(120, 900))
        draft = MedicationDraft(
            self.patient_id,
            name,
            dose,
            day - before,
            is_psychotropic=is_for_mind,
            id=medicine,
            dose_id=DoseId(self._id(f"{name} first dose", day)),
        )
        self._write(day, 46, partial(add_medication, draft=draft))

    def _refer_out(self) -> None:
        for to, reason, weeks, result in notes.REFERRALS_OUT.get(self._last, ()):
            day = working_day(max(self.pen.book.as_of - weeks * WEEK, self.span.enrolled_on))
            referral = ReferralOutId(self._id(f"referral {to}", day))
            draft = ReferralOutDraft(self.pen.episode_id, to, reason, day, id=referral)
            self._write(day, 50, partial(record_referral_out, draft=draft))
            on = working_day(day + UNTIL_RESULT)
            if result is not ReferralResult.WAITING:
                deed = partial(note_referral_out, referral_id=referral, result=result, noted_on=on)
                self._write(on, 51, deed)
