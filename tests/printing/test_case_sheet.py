from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cocm_desktop.domain.background import has_open
from cocm_desktop.domain.case_review import CaseReview, RecommendationStatus, Step
from cocm_desktop.domain.contact import ContactOutcome
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.medication import Adherence, Intake, Medication
from cocm_desktop.domain.review_packet import CaseSheet, Chart
from cocm_desktop.domain.review_priority import AgendaEntry, Reason, Section
from cocm_desktop.domain.safety import SafetyStep
from cocm_desktop.printing.case_density import (
    MANDATORY,
    MANDATORY_FOR_PART2,
    MANDATORY_FOR_SAFETY,
)
from cocm_desktop.printing.case_header import Place
from cocm_desktop.printing.case_sheet import case_sheet
from cocm_desktop.printing.page import ROOM, Folio, Press
from tests.builders import (
    BELL,
    NOW,
    TODAY,
    a_case_review,
    a_case_sheet,
    a_chart,
    a_contact_with_minutes,
    a_course,
    a_diagnosis,
    a_measure,
    a_medication,
    a_row,
    a_safety_task,
    an_agenda_entry,
    case_facts,
    gad7,
    phq9,
)
from tests.printing.read_back import texts

A_LITTLE = 0.01
WORD = re.compile(r"\w+")
ALWAYS = (*MANDATORY, "Case 2 of 22", "PHQ-9 (0–27)", "GAD-7", "Confidential", "page 3 of 31")


def words_on(sheet: CaseSheet, *, is_sample: bool = False) -> str:
    press = Press("Review packet")
    folio = Folio("case", "", "Confidential", 3, 31, is_sample)
    press.print_page(case_sheet(sheet, Place(2, 22)), folio)
    [page] = texts(press.finish())
    return page


def lost_on(page: str, sheet: CaseSheet) -> list[str]:
    """Give what has to stand on the page and does not, and what stands there and may not."""
    needed = [*ALWAYS]
    chart = sheet.chart
    is_open = bool(chart.open_safety_tasks or chart.row.safety_answer)
    needed += MANDATORY_FOR_SAFETY if is_open else ()
    needed += MANDATORY_FOR_PART2 if has_open(chart.facts.part2) else ()
    lost = [words for words in needed if not stands(words, page)]
    wrong = ["SAFETY OPEN"] if "SAFETY OPEN" in page and not is_open else []
    return lost + wrong


def stands(words: str, page: str) -> bool:
    """Whether words stand on a page; a reader turns lines that are mostly right-to-left around."""
    return words in page or set(WORD.findall(words)) <= set(WORD.findall(page))


def sheet_of(chart: Chart) -> CaseSheet:
    return CaseSheet(an_agenda_entry(chart.row), chart)


@pytest.mark.parametrize("letter", ["W", "王", "m ", "W-", "ﷺ"])
def test_the_longest_text_in_every_field_leaves_room_to_write(letter: str) -> None:
    sheet = filled_with((letter * 400)[:400])

    block = case_sheet(sheet, Place(100, 220))

    assert block.height <= ROOM + A_LITTLE
    page = words_on(sheet)
    assert lost_on(page, sheet) == []
    assert "4 more open in the chart" in page
    assert " older in the chart" in page


def filled_with(words: str) -> CaseSheet:
    row = a_row(
        *[18] * 17,
        last_name=words[:120],
        first_name=words[:120],
        mrn=words,
        question=words,
        care_manager=words,
        safety_answer=3,
        gad7=a_course(*[15] * 17, critical=None),
    )
    chart = a_chart(row)
    chart = replace(
        chart,
        patient=replace(chart.patient, preferred_name=words, treating_practitioner=words),
        treating_practitioner=None,
        care_manager=None,
        contacts=(a_contact_with_minutes(480, note=words),) * 100,
        diagnoses=(a_diagnosis(title=words),) * 15,
        safety_tasks=(a_safety_task(),) * 6,
        medications=(_medicine(words), _medicine(words, stopped_on=TODAY)) * 15,
        facts=case_facts(words, 15),
        reviews=reviews(words, 4),
        staff_names={BELL: words},
    )
    reasons = tuple(Reason(f"R{n}", Section.NEW, words) for n in range(6))
    return CaseSheet(AgendaEntry(row, reasons), chart)


def test_long_words_of_closed_safety_tasks_leave_room_too() -> None:
    sheet = filled_with("W" * 400)
    long = "W" * 400
    closed = a_safety_task(
        closed_on=TODAY, closed_at=NOW, assessed=long, action=long, told=long, reason=long
    )
    row = replace(sheet.chart.row, safety_answer=None, safety_closed_on=TODAY)
    chart = replace(sheet.chart, row=row, safety_tasks=(closed,) * 3)

    block = case_sheet(replace(sheet, chart=chart), Place(2, 22))

    assert block.height <= ROOM + A_LITTLE


