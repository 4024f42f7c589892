"""The registry's filters: a row of chips with live counts, and whose patients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QWidget

from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.registry import RULES, Chip
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.ui.widgets.chips import FilterChip
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.flow import FlowLayout


class ChipRow(QWidget):
    """One chip is on at a time. Every chip tells its rule in its tooltip."""

    chosen = Signal(object)  # Chip

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.buttons: dict[Chip, FilterChip] = {}
        flow = FlowLayout(self, gap=5)
        for number, chip in enumerate(Chip):
            button = FilterChip(self.tr(chip.value))
            button.setToolTip(self.tr(RULES[chip]))
            self._group.addButton(button, number)
            self.buttons[chip] = button
            flow.addWidget(button)

        self._group.idClicked.connect(self._choose)

    def show_chip(self, chip: Chip) -> None:
        self.buttons[chip].setChecked(True)

    def show_counts(self, counts: Mapping[Chip, int]) -> None:
        for chip, button in self.buttons.items():
            button.show_count(counts[chip])

    @Slot(int)
    def _choose(self, number: int) -> None:
        self.chosen.emit(list(Chip)[number])


class CaseloadField(ChoiceField[StaffId | None]):
    """Whose patients are shown: mine, everyone's, or another care manager's."""

    def __init__(self, me: StaffMember, parent: QWidget | None = None) -> None:
        super().__init__([(None, "")], parent)
        self._me = me
        self._names: dict[StaffId, str] = {}
        self.setAccessibleName(self.tr("Whose patients"))
        self.offer_managers(())

    @property
    def whose(self) -> str:
        """Give the name of the care manager whose patients are shown; empty for everyone's."""
        chosen = self.choice()
        return self._names.get(chosen, "") if chosen else ""

    def offer_managers(self, members: Sequence[StaffMember]) -> None:
        self._names = {member.id: member.name for member in members}
        mine = [(m.id, self.tr("My patients")) for m in members if m.id == self._me.id]
        others = [(m.id, m.name) for m in members if m.id != self._me.id]
        self.offer([(None, self.tr("All care managers")), *mine, *others])
