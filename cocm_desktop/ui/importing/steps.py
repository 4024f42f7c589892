"""Where in the import we are, in one line above its pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from cocm_desktop.ui.widgets.labels import IconLabel, Label


class StepLine(QWidget):
    """The steps by number and name; the one we are at stands out."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels = [Label(f"{number}  {name}") for number, name in enumerate(names, start=1)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for number, label in enumerate(self._labels):
            if number:
                row.addWidget(IconLabel("chevron-right", size=14))
            row.addWidget(label)
        row.addStretch(1)
        self.show_step(0)

    def show_step(self, here: int) -> None:
        for number, label in enumerate(self._labels):
            label.set_role("here" if number == here else "secondary")
        self.setAccessibleName(self._labels[here].text())
