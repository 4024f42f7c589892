"""The downtime list: everybody open, safety first, no word lost, and a log to write on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cocm_desktop.domain.allergies import NO_KNOWN_ALLERGIES
from cocm_desktop.domain.clinical_settings import DEFAULT_SETTINGS
from cocm_desktop.domain.downtime import (
    DowntimeFacts,
    DowntimeList,
    downtime_lines,
    reminder,
)
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.outcome import Course
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.safety_protocol import DEFAULT_PROTOCOL, crisis_words
from cocm_desktop.printing.downtime import downtime_pdf
from tests.builders import (
    NOW,
    TODAY,
    a_care_manager,
    a_medication,
    a_practice,
    a_row,
    a_row_not_enrolled,
)
from tests.printing.read_back import texts, titles

CRISIS = crisis_words(DEFAULT_SETTINGS)


def printed(rows: list[RegistryRow], facts: DowntimeFacts) -> list[str]:
    lines = downtime_lines(rows, facts)
    made = DowntimeList(a_practice(), NOW, a_care_manager(), lines, CRISIS, DEFAULT_PROTOCOL)
    content, pages = downtime_pdf(made)
    found = texts(content)
    assert len(found) == pages
    assert titles(content) == ["Downtime list", "Log while the computer is down"]
    return found


def test_open_episodes_are_listed_with_safety_first_then_by_name() -> None:
    rows = [
        a_row(last_name="Zimmer"),
        a_row(last_name="Young", safety_answer=2),
        a_row(last_name="Adams"),
        a_row(last_name="Brown", status=EpisodeStatus.CLOSED),
        a_row_not_enrolled(),
    ]

    found = [line.name for line in downtime_lines(rows, DowntimeFacts())]

    assert found == ["YOUNG, María", "ADAMS, María", "ZIMMER, María"]


def test_a_page_says_all_that_is_needed_to_go_on() -> None:
    row = a_row(18, 12, safety_answer=1, question="Switch or add?", flags=("Needs transport",))
    medicine = a_medication("Sertraline", ("50 mg", TODAY))
    facts = DowntimeFacts(
        medications={row.patient_id: (medicine,)},
        allergies={row.patient_id: "Penicillin"},
        safety_plans={str(row.episode_id): TODAY},
        languages={row.patient_id: "Spanish"},
    )

    page, log = printed([row], facts)

    for words in (
        "ALVAREZ, María (555) 712-4709 Needs transport born 04/05/1971 (55 y)",
        "MRN 100245 Speaks Spanish",
        "Active, week 11",
        "PHQ-9 12, moderate",
        "was 18",
        "Sertraline 50 mg",
        "Allergies: Penicillin",
        "item 1",
        "Safety plan 11/20/2026",
        "Question: Switch or add?",
    ):
        assert words.replace("item 1", "not yet closed") in page
    assert all(line in log for line in CRISIS)
    assert "Go through the C-SSRS screener" in log
    assert "Date, start" in log


@pytest.mark.parametrize(
    ("known", "words"),
    [("", "Allergies not recorded"), (NO_KNOWN_ALLERGIES, "No known allergies")],
)
def test_what_is_not_on_file_is_said_never_left_empty(known: str, words: str) -> None:
    none = Course((), None, 5)
    row = a_row(mrn="", phone="", last_contact_on=None, phq9=none, gad7=none)
    facts = DowntimeFacts(allergies={str(row.patient_id): known} if known else {})

    [line] = downtime_lines([row], facts)

    assert line.phone == "No phone on file"
    assert "No MRN" in line.who
    assert line.medicines == ("No medicine on file", words)
    assert line.scores == ("No score yet",)
    assert line.next == ("PHQ-9 09/04/2026, overdue", "Not reached yet")


def test_a_crowded_row_stays_on_its_page_and_a_long_list_goes_on() -> None:
    rows = [a_row(last_name=f"Family{n:02}") for n in range(30)]
    many = tuple(a_medication(f"Medicine {n} " + "word " * 9, ("1", TODAY)) for n in range(50))

    pages = printed(rows, DowntimeFacts(medications={rows[0].patient_id: many}))

    assert all(f"FAMILY{n:02}" in " ".join(pages) for n in range(30))
    assert all(page.startswith("Downtime list, continued Patient") for page in pages[1:-1])


def test_a_long_protocol_has_a_page_of_its_own_before_the_log() -> None:
    protocol = "\n".join(f"Step {n}: look again" for n in range(50))
    made = DowntimeList(a_practice(), NOW, a_care_manager(), (), CRISIS, protocol)

    front, steps, log = texts(downtime_pdf(made)[0])

    assert "0 open episodes" in front
    assert all(f"Step {n}: look again" in steps for n in range(50))
    assert "Date, start" in log


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (None, "The downtime list was never printed"),
        (7, "The downtime list is 7 days old"),
        (6, ""),
    ],
)
def test_a_list_of_a_week_is_worth_printing_again(days: int | None, words: str) -> None:
    printed_on = None if days is None else TODAY - timedelta(days=days)

    assert reminder(printed_on, TODAY) == words
