"""Third step: every row with what becomes of it, before anything is stored."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.domain.import_preview import ImportPreview, PreviewRow, RowState
from cocm_desktop.domain.wording import count_of, long_date
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.importing.notices import Notices
from cocm_desktop.ui.importing.rows_table import rows_columns
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.chips import FilterChip
from cocm_desktop.ui.widgets.flow import FlowLayout
from cocm_desktop.ui.widgets.labels import Card, Label, ProblemLabel
from cocm_desktop.ui.widgets.table import RowsModel, Table


class CheckPage(QWidget):
    """Filter by what becomes of the rows; a possible duplicate is added only where chosen."""

    left = Signal()
    import_wanted = Signal(object)  # frozenset of lines to add all the same

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview: ImportPreview | None = None
        self._shown: RowState | None = None
        self.include: frozenset[int] = frozenset()
        self.notices = Notices()
        self.chips: dict[RowState | None, FilterChip] = {}
        self.table = Table(self.tr("Rows of the file"))
        self.model: RowsModel[PreviewRow] = RowsModel(rows_columns(self, self._is_included), self)
        self.table.set_rows_model(self.model)
        self.title = Label("", "strong", wraps=True)
        self.remarks = Label("", wraps=True)
        self.add_anyway = QCheckBox(self.tr("&Add this patient all the same"))
        self.summary = Label("", wraps=True)
        self.problems = ProblemLabel()
        self.back = Button(self.tr("Back"), "chevron-left")
        self.bring = PrimaryButton("", "database-import")
        self._build()
        self._connect()

    def show_preview(self, preview: ImportPreview) -> None:
        self._preview, self.include = preview, frozenset()
        self.notices.show_notices(preview.notices)
        self.problems.clear_problems()
        for state, chip in self.chips.items():
            chip.show_count(len(preview.rows) if state is None else preview.counts[state])
        self._show_state(None)
        self._say()

    def take_focus(self) -> None:
        self.table.setFocus()

    def show_error(self, error: CocmError) -> None:
        self.set_busy(busy=False)
        self.problems.show_error(error)

    def set_busy(self, *, busy: bool) -> None:
        self.back.setDisabled(busy)
        self.bring.setDisabled(busy)
        if not busy:
            self._say()

    def _build(self) -> None:
        chips, group = QWidget(), QButtonGroup(self)
        flow = FlowLayout(chips, gap=6)
        for state in (None, *RowState):
            chip = FilterChip(self.tr(state.value) if state else self.tr("All rows"))
            group.addButton(chip)
            chip.clicked.connect(partial(self._show_state, state))
            self.chips[state] = chip
            flow.addWidget(chip)
        detail = Card()
        detail.body.addWidget(self.title)
        detail.body.addWidget(self.remarks)
        detail.body.addWidget(self.add_anyway)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.bring)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.notices, chips):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(detail)
        column.addWidget(self.problems)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.back.clicked.connect(self.left)
        self.bring.clicked.connect(self._bring)
        self.add_anyway.clicked.connect(self._include)
        self.table.selectionModel().currentRowChanged.connect(self._show_row)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self.add_anyway.click)

    def _is_included(self, row: PreviewRow) -> bool:
        return row.line in self.include

    def _show_state(self, state: RowState | None, _on: object = None) -> None:
        """Show the rows of one state, or all of them."""
        if self._preview is None:
            return
        self._shown = state
        self.chips[state].setChecked(True)
        self.model.show_rows(self._preview.rows if state is None else self._preview.of(state))
        self.table.select_row(0)
        self._show_row()

    @Slot(QModelIndex, QModelIndex)
    def _show_row(self, *_rows: QModelIndex) -> None:
        row = self.model.row_at(self.table.currentIndex())
        self.add_anyway.setVisible(row is not None and row.state is RowState.POSSIBLE_DUPLICATE)
        if row is None:
            self.title.setText(self.tr("No row is in this group."))
            self.remarks.clear()
            return
        born = self.tr("born %1").replace("%1", long_date(row.born_on)) if row.born_on else ""
        mrn = f"MRN {row.mrn}" if row.mrn else ""
        line = self.tr("Line %1").replace("%1", f"{row.line:,}")
        self.title.setText(" · ".join(part for part in (line, row.name, born, mrn) if part))
        self.remarks.setText("\n".join(row.remarks) or self.tr("Nothing to remark."))
        self.add_anyway.setChecked(self._is_included(row))

    @Slot()
    def _include(self) -> None:
        index = self.table.currentIndex()
        row = self.model.row_at(index)
        if row is None or row.state is not RowState.POSSIBLE_DUPLICATE:
            return
        self.include = self.include ^ {row.line}
        last = self.model.index(index.row(), self.model.columnCount() - 1)
        self.model.dataChanged.emit(self.model.index(index.row(), 0), last)
        self._show_row()
        self._say()

    def _say(self) -> None:
        if self._preview is None:
            return
        count = len(self._preview.drafts(self.include))
        self.summary.setText(self._preview.words(self.include))
        words = self.tr("Import %1").replace("%1", count_of(count, "patient"))
        self.bring.setText(words if count else self.tr("Nobody to import"))
        self.bring.setEnabled(bool(count))

    @Slot()
    def _bring(self) -> None:
        self.set_busy(busy=True)
        self.import_wanted.emit(self.include)
