"""Pictures of the history and of protected records, on the chart and in their dialogs."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.domain.background import ShownRecord
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.ui.background.dialogs import HistoryDialog, Part2ConsentDialog, Part2Dialog
from cocm_desktop.ui.chart.screen import ChartScreen
from cocm_desktop.ui.patient.subject import Subject
from tests.pictures_of_episodes import chart
from tests.pictures_of_patients import Stage, first, opened, typed

TAB = "Meds and problems"


def _records(stage: Stage, row: RegistryRow) -> tuple[ShownRecord, ...]:
    return read_chart(stage.workspace, row.patient_id).facts.part2


def protected(stage: Stage, *, is_open: bool = True) -> RegistryRow:
    """Give a patient with a protected record, whose consent is valid or is not."""
    return first(stage, lambda row: any(r.is_open is is_open for r in _records(stage, row)))


def past(stage: Stage, *, is_open: bool) -> QWidget:
    window = chart(stage, protected(stage, is_open=is_open), TAB)
    shown = stage.window.screen_shown
    if isinstance(shown, ChartScreen):
        bar = shown.facts.verticalScrollBar()
        bar.setValue(bar.maximum())
    return window


def history(stage: Stage) -> QDialog:
    row = protected(stage)
    note = read_chart(stage.workspace, row.patient_id).facts.history[0]
    subject = Subject.of_row(row)
    return opened(HistoryDialog(stage.desk, subject, note, parent=stage.window))


def adding(stage: Stage) -> QDialog:
    subject = Subject.of_row(protected(stage))
    dialog = opened(Part2Dialog(stage.desk, subject, stage.window))
    dialog.program.setText("Hudson Harbor Recovery Center")
    return typed(dialog)


def consent(stage: Stage) -> QDialog:
    row = protected(stage)
    [record, *_] = _records(stage, row)
    subject = Subject.of_row(row)
    return opened(Part2ConsentDialog(stage.desk, subject, record, parent=stage.window))


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "past-chart": lambda stage: past(stage, is_open=True),
    "past-left-out": lambda stage: past(stage, is_open=False),
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "past-history": history,
    "past-protected": adding,
    "past-consent": consent,
}
