"""The numbers behind the score chart, newest on top."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from cocm_desktop.domain.instrument import GAD7, PHQ9, InstrumentId
from cocm_desktop.domain.score_picture import ScorePicture
from cocm_desktop.domain.wording import NOTHING, long_date
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table


class ScoreTable(Table):
    """One row a day, with what was scored on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Scores"))

    def show_picture(self, picture: ScorePicture) -> None:
        raised = dict(picture.item9)
        columns: list[Column[date]] = [
            Column(self.tr("Date"), lambda day: day, long_date, width=130),
            Column("PHQ-9", self._words(picture, PHQ9), width=190),
            Column(self.tr("Item 9"), lambda day: str(raised.get(day, NOTHING)), width=70),
            Column("GAD-7", self._words(picture, GAD7), width=0),
        ]
        model = RowsModel(columns, self)
        model.show_rows(reversed(picture.days))
        self.set_rows_model(model)

    @staticmethod
    def _words(picture: ScorePicture, instrument_id: InstrumentId) -> Callable[[date], str]:
        plots = [plot for plot in picture.plots if plot.instrument.id == instrument_id]

        def words(day: date) -> str:
            said = plots[0].words_on(day) if plots else ""
            return said.removeprefix(f"{instrument_id} ") or NOTHING

        return words
