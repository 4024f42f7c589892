"""What the place of service means in money."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from cocm_desktop.domain.billing.place_amounts import (
    ALLOWED_WORDS,
    PlaceAmounts,
    TwoAmounts,
    is_facility,
    place_words,
)
from cocm_desktop.domain.wording import NOTHING, dollars
from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.labels import Card, Label

RIGHT = Qt.AlignmentFlag.AlignRight


class PlaceCard(Card):
    """Medicare's amount of each code in an office and in a facility; the one that holds is bold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.words = Label("", "strong", wraps=True)
        self.rates = Label("", "secondary", wraps=True)
        self.lines: list[tuple[str, ...]] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self.body.addWidget(self.words)
        self.body.addLayout(self._grid)
        self.body.addWidget(self.rates)

    def show_amounts(self, place: PlaceAmounts) -> None:
        in_facility = is_facility(place.place)
        kind = self.tr("facility") if in_facility else self.tr("office")
        words = self.tr("Place of service %1: Medicare's %2 amounts hold")
        self.words.setText(words.replace("%1", place_words(place.place)).replace("%2", kind))
        self.lines = [_cells(each) for each in place.amounts]
        heads = (self.tr("Code"), self.tr("Office"), self.tr("Facility"), self.tr("Difference"))
        empty(self._grid)
        for column, head in enumerate(heads):
            self._grid.addWidget(Label(head, "caption"), 0, column, _side(column))
        for row, (line, each) in enumerate(zip(self.lines, place.amounts, strict=True), start=1):
            for column, cell in enumerate(line):
                role = "strong" if column == 1 + in_facility else ""
                label = Label(cell, role)
                label.setToolTip("" if column else each.label)
                self._grid.addWidget(label, row, column, _side(column))
        rates = self.tr("Rates: %1; %2").replace("%1", place.rates).replace("%2", ALLOWED_WORDS)
        none = self.tr("No rates are loaded for this year.")
        self.rates.setText(f"{rates}." if place.is_loaded else none)


def _side(column: int) -> Qt.AlignmentFlag:
    return RIGHT if column else Qt.AlignmentFlag.AlignLeft


def _cells(each: TwoAmounts) -> tuple[str, ...]:
    office, facility = each.office_cents, each.facility_cents
    if office is None or facility is None:
        return each.code, NOTHING, NOTHING, NOTHING
    return each.code, dollars(office), dollars(facility), dollars(facility - office)
