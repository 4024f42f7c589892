"""The registry's filters: a row of chips with live counts, and whose patients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QMenu, QWidget

from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.registry import Chip
from cocm_desktop.domain.registry_chips import RULES
from cocm_desktop.domain.saved_view import SavedView
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.chips import FilterChip
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.flow import FlowLayout

SELDOM = (
    Chip.STEP_DOWN,
    Chip.CONSENT_MISSING,
    Chip.CODE_REACHED,
    Chip.CLOSING,
    Chip.NOT_ENROLLED,
    Chip.CLOSED,
    Chip.EVERYONE,
)


class ChipRow(QWidget):
    """One chip is on at a time. Every chip tells its rule in its tooltip.

    Those that are asked for seldom stand in a menu at the end; the one that is on is always seen.
    """

    chosen = Signal(object)  # Chip
    view_chosen = Signal(str)  # SavedViewId

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._chip = Chip.OPEN
        self._counts: Mapping[Chip, int] = {}
        self._pinned: tuple[SavedView, ...] = ()
        self.buttons: dict[Chip, FilterChip] = {}
        self.views: dict[str, FilterChip] = {}
        self._flow = FlowLayout(self, gap=5)
        for number, chip in enumerate(Chip):
            button = FilterChip(self.tr(chip.value))
            button.setToolTip(self.tr(RULES[chip]))
            self._group.addButton(button, number)
            self.buttons[chip] = button
            self._flow.addWidget(button)
        self.more = Button(self.tr("More"))
        self.more.setProperty("kind", "chip")
        self.more.setAccessibleName(self.tr("More filters"))
        self.menu = QMenu(self)
        self.more.setMenu(self.menu)
        self._flow.addWidget(self.more)
        self._hide_seldom()

        self._group.idClicked.connect(self._choose)
        self.menu.aboutToShow.connect(self._fill_menu)

    def show_chip(self, chip: Chip, view: SavedView | None = None) -> None:
        """Put a chip on, or that of the pinned view which is shown."""
        self._chip = chip
        pinned = self.views.get(view.id) if view else None
        (pinned or self.buttons[chip]).setChecked(True)
        self._hide_seldom()

    def show_counts(self, counts: Mapping[Chip, int]) -> None:
        self._counts = counts
        for chip, button in self.buttons.items():
            button.show_count(counts[chip])

    def pin(self, views: Sequence[SavedView]) -> None:
        """Show these views as chips, behind the others."""
        if [(v.id, v.name) for v in views] == [(v.id, v.name) for v in self._pinned]:
            return
        self._pinned = tuple(views)
        for button in self.views.values():
            self._group.removeButton(button)
            self._flow.removeWidget(button)
            button.deleteLater()
        self._flow.removeWidget(self.more)
        self.views = {}
        for number, view in enumerate(views):
            button = FilterChip(view.name)
            button.setToolTip(view.content.filter.words or self.tr("A pinned view"))
            self._group.addButton(button, len(Chip) + number)
            self.views[view.id] = button
            self._flow.addWidget(button)
        self._flow.addWidget(self.more)

    def show_view_counts(self, counts: Mapping[str, int]) -> None:
        for view_id, button in self.views.items():
            button.show_count(counts.get(view_id))

    @Slot()
    def _fill_menu(self) -> None:
        self.menu.clear()
        for chip in SELDOM:
            action = self.menu.addAction(f"{self.tr(chip.value)}  {self._counts.get(chip, 0):,}")
            action.setToolTip(self.tr(RULES[chip]))
            action.setCheckable(True)
            action.setChecked(chip is self._chip)
            action.triggered.connect(partial(self._choose, list(Chip).index(chip)))
        self.menu.setToolTipsVisible(True)

    def _hide_seldom(self) -> None:
        for chip in SELDOM:
            self.buttons[chip].setVisible(chip is self._chip)

    @Slot(int)
    def _choose(self, number: int, _is_on: bool = True) -> None:  # noqa: FBT002  Qt's own
        if number < len(Chip):
            self.chosen.emit(list(Chip)[number])
        else:
            self.view_chosen.emit(list(self.views)[number - len(Chip)])


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
