"""The field that finds a diagnosis code: by the keys alone, and what it says of a code."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.ui.diagnosis.code_field import CodeField


@pytest.fixture
def field(qtbot: QtBot, window: QWidget) -> CodeField:
    field = CodeField(date(2026, 11, 30))
    field.setParent(window)
    field.show()
    return field


def rows_of(field: CodeField) -> list[str]:
    return [field.found.item(row).text() for row in range(field.found.count())]


def test_a_code_is_found_and_chosen_with_the_keyboard(qtbot: QtBot, field: CodeField) -> None:
    qtbot.keyClicks(field.entry, "ptsd")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(field.entry, key)
    assert field.entry.accessibleDescription() == rows_of(field)[1]
    qtbot.keyClick(field.entry, Qt.Key.Key_Return)

    assert field.code() == "F43.11"
    assert field.text() == "F43.11  Post-traumatic stress disorder, acute"
    assert field.found.isHidden()
    assert field.notice.isHidden()


def test_enter_without_an_arrow_takes_the_first(qtbot: QtBot, field: CodeField) -> None:
    qtbot.keyClicks(field.entry, "panic")
    qtbot.keyClick(field.entry, Qt.Key.Key_Enter)

    assert field.code() == "F41.0"


def test_escape_closes_the_list_and_nothing_else(qtbot: QtBot, field: CodeField) -> None:
    qtbot.keyClicks(field.entry, "panic")
    qtbot.keyClick(field.entry, Qt.Key.Key_Escape)

    assert field.found.isHidden()
    assert field.text() == "panic"


def test_a_click_chooses_and_words_that_find_nothing_show_no_list(
    qtbot: QtBot, field: CodeField
) -> None:
    qtbot.keyClicks(field.entry, "gad")
    field.found.itemClicked.emit(field.found.item(0))
    assert field.code() == "F41.1"

    field.entry.clear()
    qtbot.keyClicks(field.entry, "xyzzy")
    assert field.found.isHidden()


def test_a_heading_is_marked_and_explained(qtbot: QtBot, field: CodeField) -> None:
    qtbot.keyClicks(field.entry, "F43.1")

    assert rows_of(field)[0] == "F43.1  Post-traumatic stress disorder (PTSD)  (heading)"
    assert "needs a further digit" in field.warning.text()
    qtbot.keyClick(field.entry, Qt.Key.Key_Return)
    assert field.text() == "F43.1  Post-traumatic stress disorder (PTSD)"
