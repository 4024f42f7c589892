"""The bookmarks of a paper: one line for each, to go there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QStyleOptionViewItem, QWidget
from typing_extensions import override

from cocm_desktop.ui.paper.pdf import Bookmark
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.table import CellDelegate, Index

WIDTH = 232
"""At most; in a narrow window the pages have precedence."""
LINE = 28
STEP_IN = "\u2003"
"""Before a place that stands under another one."""


class LineDelegate(CellDelegate):
    """Lines a little closer than the rows of a table."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, theme_of(option.widget).px(LINE))


class Contents(QListWidget):
    """Follows the page in sight; choosing a line goes to its page."""

    page_wanted = Signal(int)
    """A page, counted from 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: list[int] = []
        self._is_following = False
        self.setAccessibleName(self.tr("Contents"))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setItemDelegate(LineDelegate(self))
        self.currentRowChanged.connect(self._go)

    def show_bookmarks(self, bookmarks: Sequence[Bookmark]) -> None:
        self._is_following = True
        self.clear()
        self._pages = [mark.page + 1 for mark in bookmarks]
        for mark in bookmarks:
            self.addItem(f"{STEP_IN * mark.level}{mark.title}")
            self.item(self.count() - 1).setToolTip(mark.title)
        self._is_following = False
        self.setVisible(len(bookmarks) > 1)
        self._fit()

    @Slot(int)
    def follow(self, page: int) -> None:
        """Mark the line to which the page in sight belongs."""
        self._is_following = True
        self.setCurrentRow(bisect_right(self._pages, page) - 1)
        self._is_following = False

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
            self.scheduleDelayedItemsLayout()

    def _fit(self) -> None:
        self.setMaximumWidth(theme_of(self).px(WIDTH))

    @Slot(int)
    def _go(self, row: int) -> None:
        if not self._is_following and row >= 0:
            self.page_wanted.emit(self._pages[row])
