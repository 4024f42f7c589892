"""Who is expected on a day, and that the front desk's list holds nothing clinical."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest

from cocm_desktop.domain.day_list import DayLine, DayList, Expected, day_lines, for_front_desk
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.ids import TaskId
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.task import Task
from cocm_desktop.printing.day_list import day_list_pdf
from tests.builders import BELL, NOW, TODAY, a_care_manager, a_course, a_practice, a_row
from tests.printing.read_back import texts

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
FRESH = a_course(18, 14, 12, days_apart=38)


def planned(day: date, **changes: Any) -> RegistryRow:
    """Give a patient with a fresh score, whose next contact was planned."""
    return a_row(planned_on=day, **{"phq9": FRESH, **changes})


def expected(row: RegistryRow, day: date = TODAY) -> list[Expected]:
    return [line.expected for line in day_lines([row], day)]


def a_task(row: RegistryRow, due_on: date = TODAY) -> Task:
    return Task(TaskId("t"), "Call the pharmacy", due_on, BELL, patient_id=row.patient_id)


def listed(lines: tuple[DayLine, ...], *, is_for_front_desk: bool = False) -> DayList:
    made = DayList(a_practice(), TODAY, NOW, a_care_manager(), lines)
    return replace(made, is_for_front_desk=is_for_front_desk)


@pytest.mark.parametrize(
    ("row", "section"),
    [
        (planned(TODAY), Expected.PLANNED),
        (planned(YESTERDAY), Expected.OVERDUE),
        (a_row(phq9=FRESH, last_contact_on=TODAY - timedelta(weeks=2)), Expected.DUE),
        (a_row(18, last_contact_on=TODAY), Expected.FORM),
        (a_row(phq9=FRESH, last_contact_on=TODAY, safety_answer=1), Expected.TASK),
    ],
)
def test_a_patient_stands_in_one_section(row: RegistryRow, section: Expected) -> None:
    found = expected(row)

    assert found == [section]


def test_whoever_is_expected_on_another_day_is_not_on_the_list() -> None:
    assert expected(planned(TOMORROW)) == []
    assert expected(planned(TOMORROW), TOMORROW) == [Expected.PLANNED]
    assert expected(planned(TODAY, status=EpisodeStatus.ON_HOLD)) == []
    assert expected(planned(TODAY, status=EpisodeStatus.CLOSED)) == []


def test_a_task_alone_brings_a_patient_on_the_clinical_list_only() -> None:
    row = planned(TOMORROW)
    later = a_task(row, TOMORROW)

    lines = day_lines([row], TODAY, [a_task(row), later])

    assert [(line.expected, line.tasks) for line in lines] == [
        (Expected.TASK, ("Call the pharmacy",))
    ]
    assert for_front_desk(lines) == ()


def test_the_front_desk_reads_nothing_clinical() -> None:
    row = planned(TODAY, safety_answer=2, safety_instrument="PHQ-9")
    lines = day_lines([row], TODAY, [a_task(row)])
    clinical = {"score", "scored", "safety", "tasks"}

    [line] = for_front_desk(lines)
    [page] = texts(day_list_pdf(listed((line,), is_for_front_desk=True))[0])
    [told] = texts(day_list_pdf(listed(lines))[0])

    assert {f.name for f in fields(line) if not getattr(line, f.name)} >= clinical
    for words in ("PHQ-9 12", "moderate", "item 9", "Call the pharmacy"):
        assert words not in page
        assert words in told
    assert "ALVAREZ, María born 04/05/1971 · MRN 100245 (555) 712-4709 with M. Bell" in page


def test_whoever_calls_reads_how_a_patient_may_be_called() -> None:
    lines = day_lines([planned(TODAY, flags=("No voicemail", "Needs an interpreter"))], TODAY)

    pages = [
        texts(day_list_pdf(listed(shown, is_for_front_desk=is_desk))[0])[0]
        for shown, is_desk in ((for_front_desk(lines), True), (lines, False))
    ]

    assert all("No voicemail, Needs an interpreter" in page for page in pages)


def test_a_long_day_goes_on_and_an_empty_one_says_so() -> None:
    rows = [planned(TODAY, last_name=f"Family{n:02}") for n in range(40)]

    content, pages = day_list_pdf(listed(day_lines(rows, TODAY)))
    [empty] = texts(day_list_pdf(listed(()))[0])

    found = texts(content)
    assert len(found) == pages > 1
    assert all(f"FAMILY{n:02}" in " ".join(found) for n in range(40))
    assert "Planned for this day 40 patients" in found[0]
    assert found[1].startswith("Friday, Nov 20, 2026, continued")
    assert "Nobody is expected on this day." in empty
