"""Pictures of forms as they are filled in, of the Measures tab, and of the list of instruments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.patient.subject import Subject
from tests.pictures_of_patients import Stage, measured, opened, typed


def form(stage: Stage, name: str, answers: str = "") -> RecordMeasureDialog:
    """Give the dialog with an instrument in front, answered from the top; - for a blank."""
    subject = Subject.of_row(measured(stage))
    dialog = opened(
        RecordMeasureDialog(stage.desk, subject, stage.window, instrument_id=InstrumentId(name))
    )
    fill(dialog, answers)
    return dialog


def fill(dialog: RecordMeasureDialog, answers: Sequence[str]) -> None:
    rows = [*dialog.grid.items, dialog.grid.difficulty_row]
    for row, answer in zip(rows, answers, strict=False):
        row.setFocus()
        if answer == "-":
            row.show_answer(None)
        elif answer != " ":
            row.take(int(answer))


def phq9(stage: Stage) -> QDialog:
    return typed(form(stage, "PHQ-9", "2231012011"))


def gad7(stage: Stage) -> QDialog:
    return typed(form(stage, "GAD-7", "22110"))


def pcl5(stage: Stage) -> QDialog:
    return typed(form(stage, "PCL-5", "32214332210123322121"))


def scared(stage: Stage) -> QDialog:
    return typed(form(stage, "SCARED-P", "0121012021101201210120102101201"))


def c_ssrs(stage: Stage) -> QDialog:
    return typed(form(stage, "C-SSRS", "110010"))


def mdq(stage: Stage) -> QDialog:
    return typed(form(stage, "MDQ", "111101110010012"))


def audit(stage: Stage) -> QDialog:
    return typed(form(stage, "AUDIT", "31200000"))


def taps(stage: Stage) -> QDialog:
    return typed(form(stage, "TAPS", "0400   0  11010"))


def total_only(stage: Stage) -> QDialog:
    dialog = form(stage, "PHQ-9")
    dialog.total_only.setChecked(True)
    dialog.paper_total.setValue(14)
    return typed(dialog)


def incomplete(stage: Stage) -> QDialog:
    dialog = form(stage, "PHQ-9", "22-1012-0")
    dialog.taken_on.set_day(stage.desk.today() - timedelta(days=40))
    return typed(dialog)


DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "measure-phq9": phq9,
    "measure-gad7": gad7,
    "measure-pcl5": pcl5,
    "measure-scared": scared,
    "measure-c-ssrs": c_ssrs,
    "measure-mdq": mdq,
    "measure-audit": audit,
    "measure-taps": taps,
    "measure-total-only": total_only,
    "measure-incomplete": incomplete,
}
SCREENS: dict[str, Callable[[Stage], QWidget]] = {}
