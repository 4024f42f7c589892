"""Patients by chance, with texts that no practice has: the same seed, the same patient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from cocm_desktop.domain.background import Part2Record
from cocm_desktop.domain.case_facts import CaseFacts
from cocm_desktop.domain.case_review import CaseReview, RecommendationKind, Step
from cocm_desktop.domain.case_review import RecommendationStatus as Status
from cocm_desktop.domain.contact import ContactKind, ContactOutcome
from cocm_desktop.domain.diagnosis import Diagnosis
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.measure import Measure, Score
from cocm_desktop.domain.medication import Adherence, Intake, Medication
from cocm_desktop.domain.outcome import Course, course_of
from cocm_desktop.domain.patient import Sex
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import CaseSheet, ContactWithMinutes
from cocm_desktop.domain.review_priority import AgendaEntry, Reason, Section
from cocm_desktop.domain.safety import SafetyTask
from tests.builders import (
    BELL,
    NOW,
    TODAY,
    a_care_manager,
    a_case_review,
    a_chart,
    a_contact,
    a_diagnosis,
    a_measure,
    a_medication,
    a_part2_record,
    a_patient,
    a_practitioner,
    a_row,
    a_safety_task,
    case_facts,
    gad7,
    id_of,
    phq9,
)

Value = TypeVar("Value")
WORDS = (
    *("sleep", "W", "Donaudampfschifffahrt", "García-López", "a", "50 mg", "<b>&amp;</b>"),
    *("王小明", "ﷺ", "שלום עולם", "مرحبا", "👨‍👩‍👧", "é̂̃", "Þórður", "\u200b", "\n", "\t", "…"),
    *("supercalifragilisticexpialidocious" * 5, "ﬁ", "İ\u0131", "ᄒ", "(555) 712-4709"),
)
LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Chance:
    """Draws everything that a sheet shows from one source."""

    random: Random

    def text(self) -> str:
        """Give nothing, a word, one letter a thousand times, or a thousand characters of words."""
        form = self.random.randrange(6)
        if form == 0:
            return ""
        if form == 1:
            return self.random.choice(WORDS) * self.random.choice((1, 400))
        gap = self.random.choice((" ", " ", "-", ""))
        count = self.random.choice((2, 8, 30, 200))
        return gap.join(self.random.choices(WORDS, k=count))[:LONGEST]

    def day(self, most: int = 900) -> date:
        return TODAY - timedelta(days=self.random.randrange(most))

    def some(self, make: Callable[[], Value], *counts: int) -> tuple[Value, ...]:
        return tuple(make() for _ in range(self.random.choice(counts)))

    def sheet(self) -> CaseSheet:
        choose, measures = self.random.choice, self._measures()
        row = self._row(measures)
        patient = replace(
            a_patient(),
            id=row.patient_id,
            last_name=row.last_name,
            first_name=row.first_name,
            mrn=row.mrn,
            preferred_name=self.text(),
            sex=choose(list(Sex)),
            treating_practitioner=self.text(),
        )
        chart = a_chart(
            row,
            patient=patient,
            measures=measures,
            contacts=self.some(self._contact, 0, 1, 4, 100),
            diagnoses=self.some(self._diagnosis, 0, 1, 15),
            medications=self.some(self._medicine, 0, 2, 6, 50),
            facts=self._facts(),
            safety_tasks=self.some(self._task, 0, 0, 1, 6),
            care_manager=choose([None, a_care_manager(name=self.text())]),
            treating_practitioner=choose([None, a_practitioner()]),
            reviews=tuple(self._review(week) for week in range(choose((0, 1, 3, 30)), 0, -1)),
            staff_names={BELL: self.text()},
        )
        sections = self.some(lambda: choose(list(Section)), 1, 2, 6)
        reasons = tuple(Reason(f"R{n}", each, self.text()) for n, each in enumerate(sections))
        return CaseSheet(AgendaEntry(row, reasons), chart)

    def _row(self, measures: tuple[Measure, ...]) -> RegistryRow:
        choose = self.random.choice
        enrolled_on = choose((None, self.day()))
        return a_row(
            last_name=self.text() or "Ng",
            first_name=self.text() or "K.",
            mrn=self.text(),
            enrolled_on=enrolled_on,
            status=choose(list(EpisodeStatus)),
            phq9=_course(measures, str(phq9().id), enrolled_on),
            gad7=_course(measures, str(gad7().id), enrolled_on),
            question=self.text(),
            care_manager=self.text(),
            safety_answer=choose((None, None, 1, 3)),
            safety_closed_on=choose((None, TODAY)),
            seconds_this_month=self.random.randrange(100_000),
        )

    def _measures(self) -> tuple[Measure, ...]:
        made = self.some(self._measure, 0, 1, 6, 200)
        return tuple(sorted(made, key=lambda measure: measure.taken_on))

    def _measure(self) -> Measure:
        choose, is_phq9 = self.random.choice, self.random.random() < 0.6
        return a_measure(
            choose((None, *range(22))),
            taken_on=self.day(),
            instrument=phq9() if is_phq9 else gad7(),
            critical=choose((None, 0, 3)) if is_phq9 else None,
            difficulty=choose((None, 0, 3)),
        )

    def _contact(self) -> ContactWithMinutes:
        choose = self.random.choice
        contact = a_contact(
            made_on=self.day(60),
            kind=choose(list(ContactKind)),
            outcome=choose(list(ContactOutcome)),
            note=self.text(),
        )
        return ContactWithMinutes(contact, self.random.randrange(480), "M. Bell, LCSW")

    def _diagnosis(self) -> Diagnosis:
        return a_diagnosis(code="F33.41", title=self.text())

    def _medicine(self) -> Medication:
        choose, words = self.random.choice, self.text()
        intake = choose((None, Intake(Adherence.RARELY, words, TODAY)))
        return a_medication(
            words or "x",
            (self.text(), self.day()),
            intake=intake,
            stopped_on=choose((None, None, TODAY)),
            response=words,
            stop_reason=self.text(),
            is_psychotropic=choose((True, False)),
        )

    def _task(self) -> SafetyTask:
        choose = self.random.choice
        task = a_safety_task(answer=choose((1, 2, 3)), answered_on=self.day(90))
        if choose((True, False)):
            task = replace(task, measure_id=None, reason=self.text() or "x")
        if choose((True, False)):
            task = replace(
                task,
                closed_on=TODAY,
                closed_at=NOW,
                assessed=self.text(),
                action=self.text(),
                told=self.text(),
            )
        return task

    def _facts(self) -> CaseFacts:
        facts = case_facts(self.text(), self.random.choice((0, 1, 3, 9)))
        kept = self.random.sample(facts.history, self.random.randint(0, len(facts.history)))
        return replace(
            facts,
            allergies=self.text() or "Not recorded",
            history=tuple(replace(note, words=self.text() or "x") for note in kept),
            part2=tuple(each.shown_on(TODAY) for each in self.some(self._record, 0, 0, 1, 4)),
            safety_plan_on=self.random.choice((None, TODAY)),
        )

    def _record(self) -> Part2Record:
        choose = self.random.choice
        return a_part2_record(
            self.text() or "x",
            program=self.text() or "x",
            consent_on=choose((None, TODAY)),
            revoked_on=choose((None, None, TODAY)),
        )

    def _review(self, week: int) -> CaseReview:
        choose, words = self.random.choice, self.text() or "x"
        [asked] = a_case_review().recommendations
        reviewed_on = TODAY - timedelta(weeks=week)
        step = Step(choose(list(Status)), choose((reviewed_on, TODAY)), BELL, self.text())
        kinds = self.some(lambda: choose(list(RecommendationKind)), 1, 2, 9)
        steps = choose(((), (step,)))
        given = tuple(replace(asked, kind=kind, words=words, steps=steps) for kind in kinds)
        return a_case_review(reviewed_on, recommendations=given)


def _course(measures: tuple[Measure, ...], scale: str, enrolled_on: date | None) -> Course:
    scores = [
        Score(m.taken_on, m.total, m.critical)
        for m in measures
        if m.instrument_id == scale and m.total is not None
    ]
    return course_of(scores, enrolled_on=enrolled_on, remission_below=5)


def random_sheet(seed: int) -> CaseSheet:
    return Chance(Random(id_of(f"sheet {seed}"))).sheet()
