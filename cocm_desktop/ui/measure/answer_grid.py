"""A whole form as a grid of questions and answers, drawn from its definition."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.instrument_item import Answers, Item
from cocm_desktop.domain.patient import Sex
from cocm_desktop.ui.measure.answer_row import AnswerRow
from cocm_desktop.ui.measure.option_heads import OptionHeads
from cocm_desktop.ui.widgets.labels import Line


class AnswerGrid(QWidget):
    """A digit answers and moves on, Backspace takes back, - leaves a question unanswered.

    Questions that other answers leave out are passed over. With the total alone only the critical
    ones are shown. `head` says what the first columns stand for: it belongs above the grid, where
    it stays while the grid scrolls.
    """

    changed = Signal()
    done = Signal()
    """The last question was answered."""

    def __init__(
        self, instrument: Instrument, sex: Sex | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.instrument = instrument
        self._sex = sex
        self._is_total_only = False
        self._is_low = is_low = not instrument.has_wording
        self.items = [AnswerRow.of_item(item, is_low=is_low) for item in instrument.items]
        self.difficulty_row = AnswerRow(
            "", instrument.difficulty, options=instrument.difficulty_options, is_low=is_low
        )
        self._rows = list(self.items)
        self._heads: list[tuple[OptionHeads, tuple[AnswerRow, ...]]] = []
        self._lines: list[Line] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._build()
        self._shut_what_is_not_asked()

        for row in self._rows:
            row.moved_on.connect(self._move_on)
            row.moved_back.connect(self._move_back)
            row.taken_back.connect(self._take_back)
            row.changed.connect(self._note_change)

    @property
    def answers(self) -> tuple[int | None, ...]:
        if self._is_total_only:
            critical = {item.number for item in self.instrument.critical_items}
            rows = enumerate(self.items, start=1)
            return tuple(row.answer if number in critical else None for number, row in rows)
        return tuple(row.answer for row in self.items)

    @property
    def difficulty(self) -> int | None:
        return None if self._is_total_only else self.difficulty_row.answer

    @property
    def is_touched(self) -> bool:
        """Tell whether anything was answered or marked."""
        return any(row.answer is not None or row.is_skipped for row in self._rows)

    @property
    def open_items(self) -> tuple[AnswerRow, ...]:
        """The questions that are neither answered nor marked as not answered."""
        return tuple(row for row in self._shown(self.items) if row.is_open)

    def show_answers(self, answers: Answers, difficulty: int | None) -> None:
        """Fill in a form that is on file."""
        for row, answer in zip(self.items, answers, strict=True):
            row.show_answer(answer)
        if difficulty is not None:
            self.difficulty_row.show_answer(difficulty)

    def draft_value(self) -> list[tuple[int | None, bool]]:
        """Give each row's answer, and whether it was left blank on the form."""
        return [(row.answer, row.is_skipped) for row in self._rows]

    def put_draft_value(self, value: list[tuple[int | None, bool]]) -> None:
        """Fill in what was answered before; a question that was open stays open."""
        for row, (answer, is_skipped) in zip(self._rows, value, strict=False):
            if answer is not None or is_skipped:
                row.show_answer(answer)

    def ask_critical_only(self, *, is_total_only: bool) -> None:
        """Show the critical questions alone, beside a form's total; or all of them again."""
        self._is_total_only = is_total_only
        shown = set(self._shown(self._rows))
        for row in self._rows:
            row.setVisible(row in shown)
        for heads, rows in self._heads:
            heads.setVisible(not shown.isdisjoint(rows))
        for line in self._lines:
            line.setVisible(not is_total_only)
        self.changed.emit()

    def begin(self) -> None:
        """Put the cursor on the first question that is open."""
        rows = (*self.open_items, *reversed(self._shown(self._rows)))
        if rows:
            rows[0].setFocus()

    def _build(self) -> None:
        for place, (_, group) in enumerate(groupby(self._pairs(), key=_option_words)):
            pairs = tuple(group)
            rows, options = tuple(row for _, row in pairs), pairs[0][0].options
            if place == 0:
                self.head = OptionHeads(self.instrument.lead, options, is_low=self._is_low)
                self._add_rows(rows)
            else:
                self._add_part(OptionHeads("", options, is_low=self._is_low), rows)
        if self.instrument.difficulty:
            self._rows.append(self.difficulty_row)
            heads = OptionHeads("", self.instrument.difficulty_options, is_low=self._is_low)
            self._add_part(heads, (self.difficulty_row,))
        self._column.addStretch(1)

    def _pairs(self) -> list[tuple[Item, AnswerRow]]:
        return list(zip(self.instrument.items, self.items, strict=True))

    def _add_part(self, heads: OptionHeads, rows: tuple[AnswerRow, ...]) -> None:
        line = Line()
        self._column.addSpacing(3)
        self._column.addWidget(line)
        self._column.addSpacing(3)
        self._column.addWidget(heads)
        self._lines.append(line)
        self._heads.append((heads, rows))
        self._add_rows(rows)

    def _add_rows(self, rows: tuple[AnswerRow, ...]) -> None:
        for row in rows:
            self._column.addWidget(row)

    def _shown(self, rows: list[AnswerRow]) -> list[AnswerRow]:
        if not self._is_total_only:
            return rows
        critical = [self.items[item.number - 1] for item in self.instrument.critical_items]
        return [row for row in rows if row in critical]

    @Slot()
    def _note_change(self) -> None:
        self._shut_what_is_not_asked()
        self.changed.emit()

    def _shut_what_is_not_asked(self) -> None:
        shut = self.instrument.skipped(tuple(row.answer for row in self.items), self._sex)
        for number, row in enumerate(self.items, start=1):
            row.shut(is_shut=number in shut)

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
        """Go to the next question that is asked; past the last one the form is done."""
        sender = self.sender()
        rows = self._shown(self._rows)
        place = next(n for n, row in enumerate(rows) if row is sender) + by
        while 0 <= place < len(rows) and rows[place].is_shut and rows[place].answer is None:
            place += by
        if place == len(rows):
            self.done.emit()
        if not 0 <= place < len(rows):
            return None
        rows[place].setFocus()
        return rows[place]


def _option_words(pair: tuple[Item, AnswerRow]) -> tuple[str, ...]:
    return tuple(option.words for option in pair[0].options)
