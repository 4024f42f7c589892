"""Patients as a chart may never see them: every text at its longest, every list at its fullest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from cocm_desktop.domain.case_review import CaseReview, RecommendationStatus, Step
from cocm_desktop.domain.contact import ContactKind, ContactOutcome
from cocm_desktop.domain.diagnosis import Diagnosis
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.measure import Measure, Score
from cocm_desktop.domain.medication import Adherence, Intake, Medication
from cocm_desktop.domain.outcome import course_of
from cocm_desktop.domain.patient import LONGEST_NAME, LONGEST_TEXT, Sex
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import CaseSheet, Chart, ContactWithMinutes
from cocm_desktop.domain.review_priority import AgendaEntry, Reason, Section
from tests.builders import (
    BELL,
    TODAY,
    a_care_manager,
    a_case_review,
    a_chart,
    a_contact,
    a_diagnosis,
    a_measure,
    a_medication,
    a_patient,
    a_practitioner,
    a_row,
    a_safety_task,
    case_facts,
    gad7,
    phq9,
)

MOST_MEASURES = 60
MOST_CONTACTS = 100

letters = st.characters(exclude_categories=["Cs"])
names = st.one_of(
    st.text(letters, min_size=1, max_size=LONGEST_NAME),
    st.text("Wm王ﷺЩ", min_size=1, max_size=LONGEST_NAME),
    st.sampled_from(["O’Brien", "Wolfeschlegelsteinhausenbergerdorff" * 3, "<b>Bold</b> & Co"]),
)
lines = st.one_of(
    st.text(letters, max_size=LONGEST_TEXT),
    st.text("Wm \n", max_size=LONGEST_TEXT),
    st.just(""),
    st.just("a line that goes on " * 20),
)
days = st.integers(0, 900).map(lambda ago: TODAY - timedelta(days=ago))


@st.composite
def measures(draw: DrawFn) -> tuple[Measure, ...]:
    totals = st.one_of(st.none(), st.integers(0, 21))
    drawn = draw(
        st.lists(st.tuples(days, totals, st.booleans()), max_size=MOST_MEASURES, unique=True)
    )
    made = [
        a_measure(
            total,
            taken_on=day,
            instrument=phq9() if is_phq9 else gad7(),
            critical=draw(st.sampled_from([None, 0, 3])) if is_phq9 else None,
            difficulty=draw(st.sampled_from([None, 0, 3])),
        )
        for day, total, is_phq9 in drawn
    ]
    return tuple(sorted(made, key=lambda measure: measure.taken_on))


@st.composite
def rows(draw: DrawFn, made: tuple[Measure, ...] = ()) -> RegistryRow:
    enrolled_on: date | None = draw(st.one_of(st.none(), days))
    courses = [
        course_of(
            [
                Score(m.taken_on, m.total, m.critical)
                for m in made
                if m.instrument_id == instrument.id and m.total is not None
            ],
            enrolled_on=enrolled_on,
            remission_below=5,
        )
        for instrument in (phq9(), gad7())
    ]
    return a_row(
        last_name=draw(names),
        first_name=draw(names),
        mrn=draw(lines),
        enrolled_on=enrolled_on,
        status=draw(st.sampled_from(list(EpisodeStatus))),
        phq9=courses[0],
        gad7=courses[1],
        question=draw(lines),
        care_manager=draw(lines),
        safety_answer=draw(st.sampled_from([None, 1, 3])),
        seconds_this_month=draw(st.integers(0, 100_000)),
    )


@st.composite
def charts(draw: DrawFn) -> Chart:
    made = draw(measures())
    row = draw(rows(made))
    tasks = draw(st.integers(0, 6))
    advised = draw(lines)
    patient = replace(
        a_patient(),
        id=row.patient_id,
        last_name=row.last_name,
        first_name=row.first_name,
        mrn=row.mrn,
        preferred_name=draw(lines),
        sex=draw(st.sampled_from(list(Sex))),
        treating_practitioner=draw(lines),
    )
    return a_chart(
        row,
        patient=patient,
        measures=made,
        contacts=draw(contacts()),
        diagnoses=draw(diagnoses()),
        medications=draw(medications()),
        facts=case_facts(draw(lines), draw(st.integers(0, 9))),
        safety_tasks=tuple(a_safety_task(answer=1 + n % 3) for n in range(tasks)),
        care_manager=draw(st.sampled_from([None, a_care_manager(name="M. Bell " * 20)])),
        treating_practitioner=draw(st.sampled_from([None, a_practitioner()])),
        reviews=reviews(advised, draw(st.integers(0, 4))),
        staff_names={BELL: draw(names)},
    )


def reviews(words: str, many: int) -> tuple[CaseReview, ...]:
    """Give as many reviews, each with as many recommendations, of which some were declined."""
    step = Step(RecommendationStatus.DECLINED, TODAY, BELL, words)
    [asked] = a_case_review().recommendations
    given = (replace(asked, words=words), replace(asked, words=words, steps=(step,))) * many
    return tuple(
        a_case_review(TODAY - timedelta(weeks=4 * n), recommendations=given)
        for n in reversed(range(many))
    )


@st.composite
def contacts(draw: DrawFn) -> tuple[ContactWithMinutes, ...]:
    count = draw(st.integers(0, MOST_CONTACTS))
    newest = [
        ContactWithMinutes(
            a_contact(
                made_on=TODAY - timedelta(days=number),
                kind=draw(st.sampled_from(list(ContactKind))),
                outcome=draw(st.sampled_from(list(ContactOutcome))),
                note=draw(lines),
            ),
            draw(st.integers(0, 480)),
            "M. Bell, LCSW",
        )
        for number in range(min(count, 4))
    ]
    return (*newest[-1:] * max(0, count - 4), *newest[::-1])


@st.composite
def diagnoses(draw: DrawFn) -> tuple[Diagnosis, ...]:
    titles = draw(st.lists(lines, max_size=15))
    return tuple(a_diagnosis(code="F33.41", title=title) for title in titles)


@st.composite
def medications(draw: DrawFn) -> tuple[Medication, ...]:
    words = draw(lines)
    since = TODAY - timedelta(weeks=draw(st.integers(0, 300)))
    intake = draw(st.sampled_from([None, Intake(Adherence.RARELY, words, TODAY)]))
    stopped = draw(st.lists(st.sampled_from([None, TODAY]), max_size=12))
    return tuple(
        a_medication(words, (words, since), intake=intake, stopped_on=on, response=words)
        for on in stopped
    )


@st.composite
def case_sheets(draw: DrawFn) -> CaseSheet:
    chart = draw(charts())
    sections = draw(st.lists(st.sampled_from(list(Section)), min_size=1, max_size=6))
    reasons = tuple(Reason(f"R{n}", section, draw(lines)) for n, section in enumerate(sections))
    return CaseSheet(AgendaEntry(chart.row, reasons), chart)
