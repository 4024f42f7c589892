"""What each column of answers stands for, over the rows it belongs to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cocm_desktop.domain.instrument import Option
from cocm_desktop.ui.measure.answer_cells import cell_width
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.labels import Label

LEAST_FOR_WORDS = 64
NUMBER_WIDTH = 28
LOW_WORDS_WIDTH = 330
"""Numbers instead of questions stand close to their answers, with a mark such as Not asked."""


class OptionHeads(QWidget):
    """Words over the columns; nothing where the words are the numbers, or too many to fit."""

    def __init__(self, lead: str, options: Sequence[Option], *, is_low: bool = False) -> None:
        super().__init__()
        theme = theme_of(self)
        self.shows_words = has_words(options) and cell_width(len(options)) >= LEAST_FOR_WORDS
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 2)
        row.setSpacing(10)
        row.addSpacing(theme.px(NUMBER_WIDTH) + row.spacing())
        asked = Label(lead, "strong", wraps=True)
        self.is_empty = not lead and not self.shows_words
        if is_low:
            asked.setFixedWidth(theme.px(LOW_WORDS_WIDTH))
        row.addWidget(asked, 0 if is_low else 1)
        if not self.shows_words:
            return
        heads = QHBoxLayout()
        heads.setSpacing(0)
        for option in options:
            head = Label(option.words, "caption", wraps=True)
            head.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            head.setFixedWidth(theme.px(cell_width(len(options))))
            heads.addWidget(head)
        row.addLayout(heads)
        if is_low:
            row.addStretch(1)


def has_words(options: Sequence[Option]) -> bool:
    """Tell whether the answers are called anything but their numbers."""
    return any(option.words != str(option.value) for option in options)
