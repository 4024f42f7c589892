"""A whole form as a grid of questions and answers, drawn from its definition."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cocm_desktop.domain.instrument import Instrument, Option
from cocm_desktop.ui.measure.answer_row import CELL_WIDTH, NUMBER_WIDTH, AnswerRow
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.labels import Label, Line


class OptionHeads(QWidget):
    """What each column of answers stands for."""

    def __init__(self, lead: str, options: Sequence[Option]) -> None:
        super().__init__()
        theme = theme_of(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 2)
        row.setSpacing(10)
        row.addSpacing(theme.px(NUMBER_WIDTH) + row.spacing())
        row.addWidget(Label(lead, "strong", wraps=True), 1)
        heads = QHBoxLayout()
        heads.setSpacing(0)
        for option in options:
            head = Label(option.words, "caption", wraps=True)
            head.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            head.setFixedWidth(theme.px(CELL_WIDTH))
            heads.addWidget(head)
        row.addLayout(heads)


class AnswerGrid(QWidget):
    """0–3 answers and moves on, Backspace takes back, - leaves a question unanswered."""

    changed = Signal()
    done = Signal()
    """The last question was answered."""

    def __init__(self, instrument: Instrument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.instrument = instrument
        self.items = [
            AnswerRow(f"{item.number}.", item.words, options=instrument.options)
            for item in instrument.items
        ]
        self.difficulty_row = AnswerRow(
            "", instrument.difficulty, options=instrument.difficulty_options
        )
        self._rows = [*self.items, self.difficulty_row]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(OptionHeads(instrument.lead, instrument.options))
        for row in self.items:
            column.addWidget(row)
        column.addSpacing(3)
        column.addWidget(Line())
        column.addSpacing(3)
        column.addWidget(OptionHeads("", instrument.difficulty_options))
        column.addWidget(self.difficulty_row)
        column.addStretch(1)

        for row in self._rows:
            row.moved_on.connect(self._move_on)
            row.moved_back.connect(self._move_back)
            row.taken_back.connect(self._take_back)
            row.changed.connect(self.changed)

    @property
    def answers(self) -> tuple[int | None, ...]:
        return tuple(row.answer for row in self.items)

    @property
    def difficulty(self) -> int | None:
        return self.difficulty_row.answer

    @property
    def open_items(self) -> tuple[AnswerRow, ...]:
        """The questions that are neither answered nor marked as not answered."""
        return tuple(row for row in self.items if row.is_open)

    def begin(self) -> None:
        """Put the cursor on the first question that is open."""
        (*self.open_items, self.difficulty_row)[0].setFocus()

    @Slot()
    def _move_on(self) -> None:
        self._step(1)

    @Slot()
    def _move_back(self) -> None:
        self._step(-1)

    @Slot()
    def _take_back(self) -> None:
        before = self._step(-1)
        if before is not None:
            before.clear_answer()

    def _step(self, by: int) -> AnswerRow | None:
        sender = self.sender()
        place = next(n for n, row in enumerate(self._rows) if row is sender) + by
        if place == len(self._rows):
            self.done.emit()
        if not 0 <= place < len(self._rows):
            return None
        self._rows[place].setFocus()
        return self._rows[place]
