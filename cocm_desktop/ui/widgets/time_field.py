"""A time of day as people type it, with the plain form beside it."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.domain.clock_times import read_time
from cocm_desktop.domain.wording import clock_time
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.labels import Label

SOME_DAY = date(2000, 1, 1)


class TimeField(QWidget):
    """Empty, or a time such as 2:30 pm, 14:30 or 1430."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = QLineEdit()
        self.entry.setPlaceholderText(self.tr("2:30 pm"))
        self.entry.setMaxLength(12)
        self.echo = Label("", "secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.entry)
        row.addWidget(self.echo, 1)
        self.setFocusProxy(self.entry)
        self._fit()

        self.entry.textChanged.connect(self._show_echo)

    def moment(self) -> time | None:
        return read_time(self.entry.text())

    def is_readable(self) -> bool:
        """Tell whether the field is empty or holds a time."""
        return not self.entry.text().strip() or self.moment() is not None

    def set_time(self, moment: time | None) -> None:
        self.entry.setText(_words(moment) if moment else "")

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.entry.setAccessibleName(name)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    @Slot()
    def _show_echo(self) -> None:
        moment = self.moment()
        self.echo.set_role("secondary" if self.is_readable() else "problem")
        if moment is not None:
            self.echo.setText(_words(moment))
        else:
            self.echo.setText("" if self.is_readable() else self.tr("Not a time yet"))
        self.entry.setAccessibleDescription(self.echo.text())

    def _fit(self) -> None:
        self.entry.setFixedWidth(theme_of(self).px(96))


def _words(moment: time) -> str:
    return clock_time(datetime.combine(SOME_DAY, moment))
