"""The numbers behind the score chart, newest on top."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from cocm_desktop.domain.score_picture import Plot, ScorePicture
from cocm_desktop.domain.trend_lanes import LaneName
from cocm_desktop.domain.wording import NOTHING, long_date
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

_REST = (LaneName.CONTACTS, LaneName.PHASES)


class ScoreTable(Table):
    """One row a day, with what was scored on it and what the lanes of the chart hold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Scores"))

    def show_picture(self, picture: ScorePicture) -> None:
        marks = (
            (self.tr("Medication"), LaneName.MEDICATION),
            (self.tr("Review"), LaneName.REVIEWS),
        )
        columns: list[Column[date]] = [
            Column(self.tr("Date"), lambda day: day, long_date, width=110),
            *(
                Column(str(plot.instrument.id), partial(_scored, plot), width=176)
                for plot in picture.plots
            ),
            Column(self.tr("Item 9"), partial(_item9, picture), width=64),
            *(
                Column(title, partial(_happened, picture, (name,)), width=170)
                for title, name in marks
            ),
            Column(self.tr("Contact, phase"), partial(_happened, picture, _REST), width=0),
        ]
        model = RowsModel(columns, self)
        model.show_rows(reversed(picture.days))
        self.set_rows_model(model)


def _scored(plot: Plot, day: date) -> str:
    return plot.words_on(day).removeprefix(f"{plot.instrument.id} ") or NOTHING


def _item9(picture: ScorePicture, day: date) -> str:
    marks = picture.marks_on(day, LaneName.ITEM9)
    return ", ".join(mark.short for mark in marks) or NOTHING


def _happened(picture: ScorePicture, names: tuple[LaneName, ...], day: date) -> str:
    return "; ".join(mark.words for mark in picture.marks_on(day, *names)) or NOTHING
