"""The pages of a paper, one under the other, drawn as they come into sight."""

from __future__ import annotations

from collections import OrderedDict
from itertools import accumulate

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from typing_extensions import override

from cocm_desktop.ui.paper.pdf import POINTS_PER_INCH, Pdf
from cocm_desktop.ui.paper.zoom import SCREEN_DOTS_PER_INCH, Fit, Zoom, next_step, percent_of
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.announce import announce

GAP = 16
LINE = 48
FOCUS = 2
KEPT_PIXELS = 24_000_000
"""96 MB of pictures: the pages in sight and their neighbours. The rest is drawn when wanted."""
_AT_ONCE = 0.9


class PaperView(QAbstractScrollArea):
    """Page Up and Page Down turn pages, Home and End go to the first and the last."""

    page_changed = Signal(int)
    """The page in sight, counted from 1."""
    zoom_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf: Pdf | None = None
        self._zoom: Zoom = Fit.WIDTH
        self._percent = 100.0
        self._page = 0
        self._areas: tuple[QRect, ...] = ()
        self._pictures: OrderedDict[tuple[int, float], QPixmap] = OrderedDict()
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName(self.tr("Pages"))
        self.verticalScrollBar().setSingleStep(LINE)
        self.horizontalScrollBar().setSingleStep(LINE)

    @property
    def zoom(self) -> Zoom:
        return self._zoom

    @property
    def page(self) -> int:
        """The page in sight, counted from 1; 0 while nothing is shown."""
        return self._page

    def show_pdf(self, pdf: Pdf) -> None:
        """Show another paper from its first page; the zoom stays."""
        self._pdf = pdf
        self._page = 0
        self._lay_out()
        self.go_to(1)

    def show_nothing(self) -> None:
        """Forget the paper and every picture of it."""
        self._pdf = None
        self._page, self._areas = 0, ()
        self._pictures.clear()
        self.viewport().update()

    def go_to(self, number: int) -> None:
        """Bring the top of a page into sight."""
        if self._areas:
            number = min(max(number, 1), len(self._areas))
            self.verticalScrollBar().setValue(self._areas[number - 1].top() - GAP)
            self._note_page(number)

    def set_zoom(self, zoom: Zoom) -> None:
        """Show the pages larger or smaller; what is at the top stays there."""
        self._zoom = zoom
        self._lay_out_again()
        self.zoom_changed.emit()

    def step_zoom(self, by: int) -> None:
        self.set_zoom(next_step(self._percent, by))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_again()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour("track"))
        painter.setPen(theme.colour("control"))
        for number, area in self._in_sight():
            picture = self._picture(number)
            painter.drawPixmap(area.topLeft(), picture)
            size = picture.deviceIndependentSize()
            painter.drawRect(QRectF(area.topLeft(), size).adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("primary"), FOCUS))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.end()

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        before = [n for n, area in enumerate(self._areas, 1) if area.top() - GAP <= middle]
        self._note_page(before[-1] if before else 1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        bar, screen = self.verticalScrollBar(), round(self.viewport().height() * _AT_ONCE)
        back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        moves = {
            Qt.Key.Key_PageDown: lambda: self.go_to(self._page + 1),
            Qt.Key.Key_PageUp: lambda: self.go_to(self._page - 1),
            Qt.Key.Key_Home: lambda: self.go_to(1),
            Qt.Key.Key_End: lambda: self.go_to(len(self._areas)),
            Qt.Key.Key_Space: lambda: bar.setValue(bar.value() + (-screen if back else screen)),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
        else:
            move()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def _lay_out_again(self) -> None:
        """Lay out for another room or zoom, with the same line at the top."""
        number, part = self._at_top()
        self._lay_out()
        if self._areas:
            area = self._areas[number]
            self.verticalScrollBar().setValue(area.top() + round(part * area.height()))

    def _lay_out(self) -> None:
        """Place every page for the zoom and the room there is."""
        if self._pdf is None:
            return
        room = self.viewport().size() - QSize(2 * GAP, 2 * GAP)
        widest = max(self._pdf.sizes, key=lambda size: size.width())
        self._percent = percent_of(self._zoom, widest, room)
        scale = self._percent / 100 * SCREEN_DOTS_PER_INCH / POINTS_PER_INCH
        sizes = [(size * scale).toSize() for size in self._pdf.sizes]
        tops = list(accumulate((size.height() + GAP for size in sizes), initial=GAP))
        whole = max(size.width() for size in sizes) + 2 * GAP
        width = max(whole, self.viewport().width())
        self._areas = tuple(
            QRect((width - size.width()) // 2, top, size.width(), size.height())
            for size, top in zip(sizes, tops, strict=False)
        )
        self._pictures.clear()
        bars = (
            (self.verticalScrollBar(), tops[-1], self.viewport().height()),
            (self.horizontalScrollBar(), whole, self.viewport().width()),
        )
        for bar, length, page in bars:
            bar.setPageStep(page)
            bar.setRange(0, max(0, length - page))
        self.viewport().update()

    def _in_sight(self) -> list[tuple[int, QRect]]:
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        placed = [(n, area.translated(-across, -down)) for n, area in enumerate(self._areas)]
        return [(n, area) for n, area in placed if area.intersects(self.viewport().rect())]

    def _picture(self, number: int) -> QPixmap:
        """Draw a page for the density of this screen, or take the picture from last time."""
        key = (number, self.devicePixelRatioF())
        if key not in self._pictures and self._pdf is not None:
            dots = self._percent / 100 * SCREEN_DOTS_PER_INCH * key[1]
            drawn = QPixmap.fromImage(self._pdf.picture(number, dots))
            drawn.setDevicePixelRatio(key[1])
            self._pictures[key] = drawn
        self._pictures.move_to_end(key)
        pixels = sum(each.width() * each.height() for each in self._pictures.values())
        while pixels > KEPT_PIXELS and len(self._pictures) > 1:
            _, oldest = self._pictures.popitem(last=False)
            pixels -= oldest.width() * oldest.height()
        return self._pictures[key]

    def _at_top(self) -> tuple[int, float]:
        """Tell which page is at the top edge, from 0, and how much of it is above the edge."""
        top = self.verticalScrollBar().value()
        for number, area in enumerate(self._areas):
            if area.bottom() >= top:
                return number, (top - area.top()) / area.height()
        return 0, 0.0

    def _note_page(self, number: int) -> None:
        if number == self._page or not self._areas:
            return
        self._page = number
        words = self.tr("Page %1 of %2").replace("%1", str(number))
        words = words.replace("%2", str(len(self._areas)))
        self.setAccessibleDescription(words)
        announce(self, words)
        self.page_changed.emit(number)
