"""Warnings that a person looks at before a superbill is issued, each with a box to tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.month_list import Acknowledgement, to_acknowledge
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.wording import count_of
from cocm_desktop.ui.widgets.labels import Label


class WarningList(QWidget):
    """Each warning stands once, with the number of superbills that have it."""

    ticked = Signal()

    def __init__(self, rows: Sequence[MonthRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[CheckId, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        warnings = to_acknowledge(rows)
        if warnings:
            column.addWidget(Label(self.tr("I have looked at this:"), "strong"))
        for each in warnings:
            about = f"{count_of(each.count, 'superbill')}: {each.words}"
            column.addLayout(self._line(each, each.words if len(rows) == 1 else about))

    @property
    def is_looked_at(self) -> bool:
        return all(box.isChecked() for box in self.boxes.values())

    def _line(self, warning: Acknowledgement, about: str) -> QHBoxLayout:
        box = QCheckBox()
        box.setAccessibleName(about)
        box.toggled.connect(self.ticked)
        self.boxes[warning.id] = box
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(about, wraps=True), 1)
        return line
