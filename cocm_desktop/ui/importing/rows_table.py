"""How a row of a file reads in a table: where it stands, who it is, what becomes of it, why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cocm_desktop.domain.import_preview import PreviewRow, RowState
from cocm_desktop.domain.wording import short_date
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.widgets.chips import Chip
from cocm_desktop.ui.widgets.table import Column

TONES = {
    RowState.NEW: Tone.MINIMAL,
    RowState.ALREADY_HERE: Tone.NEUTRAL,
    RowState.POSSIBLE_DUPLICATE: Tone.MODERATE,
    RowState.REJECTED: Tone.SEVERE,
}


def rows_columns(
    widget: QWidget, is_included: Callable[[PreviewRow], bool]
) -> tuple[Column[PreviewRow], ...]:
    """Give the columns; `is_included` tells which possible duplicates are added all the same."""

    def result(row: PreviewRow) -> Chip:
        if is_included(row):
            return Chip(widget.tr("Will be added"), Tone.INFO)
        return Chip(widget.tr(row.state.value), TONES[row.state])

    return (
        Column(widget.tr("Line"), lambda row: row.line, lambda n: f"{n:,}", right=True, width=56),
        Column(widget.tr("Patient"), lambda row: row.name, width=190, hint=lambda row: row.name),
        Column(widget.tr("Born"), lambda row: row.born_on, short_date, width=90),
        Column(widget.tr("MRN"), lambda row: row.mrn, width=84),
        Column(widget.tr("Result"), result, lambda chip: chip.text, width=136),
        Column(
            widget.tr("Why"),
            lambda row: " ".join(row.remarks),
            width=0,
            hint=lambda row: "\n".join(row.remarks),
        ),
    )
