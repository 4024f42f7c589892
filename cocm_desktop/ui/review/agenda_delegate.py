"""Drawing the lines of the agenda: headings, cases, and where the meeting ends."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.domain.registry_cells import primary_band
from cocm_desktop.domain.review_priority import Section
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.review.agenda_model import LINE, Case, Cut, Heading, Index
from cocm_desktop.ui.sizes import Text
from cocm_desktop.ui.theme import Theme, theme_of
from cocm_desktop.ui.widgets.chips import Chip, chip_size, paint_chip

HEADING_HEIGHT, CUT_HEIGHT, LINE_HEIGHT = 36, 30, 22
NUMBER_WIDTH, FIRST_WIDTH, CHIP_WIDTH = 32, 40, 136
PADDING, GAP = 10, 12
NAME_SHARE = 0.49
"""Of the room for words: the reasons need more of it than the names."""
NARROW = 480
"""Below this width the parts of a case stand one under the other."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


class AgendaDelegate(QStyledItemDelegate):
    """Paints every line itself, from the theme of the moment."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line, widget = index.data(LINE), _widget_of(option)
        theme = theme_of(widget)
        if isinstance(line, Heading):
            return QSize(0, theme.px(HEADING_HEIGHT))
        if isinstance(line, Cut):
            return QSize(0, theme.px(CUT_HEIGHT))
        room = widget.viewport().width() if isinstance(widget, QAbstractScrollArea) else 0
        lines = 3 if _is_narrow(room - 2 * PADDING, theme) else 2
        return QSize(0, lines * theme.px(LINE_HEIGHT) + 2 * theme.px(3))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, theme = index.data(LINE), theme_of(_widget_of(option))
        rect: QRect = option.rect
        painter.save()
        pen = Pen(painter, theme)
        if isinstance(line, Heading):
            _paint_heading(pen, rect, line)
        elif isinstance(line, Cut):
            _paint_cut(pen, rect, line)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, theme.colour("selection"))
            painter.fillRect(
                QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("track")
            )
            _paint_case(pen, rect.adjusted(PADDING, 0, -PADDING, 0), line)
        painter.restore()


class Pen:
    """Writes single lines in the theme; what does not fit ends in an ellipsis."""

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        self.painter = painter
        self.theme = theme

    def write(
        self,
        area: QRect,
        words: str,
        *,
        font: QFont | None = None,
        colour: str = "text",
        align: Qt.AlignmentFlag = _LEFT,
    ) -> None:
        font = font or self.theme.font()
        metrics = QFontMetrics(font)
        fitting = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        self.painter.setFont(font)
        self.painter.setPen(self.theme.colour(colour))
        self.painter.drawText(area, align, fitting)


def _paint_heading(pen: Pen, rect: QRect, line: Heading) -> None:
    theme, is_urgent = pen.theme, line.section is Section.SAFETY
    bottom = rect.adjusted(PADDING, theme.px(8), -PADDING, 0)
    bold, name = theme.font(bold=True), bottom
    if line.section is not None:
        chip = Chip(line.section.letter, Tone.SAFETY if is_urgent else Tone.NEUTRAL)
        middle = QPointF(bottom.left(), bottom.center().y() + 0.5)
        paint_chip(pen.painter, middle, chip=chip, theme=theme)
        name = bottom.adjusted(chip_size(chip, theme).width() + 8, 0, 0, 0)
    pen.write(name, line.title, font=bold, colour="error" if is_urgent else "text")
    width = QFontMetrics(bold).horizontalAdvance(line.title) + 10
    pen.write(name.adjusted(width, 0, 0, 0), str(line.count), colour="secondary")
    pen.painter.fillRect(
        QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("divider")
    )


def _paint_cut(pen: Pen, rect: QRect, line: Cut) -> None:
    theme = pen.theme
    font = theme.font(Text.CAPTION, bold=True)
    width = QFontMetrics(font).horizontalAdvance(line.words)
    pen.write(rect, line.words, font=font, colour="due", align=_CENTRE)
    dashes = QPen(theme.colour("due"), 1)
    dashes.setDashPattern([4, 3])
    pen.painter.setPen(dashes)
    middle, room = rect.center().y() + 0.5, (rect.width() - width) / 2 - 2 * PADDING
    for left in (rect.left() + PADDING, rect.right() - PADDING - room):
        pen.painter.drawLine(QLineF(left, middle, left + room, middle))


def _paint_case(pen: Pen, area: QRect, case: Case) -> None:
    """Write number, name, score and reason: side by side, or one under the other."""
    theme = pen.theme
    number = theme.px(NUMBER_WIDTH)
    first = _slice(_line(area, 0, theme), 0, number - theme.px(GAP))
    figures = theme.font(tabular=True)
    ink = "success" if case.entry.is_discussed else "secondary"
    pen.write(first, case.mark, font=figures, colour=ink, align=_RIGHT)
    words = _slice(area, number, area.width() - number)
    arrange = _one_under_another if _is_narrow(area.width(), theme) else _side_by_side
    arrange(pen, words, case)


def _side_by_side(pen: Pen, area: QRect, case: Case) -> None:
    theme, small = pen.theme, pen.theme.font(Text.CAPTION)
    gap, first = theme.px(GAP), theme.px(FIRST_WIDTH)
    score = first + theme.px(CHIP_WIDTH)
    words = area.width() - score - 2 * gap
    side = round(words * NAME_SHARE)
    name = _slice(area, 0, side)
    pen.write(_line(name, 0, theme), case.entry.row.name, font=theme.font(bold=True))
    pen.write(_line(name, 1, theme), case.about, font=small, colour="secondary")
    middle = _slice(area, side + gap, score)
    right = _paint_score(pen, _line(middle, 0, theme), case)
    change = _slice(_line(middle, 1, theme), first, score - first)
    pen.write(change, case.change, font=small, colour="secondary")
    why = _slice(area, side + score + 2 * gap, words - side)
    pushed = max(right + gap - why.left(), 0)  # by the name of another scale on the chip
    pen.write(_line(why, 0, theme).adjusted(pushed, 0, 0, 0), case.why)
    pen.write(_line(why, 1, theme), case.why_else, font=small, colour="secondary")


def _one_under_another(pen: Pen, area: QRect, case: Case) -> None:
    theme, small, bold = pen.theme, pen.theme.font(Text.CAPTION), pen.theme.font(bold=True)
    upper, middle, lower = (_line(area, number, theme) for number in range(3))
    pen.write(upper, case.entry.row.name, font=bold)
    taken = QFontMetrics(bold).horizontalAdvance(case.entry.row.name) + theme.px(GAP)
    if taken < upper.width():
        about = upper.adjusted(taken, 0, 0, 0)
        pen.write(about, case.about, font=small, colour="secondary")
    right = _paint_score(pen, middle, case) + theme.px(GAP)
    change = middle.adjusted(right - middle.left(), 0, 0, 0)
    pen.write(change, case.change, font=small, colour="secondary")
    why = " · ".join(filter(None, (case.why, case.why_else)))
    pen.write(lower, why, font=small)


def _paint_score(pen: Pen, area: QRect, case: Case) -> int:
    """Draw the first score, an arrow and the last one; give where the chip ends."""
    theme, row = pen.theme, case.entry.row
    first = theme.px(FIRST_WIDTH)
    if case.first_score:
        words, figures = f"{case.first_score} →", theme.font(tabular=True)
        place = _slice(area, 0, first - theme.px(6))
        pen.write(place, words, font=figures, colour="secondary", align=_RIGHT)
    room = area.adjusted(first, 0, 0, 0)
    band = primary_band(row)
    if band is None:
        words = case.last_score or f"no {row.primary_instrument.id}"
        pen.write(room, words, colour="text" if case.last_score else "secondary")
        return room.left() + QFontMetrics(theme.font()).horizontalAdvance(words)
    chip = Chip.of_score(case.last_score, band)
    middle = QPointF(room.left(), room.center().y() + 0.5)
    paint_chip(pen.painter, middle, chip=chip, theme=theme)
    return room.left() + chip_size(chip, theme).width()


def _is_narrow(width: int, theme: Theme) -> bool:
    return width < theme.px(NARROW)


def _line(area: QRect, number: int, theme: Theme) -> QRect:
    """Give one of the lines of a case."""
    top = area.top() + theme.px(3) + number * theme.px(LINE_HEIGHT)
    return QRect(area.left(), top, area.width(), theme.px(LINE_HEIGHT))


def _slice(area: QRect, left: int, width: int) -> QRect:
    return QRect(area.left() + left, area.top(), width, area.height())


def _widget_of(option: QStyleOptionViewItem) -> QWidget | None:
    widget = option.widget
    return widget if isinstance(widget, QWidget) else None
