"""One question of a form: its words, and the answers as cells that one key fills."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget
from typing_extensions import override

from cocm_desktop.domain.instrument import Item, Option
from cocm_desktop.ui.measure.answer_cells import AnswerCells
from cocm_desktop.ui.measure.option_heads import LOW_WORDS_WIDTH, NUMBER_WIDTH, has_words
from cocm_desktop.ui.measure.typed_answer import read_key
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.labels import Label

MARGIN_IN_SIGHT = 60


class AnswerRow(QWidget):
    """A question that takes the focus. A digit answers and moves on.

    `is_skipped` says that a person marked the question as not answered on the form; `is_shut`
    that the answers to others leave it out.
    """

    moved_on = Signal()
    moved_back = Signal()
    taken_back = Signal()
    """Backspace where nothing is answered: the answer before is to be cleared."""
    changed = Signal()

    def __init__(
        self, number: str, words: str, *, options: Sequence[Option], is_low: bool = False
    ) -> None:
        super().__init__()
        self.options = tuple(options)
        self._name = f"{number} {words}".strip()
        self._typed = ""
        self.answer: int | None = None
        self.is_skipped = False
        self.is_shut = False
        self._number = Label(number, "secondary")
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._words = Label(words, wraps=True)
        self._words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cells = AnswerCells(options, is_low=is_low)
        self._mark = Label("", "caption")
        self._build(is_low=is_low)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._fit()
        self._tell()

        self._cells.chosen.connect(self.take)

    def _build(self, *, is_low: bool) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 1, 8, 1)
        row.setSpacing(10)
        row.addWidget(self._number)
        if is_low:
            asked = QWidget()
            asked.setFixedWidth(theme_of(self).px(LOW_WORDS_WIDTH))
            inner = QHBoxLayout(asked)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.addWidget(self._words, 1)
            inner.addWidget(self._mark)
            row.addWidget(asked)
            row.addWidget(self._cells)
            row.addStretch(1)
        else:
            row.addWidget(self._words, 1)
            row.addWidget(self._mark)
            row.addWidget(self._cells)

    @classmethod
    def of_item(cls, item: Item, *, is_low: bool) -> AnswerRow:
        number = f"{item.label}." if item.words and len(item.label) <= len("99.9") else ""
        words = item.form_words
        if item.words and not number:
            words = f"{item.label}: {words}"
        return cls(number, words, options=item.options, is_low=is_low)

    @property
    def is_open(self) -> bool:
        """Tell whether nothing was said of this question yet, and it is to be asked."""
        return self.answer is None and not self.is_skipped and not self.is_shut

    @Slot(int)
    def take(self, answer: int) -> None:
        """Answer, and go on to the next question."""
        self._put(answer, is_skipped=False)
        self.moved_on.emit()

    def show_answer(self, answer: int | None) -> None:
        """Show an answer that is on file; a blank there was marked as one."""
        self._put(answer, is_skipped=answer is None)

    def clear_answer(self) -> None:
        self._put(None, is_skipped=False)

    def shut(self, *, is_shut: bool) -> None:
        """Leave the question out, or ask it again: other answers decide it."""
        if is_shut == self.is_shut:
            return
        self.is_shut = is_shut
        policy = Qt.FocusPolicy.ClickFocus if is_shut else Qt.FocusPolicy.StrongFocus
        self.setFocusPolicy(policy)
        self._show()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.text() == "-":
            self._put(None, is_skipped=True)
            self.moved_on.emit()
        elif key == Qt.Key.Key_Backspace:
            self._step_back()
        elif key == Qt.Key.Key_Down:
            self.moved_on.emit()
        elif key == Qt.Key.Key_Up:
            self.moved_back.emit()
        elif not self._read(event):
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._typed = ""
        self.keep_in_sight()
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

    def _read(self, event: QKeyEvent) -> bool:
        if (
            event.modifiers()
            & ~Qt.KeyboardModifier.KeypadModifier
            & ~(Qt.KeyboardModifier.ShiftModifier)
        ):
            return False
        typed = read_key(self.options, self._typed, event.text())
        if typed is None:
            return False
        if typed.is_final and typed.answer is not None:
            self.take(typed.answer)
        else:
            self._put(typed.answer, is_skipped=False)
            self._typed = typed.typed
        return True

    def _step_back(self) -> None:
        """Clear this answer; where there is none, ask for the one before."""
        if self.answer is None and not self.is_skipped:
            self.taken_back.emit()
        else:
            self.clear_answer()

    def _put(self, answer: int | None, *, is_skipped: bool) -> None:
        self.answer, self.is_skipped = answer, is_skipped
        self._typed = ""
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self._cells.show_answer(self.answer, is_faint=self.is_shut and self.answer is None)
        self._words.set_role("secondary" if self.is_shut and self.answer is None else "")
        self._mark.setText("" if self.is_open or self.answer is not None else self._state_words())
        self._tell()

    def _state_words(self) -> str:
        if self.is_skipped:
            return self.tr("Not answered")
        return self.tr("Not asked") if self.is_shut else self.tr("Open")

    def _tell(self) -> None:
        self.setAccessibleName(self._name)
        if self.answer is None:
            self.setAccessibleDescription(self._state_words())
            return
        words = {option.value: option.words for option in self.options}
        named = f"{words[self.answer]}, " if has_words(self.options) else ""
        self.setAccessibleDescription(f"{named}{self.answer}")

    def keep_in_sight(self) -> None:
        """Scroll so that the question and a little around it can be seen."""
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):
            parent = parent.parentWidget()
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(self, 0, theme_of(self).px(MARGIN_IN_SIGHT))

    def _fit(self) -> None:
        theme = theme_of(self)
        self._number.setFixedWidth(theme.px(NUMBER_WIDTH))
        self._cells.updateGeometry()
