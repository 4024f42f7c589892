"""The left rail: the places a person may go, each with its count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.paths import PROGRAM
from cocm_desktop.ui.icons import USUAL_SIZE, icon_pixmap
from cocm_desktop.ui.screen import Place
from cocm_desktop.ui.sizes import Text
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.labels import Label

WIDTH, NARROW_WIDTH = 188, 58
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_NEW_LOOK = {QEvent.Type.PaletteChange, QEvent.Type.FontChange}


class RailItem(QAbstractButton):
    """One place: icon, title, count."""

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = place.key
        self._icon = place.icon
        self._count = ""
        self._is_narrow = False
        self.setText(place.title)
        self.setAccessibleName(place.title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_count(self, count: int | None) -> None:
        self._count = "" if count is None else f"{count:,}"
        self.setAccessibleName(f"{self.text()}, {self._count}" if self._count else self.text())
        self.update()

    def set_narrow(self, *, narrow: bool) -> None:
        """Show the icon only; the title then stands in the tooltip."""
        self._is_narrow = narrow
        self.setToolTip(self.accessibleName() if narrow else "")
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        theme = theme_of(self)
        return QSize(theme.px((NARROW_WIDTH if self._is_narrow else WIDTH) - 20), theme.px(36))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        colours = theme.palette
        ink = colours.primary if self.isChecked() else colours.secondary
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(theme.colour("primary_tint" if self.isChecked() else "alternate"))
            painter.drawRoundedRect(area, 6, 6)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("primary"), 2))
            painter.drawRoundedRect(area, 6, 6)
        size = theme.px(USUAL_SIZE)
        left = (self.width() - size) // 2 if self._is_narrow else theme.px(11)
        picture = icon_pixmap(self._icon, ink, size=size)
        painter.drawPixmap(left, (self.height() - size) // 2, picture)
        if not self._is_narrow:
            self._paint_words(painter, left + size + theme.px(10), ink=QColor(ink))
        painter.end()

    def _paint_words(self, painter: QPainter, left: int, *, ink: QColor) -> None:
        theme = theme_of(self)
        words = QRect(left, 0, self.width() - left - theme.px(10), self.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(ink)
        painter.setFont(theme.font(Text.CAPTION, bold=True))
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight, self._count)
        painter.setFont(theme.font(bold=self.isChecked()))
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeft, self.text())


class Rail(QFrame):
    """The places, one of which is chosen. Up and Down move, Enter or Space go there."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setAccessibleName(self.tr("Places"))
        self._items = {place.key: RailItem(place, self) for place in places}
        self._group = QButtonGroup(self)
        self._is_narrow = False
        self._brand = Label(PROGRAM, "brand")

        column = QVBoxLayout(self)
        column.setContentsMargins(10, 14, 10, 10)
        column.setSpacing(0)
        column.addWidget(self._brand)
        column.addSpacing(12)
        for item in self._items.values():
            self._group.addButton(item)
            column.addWidget(item)
        column.addStretch(1)
        self._fit()

        for item in self._items.values():
            item.clicked.connect(lambda _on, key=item.key: self.chosen.emit(key))

    def show_chosen(self, key: str) -> None:
        """Mark where we are, without going there."""
        if key in self._items:
            self._items[key].setChecked(True)

    def show_none(self) -> None:
        """Mark no place: what is shown belongs to none of them."""
        self._group.setExclusive(False)
        for item in self._items.values():
            item.setChecked(False)
        self._group.setExclusive(True)

    def show_count(self, key: str, count: int | None) -> None:
        if key in self._items:
            self._items[key].show_count(count)

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave the room to the screen where text is large or the window small."""
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        self._brand.setVisible(not narrow)
        for item in self._items.values():
            item.set_narrow(narrow=narrow)
        self._fit()

    def take_focus(self) -> None:
        item = self._group.checkedButton() or next(iter(self._items.values()), None)
        if item is not None:
            item.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        items = list(self._items.values())
        focused = next((n for n, item in enumerate(items) if item.hasFocus()), None)
        step = _STEPS.get(Qt.Key(event.key()))
        if focused is not None and step is not None:
            items[(focused + step) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)
        elif focused is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            items[focused].click()
        else:
            super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in _NEW_LOOK:
            self._fit()

    def _fit(self) -> None:
        self.setFixedWidth(theme_of(self).px(NARROW_WIDTH if self._is_narrow else WIDTH))
