"""What stays readable where a window is narrow: tables, hints, numbers beside words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QTabWidget, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.top_bar import FindBox
from cocm_desktop.ui.widgets.fields import MinutesField
from cocm_desktop.ui.widgets.room import open_at
from cocm_desktop.ui.widgets.table import LEAST, Column, RowsModel, Table

HINTS = ("Find patient: name, birth or MRN", "Find patient")


def table_of(*rows: str) -> Table:
    table = Table("Words")
    model: RowsModel[str] = RowsModel(
        (Column("First", str, width=200), Column("Rest", str, width=0))
    )
    model.setParent(table)
    model.show_rows(rows)
    table.set_rows_model(model)
    return table


@pytest.mark.parametrize("width", [240, 900])
def test_the_column_that_takes_the_rest_stays_readable(qtbot: QtBot, width: int) -> None:
    table = table_of("one")
    qtbot.addWidget(table)

    table.resize(width, 200)
    table.show()

    least = theme_of(table).px(LEAST)
    rest = table.viewport().width() - table.columnWidth(0)
    assert table.columnWidth(1) == max(least, rest)


@pytest.mark.parametrize(("width", "is_shown"), [(240, False), (900, True)])
def test_a_spare_column_gives_way_to_the_one_that_takes_the_rest(
    qtbot: QtBot, width: int, *, is_shown: bool
) -> None:
    table = Table("Words")
    qtbot.addWidget(table)
    columns: tuple[Column[str], ...] = (
        Column("Spare", str, width=200, is_spare=True),
        Column("Rest", str, width=0),
    )
    model: RowsModel[str] = RowsModel(columns, table)
    model.show_rows(("one",))
    table.set_rows_model(model)
    table.resize(900 if width < 900 else 240, 200)
    table.show()

    table.resize(width, 200)

    assert table.isColumnHidden(0) is not is_shown
    assert table.columnWidth(1) >= theme_of(table).px(LEAST)


def test_tabs_without_room_are_reached_by_two_arrows_in_sight(qtbot: QtBot) -> None:
    tabs = QTabWidget()
    qtbot.addWidget(tabs)
    for number in range(20):
        tabs.addTab(QWidget(), f"Part {number}")

    tabs.resize(400, 200)
    tabs.show()

    back, on = sorted(tabs.tabBar().findChildren(QToolButton), key=QToolButton.x)
    assert back.geometry().right() <= on.x()
    assert on.geometry().right() < tabs.tabBar().width()


def test_a_row_is_chosen_alone_whatever_keys_are_held(qtbot: QtBot) -> None:
    table = table_of("one", "two", "three")
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    qtbot.addWidget(table)
    table.show()
    table.select_row(0)

    QTest.keyPress(table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    table.select_row(2)
    QTest.keyRelease(table, Qt.Key.Key_Control)

    assert [index.row() for index in table.selectionModel().selectedRows()] == [2]


@pytest.mark.parametrize(("width", "shown"), [(500, HINTS[0]), (120, HINTS[1])])
def test_the_hint_of_the_find_box_is_never_cut_off(qtbot: QtBot, width: int, shown: str) -> None:
    box = FindBox(HINTS)
    qtbot.addWidget(box)

    box.resize(width, 30)
    box.show()

    assert box.placeholderText() == shown


def test_minutes_stand_as_high_as_the_fields_beside_them(qtbot: QtBot) -> None:
    minutes, words = MinutesField(480), QLineEdit()
    qtbot.addWidget(minutes)
    qtbot.addWidget(words)

    minutes.show()
    words.show()

    assert minutes.maximumHeight() == words.sizeHint().height()


def test_a_window_never_opens_larger_than_the_screen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    screen = window.screen().availableGeometry()

    open_at(window, 4_000, 300)

    assert window.width() <= screen.width()
    assert window.height() == theme_of(window).px(300)
