"""How much of the agenda fits, and how it is parted."""

from __future__ import annotations

import pytest

from cocm_desktop.domain.review_agenda import Agenda
from cocm_desktop.domain.review_priority import agenda
from tests.builders import a_caseload, an_agenda_entry


def an_agenda(count: int, minutes: int = 180) -> Agenda:
    return Agenda((an_agenda_entry(),) * count, minutes)


@pytest.mark.parametrize(
    ("count", "minutes", "fit", "words"),
    [
        pytest.param(22, 180, 20, "20 of 22 fit in 180 min", id="twenty in three hours"),
        pytest.param(20, 180, 20, "20 patients fit in 180 min", id="exactly full"),
        pytest.param(1, 60, 1, "1 patient fits in 60 min", id="one"),
        pytest.param(3, 10, 1, "1 of 3 fits in 10 min", id="one of three"),
        pytest.param(3, 0, 0, "0 of 3 fit in 0 min", id="no time at all"),
        pytest.param(0, 180, 0, "Nobody is on the agenda", id="nobody"),
    ],
)
def test_what_fits_is_said(count: int, minutes: int, fit: int, words: str) -> None:
    found = an_agenda(count, minutes)

    assert (found.fit, found.fit_words) == (fit, words)
    assert found.is_cut is (fit < count)


def test_the_cut_names_the_minutes_it_rests_on() -> None:
    assert an_agenda(22).cut_words == "20 of 22 fit in 180 min at 8.6 min a case"


def test_the_sections_hold_everybody_once_and_in_order() -> None:
    entries = agenda(a_caseload())

    sections = Agenda(entries).sections

    assert tuple(entry for _, each in sections for entry in each) == entries
    letters = [section.letter for section, _ in sections]
    assert letters == sorted(set(letters))
    assert all(entry.section is section for section, each in sections for entry in each)