def reviews(words: str, many: int) -> tuple[CaseReview, ...]:
    """Give as many reviews, each with as many recommendations, of which some were declined."""
    step = Step(RecommendationStatus.DECLINED, TODAY, BELL, words)
    [asked] = a_case_review().recommendations
    given = (replace(asked, words=words), replace(asked, words=words, steps=(step,))) * many
    return tuple(
        a_case_review(TODAY - timedelta(weeks=4 * n), recommendations=given)
        for n in reversed(range(many))
    )


def _medicine(words: str, **changes: Any) -> Medication:
    doses = ((words, TODAY - timedelta(weeks=30)), (words, TODAY - timedelta(weeks=5)))
    intake = Intake(Adherence.MISSES_SOME, words, TODAY)
    return a_medication(words, *doses, intake=intake, response=words, **changes)


def test_a_name_is_never_cut() -> None:
    row = a_row(last_name="Washington-Featherstonehaugh-Montgomery", first_name="B. Alexander")

    page = words_on(a_case_sheet(row))

    assert page.startswith("WASHINGTON-FEATHERSTONEHAUGH")
    assert "MONTGOMERY, B. Alexander" in page


def test_who_the_patient_is_and_why_they_are_here_stands_at_the_top() -> None:
    page = words_on(a_case_sheet(a_row(18, 14, 12, question="Raise the dose?")))

    assert page.startswith("ALVAREZ, María")
    assert "MRN 100245" in page
    assert "Born Apr 5, 1971 (55 y)" in page
    assert "Active, week 11" in page
    assert "Enrolled Sep 4, 2026" in page
    assert "Treating practitioner A. Osei, MD" in page
    assert "Care manager M. Bell, LCSW" in page
    assert "R6 Week 11" in page
    assert "Question Raise the dose?" in page


def test_a_sheet_without_a_question_says_so() -> None:
    assert "Question The care manager wrote none." in words_on(a_case_sheet())


def test_an_open_safety_task_stands_in_the_bar_and_a_closed_one_does_not() -> None:
    open_task = a_safety_task(answer=2)

    page = words_on(sheet_of(a_chart(safety_tasks=(open_task,))))
    assert "Answer 2 on PHQ-9 item 9, open for 1 day, since Nov 19." in page
    assert "SAFETY OPEN" not in words_on(sheet_of(a_chart(safety_tasks=())))


def test_a_safety_answer_without_its_task_still_raises_the_bar() -> None:
    chart = a_chart(a_row(safety_answer=3), safety_tasks=())

    assert "Answer 3 on item 9, not yet closed." in words_on(sheet_of(chart))


def test_a_task_closed_since_the_last_review_stands_on_the_sheet() -> None:
    closed_on = TODAY - timedelta(days=1)
    closed = a_safety_task(
        closed_at=NOW,
        closed_on=closed_on,
        assessed="Asked at once",
        steps=(SafetyStep.SAFETY_PLAN,),
        told="A. Smith",
    )

    since = words_on(sheet_of(a_chart(a_row(safety_closed_on=closed_on), safety_tasks=(closed,))))
    reviewed = words_on(
        sheet_of(
            a_chart(a_row(safety_closed_on=closed_on, last_review_on=TODAY), safety_tasks=(closed,))
        )
    )

    assert "Closed Nov 19, 2026. Assessed: Asked at once. Done: Safety plan made or" in since
    assert "Safety task closed" in since
    assert "Safety task closed" not in reviewed


def test_the_newest_of_several_safety_tasks_comes_first() -> None:
    tasks = tuple(
        a_safety_task(answer=n, answered_on=TODAY - timedelta(days=30 * n)) for n in (3, 2, 1)
    )

    page = words_on(sheet_of(a_chart(safety_tasks=tasks)))

    assert page.index("Answer 1 on") < page.index("Answer 2 on")
    assert "1 more open in the chart." in page


def test_item_9_not_asked_is_not_a_zero() -> None:
    days = [TODAY - timedelta(days=n) for n in (3, 2, 1)]
    measures = (
        a_measure(9, taken_on=days[0], critical=None),
        a_measure(10, taken_on=days[1], critical=0),
        a_measure(11, taken_on=days[2], instrument=gad7()),
    )

    page = words_on(sheet_of(a_chart(measures=measures)))

    assert "11/19/2026 — — 11" in page
    assert "11/18/2026 10 0 —" in page
    assert "11/17/2026 9 not asked —" in page


