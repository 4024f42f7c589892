"""The table of the billing month: what it says and how it sorts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from cocm_desktop.domain.billing.month_list import MonthRow, month_rows
from cocm_desktop.ui.billing.columns import BY_KEY, COLUMNS, BillColumn, in_order
from cocm_desktop.ui.widgets.table import RowsModel
from tests.builders import (
    NAMES,
    THIS_MONTH,
    a_patient,
    a_superbill,
    a_time_entry,
    id_of,
    month_facts,
)


def rows() -> tuple[MonthRow, ...]:
    """Everybody with other minutes: from no code to two units; every third is issued."""
    bills = [
        a_superbill(
            month_facts(time=(a_time_entry(8 + 9 * n),)),
            patient=a_patient(id=id_of(last), last_name=last, first_name=first),
            number=f"2026-11-{n:04}" if n % 3 == 2 else "",
        )
        for n, (last, first) in enumerate(NAMES)
    ]
    return month_rows(bills, today=THIS_MONTH.last_day)


@pytest.fixture
def model(qapp: object) -> RowsModel[MonthRow]:
    model = RowsModel[MonthRow](COLUMNS)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning, model)
    model.show_rows(rows())
    return model


def test_a_row_reads_as_a_biller_speaks(model: RowsModel[MonthRow]) -> None:
    said = [model.index(3, n).data() for n in range(len(COLUMNS))]

    assert dict(zip(BY_KEY, said, strict=True)) == {
        "patient": "NGUYỄN, Thị Hương",
        "kind": "Subsequent",
        "minutes": "35",
        "codes": "99493",
        "next": "99494 at 76",
        "amount": "$290.00",
        "state": "Draft",
        "to_check": "",
    }


def test_every_cell_answers_every_role(model: RowsModel[MonthRow]) -> None:
    for role in Qt.ItemDataRole:
        for place in range(model.rowCount()):
            for n in range(len(COLUMNS)):
                model.index(place, n).data(role)
    assert "G2214 rests" in model.index(1, 7).data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize("column", COLUMNS, ids=list(BY_KEY))
@pytest.mark.parametrize("descending", [False, True])
def test_blanks_stay_last_in_both_directions(column: BillColumn, *, descending: bool) -> None:
    ordered = in_order(rows(), column, descending=descending)

    values = [column.sort(row) for row in ordered]
    filled = [value for value in values if value is not None]
    assert values[: len(filled)] == filled
    assert filled == sorted(filled, reverse=descending)


def test_equals_are_by_name_in_both_directions() -> None:
    up = in_order(rows(), BY_KEY["kind"], descending=False)
    down = in_order(rows(), BY_KEY["kind"], descending=True)

    assert [row.key for row in up] == [row.key for row in down]
    assert [row.sort_name for row in up] == sorted(row.sort_name for row in rows())
