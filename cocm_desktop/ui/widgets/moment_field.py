"""A day and a time of day on one line: a moment on the practice's clock."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.ui.widgets.fields import DateField
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.time_field import TimeField


class MomentField(QWidget):
    """Empty, or a moment. A day without a time is none, nor a time without a day."""

    def __init__(
        self, now: datetime, moment: datetime | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._zone = now.tzinfo
        self.day = DateField(now.date(), moment.date() if moment else None)
        self.time = TimeField()
        if moment:
            self.time.set_time(moment.time())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.day)
        row.addWidget(Label(self.tr("at"), "secondary"))
        row.addWidget(self.time, 1)
        self.setFocusProxy(self.day)

    def moment(self) -> datetime | None:
        day, time = self.day.day(), self.time.moment()
        if day is None or time is None:
            return None
        return datetime.combine(day, time, tzinfo=self._zone)

    def is_begun(self) -> bool:
        """Tell whether anything was typed."""
        return bool(self.day.entry.text().strip() or self.time.entry.text().strip())

    def text(self) -> str:
        return f"{self.day.entry.text()} {self.time.entry.text()}"

    @override
    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.day.setAccessibleName(name)
        self.time.setAccessibleName(f"{name}, {self.tr('time')}")