def test_an_incomplete_form_has_no_total() -> None:
    measures = (a_measure(None, taken_on=TODAY),)

    assert "11/20/2026 7 of 9 not asked —" in words_on(sheet_of(a_chart(measures=measures)))


def test_two_forms_of_one_day_are_two_lines() -> None:
    measures = (a_measure(9, taken_on=TODAY), a_measure(17, taken_on=TODAY, difficulty=None))

    page = words_on(sheet_of(a_chart(measures=measures)))

    assert "11/20/2026 17" in page
    assert "11/20/2026 9" in page


def test_the_newest_eight_dates_are_shown_and_the_rest_counted() -> None:
    row = a_row(*range(18, 7, -1), gad7=a_course(critical=None))

    page = words_on(a_case_sheet(row))

    assert "3 older in the chart" in page
    assert "baseline" not in page.partition("Baseline")[0]


def test_the_summary_names_the_definition_of_its_verdict() -> None:
    row = a_row(18, 14, 12, gad7=a_course(critical=None))

    page = words_on(a_case_sheet(row))

    assert "Baseline 18 on Sep 4 best 12" in page
    assert "Change –6 (–33 %) Partial response" in page
    assert "Bao/NYS target v1 not reached" in page
    assert "HEDIS response v1 not reached" in page
    assert "Remission v1 not reached" in page


def test_a_score_older_than_thirty_days_is_marked_with_its_age() -> None:
    old = words_on(a_case_sheet(a_row(18, 14, 12)))
    fresh = words_on(a_case_sheet(a_row(18, 17, 16, 15, 14, 12)))

    assert "Last 12, 49 d ago – over 30 days old" in old
    assert "over 30 days old" not in fresh


def test_what_the_newest_form_rates_high_and_how_difficult_life_is() -> None:
    measures = (a_measure(7, taken_on=TODAY, difficulty=3),)

    page = words_on(sheet_of(a_chart(measures=measures)))

    assert "Rated 2–3 interest, mood" in page
    assert "Difficulty extremely difficult" in page


def test_the_last_three_contacts_stand_newest_first() -> None:
    contacts = tuple(
        a_contact_with_minutes(minutes, made_on=TODAY - timedelta(days=ago), note=note)
        for minutes, ago, note in (
            (40, 20, "oldest"),
            (30, 12, "two"),
            (20, 6, "three"),
            (0, 2, ""),
        )
    )
    contacts = (
        *contacts[:-1],
        replace(
            contacts[-1],
            contact=replace(contacts[-1].contact, outcome=ContactOutcome.NO_ANSWER),
        ),
    )

    page = words_on(sheet_of(a_chart(contacts=contacts)))

    assert "Nov 18 Phone, no answer Nov 14 Phone, reached, 20 min three" in page
    assert "oldest" not in page
    assert "1 older in the chart" in page


def test_a_long_note_is_cut_and_says_where_the_rest_is() -> None:
    contacts = (a_contact_with_minutes(20, note="a walk with her sister " * 40),)

    assert "… (more in the chart)" in words_on(sheet_of(a_chart(contacts=contacts)))


def test_a_patient_without_any_record_has_a_decent_page() -> None:
    row = a_row(
        phq9=a_course(enrolled_on=None),
        gad7=a_course(enrolled_on=None),
        enrolled_on=None,
        status=EpisodeStatus.CONSENTED,
    )
    chart = a_chart(row, diagnoses=(), contacts=(), measures=(), care_manager=None)

    page = words_on(CaseSheet(an_agenda_entry(a_row()), chart))

    assert "No complete PHQ-9 in this time" in page
    assert "No measure recorded in this episode." in page
    assert "None recorded." in page
    assert "None recorded in this episode." in page
    assert "Enrolled not yet" in page
    assert "Consented" in page


def test_what_people_type_is_never_markup() -> None:
    typed = "<b>bold</b> & <img src='/etc/hostname'/> &amp; </para>"

    page = words_on(a_case_sheet(a_row(question=typed)))

    assert f"Question {typed}" in page


def test_a_letter_that_cannot_be_printed_is_explained_on_the_page() -> None:
    plain = words_on(a_case_sheet())
    strange = words_on(a_case_sheet(a_row(question="Is 👨 well?")))

    assert "□" not in plain
    assert "Is □ well?" in strange
    assert "□ stands for a letter that this program cannot print." in strange


def test_a_sample_patient_is_marked() -> None:
    assert "SAMPLE – NOT A REAL PATIENT" in words_on(a_case_sheet(), is_sample=True)
    assert "SAMPLE" not in words_on(a_case_sheet())


def test_the_instruments_of_the_row_are_those_of_the_chart() -> None:
    row = a_row()

    assert row.phq9_instrument == phq9()
    assert "Mod. severe" in words_on(a_case_sheet(row))
