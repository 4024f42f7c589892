"""The cards of one column: a model over them, and how a card is drawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from typing_extensions import override

from cocm_desktop.domain.today_card import Card, Lane
from cocm_desktop.ui.icons import icon_pixmap
from cocm_desktop.ui.sizes import Text
from cocm_desktop.ui.theme import Theme, theme_of

Index = QModelIndex | QPersistentModelIndex
CARD = Qt.ItemDataRole.UserRole
TOP = QModelIndex()
MOST_LINES = 2
PADDING = 10
TASK = "Task"
"""The head of a task that is about no patient."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CardsModel(QAbstractListModel):
    """Shows the cards it is given, as they stand to a day."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cards: tuple[Card, ...] = ()
        self._today = date.min

    def show_cards(self, cards: Iterable[Card], today: date) -> None:
        self.beginResetModel()
        self.cards, self._today = tuple(cards), today
        self.endResetModel()

    def due_words(self, card: Card) -> str:
        return card.due_words(self._today)

    @override
    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self.cards)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (card.title, self.due_words(card), card.words, card.note, act_words(card))
            return ", ".join(filter(None, parts))
        return card if role == CARD else None


def act_words(card: Card) -> str:
    return "" if card.is_done else card.act.value


class CardDelegate(QStyledItemDelegate):
    """Who and when, why, and what to do about it. Safety has a red edge."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        theme = theme_of(option.widget)
        card: Card = index.data(CARD)
        line = QFontMetrics(theme.font()).height() + theme.px(2)
        caption = QFontMetrics(theme.font(Text.CAPTION)).height() + theme.px(2)
        room = _room(option) - 2 * theme.px(PADDING)
        lines = len(wrapped(reason_words(card), room, theme))
        notes = (1 if card.note else 0) + (0 if card.is_done else 1)
        return QSize(0, (1 + lines) * line + notes * caption + 2 * theme.px(7))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = theme_of(option.widget)
        card: Card = index.data(CARD)
        model = index.model()
        due = model.due_words(card) if isinstance(model, CardsModel) else ""
        painter.save()
        _paint_ground(painter, option, card)
        Writer(painter, option.rect, theme).write_card(card, due)
        painter.restore()


class Writer:
    """Writes a card line by line, from the top of its area down."""

    def __init__(self, painter: QPainter, area: QRect, theme: Theme) -> None:
        self._painter = painter
        self._theme = theme
        pad = theme.px(PADDING)
        self._left, self._width = area.left() + pad, area.width() - 2 * pad
        self._y = area.top() + theme.px(7)

    def write_card(self, card: Card, due: str) -> None:
        self._head(card, due)
        for words in wrapped(reason_words(card), self._width, self._theme):
            self._line(words, colour="secondary" if card.is_done else "text")
        if card.note:
            self._line(card.note, text=Text.CAPTION, colour="secondary")
        if not card.is_done:
            self._line(card.act.value, text=Text.CAPTION, colour="primary", bold=True)

    def _head(self, card: Card, due: str) -> None:
        theme = self._theme
        font = theme.font(Text.CAPTION, bold=True)
        height = QFontMetrics(theme.font()).height() + theme.px(2)
        width = QFontMetrics(font).horizontalAdvance(due)
        area = QRect(self._left, self._y, self._width, height)
        self._painter.setFont(font)
        self._painter.setPen(theme.colour(_due_colour(card)))
        self._painter.drawText(area, _RIGHT, due)
        left = 0
        if name := _icon_of(card):
            size = theme.px(16)
            ink = theme.palette.error if card.is_safety else theme.palette.success
            pixmap = icon_pixmap(name, ink, size=size)
            self._painter.drawPixmap(area.left(), area.center().y() - size // 2 + 1, pixmap)
            left = size + theme.px(5)
        bold = theme.font(bold=True)
        room = self._width - width - theme.px(8) - left
        title = QFontMetrics(bold).elidedText(head_words(card), Qt.TextElideMode.ElideRight, room)
        self._painter.setFont(bold)
        self._painter.setPen(theme.colour("secondary" if card.is_done else "text"))
        self._painter.drawText(area.adjusted(left, 0, 0, 0), _LEFT, title)
        self._y += height

    def _line(
        self, words: str, *, text: Text = Text.BODY, colour: str = "text", bold: bool = False
    ) -> None:
        font = self._theme.font(text, bold=bold)
        metrics = QFontMetrics(font)
        height = metrics.height() + self._theme.px(2)
        area = QRect(self._left, self._y, self._width, height)
        self._painter.setFont(font)
        self._painter.setPen(self._theme.colour(colour))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, self._width)
        self._painter.drawText(area, _LEFT, shown)
        self._y += height


def reason_words(card: Card) -> str:
    """Give why a card is there: of a task without a patient, all that it says."""
    return card.words if card.reasons else ""


def head_words(card: Card) -> str:
    return card.title if card.patient_id else TASK


def wrapped(words: str, width: int, theme: Theme) -> list[str]:
    """Break words into at most two lines; the rest of the second is cut when it is drawn."""
    if not words:
        return []
    layout = QTextLayout(words, theme.font())
    layout.setTextOption(QTextOption(_LEFT))
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < MOST_LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(words)]
    return [words[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _room(option: QStyleOptionViewItem) -> int:
    widget = option.widget
    return widget.viewport().width() if isinstance(widget, QAbstractScrollArea) else 200


def _due_colour(card: Card) -> str:
    if card.is_done:
        return "success"
    return "due" if card.lane is Lane.OVERDUE else "secondary"


def _icon_of(card: Card) -> str:
    if card.is_done:
        return "check"
    return "shield-exclamation" if card.is_safety else ""


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, card: Card) -> None:
    theme = theme_of(option.widget)
    area: QRect = option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        is_active = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.fillRect(area, theme.colour("selection" if is_active else "alternate"))
    painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.colour("divider"))
    if card.is_safety:
        edge = QRect(area.left(), area.top(), theme.px(4), area.height() - 1)
        painter.fillRect(edge, theme.colour("safety"))
