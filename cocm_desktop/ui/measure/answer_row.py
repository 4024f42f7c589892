"""One question of a form: its words, and the answers as cells that one key fills."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from cocm_desktop.domain.instrument import Option
from cocm_desktop.ui.sizes import Text
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.labels import Label

CELL_WIDTH, ROW_HEIGHT, INSET = 92, 35, 3
NUMBER_WIDTH = 28


class AnswerCells(QWidget):
    """The answers of one question side by side. The chosen one is filled and bold."""

    chosen = Signal(int)

    def __init__(self, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = tuple(options)
        self._answer: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_answer(self, answer: int | None) -> None:
        self._answer = answer
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = theme_of(self)
        return QSize(len(self._options) * theme.px(CELL_WIDTH), theme.px(ROW_HEIGHT))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().x() // (self.width() / len(self._options)))
        if 0 <= place < len(self._options):
            self.chosen.emit(self._options[place].value)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() / len(self._options)
        height = min(self.height(), theme.px(ROW_HEIGHT)) - 2 * INSET
        top = (self.height() - height) / 2
        for place, option in enumerate(self._options):
            is_chosen = option.value == self._answer
            cell = QRectF(place * width + INSET, top, width - 2 * INSET, height)
            painter.setBrush(theme.colour("primary" if is_chosen else "surface"))
            painter.setPen(QPen(theme.colour("primary" if is_chosen else "control"), 1))
            painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(theme.colour("on_primary" if is_chosen else "text"))
            painter.setFont(theme.font(Text.SECTION, bold=is_chosen))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(option.value))
        painter.end()


class AnswerRow(QWidget):
    """A question that takes the focus. A digit answers and moves on.

    `is_skipped` says that a person marked the question as not answered on the form.
    """

    moved_on = Signal()
    moved_back = Signal()
    taken_back = Signal()
    """Backspace where nothing is answered: the answer before is to be cleared."""
    changed = Signal()

    def __init__(self, number: str, words: str, *, options: Sequence[Option]) -> None:
        super().__init__()
        self._options = tuple(options)
        self._name = f"{number} {words}".strip()
        self.answer: int | None = None
        self.is_skipped = False
        self._number = Label(number, "secondary")
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._words = Label(words, wraps=True)
        self._words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cells = AnswerCells(options)
        self._mark = Label("", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 8, 1)
        row.setSpacing(10)
        row.addWidget(self._number)
        row.addWidget(self._words, 1)
        row.addWidget(self._mark)
        row.addWidget(self._cells)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._fit()
        self._tell()

        self._cells.chosen.connect(self.take)

    @property
    def is_open(self) -> bool:
        """Tell whether nothing was said of this question yet."""
        return self.answer is None and not self.is_skipped

    @Slot(int)
    def take(self, answer: int) -> None:
        """Answer, and go on to the next question."""
        self._put(answer, is_skipped=False)
        self.moved_on.emit()

    def clear_answer(self) -> None:
        self._put(None, is_skipped=False)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        digits = {str(option.value): option.value for option in self._options}
        key, typed = event.key(), event.text()
        if typed in digits:
            self.take(digits[typed])
        elif typed == "-":
            self._put(None, is_skipped=True)
            self.moved_on.emit()
        elif key == Qt.Key.Key_Backspace:
            self._step_back()
        elif key == Qt.Key.Key_Down:
            self.moved_on.emit()
        elif key == Qt.Key.Key_Up:
            self.moved_back.emit()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._keep_in_sight()
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.hasFocus():
            return
        painter, theme = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("primary_tint"))
        painter.setPen(QPen(theme.colour("primary"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _step_back(self) -> None:
        """Clear this answer; where there is none, ask for the one before."""
        if self.is_open:
            self.taken_back.emit()
        else:
            self.clear_answer()

    def _put(self, answer: int | None, *, is_skipped: bool) -> None:
        self.answer, self.is_skipped = answer, is_skipped
        self._cells.show_answer(answer)
        self._mark.setText(self.tr("Not answered") if is_skipped else "")
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        words = {option.value: option.words for option in self._options}
        self.setAccessibleName(self._name)
        if self.answer is not None:
            self.setAccessibleDescription(f"{words[self.answer]}, {self.answer}")
        else:
            state = self.tr("Not answered") if self.is_skipped else self.tr("Open")
            self.setAccessibleDescription(state)

    def _keep_in_sight(self) -> None:
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(self)

    def _fit(self) -> None:
        theme = theme_of(self)
        self._number.setFixedWidth(theme.px(NUMBER_WIDTH))
        self._cells.updateGeometry()
