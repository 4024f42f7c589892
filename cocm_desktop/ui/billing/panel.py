"""Beside the list: the month that is chosen, or several together, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.ui.billing.sheet import BillSheet, SeveralSheet
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.buttons import Button, DangerButton
from cocm_desktop.ui.widgets.labels import Line


class BillPanel(QFrame):
    """What is shown is made anew each time, so that nothing of another patient stays."""

    mend_wanted = Signal(object)
    """A Mend of the one patient that is shown."""
    focus_lost = Signal()
    """The focus was on something that has been made anew."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.preview = Button(self.tr("Preview"))
        self.mark = Button(self.tr("Mark as"))
        self.void = DangerButton(self.tr("Void…"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(14, 0, 14, 12)
        buttons.addWidget(self.preview)
        buttons.addWidget(self.mark)
        buttons.addStretch(1)
        buttons.addWidget(self.void)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 0)
        column.setSpacing(10)
        column.addWidget(self._scroll, 1)
        column.addWidget(Line())
        column.addLayout(buttons)

    @property
    def shown(self) -> QWidget | None:
        return self._scroll.widget()

    def show_rows(self, rows: Sequence[MonthRow], desk: Desk) -> None:
        sheet: QWidget
        focused = self.window().focusWidget()
        had_focus = focused is not None and self._scroll.isAncestorOf(focused)
        if len(rows) == 1:
            sheet = BillSheet(rows[0], desk)
            sheet.mend_wanted.connect(self.mend_wanted)
        else:
            sheet = SeveralSheet(rows) if rows else QWidget()
        self._scroll.setWidget(sheet)
        sheet.setAutoFillBackground(False)
        if had_focus:
            self.focus_lost.emit()
