"""The lines of one page's reply: a letter for the box that is ticked, then the words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.domain.case_review import LONGEST_WORDS
from cocm_desktop.domain.reply_keying import ReplyLine, line_words
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.labels import Label

FIRST_LINES = 3
MOST_LINES = 8
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class EnterLine(QLineEdit):
    """A line in which Enter goes on instead of saving."""

    entered = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True, slots=True)
class _Row:
    line: EnterLine
    echo: Label
    kept: ReplyLine


class ReplyLines(QWidget):
    """Enter goes to the next line; in an empty one it goes on to who acts."""

    done = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        for _ in range(FIRST_LINES):
            self._add()
        self.setFocusProxy(self.lines[0])

    @property
    def lines(self) -> tuple[EnterLine, ...]:
        return tuple(row.line for row in self._rows)

    def typed(self) -> tuple[ReplyLine, ...]:
        return tuple(ReplyLine(row.line.text(), row.kept.id) for row in self._rows)

    def begin(self) -> None:
        """Put away what was typed: another page. The first lines stay, and their order by Tab."""
        for row in self._rows[FIRST_LINES:]:
            for widget in (row.line, row.echo):
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._rows = [_Row(row.line, row.echo, ReplyLine("")) for row in self._rows[:FIRST_LINES]]
        for row in self._rows:
            row.line.clear()

    def _add(self) -> None:
        number = len(self._rows)
        row = _Row(EnterLine(), Label("", "secondary"), ReplyLine(""))
        row.line.setMaxLength(LONGEST_WORDS)
        row.line.setAccessibleName(self.tr("Line %1").replace("%1", str(number + 1)))
        if not number:
            row.line.setPlaceholderText(self.tr("d raise to 100 mg"))
        row.echo.setFixedWidth(theme_of(self).px(116))
        self._rows.append(row)
        self._grid.addWidget(row.line, number, 0)
        self._grid.addWidget(row.echo, number, 1)
        row.line.textChanged.connect(self._explain)
        row.line.entered.connect(self._go_on)
        if number:
            self.setTabOrder(self.lines[-2], row.line)

    @Slot()
    def _explain(self) -> None:
        for row in self._rows:
            words = line_words(row.line.text())
            row.echo.setText(words)
            row.line.setAccessibleDescription(words)
        self.changed.emit()

    @Slot()
    def _go_on(self) -> None:
        here = next((n for n, line in enumerate(self.lines) if line.hasFocus()), 0)
        if not self.lines[here].text().strip():
            self.done.emit()
            return
        if here + 1 == len(self._rows) < MOST_LINES:
            self._add()
            self.lines[-1].show()
        if here + 1 < len(self._rows):
            self.lines[here + 1].setFocus()
        else:
            self.done.emit()
