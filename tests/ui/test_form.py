"""What a form gives its fields: a name that a screen reader says, wherever the cursor is."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.ui.widgets.fields import DateField
from cocm_desktop.ui.widgets.form import Form, beside
from cocm_desktop.ui.widgets.labels import Label

TODAY = date(2026, 11, 30)


def test_the_line_of_a_day_beside_another_has_the_name_of_its_label(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    first, last = DateField(TODAY), DateField(TODAY)
    form = Form(window)

    form.add("&Covered", beside(first, Label("to"), last))

    assert first.entry.accessibleName() == "Covered"
