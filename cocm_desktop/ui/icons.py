"""Icons from resources/icons, drawn in the colours of the palette."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cocm_desktop.paths import resources

USUAL_SIZE = 18


@cache
def _drawing(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def icon_pixmap(name: str, colour: str, *, size: int = USUAL_SIZE, ratio: float = 0.0) -> QPixmap:
    """Draw an icon in one colour, sharp on the screen's own density unless `ratio` is given."""
    ratio = ratio or QGuiApplication.primaryScreen().devicePixelRatio()
    drawing = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(ratio)
    painter = QPainter(pixmap)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap


def icon(name: str, colour: str, *, size: int = USUAL_SIZE, disabled: str = "") -> QIcon:
    """Give an icon in a colour of the palette, and in another where it is disabled."""
    made = QIcon(icon_pixmap(name, colour, size=size))
    if disabled:
        made.addPixmap(icon_pixmap(name, disabled, size=size), QIcon.Mode.Disabled)
    return made
