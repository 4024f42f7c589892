"""History, protected records, safety and what came of advice on a patient's page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from cocm_desktop.domain.background import PART2_NOTICE, HistoryKind
from cocm_desktop.domain.case_facts import CaseFacts
from cocm_desktop.domain.case_review import RecommendationStatus, Step
from cocm_desktop.domain.contact import ContactOutcome
from cocm_desktop.domain.packet_options import NAMED, Identity, PacketOptions
from cocm_desktop.domain.review_packet import CaseSheet
from cocm_desktop.printing.case_density import DENSITIES, roomiest
from cocm_desktop.printing.case_header import Place
from cocm_desktop.printing.case_sheet import case_sheet
from cocm_desktop.printing.page import Folio, Press
from tests.builders import (
    BELL,
    TODAY,
    a_case_review,
    a_chart,
    a_contact_with_minutes,
    a_history,
    a_part2_record,
    a_row,
    a_safety_task,
)
from tests.printing.read_back import texts
from tests.printing.test_case_sheet import sheet_of, words_on


def page_of(facts: CaseFacts, options: PacketOptions = NAMED) -> str:
    chart = replace(a_chart(a_row(18, 14)), facts=facts)
    return words_with(sheet_of(chart), options)


def words_with(sheet: CaseSheet, options: PacketOptions) -> str:
    press = Press("Review packet")
    folio = Folio("case", "", "Confidential", 3, 31, is_sample=False)
    press.print_page(case_sheet(sheet, Place(2, 22), options), folio)
    [page] = texts(press.finish())
    return page


def history(**words: str) -> CaseFacts:
    notes = {note.kind.name: note for note in a_history("x")}
    return CaseFacts(history=tuple(replace(notes[kind], words=w) for kind, w in words.items()))


def test_the_history_stands_with_its_gravest_part_first() -> None:
    page = page_of(history(SOCIAL="Lives alone.", ATTEMPTS="Overdose in 2001.", FAMILY="Mother."))

    said = "Stays, attempts Overdose in 2001. Family Mother. Social Lives alone."
    assert said in page
    assert "HISTORY as of Nov 2026" in page


def test_pregnancy_and_labs_stand_with_the_medicines() -> None:
    page = page_of(history(PREGNANCY="Breast-feeding.", LABS="TSH 2.1. QTc 428 ms."))

    assert "Pregnancy, Nov 20 Breast-feeding." in page
    assert "Labs and QTc, Nov 20 TSH 2.1. QTc 428 ms." in page
    assert "HISTORY as of" not in page


def test_the_social_part_can_be_left_out_and_the_page_says_so() -> None:
    facts = history(SOCIAL="Lives alone.", FAMILY="Mother.")

    page = page_of(facts, PacketOptions(leaves_out_social_history=True))

    assert "Lives alone" not in page
    assert "social history left out" in page
    assert "social history left out" not in page_of(facts)


def test_a_long_note_leaves_room_for_the_others() -> None:
    page = page_of(history(ATTEMPTS="word " * 120, FAMILY="Mother."))

    assert "Family Mother." in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Harbor Recovery Center consent of Nov 20, 2026 Naltrexone 50 mg."),
        ({"consent_on": None}, "left out: no consent on file."),
        (
            {"consent_on": TODAY - timedelta(9), "consent_ends_on": TODAY - timedelta(1)},
            "left out: consent expired on Nov 19, 2026.",
        ),
        ({"revoked_on": TODAY}, "left out: consent revoked on Nov 20, 2026."),
    ],
)
def test_a_protected_record_is_printed_with_its_notice_or_left_out(
    changes: dict[str, Any], said: str
) -> None:
    record = a_part2_record(**changes).shown_on(TODAY)

    page = page_of(CaseFacts(part2=(record,)))

    assert said in page
    for words in ("Naltrexone", "Harbor", PART2_NOTICE):
        assert (words in page) is (changes == {})


def test_more_records_than_find_room_are_counted() -> None:
    records = (a_part2_record().shown_on(TODAY),) * 3

    assert "1 more in the chart." in page_of(CaseFacts(part2=records))


def test_the_safety_bar_names_the_screener_and_the_plan() -> None:
    facts = CaseFacts(
        screener="C-SSRS Nov 12, 2026: yes to wish", safety_plan_on=TODAY - timedelta(days=7)
    )
    chart = a_chart(a_row(18, 14), safety_tasks=(a_safety_task(),), facts=facts)

    page = words_on(sheet_of(chart))

    assert "Safety plan of Nov 13, 2026. C-SSRS Nov 12, 2026: yes to wish." in page
    bare = words_on(sheet_of(replace(chart, facts=CaseFacts())))
    assert "No safety plan on file. No C-SSRS recorded." in bare


def test_advice_that_was_acted_on_is_weighed_six_weeks_later() -> None:
    row = a_row(18, 17, 14, 12, 11)
    reviewed_on = TODAY - timedelta(weeks=10)
    done = Step(RecommendationStatus.DONE, reviewed_on + timedelta(days=2), BELL)
    [asked] = a_case_review().recommendations
    old = a_case_review(reviewed_on, recommendations=(replace(asked, steps=(done,)),))
    chart = a_chart(row, reviews=(old, a_case_review(TODAY - timedelta(days=7))))

    page = words_on(sheet_of(chart))

    assert "Sep 11: Increase sertraline to 100 mg" in page
    assert "Done Sep 13, 6 weeks later PHQ-9 18 → 11 (−39 %)" in page.replace("–", "−")


def test_visits_that_the_patient_missed_are_counted() -> None:
    missed = a_contact_with_minutes(5, made_on=TODAY - timedelta(days=60))
    older = a_contact_with_minutes(5, made_on=TODAY - timedelta(days=61))
    outcome = ContactOutcome.NO_SHOW
    contacts = tuple(
        replace(each, contact=replace(each.contact, outcome=outcome)) for each in (older, missed)
    )

    assert "1 no-show in 60 d" in words_on(sheet_of(a_chart(a_row(18), contacts=contacts)))


def test_a_page_without_names_has_no_day_of_birth_and_no_preferred_name() -> None:
    chart = a_chart(a_row(18))
    chart = replace(chart, patient=replace(chart.patient, preferred_name="Mari"))

    page = words_with(sheet_of(chart), PacketOptions(identity=Identity.INITIALS))

    assert page.startswith("M. A. ")
    assert "Born 1971 (55 y)" in page
    for words in ("ALVAREZ", "Mari", "Apr 5"):
        assert words not in page
    by_number = words_with(sheet_of(chart), PacketOptions(identity=Identity.MRN))
    assert by_number.startswith("MRN 100245 ")
    assert by_number.count("100245") == 1


def test_every_closer_page_shows_less_and_the_roomiest_that_fits_is_taken() -> None:
    names = [kind for kind in HistoryKind if not kind.goes_with_medication]

    assert len(names) <= DENSITIES[0].history_lines
    for roomier, closer in pairwise(DENSITIES):
        assert closer != roomier
        assert closer.history_lines <= roomier.history_lines
        assert closer.pitch <= roomier.pitch
    assert roomiest(lambda _: True) is DENSITIES[0]
    assert roomiest(lambda each: each.pitch < 15) is DENSITIES[5]
    assert roomiest(lambda _: False) is DENSITIES[-1]
