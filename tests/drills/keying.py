"""Keying forms into the dialog of the window, offscreen, key by key."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cocm_desktop.actions.registry import read_registry
from cocm_desktop.domain.ids import MeasureId
from cocm_desktop.domain.instrument import PHQ9
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.safety.dialog import CloseSafetyTaskDialog
from cocm_desktop.ui.safety.form import open_form
from cocm_desktop.ui.work import InlineWork
from tests.drills.memory import Enrolled

if TYPE_CHECKING:
    from tests.drills.paths import Form


def application() -> QApplication:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    return app


def opened_dialog(
    desk: Desk, subject: Subject, measure_id: str, *, window: QWidget | None = None
) -> RecordMeasureDialog:
    """Open the entry for a PHQ-9 that will be stored under an id of ours."""
    dialog = open_form(desk, subject, window, instrument_id=PHQ9)
    dialog._ids[PHQ9] = MeasureId(measure_id)
    return dialog


def type_form(dialog: RecordMeasureDialog, form: Form) -> None:
    """Press a key for each answer, and one for the question about function."""
    keys = "".join("-" if answer is None else str(answer) for answer in form.answers)
    for key in f"{keys}0":
        QTest.keyClicks(dialog.focusWidget() or dialog, key)


def key_in(at: Enrolled, forms: Sequence[Form]) -> None:
    """Key each form and save it. The safety step stands there at once, or does not."""
    application()
    desk = Desk(at.workspace, InlineWork())
    [row] = read_registry(at.workspace).rows
    subject, window = Subject.of_row(row), QWidget()
    window.show()
    for form in forms:
        dialog = opened_dialog(desk, subject, form.id, window=window)
        type_form(dialog, form)
        dialog.save.click()
        steps = [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, CloseSafetyTaskDialog) and each.isVisible()
        ]
        assert len(steps) == len(form.expected), f"{form.typed}: {len(steps)} steps opened"
        for step in steps:
            step.forget()
            step.reject()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
