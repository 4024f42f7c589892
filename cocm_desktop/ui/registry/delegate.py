"""Drawing the registry's cells: names, chips, sparklines, bars and tags."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from cocm_desktop.domain.follow_up import Urgency
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.registry_cells import Flag, flags_of, has_minutes
from cocm_desktop.domain.registry_column import Column, Look
from cocm_desktop.domain.sparkline import sparkline_of
from cocm_desktop.domain.wording import NOTHING
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.registry.model import COLUMN, ROW, Index
from cocm_desktop.ui.sizes import Text
from cocm_desktop.ui.theme import Theme, theme_of
from cocm_desktop.ui.widgets.bar import paint_bar
from cocm_desktop.ui.widgets.chips import Chip, chip_size, paint_chip
from cocm_desktop.ui.widgets.sparkline import paint_sparkline
from cocm_desktop.ui.widgets.table import paint_background

PADDING = 7
NAME_WIDTH = 156
NARROWEST = 62  # percent
TREND_WIDTH = 60
BAR_WIDTH, BAR_HEIGHT, BAR_GAP = 36, 6, 8
TAGS = {
    Flag.SAFETY: Chip(Flag.SAFETY.value, Tone.SAFETY),
    Flag.QUESTION: Chip(Flag.QUESTION.value, Tone.NEUTRAL),
}
DUE_COLOURS = {Urgency.OVERDUE: "error", Urgency.TODAY: "due", Urgency.LATER: "text"}
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Cell:
    """What a painter of one cell needs: the row, its column, where to draw, and how."""

    row: RegistryRow
    column: Column
    area: QRect
    theme: Theme

    def write(
        self,
        painter: QPainter,
        words: str,
        *,
        colour: str = "text",
        font: QFont | None = None,
        area: QRect | None = None,
    ) -> None:
        """Write one line, aligned like its column; what does not fit ends in an ellipsis."""
        font = font or self.theme.font(tabular=self.column.is_number)
        area = area or self.area
        painter.setFont(font)
        painter.setPen(self.theme.colour(colour))
        fitting = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, _RIGHT if self.column.is_number else _LEFT, fitting)


class RegistryDelegate(QStyledItemDelegate):
    """Paints every cell itself, from the theme of the moment."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        column: Column = index.data(COLUMN)
        theme = theme_of(option.widget)
        paint_background(painter, option, theme)
        area = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        PAINTERS[column.look](painter, Cell(index.data(ROW), column, area, theme))

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = theme_of(option.widget)
        column: Column = index.data(COLUMN)
        width = cell_width(index.data(ROW), column, theme)
        return QSize(width + 2 * PADDING, theme.row_height)


def cell_width(row: RegistryRow, column: Column, theme: Theme) -> int:
    """Tell how wide a cell's contents are, without the room around them."""
    measure = WIDTHS.get(column.look)
    if measure:
        return measure(row, theme)
    return _words_width(column.text(row), theme.font(tabular=column.is_number))


