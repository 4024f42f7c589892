"""A patient's own summary: why they are here, who helps, what they take, how they are doing.

It holds no answer to a single question, nothing of a Part 2 program, no judgment and no billing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.allergies import COULD_NOT_BE_ASKED, NO_KNOWN_ALLERGIES, NOT_RECORDED
from cocm_desktop.domain.follow_up import contact_due_on, measure_due_on
from cocm_desktop.domain.goal import Goal, GoalState
from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.medication import Medication
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.patient_language import date_in
from cocm_desktop.domain.plain_diagnosis import plain_diagnoses
from cocm_desktop.domain.plain_dose import dose_in
from cocm_desktop.domain.plan_words import plan_title
from cocm_desktop.domain.plans import Plan, PlanKind, newest
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.summary_words import WORDS, SummaryWords


@dataclass(frozen=True, slots=True)
class SummaryScores:
    """One scale: the first score of the episode and the last, where there are two."""

    instrument: Instrument
    first: Score | None
    last: Score


@dataclass(frozen=True, slots=True)
class PatientSummary:
    """Every sentence is ready to be printed; lists are in the order in which they stand."""

    practice: Practice
    patient: Patient
    today: date
    language: Language
    why: tuple[str, ...]
    team: tuple[str, ...]
    medicines: tuple[tuple[str, str], ...]
    allergies: str
    goals: tuple[tuple[str, str], ...]
    scores: tuple[SummaryScores, ...]
    next_steps: tuple[str, ...]
    crisis: tuple[str, ...]

    @property
    def words(self) -> SummaryWords:
        return WORDS[self.language]

    @property
    def title_of_why(self) -> str:
        """Give what stands above `why`: a patient outside the program is not asked why."""
        is_outside = self.why == (self.words.why_none.format(self.practice.name),)
        return self.words.program if is_outside else self.words.why


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """What the records hold."""

    practice: Practice
    chart: Chart
    plans: Sequence[Plan] = ()
    crisis: tuple[str, ...] = ()


def patient_summary(facts: SummaryFacts, language: Language) -> PatientSummary:
    chart, words = facts.chart, WORDS[language]
    return PatientSummary(
        practice=facts.practice,
        patient=chart.patient,
        today=chart.row.today,
        language=language,
        why=tuple(_why(facts, language)),
        team=tuple(_team(chart, words)),
        medicines=tuple(_medicine(each, language) for each in chart.current_medications),
        allergies=_allergies(chart.facts.allergies, words),
        goals=tuple(_goal(goal, words) for goal in chart.facts.goals if _is_told(goal)),
        scores=tuple(_scores(chart)),
        next_steps=tuple(_next_steps(facts, language)),
        crisis=facts.crisis,
    )


def _allergies(known: str, words: SummaryWords) -> str:
    if known == NO_KNOWN_ALLERGIES:
        return words.no_allergies
    is_asked = known not in {NOT_RECORDED, COULD_NOT_BE_ASKED}
    return words.allergies.format(known) if is_asked else ""


def _why(facts: SummaryFacts, language: Language) -> Iterator[str]:
    row, words = facts.chart.row, WORDS[language]
    since = row.enrolled_on or row.consented_on
    if not row.is_open or since is None:
        yield words.why_none.format(facts.practice.name)
        return
    yield words.why_since.format(date_in(since, language), facts.practice.name)
    if named := plain_diagnoses(facts.chart.diagnoses, language):
        yield words.treated_for.format(", ".join(named))


def _team(chart: Chart, words: SummaryWords) -> Iterator[str]:
    if chart.care_manager is not None and chart.row.is_open:
        yield words.care_manager.format(chart.care_manager.title)
    if chart.practitioner_words:
        yield words.practitioner.format(chart.practitioner_words)
    if chart.row.is_open:
        yield words.consultant


def _medicine(medication: Medication, language: Language) -> tuple[str, str]:
    return medication.name, dose_in(medication.dose.words, language)


def _is_told(goal: Goal) -> bool:
    return goal.state is not GoalState.DROPPED


def _goal(goal: Goal, words: SummaryWords) -> tuple[str, str]:
    """Give the goal as the patient said it, and how it stands or is to be known."""
    if goal.state is GoalState.MET:
        return goal.words, words.met
    return goal.words, words.measured_by.format(goal.measured_by) if goal.measured_by else ""


def _scores(chart: Chart) -> Iterator[SummaryScores]:
    """Give the scale by which the episode is judged, and the two usual ones, as far as scored."""
    for instrument, course in chart.row.courses:
        if course.last is not None and instrument.bands:
            first = course.baseline or course.scores[0]
            yield SummaryScores(instrument, first if first != course.last else None, course.last)


def _next_steps(facts: SummaryFacts, language: Language) -> Iterator[str]:
    chart, words = facts.chart, WORDS[language]
    row = chart.row
    call_on, form_on = contact_due_on(row.follow_up), measure_due_on(row.follow_up)
    if call_on is not None and call_on >= row.today:
        yield words.call_on.format(date_in(call_on, language))
    elif row.is_open:
        yield words.call_us
    if form_on is not None:
        day = date_in(max(form_on, row.today), language)
        yield words.form_on.format(row.primary_instrument.id, day)
    for kind in (PlanKind.SAFETY_PLAN, PlanKind.RELAPSE_PREVENTION_PLAN):
        if plan := newest(facts.plans, kind):
            day = date_in(plan.written_on, language)
            yield words.plan_of.format(plan_title(kind, language), day)
