"""Settings: the outcome definitions by name and version, and the criteria of each scale."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.outcome import Criteria
from cocm_desktop.domain.outcome_sets import CRITERIA, SETS, OutcomeSet
from cocm_desktop.domain.wording import NOTHING
from cocm_desktop.ui.widgets.form import Page
from cocm_desktop.ui.widgets.labels import Card, Label, Line
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

MOST_SCALES = 14


class OutcomesPage(Page):
    """For reading: a verdict anywhere in the program names one of these."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = self.tr(
            "Every verdict names its definition, because the same course can reach one and miss "
            "another. Nobody is called better without one. A changed rule gets a new version; "
            "reports keep the name of the old one."
        )
        self.body.addWidget(Label(words, "secondary", wraps=True))
        card = Card(self.tr("Definitions"))
        for number, each in enumerate(SETS):
            if number:
                card.body.addWidget(Line())
            for label in self._words(each, is_default=number == 0):
                card.body.addWidget(label)
        self.body.addWidget(card)
        self.body.addWidget(self._scales())
        self.body.addStretch(1)

    def _words(self, of: OutcomeSet, *, is_default: bool) -> tuple[Label, ...]:
        title = f"{of.title} · {self.tr('the target of rules')}" if is_default else of.title
        source = self.tr("Source: %1").replace("%1", of.source)
        return (
            Label(title, "strong"),
            Label(f"{of.definition}.", wraps=True),
            Label(source, "caption", wraps=True),
        )

    def _scales(self) -> Card:
        card = Card(self.tr("Bao/NYS target, by scale"))
        self.table = Table(self.tr("Bao/NYS target, by scale"))
        model = RowsModel[tuple[InstrumentId, Criteria]](
            (
                Column(self.tr("Scale"), lambda each: str(each[0]), width=150),
                Column(self.tr("At target"), lambda each: each[1].words, width=0),
                Column(self.tr("Counts from a baseline of"), self._elevated, right=True, width=180),
            ),
            self,
        )
        model.show_rows(CRITERIA.items())
        self.table.set_rows_model(model, most_rows=MOST_SCALES)
        card.body.addWidget(self.table)
        words = self.tr(
            "Baselines of PCL-5, SCARED, PSC-17 and SMFQ are candidates that a clinician has yet "
            "to sign off."
        )
        card.body.addWidget(Label(words, "caption", wraps=True))
        return card

    @staticmethod
    def _elevated(row: tuple[InstrumentId, Criteria]) -> object:
        limit = row[1].elevated_from
        return NOTHING if limit is None else limit
