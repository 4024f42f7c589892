"""The registry's table: whole rows, the name always in sight, every key does something."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.registry_column import Column
from cocm_desktop.domain.registry_columns import BY_KEY, COLUMNS
from cocm_desktop.domain.saved_view import USUAL_COLUMNS, Columns, ShownColumn
from cocm_desktop.domain.text import fold
from cocm_desktop.ui.registry.delegate import PADDING, RegistryDelegate, cell_width, least_width
from cocm_desktop.ui.registry.frozen import FrozenName
from cocm_desktop.ui.registry.model import ROW, UP, Index, RegistryModel
from cocm_desktop.ui.sizes import USUAL_TEXT, Text
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.table import Table

MEASURED_ROWS = 100
FROZEN = 0
ELASTIC = {"why": 96}
"""Columns that take what is left rather than what their words would like, and the least of it."""
_PLACES = {column.key: place for place, column in enumerate(COLUMNS)}


class RegistryTable(Table):
    """Enter opens the chart, Space the side peek, a typed letter jumps to a name."""

    chart_wanted = Signal(str)  # PatientId
    peek_wanted = Signal()
    menu_wanted = Signal(QPoint)
    sort_wanted = Signal(int, bool)  # place of a column; whether after those that sort already
    row_changed = Signal()
    chosen_changed = Signal()
    """Other rows are selected, perhaps several."""
    columns_changed = Signal()
    """A person has moved a column or made it wider."""
    _frozen: FrozenName | None = None

    def __init__(self, name: str, model: RegistryModel, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._typed = ""
        self._is_arranging = False
        self._columns: Columns = USUAL_COLUMNS
        self._since_typed = QElapsedTimer()
        self.registry = model
        self.setModel(model)
        self.setItemDelegate(RegistryDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(False)
        header.setStretchLastSection(True)
        self._frozen = self._freeze()
        self._place_frozen()

        header.sectionClicked.connect(self._ask_to_sort)
        header.sectionResized.connect(self._follow_width)
        header.sectionMoved.connect(self._note_columns)
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

    @property
    def keys_chosen(self) -> tuple[str, ...]:
        """Give the patients of the selected rows, in the order in which they stand."""
        selection = self.selectionModel().selection()
        blocks = [selection.at(number) for number in range(selection.size())]
        places = {place for block in blocks for place in range(block.top(), block.bottom() + 1)}
        return tuple(self.registry.rows[place].key for place in sorted(places))

    def choose_all(self, keys: Collection[str]) -> None:
        """Select the rows of several patients, those that are shown."""
        selection = QItemSelection()
        for place, row in enumerate(self.registry.rows):
            if row.key in keys:
                index = self.registry.index(place, FROZEN)
                selection.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.Select | flags.Rows)

    @property
    def columns(self) -> Columns:
        """Give the columns as they stand, with the widths that a person has set."""
        header = self.horizontalHeader()
        kept = {each.key: each.width for each in self._columns}
        places = sorted(range(len(COLUMNS)), key=header.visualIndex)
        return tuple(
            ShownColumn(COLUMNS[place].key, kept.get(COLUMNS[place].key, 0))
            for place in places
            if not self.isColumnHidden(place)
        )

    def show_columns(self, columns: Columns, rows: Sequence[RegistryRow] = ()) -> None:
        """Show these columns in this order, as wide as a person has set or the contents need."""
        self._columns, header = columns, self.horizontalHeader()
        self._is_arranging = True
        shown = [_PLACES[each.key] for each in columns]
        for place in range(len(COLUMNS)):
            self.setColumnHidden(place, place not in shown)
        for target, place in enumerate(shown):
            header.moveSection(header.visualIndex(place), target)
        self._is_arranging = False
        self.fit_columns(rows)

    def fit_columns(self, rows: Sequence[RegistryRow] = ()) -> None:
        """Make each column as wide as its title, an arrow behind it and its contents need.

        Contents are measured on the rows given, or those shown: on those of the longest names.
        """
        theme = theme_of(self)
        titles = QFontMetrics(theme.font(Text.CAPTION, bold=True))
        rows = rows or self.registry.rows
        measured = sorted(rows, key=lambda row: -len(row.name))[:MEASURED_ROWS]
        self._is_arranging = True
        for each in self._columns:
            column = BY_KEY[each.key]
            width = theme.px(each.width) if each.width else self._fitting(column, measured)
            title = titles.horizontalAdvance(self.tr(column.title)) + 2 * PADDING
            self.horizontalHeader().resizeSection(_PLACES[each.key], max(width, title))
        self._is_arranging = False

    def _fitting(self, column: Column, rows: Sequence[RegistryRow]) -> int:
        theme = theme_of(self)
        titles = QFontMetrics(theme.font(Text.CAPTION, bold=True))
        title = titles.horizontalAdvance(self.tr(column.title) + UP)
        if column.key in ELASTIC:
            return max(title, theme.px(ELASTIC[column.key])) + 2 * PADDING
        widest = max((cell_width(row, column, theme) for row in rows), default=0)
        return max(title, widest, least_width(column, theme)) + 2 * PADDING + 2

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
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()

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
        elif key == Qt.Key.Key_Space and not event.modifiers():
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

    @Slot(int)
    def _ask_to_sort(self, place: int) -> None:
        shift = QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier
        self.sort_wanted.emit(place, bool(shift))

    @Slot(int, int, int)
    def _follow_width(self, place: int, _before: int, after: int) -> None:
        """Keep the width that a person gives a column; the last one only fills what is left."""
        if place == FROZEN:
            self._place_frozen()
        if self._is_arranging or place == self._last_place():
            return
        width = round(after * USUAL_TEXT / theme_of(self).px(USUAL_TEXT))
        self._columns = tuple(
            ShownColumn(each.key, width) if each.key == COLUMNS[place].key else each
            for each in self.columns
        )
        self.columns_changed.emit()

    @Slot()
    def _note_columns(self) -> None:
        if not self._is_arranging:
            self._columns = self.columns
            self.columns_changed.emit()

    def _last_place(self) -> int:
        return _PLACES[self.columns[-1].key]

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
        frozen.horizontalHeader().sectionClicked.connect(self._ask_to_sort)
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
