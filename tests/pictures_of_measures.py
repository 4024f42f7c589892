"""Pictures of forms as they are filled in, of the Measures tab, and of the list of instruments."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.chart_page import read_chart_page
from cocm_desktop.actions.measure import correct_measure
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.measure import Measure, MeasureDraft
from cocm_desktop.domain.measure_record import records_of
from cocm_desktop.ui.chart.answers_dialog import AnswersDialog
from cocm_desktop.ui.chart.screen import ChartScreen
from cocm_desktop.ui.instruments.pack_dialog import AddPackDialog
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.patient.subject import Subject
from tests.exchange.forms import form as form_file
from tests.exchange.forms import question
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


def last_whole(stage: Stage, patient_id: str) -> Measure:
    """Give the last measure with all its answers."""
    measures = read_chart(stage.workspace, patient_id).measures
    return next(m for m in reversed(measures) if m.is_complete and not m.total_only)


def correction(stage: Stage) -> QDialog:
    row = measured(stage)
    wrong = last_whole(stage, row.patient_id)
    dialog = opened(
        RecordMeasureDialog(stage.desk, Subject.of_row(row), stage.window, corrects=wrong)
    )
    dialog.grid.items[1].take(3)
    dialog.reason.setText("Item 2 was keyed one too low")
    return typed(dialog)


def measures_tab(stage: Stage) -> QWidget:
    """Give the Measures tab with one that was corrected, struck."""
    row = measured(stage)
    wrong = last_whole(stage, row.patient_id)
    draft = MeasureDraft(
        wrong.episode_id, wrong.instrument_id, wrong.taken_on, total_only=12, language="Español"
    )
    reason = "The sheet of another visit was keyed"
    correct_measure(stage.workspace, wrong.id, draft, reason=reason)
    stage.window.open_patient(row.patient_id)
    screen = stage.window.screen_shown
    if not isinstance(screen, ChartScreen):
        raise TypeError("no chart is shown")
    screen.tabs.setCurrentIndex(2)
    screen.measures.show_voided.setChecked(True)
    screen.measures.table.select_row(1)
    return stage.window


def answers(stage: Stage) -> QDialog:
    page = read_chart_page(stage.workspace, measured(stage).patient_id)
    records = records_of(
        page.chart.measures,
        (),
        catalogue=page.catalogue,
        sex=page.chart.patient.sex,
        names=page.staff_names,
    )
    whole = next(record for record in records if not record.measure.total_only)
    return opened(AnswersDialog(Subject.of_row(page.chart.row), whole, parent=stage.window))


def pack(stage: Stage, content: dict[str, Any], name: str) -> QDialog:
    file = Path(tempfile.gettempdir()) / name
    file.write_text(json.dumps(content), encoding="utf-8")
    return typed(opened(AddPackDialog(stage.desk, file, stage.window)))


def pack_good(stage: Stage) -> QDialog:
    dialog = pack(stage, form_file(*WORRIES, title="Our worry form"), "worry-form.json")
    if isinstance(dialog, AddPackDialog):
        dialog.bands.setText("0-2 Few, 3-5 Some, 6-8 Many")
        dialog.again.click()
    return typed(dialog)


def pack_refused(stage: Stage) -> QDialog:
    questions = (*WORRIES, question("5", type="text", text="Anything else?"))
    return pack(stage, form_file(*questions, title="PHQ-9"), "phq.json")


WORRIES = (
    question("1", text="How often did you worry about money?"),
    question("2", text="How often did you worry about your health?"),
    question("3", text="How often did you lie awake?"),
    question("4", text="How often did you think of hurting yourself?"),
)
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
    "measure-correct": correction,
    "measure-answers": answers,
    "pack-preview": pack_good,
    "pack-problems": pack_refused,
}
SCREENS: dict[str, Callable[[Stage], QWidget]] = {"chart-measures-corrected": measures_tab}
