"""The registry's table: what it says, how it sorts, what it never loses."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from cocm_desktop.domain.arrangement import Arrangement, hidden_due
from cocm_desktop.domain.registry import Chip, RegistryRow
from cocm_desktop.domain.registry_column import Column
from cocm_desktop.domain.registry_columns import BY_KEY, COLUMNS, USUAL
from cocm_desktop.domain.row_order import SortKey, in_order
from cocm_desktop.ui.registry.model import ROW, RegistryModel
from tests.builders import BELL, TODAY, a_caseload, a_course, a_row, a_row_not_enrolled


@pytest.fixture
def model(qapp: object) -> RegistryModel:
    """A model that Qt's own tester watches; its warnings fail the test."""
    model = RegistryModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    return model


def cells(model: RegistryModel, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> list[str]:
    return [model.index(0, n).data(role) for n in range(len(COLUMNS))]


def said(model: RegistryModel) -> dict[str, str]:
    return dict(zip(BY_KEY, cells(model), strict=True))


def names(rows: Sequence[RegistryRow]) -> list[str]:
    return [row.last_name for row in rows]


def test_a_row_reads_as_the_team_speaks(model: RegistryModel) -> None:
    model.show_rows([a_row(18, 14, 12)])

    usual = {key: words for key, words in said(model).items() if key in USUAL}
    assert usual == {
        "patient": "ALVAREZ, María",
        "now": "12 Moderate",
        "change": "−6 (−33 %)",
        "trend": "",
        "contact": "8 d ago",
        "due": "Overdue 21 d",
        "minutes": "34 / 36",
        "flags": "",
        "why": "Week 11, no response +2",
    }


def test_a_patient_who_is_not_enrolled_is_blank_not_zero(model: RegistryModel) -> None:
    model.show_rows([a_row_not_enrolled()])

    assert said(model)["now"] == said(model)["minutes"] == said(model)["contact"] == "—"
    assert said(model)["status"] == "Not enrolled"


def test_painted_cells_are_told_in_words(model: RegistryModel) -> None:
    model.show_rows([a_row(18, 14, 12, safety_answer=2)])

    told = dict(zip(BY_KEY, cells(model, Qt.ItemDataRole.AccessibleTextRole), strict=True))

    assert told["now"].startswith("PHQ-9 now: 12, moderate, Oct 2, 2026")
    assert told["trend"] == "Trend: 18, 14, 12; remission below 5"
    assert told["flags"] == "Flags: Answer 2 on item 9, not yet closed."
    assert told["minutes"] == ("Minutes: 34 minutes counted this month, G2214 reached; 99492 at 36")


def test_every_heading_and_cell_answers_every_role(model: RegistryModel) -> None:
    model.show_rows(a_caseload())

    for role in Qt.ItemDataRole:
        for n in range(len(COLUMNS)):
            model.headerData(n, Qt.Orientation.Horizontal, role)
            for place in range(model.rowCount()):
                model.index(place, n).data(role)
    assert model.index(0, 0).data(ROW) is model.rows[0]
    assert model.data(QModelIndex()) is None


@pytest.mark.parametrize("column", COLUMNS, ids=list(BY_KEY))
@pytest.mark.parametrize("order", ["up", "down"])
def test_blanks_stay_last_in_both_directions(column: Column, order: str) -> None:
    rows = [*a_caseload(), a_row_not_enrolled(last_name="Aaa"), a_row_not_enrolled(last_name="Zzz")]

    ordered = in_order(rows, [SortKey(column, order == "down")])

    unpinned = [row for row in ordered if not row.has_safety_open]
    blanks = [column.sort(row) is None for row in unpinned]
    assert blanks == sorted(blanks)
    values = [column.sort(row) for row in unpinned if column.sort(row) is not None]
    assert values == sorted(values, reverse=order == "down")


@pytest.mark.parametrize("column", COLUMNS, ids=list(BY_KEY))
@pytest.mark.parametrize("order", ["up", "down"])
def test_an_open_safety_answer_is_on_top_whatever_the_sort(column: Column, order: str) -> None:
    rows = [*a_caseload(), a_row(9, 4, last_name="Last", safety_answer=1)]

    ordered = in_order(rows, [SortKey(column, order == "down")])

    assert {row.last_name for row in ordered[:2]} == {"García-López", "Last"}


def test_equals_are_by_name_in_both_directions() -> None:
    rows = [a_row(14, last_name=name) for name in ("Ng", "Ávila", "Baker", "alvarez")]

    up = in_order(rows, [SortKey(BY_KEY["now"], descending=False)])
    down = in_order(rows, [SortKey(BY_KEY["now"], descending=True)])

    assert names(up) == names(down) == ["alvarez", "Ávila", "Baker", "Ng"]


def test_dates_sort_as_dates() -> None:
    days = {"Old": 400, "New": 1, "Middle": 40}
    rows = [
        a_row(last_name=name, last_contact_on=TODAY - timedelta(days=n)) for name, n in days.items()
    ]
    rows.append(a_row(last_name="Never", last_contact_on=None))

    ordered = in_order(rows, [SortKey(BY_KEY["contact"], descending=False)])

    assert names(ordered) == ["Old", "Middle", "New", "Never"]


def test_the_status_line_says_filter_order_and_what_is_hidden() -> None:
    everyone = a_caseload()
    arrangement = Arrangement(
        Chip.NOT_AT_TARGET, order=(SortKey(BY_KEY["change"], descending=True),)
    )
    visible = arrangement.apply(everyone)

    words = arrangement.words(visible, everyone, whose="")

    hidden = hidden_due(visible, everyone)
    assert hidden > 0
    assert words == (
        f"Showing {len(visible)} of 11 open · Not at target · worst change first · "
        f"hidden by the filter: {hidden} due"
    )


def test_the_status_line_names_the_care_manager_and_what_was_typed() -> None:
    everyone = a_caseload()
    arrangement = Arrangement(Chip.EVERYONE, of=BELL, find="smith")
    visible = arrangement.apply(everyone)

    words = arrangement.words(visible, everyone, whose="M. Bell")

    assert names(visible) == ["Smith"]
    assert words.startswith("Showing 1 of 12 patients · Everyone · M. Bell · “smith” · next due")


def test_two_thousand_rows_are_all_there_in_order() -> None:
    chance = random.Random(7)  # the same on every run
    rows = [
        a_row(
            *(chance.randrange(28) for _ in range(3)),
            last_name=f"Name{n:04}",
            seconds_this_month=chance.randrange(6000),
            gad7=a_course(chance.randrange(22)),
        )
        for n in range(2000)
    ]
    chance.shuffle(rows)

    ordered = in_order(rows, [SortKey(BY_KEY["change"], descending=True)])

    assert {row.key for row in ordered} == {row.key for row in rows}
    changes = [(-(row.phq9.change or 0), row.sort_name) for row in ordered]
    assert changes == sorted(changes)
    found = Arrangement(Chip.OPEN, find="name01").apply(rows)
    assert len(found) == 100
