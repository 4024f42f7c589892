"""The registry's table: whole rows, the name always in sight, every key does something."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QModelIndex, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.registry_columns import COLUMNS
from cocm_desktop.domain.text import fold
from cocm_desktop.ui.registry.delegate import PADDING, RegistryDelegate, cell_width, least_width
from cocm_desktop.ui.registry.model import ROW, UP, Index, RegistryModel
from cocm_desktop.ui.sizes import Text
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.table import Table

MEASURED_ROWS = 100
FROZEN = 0


class FrozenName(QTableView):
    """The first column once more, over the table's left edge. It shows and never leads."""

    def __init__(self, table: RegistryTable) -> None:
        super().__init__(table)
        self._table = table
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(True)
        self.setStyleSheet("QTableView { border: 0; border-radius: 0; }")
        self.setAccessibleName("")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a line where other columns lie beneath."""
        super().paintEvent(event)
        if self._table.horizontalScrollBar().value() > 0:
            painter = QPainter(self.viewport())
            painter.setPen(theme_of(self).colour("control"))
            right = self.viewport().width() - 1
            painter.drawLine(right, 0, right, self.viewport().height())
            painter.end()


class RegistryTable(Table):
    """Enter opens the chart, Space the side peek, a typed letter jumps to a name."""

    chart_wanted = Signal(str)  # PatientId
    peek_wanted = Signal()
    menu_wanted = Signal(QPoint)
    sort_wanted = Signal(int)  # place of a column
    row_changed = Signal()
    _frozen: FrozenName | None = None

    def __init__(self, name: str, model: RegistryModel, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._typed = ""
        self._since_typed = QElapsedTimer()
        self.registry = model
        self.setModel(model)
        self.setItemDelegate(RegistryDelegate(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSectionsMovable(False)
        header.setStretchLastSection(True)
        self._frozen = self._freeze()
        self._place_frozen()

        header.sectionClicked.connect(self.sort_wanted)
        header.sectionResized.connect(self._follow_width)
        self.customContextMenuRequested.connect(self._ask_for_menu)
        self.doubleClicked.connect(self._open)

    @property
    def chosen(self) -> RegistryRow | None:
        """The row that is selected."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def choose(self, key: str) -> bool:
        """Select a patient's row; tell whether it is shown."""
        place = self.registry.place_of(key)
        if place is None:
            return False
        self.select_row(place)
        return True

    def fit_columns(self, rows: Sequence[RegistryRow] = ()) -> None:
        """Make each column as wide as its title, an arrow behind it and its contents need.

        Contents are measured on the rows given, or those shown: on those of the longest names.
        """
        theme = theme_of(self)
        titles = QFontMetrics(theme.font(Text.CAPTION, bold=True))
        arrow = titles.horizontalAdvance(UP)
        rows = rows or self.registry.rows
        measured = sorted(rows, key=lambda row: -len(row.name))[:MEASURED_ROWS]
        for number, column in enumerate(COLUMNS):
            title = titles.horizontalAdvance(self.tr(column.title)) + arrow
            widest = max((cell_width(row, column, theme) for row in measured), default=0)
            contents = max(title, widest, least_width(column, theme))
            self.horizontalHeader().resizeSection(number, contents + 2 * PADDING + 2)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._frozen is not None:
            self.fit_columns()
            self._place_frozen()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_frozen()

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.row_changed.emit()

    @override
    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Scroll, and never leave a cell under the name."""
        super().scrollTo(index, hint)
        covered = self.columnWidth(FROZEN) - self.visualRect(index).left()
        if index.column() != FROZEN and covered > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - covered)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Space:
            self.peek_wanted.emit()
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Jump to the first name that begins with what is typed in one go."""
        pause = QApplication.keyboardInputInterval() * 2
        is_going_on = self._since_typed.isValid() and self._since_typed.elapsed() < pause
        self._typed = self._typed + search if is_going_on else search
        self._since_typed.start()
        start = fold(self._typed)
        for place, row in enumerate(self.registry.rows):
            if start and row.sort_name.startswith(start):
                self.select_row(place)
                return

    @Slot(QModelIndex)
    def _open(self, index: Index) -> None:
        row: RegistryRow | None = index.data(ROW)
        if row is not None:
            self.chart_wanted.emit(row.patient_id)

    @Slot(QPoint)
    def _ask_for_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    @Slot(int, int, int)
    def _follow_width(self, place: int, _before: int, _after: int) -> None:
        if place == FROZEN:
            self._place_frozen()

    def _freeze(self) -> FrozenName:
        frozen = FrozenName(self)
        frozen.setModel(self.registry)
        frozen.setSelectionModel(self.selectionModel())
        frozen.setItemDelegate(RegistryDelegate(frozen))
        for number in range(1, len(COLUMNS)):
            frozen.hideColumn(number)
        frozen.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        frozen.customContextMenuRequested.connect(self._ask_for_menu)
        frozen.doubleClicked.connect(self._open)
        frozen.horizontalHeader().sectionClicked.connect(self.sort_wanted)
        frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(frozen.verticalScrollBar().setValue)
        self.horizontalScrollBar().valueChanged.connect(frozen.viewport().update)
        return frozen

    def _place_frozen(self) -> None:
        """Lay the frozen column over the table's own, header on header, row on row."""
        frozen, header = self._frozen, self.horizontalHeader()
        if frozen is None:
            return
        frozen.verticalHeader().setDefaultSectionSize(self.verticalHeader().defaultSectionSize())
        frozen.horizontalHeader().setFixedHeight(header.height())
        width = self.columnWidth(FROZEN)
        frozen.setColumnWidth(FROZEN, width)
        edge = self.frameWidth()
        height = header.height() + self.viewport().height()
        frozen.setGeometry(QRect(edge, edge, width, height))
        frozen.raise_()
