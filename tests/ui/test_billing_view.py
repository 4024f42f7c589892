"""The billing list as a person arranges it: filtered, sorted, ticked, with its details."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from cocm_desktop.domain.billing.month_list import MonthFilter, month_rows
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.ui.billing.columns import BY_KEY, COLUMNS
from cocm_desktop.ui.billing.month_view import MonthView
from tests.builders import THIS_MONTH, a_patient, id_of
from tests.builders.bills import a_bill, a_month, a_spell, an_issued_bill
from tests.ui.keys import press

IN_MONTH, AFTER = date(2026, 11, 22), date(2026, 12, 2)
MINUTES = {"Abel": 40, "Bolt": 80, "Cruz": 9}


def bill_of(name: str, *, today: date) -> Superbill:
    facts = a_month(time=(a_spell(MINUTES[name]),), today=today)
    patient = a_patient(id=PatientId(id_of(name)), last_name=name, first_name="Ana")
    make = an_issued_bill if name == "Bolt" and today == AFTER else a_bill
    return make(facts, patient=patient)


def rows(today: date = AFTER) -> tuple[MonthRow, ...]:
    return month_rows([bill_of(name, today=today) for name in MINUTES], today=today)


@pytest.fixture
def view(qtbot: QtBot) -> MonthView:
    """Give a month that is over: Abel's is ready, Bolt's issued, Cruz has too little time."""
    view = MonthView(THIS_MONTH)
    qtbot.addWidget(view)
    view.resize(1178, 640)
    view.show()
    view.show_rows(rows())
    return view


def names(view: MonthView) -> list[str]:
    return [row.bill.patient.last_name for row in view.table.bills.rows]


def acted_on(view: MonthView) -> list[str]:
    return [row.bill.patient.last_name for row in view.table.acted_on]


def test_filters_count_and_narrow(view: MonthView) -> None:
    texts = [button.text() for button in view.head.filters.buttons.values()]
    assert texts[:5] == ["All  3", "Not ready  1", "To approve  0", "Ready  1", "Issued  1"]
    told: list[str] = []
    view.status_changed.connect(told.append)

    view.head.filters.buttons[MonthFilter.NOT_READY].click()

    assert names(view) == ["Cruz"]
    assert told == ["Showing 1 of 3 patients · Not ready · by name"]
    assert view.totals.text().startswith("1 patient · 9 minutes · $0.00 charged")


def test_find_narrows_and_an_empty_find_offers_everybody(qtbot: QtBot, view: MonthView) -> None:
    view.narrow("nobody")

    assert view.none_match.isVisible()
    assert not view.totals.isVisible()
    with qtbot.waitSignal(view.find_cleared):
        view.clear_filters()
    assert names(view) == ["Abel", "Bolt", "Cruz"]


def test_columns_sort_and_turn_round(view: MonthView) -> None:
    minutes = COLUMNS.index(BY_KEY["minutes"])
    view.table.sort_wanted.emit(minutes)
    most = names(view)
    view.table.sort_wanted.emit(minutes)

    assert most == ["Bolt", "Abel", "Cruz"]
    assert names(view) == ["Cruz", "Abel", "Bolt"]


def test_how_far_the_next_code_is_is_a_column_only_while_the_month_is_open(
    view: MonthView,
) -> None:
    place = COLUMNS.index(BY_KEY["next"])
    assert view.table.isColumnHidden(place)

    view.show_rows(rows(IN_MONTH))

    assert not view.table.isColumnHidden(place)
    assert view.table.bills.index(0, place).data() == "36 short"


def test_space_ticks_and_what_is_ticked_is_acted_on(view: MonthView) -> None:
    assert acted_on(view) == ["Abel"]
    assert len(view.to_print) == 2

    press(view.table, "Space", "Down", "Down")

    assert acted_on(view) == ["Abel"]
    assert [bill.patient.last_name for bill in view.to_print] == ["Abel"]
    view.show_only(MonthFilter.NOT_READY)
    assert acted_on(view) == ["Cruz"]
    view.show_only(MonthFilter.EVERYONE)
    press(view.table, "Home", "Space")
    assert acted_on(view) == ["Abel"]
    assert view.table.ticked == ()


def test_a_click_on_the_box_ticks_and_chooses_nobody_else(qtbot: QtBot, view: MonthView) -> None:
    cell = view.table.visualRect(view.table.bills.index(2, 0))

    box = QPoint(cell.left() + 14, cell.center().y())
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=box)

    assert [row.bill.patient.last_name for row in view.table.ticked] == ["Cruz"]
    assert [row.bill.patient.last_name for row in view.table.chosen] == ["Abel"]


def test_what_concerns_the_whole_month_stands_above_the_list(view: MonthView) -> None:
    assert view.notices.isVisible()
    assert "diagnosis codes" in view.notices.said[0]

    view.show_rows(())

    assert not view.notices.isVisible()
    assert view.nothing.title.text() == "No minutes in November 2026"


@pytest.mark.parametrize(("width", "is_shown"), [(1178, True), (800, False)])
def test_details_stand_beside_the_list_where_there_is_room(
    view: MonthView, width: int, *, is_shown: bool
) -> None:
    view.resize(width, 640)
    assert view.panel.isVisible() is is_shown

    view.head.details.click()

    assert view.panel.isVisible() is not is_shown


def test_names_get_the_room_that_the_others_leave(view: MonthView) -> None:
    view.resize(1600, 640)

    used = sum(view.table.columnWidth(n) for n in range(view.table.model().columnCount()))

    assert used == view.table.viewport().width()
    assert not view.table.horizontalScrollBar().isVisible()


def test_titles_of_marks_stand_upright(view: MonthView) -> None:
    view.table.sort_wanted.emit(COLUMNS.index(BY_KEY["consent"]))
    header = view.table.horizontalHeader()

    assert header.grab().height() > 2 * view.table.rowHeight(0) - 8
    assert header.sectionSize(COLUMNS.index(BY_KEY["consent"])) < 40
