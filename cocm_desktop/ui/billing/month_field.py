"""A service month, one step at a time; never one that has not begun."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.ui.widgets.buttons import IconButton, LinkButton
from cocm_desktop.ui.widgets.labels import Label


class MonthField(QWidget):
    changed = Signal()

    def __init__(self, this_month: ServiceMonth, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._this = this_month
        self._month = this_month
        self.back = IconButton(self.tr("Previous month (Ctrl+Page Up)"), "chevron-left")
        self.words = Label("", "section")
        self.on = IconButton(self.tr("Next month (Ctrl+Page Down)"), "chevron-right")
        self.home = LinkButton(self.tr("This month"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.back, self.words, self.on, self.home):
            row.addWidget(widget)
        self._show()

        self.back.clicked.connect(self.go_back)
        self.on.clicked.connect(self.go_on)
        self.home.clicked.connect(self._go_home)

    @property
    def month(self) -> ServiceMonth:
        return self._month

    def move_on(self, this_month: ServiceMonth) -> None:
        """Know that another month has begun."""
        self._this = this_month
        self._show()

    def show_month(self, month: ServiceMonth) -> None:
        """Show a month that nobody chose; nothing is told of it."""
        self._month = month
        self._show()

    @Slot()
    def go_back(self) -> None:
        self._go(self._month.plus(-1))

    @Slot()
    def go_on(self) -> None:
        self._go(self._month.plus(1))

    @Slot()
    def _go_home(self) -> None:
        self._go(self._this)

    def _go(self, month: ServiceMonth) -> None:
        if month <= self._this and month != self._month:
            self._month = month
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        self.words.setText(str(self._month))
        self.on.setEnabled(self._month < self._this)
        self.home.setVisible(self._month != self._this)
