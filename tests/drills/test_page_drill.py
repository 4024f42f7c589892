"""A short run of the drill of pages, and proof that it would notice what it is made to find."""

from __future__ import annotations

import pytest

from cocm_desktop.printing import case_sheet as module
from cocm_desktop.printing.blocks import Space
from tests.drills.pages import drill


@pytest.mark.no_cover
def test_random_patients_take_one_page_each_and_lose_no_line() -> None:
    assert drill(3) == []


@pytest.mark.no_cover
def test_a_form_that_takes_too_much_room_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "recommendation_form", lambda room, _: Space(room + 1))

    [high, lost] = drill(1)

    assert "1.0 points too high" in high
    assert "RECOMMENDATION TODAY" in lost
