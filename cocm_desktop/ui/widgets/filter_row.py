"""A row of filters, one of them on, each with the count of what it would show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from cocm_desktop.ui.widgets.chips import FilterChip
from cocm_desktop.ui.widgets.flow import FlowLayout

T = TypeVar("T")


class FilterRow(QWidget, Generic[T]):
    """Every filter tells its rule in its tooltip."""

    chosen = Signal(object)

    def __init__(
        self, choices: Iterable[tuple[T, str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.buttons: dict[T, FilterChip] = {}
        self._group = QButtonGroup(self)
        flow = FlowLayout(self, gap=6)
        for number, (choice, words, rule) in enumerate(choices):
            button = FilterChip(words)
            button.setToolTip(rule)
            self._group.addButton(button, number)
            self.buttons[choice] = button
            flow.addWidget(button)

        self._group.idClicked.connect(self._choose)

    def show_choice(self, choice: T) -> None:
        self.buttons[choice].setChecked(True)

    @Slot()
    def take_focus(self) -> None:
        """Put the cursor on the filter that is on."""
        if (button := self._group.checkedButton()) is not None:
            button.setFocus()

    def show_counts(self, counts: Mapping[T, int | None]) -> None:
        """Show the count of each filter; None shows none."""
        for choice, button in self.buttons.items():
            button.show_count(counts[choice])

    @Slot(int)
    def _choose(self, number: int) -> None:
        self.chosen.emit(list(self.buttons)[number])
