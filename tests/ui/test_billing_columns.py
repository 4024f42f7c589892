"""The table of the billing month: what it says and how it sorts."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from cocm_desktop.domain.billing.checklist import ProofState
from cocm_desktop.domain.billing.month_list import month_rows
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.ui.billing.columns import BY_KEY, COLUMNS, MARKS, BillColumn, in_order
from cocm_desktop.ui.widgets.table import RowsModel
from tests.builders import NAMES, a_patient, id_of
from tests.builders.bills import a_bill, a_month, a_spell, an_issued_bill


@cache
def rows() -> tuple[MonthRow, ...]:
    """Everybody with other minutes: from no code to two units; every third is issued."""
    today = date(2026, 12, 2)
    bills = []
    for n, (last, first) in enumerate(NAMES):
        patient = a_patient(id=PatientId(id_of(last)), last_name=last, first_name=first)
        facts = a_month(time=(a_spell(8 + 9 * n),), consents=() if n == 1 else a_month().consents)
        if n % 3 == 2:
            bills.append(an_issued_bill(facts, patient=patient, number=f"2026-11-{n:04}"))
        else:
            bills.append(a_bill(facts, patient=patient))
    return month_rows(bills, today=today)


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
        "minutes": "35",
        "next": "",
        "consent": "Done",
        "visit": "Not needed",
        "measure": "Done",
        "review": "Done",
        "registry": "Done",
        "plan": "Done",
        "diagnosis": "Done",
        "approval": "Done",
        "codes": "99493",
        "allowed": "$144.96",
        "charge": "$290.00",
        "state": "Ready",
        "to_check": "",
    }


def test_a_mark_says_in_its_hint_what_was_found(model: RowsModel[MonthRow]) -> None:
    place = list(BY_KEY).index("consent")

    hint = model.index(1, place).data(Qt.ItemDataRole.ToolTipRole)

    assert hint.startswith("Consent: missing. No consent for this practitioner")
    assert set(MARKS) == set(ProofState)


def test_every_cell_answers_every_role(model: RowsModel[MonthRow]) -> None:
    for role in Qt.ItemDataRole:
        for place in range(len(COLUMNS)):
            model.index(0, place).data(role)
            model.index(2, place).data(role)


@pytest.mark.parametrize("column", COLUMNS, ids=list(BY_KEY))
@pytest.mark.parametrize("descending", [False, True])
def test_blanks_stay_last_in_both_directions(column: BillColumn, *, descending: bool) -> None:
    ordered = in_order(rows(), column, descending=descending)

    values = [column.sort(row) for row in ordered]
    filled = [value for value in values if value is not None]
    assert values[: len(filled)] == filled
    assert filled == sorted(filled, reverse=descending)


def test_equals_are_by_name_in_both_directions() -> None:
    up = in_order(rows(), BY_KEY["plan"], descending=False)
    down = in_order(rows(), BY_KEY["plan"], descending=True)

    assert [row.key for row in up] == [row.key for row in down]
    assert [row.sort_name for row in up] == sorted(row.sort_name for row in rows())
