"""The tab of a chart that lists its measures, voided ones too where they are asked for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QCheckBox
from typing_extensions import override

from cocm_desktop.actions.chart_page import ChartPage
from cocm_desktop.actions.measure import void_measure
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.measure_record import MeasureRecord, records_of
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import long_date, short_date
from cocm_desktop.ui.chart.answers_dialog import AnswersDialog
from cocm_desktop.ui.chart.list_page import ListPage
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import Voidable
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.chips import Chip
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.labels import EmptyState, Label
from cocm_desktop.ui.widgets.table import TOP, Column, Index, RowsModel


class RecordsModel(RowsModel[MeasureRecord]):
    """Strikes out what was voided."""

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.FontRole:
            row = self.row_at(index)
            font = QFont(QApplication.font())
            font.setStrikeOut(row is not None and row.withdrawn is not None)
            return font
        return super().data(index, role)


class MeasuresPage(ListPage[MeasureRecord]):
    """Every form of the episode. One that was wrong is corrected: voided and recorded anew."""

    correct_wanted = Signal(object)  # Measure

    def __init__(self, desk: Desk) -> None:
        empty = EmptyState("chart-line", desk.tr("No measure recorded yet"))
        super().__init__(desk, desk.tr("Measures"), empty)
        self._page: ChartPage | None = None
        self._records: tuple[MeasureRecord, ...] = ()
        self.instrument: ChoiceField[InstrumentId | None] = ChoiceField(
            [(None, self.tr("All instruments"))]
        )
        self.instrument.setAccessibleName(self.tr("Instrument"))
        self.show_voided = QCheckBox(self.tr("Show voided"))
        self.answers = Button(self.tr("Show answers"))
        self.correct = Button(self.tr("Correct…"))
        self.correct.setVisible(
            desk.may(Permission.VOID_RECORD) and desk.may(Permission.RECORD_MEASURE)
        )
        label = Label(self.tr("Instrument"), "secondary")
        for widget in (label, self.instrument, self.show_voided):
            self.above.addWidget(widget)
        self.above.addStretch(1)
        for button in (self.answers, self.correct):
            self.beside_void.addWidget(button)

        self.instrument.currentIndexChanged.connect(self._show_wanted)
        self.show_voided.toggled.connect(self._show_wanted)
        self.answers.clicked.connect(self._show_answers)
        self.correct.clicked.connect(self._ask_correction)
        self.table.activated.connect(self._show_answers)

    @property
    def chosen(self) -> MeasureRecord | None:
        return self.model.row_at(self.table.currentIndex())

    def show_page(self, page: ChartPage) -> None:
        self._page = page
        self._records = records_of(
            page.chart.measures,
            page.withdrawn,
            catalogue=page.catalogue,
            sex=page.chart.patient.sex,
            names=page.staff_names,
        )
        used = sorted({record.instrument.id for record in self._records})
        self.instrument.offer(
            [(None, self.tr("All instruments")), *((name, str(name)) for name in used)]
        )
        words = self.tr("Show voided (%1)").replace("%1", str(len(page.withdrawn)))
        self.show_voided.setText(words)
        self.show_voided.setVisible(bool(page.withdrawn))
        self._show_wanted()

    @override
    def make_model(self, columns: Any) -> RowsModel[MeasureRecord]:
        return RecordsModel(columns, self)

    @override
    def describe(self, row: MeasureRecord) -> tuple[str, str]:
        return row.title, "\n".join(row.lines)

    @Slot()
    def _show_wanted(self) -> None:
        wanted, with_voided = self.instrument.choice(), self.show_voided.isChecked()
        rows = tuple(
            record
            for record in self._records
            if (with_voided or record.withdrawn is None) and wanted in {None, record.instrument.id}
        )
        columns: list[Column[MeasureRecord]] = [
            Column(self.tr("Date"), lambda r: r.measure.taken_on, short_date, width=104),
            Column(self.tr("Instrument"), lambda r: str(r.instrument.id), width=120),
            Column(self.tr("Score"), _score, _score_words, width=210),
            Column(self.tr("Critical items"), lambda r: r.critical_words, width=140),
            Column(self.tr("Kept as"), lambda r: r.state_words, width=150),
            Column(self.tr("How"), lambda r: r.measure.mode.value, width=100),
            Column(self.tr("By"), lambda r: r.giver_words, width=0),
        ]
        self.show_rows(columns, rows, voidable=self._voidable_of)
        if self._records:
            self.show_table()
            self._show_chosen(self.table.currentIndex(), TOP)

    @Slot(QModelIndex, QModelIndex)
    @override
    def _show_chosen(self, current: QModelIndex, before: QModelIndex) -> None:
        super()._show_chosen(current, before)
        row = self.model.row_at(current)
        is_on_file = row is not None and row.withdrawn is None
        self.void.setEnabled(is_on_file)
        self.correct.setEnabled(is_on_file)
        self.answers.setEnabled(row is not None)

    def _voidable_of(self, row: MeasureRecord) -> Voidable:
        measure = row.measure
        words = f"{measure.instrument_id}, {row.score_words}, {long_date(measure.taken_on)}"
        also = (
            self.tr("A safety task that it opened stays open until a clinician closes it.")
            if row.instrument.critical_items
            else ""
        )
        return Voidable(
            words,
            also,
            lambda workspace, reason: void_measure(workspace, measure.id, reason=reason),
        )

    @Slot()
    def _show_answers(self) -> None:
        if self.chosen is not None and self._page is not None:
            subject = Subject.of_row(self._page.chart.row)
            AnswersDialog(subject, self.chosen, parent=self.window()).open()

    @Slot()
    def _ask_correction(self) -> None:
        if self.chosen is not None:
            self.correct_wanted.emit(self.chosen.measure)


def _score(row: MeasureRecord) -> Chip | str:
    total, band = row.measure.total, row.band
    if total is None or band is None or row.withdrawn is not None:
        return row.score_words
    return Chip.of_score(total, band)


def _score_words(value: Chip | str) -> str:
    return value.text if isinstance(value, Chip) else value
