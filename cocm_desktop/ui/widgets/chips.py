"""Chips: a number, a word, bars and a colour, so that colour never stands alone."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from cocm_desktop.domain.instrument import Band
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.sizes import Text
from cocm_desktop.ui.theme import Theme, theme_of

BARS = 5
_BAR_WIDTH, _BAR_GAP = 3, 1


@dataclass(frozen=True, slots=True)
class Chip:
    """What a chip shows. `bars` is the level of a severity band; other chips have none."""

    text: str
    tone: Tone
    bars: int = 0

    @classmethod
    def of_score(cls, total: int | str, band: Band) -> Chip:
        """Show a score with its band: 18 Mod. severe, four bars."""
        return cls(f"{total} {band.short}", Tone(band.level), band.level)


def chip_size(chip: Chip, theme: Theme) -> QSize:
    """Tell how much room a chip takes."""
    metrics = QFontMetrics(_font(chip, theme))
    width = metrics.horizontalAdvance(chip.text) + 2 * _padding(chip, theme)
    if chip.bars:
        width += _bars_width(theme) + theme.px(7)
    return QSize(width, theme.px(22 if chip.bars else 18))


def paint_chip(painter: QPainter, left_centre: QPointF, *, chip: Chip, theme: Theme) -> None:
    """Draw a chip, its left edge and the middle of its height at a point."""
    size = chip_size(chip, theme)
    top = left_centre.y() - size.height() / 2
    area = QRectF(left_centre.x(), round(top), size.width(), size.height())
    colours = theme.palette.chips[chip.tone]
    ink = QColor(colours.text)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(colours.tint))
    painter.setPen(QPen(ink, 1) if chip.bars else Qt.PenStyle.NoPen)
    radius = area.height() / 2 if chip.bars else 4
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    left = area.left() + _padding(chip, theme)
    if chip.bars:
        _paint_bars(painter, QPointF(left, area.center().y()), chip.bars, ink=ink, theme=theme)
        left += _bars_width(theme) + theme.px(7)
    painter.setPen(ink)
    painter.setFont(_font(chip, theme))
    words = QRectF(left, area.top(), area.right() - left, area.height())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, chip.text)
    painter.restore()


def _paint_bars(
    painter: QPainter, left_centre: QPointF, level: int, *, ink: QColor, theme: Theme
) -> None:
    """Draw five rising bars, the first `level` of them full."""
    faint = QColor(ink)
    faint.setAlphaF(0.28)
    width, gap = theme.px(_BAR_WIDTH), theme.px(_BAR_GAP)
    tallest = theme.px(11)
    bottom = round(left_centre.y() + tallest / 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for number in range(BARS):
        height = theme.px(3) + round((tallest - theme.px(3)) * number / (BARS - 1))
        left = round(left_centre.x()) + number * (width + gap)
        colour = ink if number < level else faint
        painter.fillRect(QRect(left, bottom - height, width, height), colour)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _bars_width(theme: Theme) -> int:
    return BARS * theme.px(_BAR_WIDTH) + (BARS - 1) * theme.px(_BAR_GAP)


def _padding(chip: Chip, theme: Theme) -> int:
    return theme.px(9 if chip.bars else 7)


def _font(chip: Chip, theme: Theme) -> QFont:
    return theme.font(Text.BODY if chip.bars else Text.CAPTION, bold=True)


class ChipLabel(QWidget):
    """A chip as a widget, for banners and cards."""

    def __init__(self, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chip = chip
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(chip.text)

    def show_chip(self, chip: Chip) -> None:
        self._chip = chip
        self.setAccessibleName(chip.text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return chip_size(self._chip, theme_of(self))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, QPointF(0, self.height() / 2), chip=self._chip, theme=theme_of(self))
        painter.end()


class FilterChip(QPushButton):
    """A filter that is on or off, with the count of what it would show."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setCheckable(True)
        self.setProperty("kind", "chip")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_count(None)

    def show_count(self, count: int | None) -> None:
        shown = "" if count is None else f"  {count:,}"
        self.setText(f"{self._words}{shown}")
        self.setAccessibleName(f"{self._words}{shown}".replace("  ", ", "))
