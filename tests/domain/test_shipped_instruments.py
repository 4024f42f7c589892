"""What comes with the program: which instruments, with whose wording, and how sure their facts."""

from __future__ import annotations

import re

import pytest

from cocm_desktop.actions.scoring import load_instruments
from cocm_desktop.domain.instrument import Instrument, InstrumentId, LoincCode
from cocm_desktop.domain.instrument_catalogue import bare_name

SHIPPED = load_instruments()
# Source: the publishers' statements; for all others the practice needs a right of its own.
WITH_WORDING = {
    "PHQ-9", "PHQ-2", "PHQ-15", "GAD-7", "GAD-2", "PHQ-4", "PCL-5", "PC-PTSD-5",
}  # fmt: skip
NUMBERS_ONLY = {
    "PHQ-A", "EPDS", "AUDIT", "AUDIT-C", "DAST-10", "C-SSRS", "ASRS-A", "MDQ", "PSC-17",
    "SCARED-C", "SCARED-P", "VANDERBILT-P", "VANDERBILT-T", "ISI", "WHO-5", "K6", "SMFQ-C",
    "SMFQ-P", "CAGE-AID", "TAPS",
}  # fmt: skip
# Codes that public lists give to the wrong instrument.
WRONG_CODES = {
    "GAD-2": {"55758-7"}, "C-SSRS": {"89204-2"}, "EPDS": {"89049-1"}, "GAD-7": {"70273-5"},
    "PCL-5": {"83480-9"}, "AUDIT": {"75626-2"}, "AUDIT-C": {"75624-7"},
}  # fmt: skip
INSTRUMENTS = pytest.mark.parametrize("instrument", SHIPPED.values(), ids=lambda each: each.id)


def test_these_instruments_come_with_the_program() -> None:
    assert set(SHIPPED) == WITH_WORDING | NUMBERS_ONLY
    assert {each.version for each in SHIPPED.values()} == {1}


@INSTRUMENTS
def test_wording_comes_only_where_the_publisher_allows_it(instrument: Instrument) -> None:
    assert instrument.has_wording == (instrument.id in WITH_WORDING)
    assert instrument.may_ship_wording == instrument.has_wording
    if instrument.has_wording:
        assert all(item.words for item in instrument.items)
    else:
        assert "not part of this program" in instrument.note
        assert not instrument.lead
        assert instrument.items[0].shown_words == f"Item {instrument.items[0].label}"


@INSTRUMENTS
def test_every_fact_has_a_source(instrument: Instrument) -> None:
    assert instrument.source
    assert instrument.licence
    assert all(cut_off.source for cut_off in instrument.cut_offs)
    assert not instrument.missing.allowed or instrument.missing.source


@INSTRUMENTS
def test_a_code_was_compared_with_loinc_or_says_where_it_was_seen(instrument: Instrument) -> None:
    for code in (instrument.panel_code, instrument.total_code):
        if code is not None:
            assert re.fullmatch(r"\d{4,6}-\d", code.code)
            assert has_its_check_digit(code.code)
            assert code.code not in WRONG_CODES.get(instrument.id, ())
            assert code.source
            assert (code.checked_on is not None) == code.source.startswith("loinc.org")
    assert all(has_its_check_digit(item.loinc) for item in instrument.items if item.loinc)


def has_its_check_digit(code: str) -> bool:
    """Tell whether the last digit fits. Source: LOINC manual, check digit of modulus 10."""
    digits, _, check = code.partition("-")
    odd = str(2 * int(digits[::-1][::2][::-1]))
    even = digits[::-1][1::2][::-1]
    return (10 - sum(map(int, even + odd)) % 10) % 10 == int(check)


def test_a_code_with_a_slip_in_it_is_found() -> None:
    assert has_its_check_digit("70274-6")
    assert not has_its_check_digit("70273-5")


def test_no_two_instruments_can_be_taken_for_each_other() -> None:
    assert len({bare_name(name) for name in SHIPPED}) == len(SHIPPED)


def test_what_is_not_confirmed_says_so() -> None:
    epds, phq9 = SHIPPED[InstrumentId("EPDS")], SHIPPED[InstrumentId("PHQ-9")]

    assert [band.confirmed for band in epds.bands] == [False] * 3
    assert not phq9.missing.confirmed
    assert not SHIPPED[InstrumentId("GAD-7")].ages.confirmed
    assert SHIPPED[InstrumentId("WHO-5")].unconfirmed == ("licence",)


def test_only_what_asks_about_dying_or_self_harm_is_critical() -> None:
    critical = {
        each.id: [item.number for item in each.critical_items]
        for each in SHIPPED.values()
        if each.critical_items
    }

    assert critical == {
        "PHQ-9": [9],
        "PHQ-A": [9, 11, 12],
        "EPDS": [10],
        "C-SSRS": [1, 2, 3, 4, 5, 6, 7],
    }


def test_parts_of_an_instrument_have_its_very_words() -> None:
    phq9, gad7 = SHIPPED[InstrumentId("PHQ-9")], SHIPPED[InstrumentId("GAD-7")]
    first_two = [[item.words for item in each.items[:2]] for each in (gad7, phq9)]

    assert words_of("GAD-2") == first_two[0]
    assert words_of("PHQ-2") == first_two[1]
    assert words_of("PHQ-4") == [*first_two[0], *first_two[1]]


def words_of(name: str) -> list[str]:
    return [item.words for item in SHIPPED[InstrumentId(name)].items]


def test_the_long_forms_are_worded_as_published() -> None:
    assert words_of("PHQ-15")[2] == "Pain in your arms, legs, or joints (knees, hips, etc.)"
    assert words_of("PHQ-15")[11:] == [
        "Constipation, loose bowels, or diarrhea",
        "Nausea, gas, or indigestion",
        "Feeling tired or having low energy",
        "Trouble sleeping",
    ]
    assert words_of("PCL-5")[0] == (
        "Repeated, disturbing, and unwanted memories of the stressful experience?"
    )
    assert words_of("PCL-5")[15] == (
        "Taking too many risks or doing things that could cause you harm?"
    )
    assert words_of("PC-PTSD-5")[5] == (
        "Felt guilty or unable to stop blaming yourself or others for the event(s) or any "
        "problems the event(s) may have caused?"
    )


def test_a_code_that_nobody_checked_has_no_day() -> None:
    assert SHIPPED[InstrumentId("PCL-5")].total_code == LoincCode(
        "101698-9", None, "Public copies of the LOINC table; not seen at loinc.org"
    )
