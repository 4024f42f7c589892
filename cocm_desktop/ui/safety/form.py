"""Opening a form so that a critical answer is followed by the safety step, never in silence."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cocm_desktop.domain.ids import MeasureId
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.measure import Measure
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.safety.step import open_safety_step


def open_form(
    desk: Desk,
    subject: Subject,
    parent: QWidget | None,
    *,
    corrects: Measure | None = None,
    instrument_id: InstrumentId | None = None,
) -> RecordMeasureDialog:
    """Open the dialog that records a measure, or corrects one."""
    dialog = RecordMeasureDialog(
        desk, subject, parent, corrects=corrects, instrument_id=instrument_id
    )

    def follow(measure_id: MeasureId) -> None:
        open_safety_step(desk, subject, measure_id=measure_id, parent=parent)

    dialog.critical_stored.connect(follow)
    dialog.open()
    return dialog
