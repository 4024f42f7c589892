"""The agenda as a list that the arrow keys read case by case."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget
from typing_extensions import override

from cocm_desktop.ui.review.agenda_delegate import AgendaDelegate
from cocm_desktop.ui.review.agenda_model import LINE, AgendaModel, Case, Index


class AgendaList(QListView):
    """Enter opens the chart of the case that is chosen."""

    case_changed = Signal()
    chart_wanted = Signal()

    def __init__(self, name: str, model: AgendaModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.agenda = model
        self.setModel(model)
        self.setItemDelegate(AgendaDelegate(self))
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda _index: self.chart_wanted.emit())

    @property
    def chosen(self) -> Case | None:
        index = self.currentIndex()
        line = index.data(LINE) if index.isValid() else None
        return line if isinstance(line, Case) else None

    def choose_place(self, place: int) -> None:
        self.setCurrentIndex(self.agenda.index(place))

    def step(self, by: int) -> None:
        """Go to the next case (1) or the one before (-1)."""
        places, here = self.agenda.places(), self.currentIndex().row()
        ahead = [p for p in places if p > here] if by > 0 else [p for p in places if p < here]
        if ahead:
            self.choose_place(ahead[0] if by > 0 else ahead[-1])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.chart_wanted.emit()
        else:
            super().keyPressEvent(event)

    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() == next(iter(self.agenda.places()), -1):
            self.scrollToTop()
        self.case_changed.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()
