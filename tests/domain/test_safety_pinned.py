"""An open safety answer stands on top of the registry, and no filter hides it."""

from __future__ import annotations

import pytest

from cocm_desktop.domain.arrangement import Arrangement
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.ids import PatientId, StaffId
from cocm_desktop.domain.registry import Chip, RegistryRow
from cocm_desktop.domain.registry_column import Column
from cocm_desktop.domain.registry_columns import BY_KEY
from cocm_desktop.domain.row_order import SortKey
from tests.builders import a_row

OPEN = a_row(patient_id=PatientId("open"), last_name="Zhou", safety_answer=2)
DISCHARGED = a_row(
    patient_id=PatientId("discharged"),
    last_name="Young",
    safety_answer=1,
    status=EpisodeStatus.CLOSED,
)
PLAIN = tuple(
    a_row(patient_id=PatientId(f"plain {number}"), last_name=f"A{number}") for number in range(3)
)
EVERYONE: tuple[RegistryRow, ...] = (*PLAIN, DISCHARGED, OPEN)


@pytest.mark.parametrize("column", BY_KEY.values(), ids=lambda column: column.key)
@pytest.mark.parametrize("descending", [False, True])
def test_they_stand_on_top_by_whatever_column(column: Column, *, descending: bool) -> None:
    order = (SortKey(column, descending),)

    rows = Arrangement(order=order).apply(EVERYONE)

    assert {row.key for row in rows[:2]} == {"open", "discharged"}


@pytest.mark.parametrize("chip", Chip)
def test_no_chip_and_no_care_manager_hides_them(chip: Chip) -> None:
    for of in (None, StaffId("somebody else")):
        rows = Arrangement(chip=chip, of=of).apply(EVERYONE)

        assert {"open", "discharged"} <= {row.key for row in rows}
        assert len({row.key for row in rows}) == len(rows)


def test_a_name_that_is_typed_finds_that_patient_alone() -> None:
    rows = Arrangement(find="A1").apply(EVERYONE)

    assert [row.last_name for row in rows] == ["A1"]


def test_the_status_line_counts_them_apart() -> None:
    arrangement = Arrangement()
    words = arrangement.words(arrangement.apply(EVERYONE), EVERYONE, whose="")

    assert words.startswith("Showing 4 of 4 open · 1 more for safety · Open")
