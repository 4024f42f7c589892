"""Papers for patients and lists with words as nobody types them: nothing leaves its page."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocm_desktop.actions.home_form import translations
from cocm_desktop.domain.day_list import DayList, day_lines
from cocm_desktop.domain.downtime import DowntimeFacts, DowntimeList, downtime_lines
from cocm_desktop.domain.goal import Goal
from cocm_desktop.domain.home_form import form_wording
from cocm_desktop.domain.ids import GoalId, TaskId
from cocm_desktop.domain.instrument import PHQ9
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient_summary import SummaryFacts, patient_summary
from cocm_desktop.domain.task import Task
from cocm_desktop.printing.day_list import day_list_pdf
from cocm_desktop.printing.downtime import downtime_pdf
from cocm_desktop.printing.home_form import FormPaper, form_pdf
from cocm_desktop.printing.page import FOOT
from cocm_desktop.printing.patient_summary import summary_pdf
from tests.builders import (
    BELL,
    NOW,
    TODAY,
    a_care_manager,
    a_chart,
    a_medication,
    a_patient,
    a_practice,
    a_row,
    an_episode,
    case_facts,
    phq9,
)
from tests.printing.extremes import lines, names

pytestmark = pytest.mark.no_cover
CRISIS = ("In danger now: call 911.",)
FEW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def lowest(content: bytes) -> float:
    """Give how far down any letter of a file reaches, in points from the foot of its page."""
    found = [1000.0]
    with closing(pypdfium2.PdfDocument(content)) as document:
        for page in document:
            with closing(page), closing(page.get_textpage()) as text:
                rects = (text.get_rect(n) for n in range(text.count_rects()))
                found += [rect[1] for rect in rects]
    return min(found)


@FEW
@given(name=names, words=lines, many=st.integers(0, 40))
def test_a_summary_keeps_to_its_pages(name: str, words: str, many: int) -> None:
    goal = Goal(GoalId("g"), an_episode().id, words or "x", TODAY)
    facts = replace(case_facts(words), goals=(goal,) * many, allergies=words)
    medicines = (a_medication(name, (words, TODAY)),) * many
    chart = a_chart(
        patient=a_patient(first_name=name, last_name=name), facts=facts, medications=medicines
    )

    for language in Language:
        summary = patient_summary(SummaryFacts(a_practice(), chart, (), CRISIS), language)
        assert lowest(summary_pdf(summary)[0]) > FOOT - 5


@FEW
@given(name=names, words=lines, many=st.integers(0, 60))
def test_lists_keep_to_their_pages(name: str, words: str, many: int) -> None:
    row = a_row(last_name=name, planned_on=TODAY, question=words, safety_answer=1)
    row = replace(row, phone=name, mrn=name, flags=(words,) * 9, treating_practitioner=name)
    tasks = [Task(TaskId("t"), words or "x", TODAY, BELL, patient_id=row.patient_id)] * many
    medicines = {str(row.patient_id): (a_medication(name, (words, TODAY)),) * many}
    made = DowntimeList(
        a_practice(),
        NOW,
        a_care_manager(),
        downtime_lines([row] * 3, DowntimeFacts(medications=medicines)),
        CRISIS,
        f"{words}\n" * many,
    )
    day = DayList(a_practice(), TODAY, NOW, a_care_manager(), day_lines([row] * 3, TODAY, tasks))

    assert lowest(downtime_pdf(made)[0]) > FOOT - 5
    assert lowest(day_list_pdf(day)[0]) > FOOT - 5


@FEW
@given(name=names)
def test_a_form_keeps_to_its_page(name: str) -> None:
    patient = a_patient(first_name=name, last_name=name, mrn=name)
    practice = a_practice(name=name[:80])

    for language in Language:
        wording = form_wording(phq9(), language, translations())
        content, pages = form_pdf(FormPaper(practice, patient, (wording,), CRISIS * 3))
        assert pages == 1
        assert lowest(content) > FOOT - 5
        assert wording.instrument == PHQ9
