"""Keeping the field with the cursor in sight of the area it scrolls in."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from cocm_desktop.ui.theme import theme_of

MARGIN = 12
PAUSE = 30
"""Milliseconds in which wrapped words settle after a form has grown."""


class InSight(QObject):
    """Qt scrolls to a field by Tab alone, not when a program sets the cursor or a form grows."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._look)
        area.verticalScrollBar().rangeChanged.connect(self._wait)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not isValid(self._area):  # the cursor moves when a form is taken down
            return
        inner = self._area.widget()
        if inner is None or not inner.isAncestorOf(now):
            return
        margin = theme_of(self._area).px(MARGIN)
        place = now.mapTo(inner, now.rect().topLeft())
        for edge in (place.y() + now.height(), place.y()):
            self._area.ensureVisible(place.x(), edge, 0, margin)
        self._area.ensureWidgetVisible(now, 0, margin)

    @Slot()
    def _wait(self) -> None:
        self._soon.start(PAUSE)

    @Slot()
    def _look(self) -> None:
        if isValid(self._area):
            self._follow(None, self._area.window().focusWidget())
