"""What the place of service means in money."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cocm_desktop.domain.billing.place_of_service import (
    ALLOWED_WORDS,
    PlaceAmounts,
    TwoAmounts,
    is_facility,
    place_words,
)
from cocm_desktop.domain.wording import NOTHING, dollars
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table


class PlaceCard(Card):
    """Medicare's amount of each code in an office and in a facility, side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.words = Label("", "strong", wraps=True)
        self.rates = Label("", "secondary", wraps=True)
        self.table = Table(self.tr("Amounts by place of service"))
        self.model = RowsModel[TwoAmounts](
            (
                Column(self.tr("Code"), lambda each: each.code, width=0, hint=lambda e: e.label),
                Column(self.tr("Office"), lambda e: e.office_cents, dollars, right=True, width=84),
                Column(
                    self.tr("Facility"), lambda e: e.facility_cents, dollars, right=True, width=84
                ),
                Column(self.tr("Difference"), _difference, right=True, width=92),
            ),
            self,
        )
        self.table.set_rows_model(self.model, most_rows=4)
        for each in (self.words, self.table, self.rates):
            self.body.addWidget(each)

    def show_amounts(self, place: PlaceAmounts) -> None:
        kind = self.tr("facility") if is_facility(place.place) else self.tr("office")
        words = self.tr("Place of service %1: Medicare's %2 amounts hold")
        self.words.setText(words.replace("%1", place_words(place.place)).replace("%2", kind))
        self.model.show_rows(place.amounts)
        rates = self.tr("Rates: %1; %2").replace("%1", place.rates).replace("%2", ALLOWED_WORDS)
        none = self.tr("No rates are loaded for this year.")
        self.rates.setText(f"{rates}." if place.is_loaded else none)


def _difference(each: TwoAmounts) -> str:
    if each.office_cents is None or each.facility_cents is None:
        return NOTHING
    return dollars(each.facility_cents - each.office_cents).replace("-", "−")
