"""Choosing the registry's columns: which are shown, and in which order."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.domain.registry_columns import BY_KEY, COLUMNS
from cocm_desktop.domain.saved_view import NAME_COLUMN, USUAL_COLUMNS, Columns, ShownColumn
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, LinkButton, PrimaryButton
from cocm_desktop.ui.widgets.labels import Label

KEY = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 26
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ColumnList(QListWidget):
    """Ticked columns are shown. They are moved by dragging, or with Alt and the arrows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAccessibleName(self.tr("Columns"))
        self.setAlternatingRowColors(True)

    def step(self, by: int) -> None:
        """Move the current column up or down."""
        place = self.currentRow()
        target = place + by
        if place >= 0 and 0 <= target < self.count():
            item = self.takeItem(place)
            self.insertItem(target, item)
            self.setCurrentRow(target)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = STEPS.get(Qt.Key(event.key()))
        if by is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.step(by)
        else:
            super().keyPressEvent(event)


class ColumnsDialog(QDialog):
    """Begins with the columns as they are shown; the others follow below."""

    chosen = Signal(object)
    """The Columns wanted."""

    def __init__(self, columns: Columns, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Columns"))
        self.list = ColumnList()
        self.up = Button(self.tr("Move up"), "chevron-up")
        self.down = Button(self.tr("Move down"), "chevron-down")
        self.reset = LinkButton(self.tr("Back to the usual columns"))
        self.show_them = PrimaryButton(self.tr("Show these"))
        self.cancel = Button(self.tr("Cancel"))
        self._widths: dict[str, int] = {}
        self._build()
        self._fill(columns)
        self.up.clicked.connect(self._move_up)
        self.down.clicked.connect(self._move_down)
        self.reset.clicked.connect(self._reset)

    @property
    def columns(self) -> Columns:
        """Give the ticked columns in order; the name is always the first."""
        items = (self.list.item(number) for number in range(self.list.count()))
        ticked = [item.data(KEY) for item in items if item.checkState() is Qt.CheckState.Checked]
        return tuple(ShownColumn(key, self._widths.get(key, 0)) for key in (NAME_COLUMN, *ticked))

    def _build(self) -> None:
        words = self.tr(
            "Ticked columns are shown from left to right; the patient's name always comes first. "
            "Drag a column to move it, or press Alt with the arrow keys."
        )
        self.show_them.setDefault(True)
        buttons = QDialogButtonBox()
        buttons.addButton(self.show_them, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        side = QVBoxLayout()
        side.setSpacing(8)
        for button in (self.up, self.down, self.reset):
            side.addWidget(button)
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.list, 1)
        middle.addLayout(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(self.windowTitle(), "section"))
        column.addWidget(Label(words, "secondary", wraps=True))
        column.addLayout(middle, 1)
        column.addWidget(buttons)
        theme = theme_of(self)
        self.setMinimumSize(theme.px(540), theme.px(520))
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)

    def _fill(self, columns: Columns) -> None:
        self._widths = {each.key: each.width for each in columns}
        shown = [each.key for each in columns if each.key != NAME_COLUMN]
        others = [c.key for c in COLUMNS if c.key not in {*shown, NAME_COLUMN}]
        self.list.clear()
        for key in (*shown, *others):
            item = QListWidgetItem(self.tr(BY_KEY[key].title))
            item.setData(KEY, key)
            item.setSizeHint(QSize(0, theme_of(self).px(ROW_HEIGHT)))
            item.setToolTip(BY_KEY[key].explained)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_shown = key in shown
            item.setCheckState(Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    @Slot()
    def _move_up(self) -> None:
        self.list.step(-1)

    @Slot()
    def _move_down(self) -> None:
        self.list.step(1)

    @Slot()
    def _reset(self) -> None:
        self._fill(USUAL_COLUMNS)

    @Slot()
    def _accept(self) -> None:
        self.chosen.emit(self.columns)
        self.accept()
