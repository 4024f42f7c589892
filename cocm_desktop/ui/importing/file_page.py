"""First step: which file; and the imports that were done before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.domain.import_preview import ImportBatch
from cocm_desktop.domain.wording import long_moment
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.importing.drop_area import DropArea
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.busy import BusyBar
from cocm_desktop.ui.widgets.buttons import Button, LinkButton, PrimaryButton
from cocm_desktop.ui.widgets.form import beside
from cocm_desktop.ui.widgets.labels import Card, IconLabel, Label, ProblemLabel
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

SHOWN_HEIGHT = 104


class FilePage(QWidget):
    """Choose or drop a file. Reading it may take seconds: the bar says that we are at it."""

    file_chosen = Signal(object)  # Path
    choose_wanted = Signal()
    template_wanted = Signal()
    undo_wanted = Signal(object)  # ImportBatch

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.area = DropArea()
        self.choose = PrimaryButton(self.tr("Choose a file…"), "folder-open")
        self.template = LinkButton(self.tr("Save an empty template to fill in"))
        self.reading = Label("", "secondary")
        self.bar = BusyBar(self.tr("Reading"))
        self.problems = ProblemLabel()
        self.undo = Button(self.tr("Undo import…"), "arrow-back-up")
        self.table = Table(self.tr("Imports"))
        self.model: RowsModel[ImportBatch] = RowsModel(self._columns(), self)
        self.table.set_rows_model(self.model)
        self._build()

        self.area.dropped.connect(self.file_chosen)
        self.choose.clicked.connect(self.choose_wanted)
        self.template.clicked.connect(self.template_wanted)
        self.undo.clicked.connect(self._ask_undo)
        self.table.selectionModel().currentRowChanged.connect(self._follow_row)
        self.show_reading(None)
        self.show_imports(())

    def show_imports(self, imports: Sequence[ImportBatch]) -> None:
        self.model.show_rows(imports)
        self._last.setVisible(bool(imports))
        self.table.select_row(0)
        self._follow_row()

    def show_reading(self, file: Path | None) -> None:
        """Say that a file is being read, or that none is any more."""
        words = self.tr("Reading %1…").replace("%1", file.name) if file else ""
        self.reading.setText(words)
        for widget in (self.reading, self.bar):
            widget.setVisible(file is not None)
        for button in (self.choose, self.template):
            button.setEnabled(file is None)
        if file is not None:
            self.problems.clear_problems()

    def show_error(self, error: CocmError) -> None:
        self.show_reading(None)
        self.problems.show_error(error)
        self.choose.setFocus()

    def _columns(self) -> tuple[Column[ImportBatch], ...]:
        return (
            Column(self.tr("Imported"), lambda b: b.imported_at, long_moment, width=160),
            Column(self.tr("File"), lambda b: b.file_name, width=0, hint=lambda b: b.file_name),
            Column(self.tr("Added"), lambda b: b.rows_added, right=True, width=60),
            Column(self.tr("Already here"), lambda b: b.rows_known, right=True, width=90),
            Column(self.tr("Rejected"), lambda b: b.rows_rejected, right=True, width=70),
            Column(self.tr("By"), lambda b: b.imported_by, width=100),
            Column(
                self.tr("Undone"),
                lambda b: b.undone_words,
                width=90,
                hint=lambda b: b.undo_reason,
            ),
        )

    def _build(self) -> None:
        body = self.area.body
        centre = Qt.AlignmentFlag.AlignHCenter
        body.addWidget(IconLabel("upload", "primary", size=32), 0, centre)
        body.addWidget(Label(self.tr("Drop the patient list here"), "section"), 0, centre)
        words = self.tr(
            "CSV, XLSX, XLS or ODS, as your record system exports it. "
            "You see every row before anything is stored."
        )
        body.addWidget(Label(words, "secondary"), 0, centre)
        body.addWidget(beside(self.choose, self.template), 0, centre)
        self.bar.setFixedWidth(theme_of(self).px(240))
        body.addWidget(self.reading, 0, centre)
        body.addWidget(self.bar, 0, centre)

        self._last = Card()
        row = QHBoxLayout()
        row.addWidget(Label(self.tr("Imports so far"), "strong"), 1)
        row.addWidget(self.undo)
        self._last.body.addLayout(row)
        self._last.body.addWidget(self.table, 1)
        self.table.setMinimumHeight(theme_of(self).px(SHOWN_HEIGHT))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.area)
        column.addWidget(self.problems)
        column.addWidget(self._last, 1)
        column.addStretch(0)

    @Slot()
    def _ask_undo(self) -> None:
        batch = self.model.row_at(self.table.currentIndex())
        if batch is not None:
            self.undo_wanted.emit(batch)

    @Slot(QModelIndex, QModelIndex)
    def _follow_row(self, *_rows: QModelIndex) -> None:
        batch = self.model.row_at(self.table.currentIndex())
        self.undo.setEnabled(batch is not None and batch.can_be_undone)