def _words_width(words: str, font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance(words) + 1


def _name_width(row: RegistryRow, theme: Theme) -> int:
    """Tell the width of a name; a long one stands on two lines of smaller type."""
    return min(_line_width(row, theme), theme.px(NAME_WIDTH))


def _line_width(row: RegistryRow, theme: Theme) -> int:
    family, given = _name_parts(row)
    return _words_width(family, theme.font(bold=True)) + _words_width(given, theme.font())


def _two_lines(row: RegistryRow, theme: Theme) -> tuple[tuple[str, QFont], ...]:
    return (
        (f"{row.last_name.upper()},", theme.font(Text.CAPTION, bold=True)),
        (row.first_name, theme.font(Text.CAPTION)),
    )


def _score_width(row: RegistryRow, theme: Theme) -> int:
    chip, age = score_chip(row), stale_words(row)
    beside = QFontMetrics(theme.font(Text.CAPTION)).horizontalAdvance(age) + 6 if age else 0
    return (chip_size(chip, theme).width() if chip else 0) + beside


def _flags_width(row: RegistryRow, theme: Theme) -> int:
    return sum(chip_size(TAGS[flag], theme).width() + 4 for flag in flags_of(row))


def least_width(column: Column, theme: Theme) -> int:
    """Tell how wide the contents of a column may be expected to become."""
    if column.look is Look.FLAGS:
        return max(chip_size(tag, theme).width() for tag in TAGS.values())
    beside = theme.px(BAR_WIDTH + BAR_GAP) if column.look is Look.MINUTES else 0
    font = theme.font(bold=column.look is Look.DUE, tabular=column.is_number)
    return _words_width(column.sample, font) + beside


def score_chip(row: RegistryRow) -> Chip | None:
    """Give the chip of the last PHQ-9, if there is one."""
    if row.phq9.last is None or row.phq9_band is None:
        return None
    return Chip.of_score(row.phq9.last.marked, row.phq9_band)


def _plain(painter: QPainter, cell: Cell) -> None:
    words = cell.column.text(cell.row)
    cell.write(painter, words, colour="secondary" if words == NOTHING else "text")


def _quiet(painter: QPainter, cell: Cell) -> None:
    cell.write(painter, cell.column.text(cell.row), colour="secondary")


def _name(painter: QPainter, cell: Cell) -> None:
    family, given = _name_parts(cell.row)
    if _line_width(cell.row, cell.theme) > cell.area.width():
        _name_on_two_lines(painter, cell)
        return
    bold = cell.theme.font(bold=True)
    width = QFontMetrics(bold).horizontalAdvance(family)
    cell.write(painter, family, font=bold)
    cell.write(painter, given, area=cell.area.adjusted(width, 0, 0, 0))


def _name_on_two_lines(painter: QPainter, cell: Cell) -> None:
    half = cell.area.height() // 2
    top, bottom = cell.area.adjusted(0, 1, 0, -half), cell.area.adjusted(0, half, 0, -2)
    for (words, font), area in zip(_two_lines(cell.row, cell.theme), (top, bottom), strict=True):
        cell.write(painter, words, font=_narrowed(font, words, area.width()), area=area)


def _narrowed(font: QFont, words: str, width: int) -> QFont:
    """Draw the letters narrower where a very long name would not fit otherwise."""
    needed = _words_width(words, font)
    if needed > width:
        font.setStretch(max(NARROWEST, QFont.Stretch.Unstretched * width // needed))
    return font


def _name_parts(row: RegistryRow) -> tuple[str, str]:
    return row.last_name.upper(), f", {row.first_name}"


def _score(painter: QPainter, cell: Cell) -> None:
    chip = score_chip(cell.row)
    if chip is None:
        cell.write(painter, NOTHING, colour="secondary")
        return
    middle = QPointF(cell.area.left(), cell.area.center().y() + 0.5)
    paint_chip(painter, middle, chip=chip, theme=cell.theme)
    if age := stale_words(cell.row):
        left = chip_size(chip, cell.theme).width() + 6
        font = cell.theme.font(Text.CAPTION)
        area = cell.area.adjusted(left, 0, 0, 0)
        cell.write(painter, age, colour="secondary", font=font, area=area)


def stale_words(row: RegistryRow) -> str:
    """Give the age of a last score that is too old to be read as the present one."""
    if row.is_open and row.phq9.last and row.phq9.is_stale_on(row.today):
        return f"{(row.today - row.phq9.last.taken_on).days} d"
    return ""


def _trend(painter: QPainter, cell: Cell) -> None:
    if not cell.row.phq9.scores:
        return
    line = sparkline_of(cell.row.phq9.scores, cell.row.phq9_instrument)
    height = cell.theme.px(20)
    top = cell.area.center().y() - height / 2
    area = QRectF(cell.area.left(), top, cell.theme.px(TREND_WIDTH), height)
    paint_sparkline(painter, area, line, theme=cell.theme)


def _due(painter: QPainter, cell: Cell) -> None:
    due, words = cell.row.next_due, cell.column.text(cell.row)
    colour = DUE_COLOURS[due.urgency(cell.row.today)] if due else "secondary"
    is_bold = colour in {"error", "due"}
    cell.write(painter, words, colour=colour, font=cell.theme.font(bold=is_bold))


def _minutes(painter: QPainter, cell: Cell) -> None:
    row, theme = cell.row, cell.theme
    if not has_minutes(row):
        cell.write(painter, NOTHING, colour="secondary")
        return
    bar, gap = theme.px(BAR_WIDTH), theme.px(BAR_GAP)
    cell.write(painter, cell.column.text(row), area=cell.area.adjusted(0, 0, -bar - gap, 0))
    top = cell.area.center().y() - theme.px(BAR_HEIGHT) / 2 + 0.5
    area = QRectF(cell.area.right() - bar, top, bar, theme.px(BAR_HEIGHT))
    ink = "success" if row.reached_codes else "primary"
    share = row.minutes_this_month / row.next_code.at_minute
    paint_bar(painter, area, share, ink=ink, theme=theme)


def _flags(painter: QPainter, cell: Cell) -> None:
    left = float(cell.area.left())
    for flag in flags_of(cell.row):
        middle = QPointF(left, cell.area.center().y() + 0.5)
        paint_chip(painter, middle, chip=TAGS[flag], theme=cell.theme)
        left += chip_size(TAGS[flag], cell.theme).width() + 4


WIDTHS: dict[Look, Callable[[RegistryRow, Theme], int]] = {
    Look.NAME: _name_width,
    Look.SCORE: _score_width,
    Look.TREND: lambda _row, theme: theme.px(TREND_WIDTH),
    Look.DUE: lambda _row, _theme: 0,
    Look.MINUTES: lambda _row, _theme: 0,
    Look.FLAGS: _flags_width,
}
"""How wide a painted cell is; where it is 0, the column's sample is the widest."""
PAINTERS: dict[Look, Callable[[QPainter, Cell], None]] = {
    Look.PLAIN: _plain,
    Look.QUIET: _quiet,
    Look.NAME: _name,
    Look.SCORE: _score,
    Look.TREND: _trend,
    Look.DUE: _due,
    Look.MINUTES: _minutes,
    Look.FLAGS: _flags,
}
