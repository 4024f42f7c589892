"""The columns of the board: four beside each other, or two where there is less room."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QListView,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.domain.today_card import Board, Card, Lane
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.today.cards import CardDelegate, CardsModel
from cocm_desktop.ui.widgets.labels import Card as Frame
from cocm_desktop.ui.widgets.labels import Label

LANE_WIDTH = 232
LANE_HEIGHT = 190
GAP = 10
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
NOTHING_IN: Mapping[Lane, str] = {
    Lane.OVERDUE: "Nothing overdue",
    Lane.TODAY: "Nothing due today",
    Lane.SOON: "Nothing due in the next 7 days",
    Lane.WAITING: "Waiting on nobody",
}


class LaneView(QListView):
    """Up and down in the column, left and right to the next one, Enter acts, Space finishes."""

    step_wanted = Signal(int)
    act_wanted = Signal()
    done_wanted = Signal()
    entered = Signal()

    def __init__(self, name: str, model: CardsModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(CardDelegate(self))
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.step_wanted.emit(_STEPS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.act_wanted.emit()
        elif key == Qt.Key.Key_Space:
            self.done_wanted.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()


class LaneColumn(QWidget):
    """A column's title with its count, and its cards or what there is to say without any."""

    def __init__(self, lane: Lane) -> None:
        super().__init__()
        self.lane = lane
        self.model = CardsModel(self)
        self.view = LaneView(self.tr(lane.value), self.model)
        self.title = Label(self.tr(lane.value), "strong")
        self.count = Label("", "secondary")
        self.nothing = Label(self.tr(NOTHING_IN[lane]), "secondary", wraps=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty = Frame()
        empty.body.addWidget(self.nothing)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.view)
        self._pages.addWidget(empty)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.title)
        head.addWidget(self.count)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self.setMinimumHeight(theme_of(self).px(LANE_HEIGHT))

    @property
    def chosen(self) -> Card | None:
        row = self.view.currentIndex().row()
        return self.model.cards[row] if 0 <= row < len(self.model.cards) else None

    def show_board(self, board: Board) -> None:
        cards = board.lane(self.lane)
        self.model.show_cards(cards, board.today)
        opened = board.open_in(self.lane)
        self.count.setText(f"{opened:,}" if cards else "")
        self.view.setAccessibleName(f"{self.title.text()}, {opened:,}")
        self._pages.setCurrentIndex(0 if cards else 1)

    def choose(self, row: int) -> None:
        """Make a card the current one, the last where there are fewer."""
        last = self.model.rowCount() - 1
        self.view.setCurrentIndex(self.model.index(min(row, last)) if last >= 0 else QModelIndex())


class Lanes(QScrollArea):
    """One card of all columns is the chosen one: that of the column last entered."""

    chosen_changed = Signal()
    act_wanted = Signal()
    done_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.columns = {lane: LaneColumn(lane) for lane in Lane}
        self._here = Lane.OVERDUE
        self._across = 0
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)
        self.setWidget(inner)
        self._arrange(len(Lane))
        for column in self.columns.values():
            view = column.view
            view.setProperty("lane", column.lane.name)
            view.entered.connect(self._enter)
            view.step_wanted.connect(self._step)
            view.act_wanted.connect(self.act_wanted)
            view.done_wanted.connect(self.done_wanted)
            view.doubleClicked.connect(self.act_wanted)
            view.selectionModel().currentChanged.connect(self._tell)

    @property
    def chosen(self) -> Card | None:
        return self.columns[self._here].chosen

    def show_board(self, board: Board) -> None:
        """Show other cards; the one that was chosen stays so, or the one after it."""
        had_focus = any(column.view.hasFocus() for column in self.columns.values())
        kept = self.chosen.key if self.chosen else ""
        row = max(self.columns[self._here].view.currentIndex().row(), 0)
        for column in self.columns.values():
            column.show_board(board)
            column.choose(0)
        cards = [card.key for card in board.lane(self._here)]
        self.columns[self._here].choose(cards.index(kept) if kept in cards else row)
        if not cards:
            self._here = next((lane for lane in Lane if board.lane(lane)), Lane.OVERDUE)
        if had_focus:
            self.take_focus()
        self.chosen_changed.emit()

    def take_focus(self) -> None:
        self.columns[self._here].view.setFocus()

    def enter(self, lane: Lane) -> None:
        self._here = lane
        self.take_focus()
        self.ensureWidgetVisible(self.columns[lane])

    @Slot()
    def _enter(self) -> None:
        self._here = Lane[self.sender().property("lane")]
        self.ensureWidgetVisible(self.columns[self._here], 0, 0)
        self.chosen_changed.emit()

    @Slot(int)
    def _step(self, by: int) -> None:
        """Go to the next column that has cards."""
        lanes = list(Lane)
        place = lanes.index(self._here) + by
        while 0 <= place < len(lanes):
            if self.columns[lanes[place]].model.cards:
                self.enter(lanes[place])
                return
            place += by

    @Slot(QModelIndex, QModelIndex)
    def _tell(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen_changed.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.viewport().width() + GAP
        across = len(Lane)
        while across > 1 and room < across * (theme_of(self).px(LANE_WIDTH) + GAP):
            across //= 2
        self._arrange(across)

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for number, column in enumerate(self.columns.values()):
            self._grid.addWidget(column, number // across, number % across)
        for place in range(len(Lane)):
            self._grid.setColumnStretch(place, 1 if place < across else 0)
